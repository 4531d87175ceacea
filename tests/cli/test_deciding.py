from pathlib import Path

from tests.terminals import bakery, share


def test_whoever_founds_is_told_what_comes_next(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    assert [m["name"] for m in anna.reads("members")] == ["Anna"]
    assert anna.does("members").startswith("Anna, since ")


def test_a_proposal_is_decided_when_everyone_agreed(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    effect = '{"do":"task","what":"buy flour","by":"2027-01-31"}'
    said = anna.does("propose", "Flour", "--text", "We buy some.", "--effect", effect)
    assert said.splitlines() == [
        "You put forward #2 Flour.",
        f"You have yet to answer it yourself: {anna.typed('position 2 agree')}",
        "Still to be heard: Anna, Ben.",
    ]
    assert anna.does("position", "2", "agree") == (
        "#2 Flour\nYou agreed.\nStill to be heard: Ben.\n"
    )
    share(anna, ben)
    lines = ben.does("position", "#2", "agree").splitlines()
    assert lines[1:4] == ["You agreed.", "Decided: everyone agreed.", "Tasks: buy flour."]
    assert lines[4].startswith("To be looked at again on ")


def test_tasks_and_agreements_are_plain_options_too(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    tasks = ("--task", "look", "--task", "buy", "--by", "2037-01-31")
    shown = anna.reads("propose", "Oven", "--text", "One.", *tasks)
    assert [(e["what"], e["sentence"][:18]) for e in shown["effects"]] == [
        ("look", "To do by 2037-01-3"),
        ("buy", "To do by 2037-01-3"),
    ]
    said = anna.does("propose", "Doors", "--text", "The last one.", "--matter", "agreement")
    assert "becomes an agreement only with --adopt" in said
    anna.does("version", "2", "--text", "The last one locks up.", "--adopt")
    anna.does("position", "2", "agree")
    assert "  The last one locks up." in anna.does("agreements")


def test_what_waits_for_you_comes_first_and_what_is_over_only_when_asked(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    for title in ("Flour", "Oven", "Salt"):
        anna.does("propose", title, "--text", "Some.")
    anna.does("position", "2", "agree")
    anna.does("withdraw", "4")
    lines = anna.does("proposals").splitlines()
    assert [line.split(":")[0] for line in lines] == ["#3 Oven", "#2 Flour", "#1 Invite Ben"]
    assert "#4 Salt: withdrawn" in anna.does("proposals", "--all")
    assert [row["ref"] for row in anna.reads("proposals")] == ["1", "2", "3", "4"]
    share(anna, ben)


def test_the_log_leaves_out_what_devices_sign_by_themselves(tmp_path: Path) -> None:
    anna, _ben = bakery(tmp_path, "Anna", "Ben")
    assert "device wrote down" not in anna.does("log")
    assert "device wrote down" in anna.does("log", "--all")
    assert len(anna.reads("log")) == len(anna.does("log", "--all").splitlines())


def test_positions_of_others_are_shown_once_one_has_taken_ones_own(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    anna.does("propose", "Flour", "--text", "We buy some.")
    anna.does("position", "2", "reservations", "--because", "It is heavy")
    share(anna, ben)
    assert "It is heavy" not in ben.does("show", "2")
    shown = ben.reads("show", "2")
    assert shown["positions_hidden"]
    assert [p["because"] for p in shown["positions"]] == ["It is heavy"]
    ben.does("position", "2", "leave-it")
    assert "Anna agrees with reservations: It is heavy" in ben.does("show", "2")


def test_a_block_opens_repair_and_a_new_version_lets_positions_lapse(tmp_path: Path) -> None:
    anna, ben, cleo = bakery(tmp_path, "Anna", "Ben", "Cleo")
    anna.does("propose", "Stove", "--text", "We buy one.")
    share(anna, ben, cleo)
    assert ben.fails("position", "3", "block") == (
        1,
        "Blocking and standing aside need a reason: add --because TEXT.",
    )
    ben.does("position", "3", "block", "--because", "Too dear")
    ben.does("concern", "3", "The chimney is not ours")
    share(anna, ben, cleo)
    assert cleo.reads("show", "3")["status"] == "blocked"
    said = cleo.does("confirm", "3")
    assert "Ben blocks it. 1 of 1 can state the concern so far." in said
    assert anna.fails("confirm", "3")[0] == 1
    anna.does("version", "3", "--text", "We buy one for at most 200.")
    share(anna, ben, cleo)
    shown = ben.reads("show", "3")
    assert (shown["status"], shown["positions"]) == ("open", [])
    assert shown["title"] == "Stove"
    for person in (anna, cleo):
        person.does("position", "3", "agree")
    ben.does("position", "3", "aside", "--because", "Still dear, but not mine to stop")
    share(anna, ben, cleo)
    assert {p.reads("show", "3")["status"] for p in (anna, ben, cleo)} == {"decided"}


def test_a_concern_is_settled_by_whoever_raised_it(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    anna.does("propose", "Stove", "--text", "We buy one.")
    share(anna, ben)
    concern = ben.reads("concern", "2", "The chimney")["id"]
    share(anna, ben)
    code, sentence = anna.fails("concern-settled", "--", concern)
    assert (code, sentence) == (1, "This concern is not yours; whoever raised it calls it settled.")
    ben.does("concern-settled", "--because", "We asked", "--", concern)
    assert ben.reads("show", "2")["concerns"][0]["settled"]


def test_those_who_stay_silent_are_passed_over_only_after_two_closings(tmp_path: Path) -> None:
    anna, ben, cleo = bakery(tmp_path, "Anna", "Ben", "Cleo")
    people = (anna, ben, cleo)
    anna.does("charter", "--set", "everyday_notice=0", "--set", "everyday_window=0")
    share(*people)
    for person in people:
        person.does("position", "3", "agree")
    share(*people)
    anna.does("propose", "Flour", "--text", "We buy some.")
    share(*people)
    for person in (anna, ben):
        person.does("position", "4", "agree")
        person.does("close", "4")
    share(*people)
    assert anna.reads("show", "4")["status"] == "open"
    for person in (anna, ben):
        person.does("close", "4")
    share(*people)
    shown = cleo.reads("show", "4")
    assert (shown["status"], shown["unheard"]) == ("decided", ["Cleo"])
    assert "Decided, without having heard Cleo." in cleo.does("show", "4")


def test_nobody_closes_before_the_date(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.", "--until", "2099-05-01")
    assert anna.fails("close", "1") == (1, "This can be closed from 2099-05-01 on.")


def test_tasks_are_taken_put_down_and_done(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    effect = '{"do":"task","what":"buy flour"}'
    anna.does("propose", "Flour", "--text", "Some.", "--effect", effect)
    anna.does("position", "1", "agree")
    assert anna.does("tasks") == "1. buy flour: nobody has taken it\n"
    assert anna.does("task", "take", "1") == "You took it: buy flour.\n"
    anna.does("task", "put-down", "1")
    assert anna.fails("task", "done", "1")[0] == 1
    anna.does("task", "take", "1")
    anna.does("task", "not-done", "1", "--because", "The shop was shut")
    assert anna.does("tasks") == "1. buy flour: not done, says Anna: The shop was shut\n"
    anna.does("task", "done", "1")
    assert anna.reads("tasks")[0]["state"] == "done"
    assert anna.does("tasks") == "1. buy flour: done by Anna\n"


def test_an_agreement_is_in_force_with_its_words(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Quiet", "--text", "Nobody bakes at night.", "--effect", '{"do":"adopt"}')
    anna.does("position", "1", "agree")
    (row,) = anna.reads("agreements")
    assert (row["text"], row["state"]) == ("Nobody bakes at night.", "in force")
    end = f'{{"do":"end","agreement":"{row["id"]}"}}'
    anna.does("propose", "Loud", "--text", "We do.", "--effect", end)
    anna.does("position", "2", "agree")
    assert anna.reads("agreements")[0]["state"] == "ended"


def test_words_can_be_erased_by_who_wrote_them(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    said = anna.reads("say", "1", "My telephone number is 555 0199 23")["id"]
    share(anna, ben)
    assert "555 0199 23" in ben.does("show", "1")
    assert ben.fails("erase", "--", said)[0] == 1
    anna.does("erase", "--", said)
    share(anna, ben)
    for person in (anna, ben):
        assert "555 0199 23" not in person.does("show", "1")
        raw = b"".join(f.read_bytes() for f in person.home.glob("collectives/*"))
        assert b"555 0199 23" not in raw


def test_everybody_prints_the_same_state(tmp_path: Path) -> None:
    people = bakery(tmp_path, "Anna", "Ben", "Cleo")
    people[1].does("away", "next week")
    people[2].does("name", "Cleopatra")
    people[0].does("propose", "Flour", "--text", "Some.")
    share(*people)
    share(*people)
    assert len({person.does("state") for person in people}) == 1


def test_whatever_is_done_by_a_number_names_the_title_too(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    proposal = anna.reads("propose", "Flour", "--text", "Some.")["id"]
    for words in (
        ("say", "1", "How much?"),
        ("suggest", "1", "Two sacks"),
        ("concern", "1", "The mice"),
        ("version", "1", "--text", "Two sacks."),
        ("withdraw", "1"),
    ):
        assert anna.does(*words).startswith("#1 Flour\n"), words
    shown = anna.does("show", "1").splitlines()
    assert shown[0] == "#1 Flour"
    assert shown[2] == f"#1 is its number in this home; in every home it is {proposal[:8]}."
