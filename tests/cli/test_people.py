"""Coming, going, and what people sign with: real homes, bundles between them."""

from pathlib import Path

from tests.terminals import Terminal, bakery, invited, share


def test_an_invitation_waits_for_everyone(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    assert "Still to be heard: Ben." in anna.does("invite", "Cleo")
    assert anna.fails("invitation", "Cleo", "--at", "https://x") == (
        1,
        "Not decided yet. Still to be heard: Ben.",
    )
    share(anna, ben)
    ben.does("position", "2", "agree")
    code, sentence = ben.fails("invitation", "Cleo", "--at", "https://x")
    assert (code, "Only Anna can print this link" in sentence) == (1, True)
    share(anna, ben)
    assert anna.does("invitation", "Cleo", "--at", "https://x").startswith("https://x/c/")


def test_a_link_needs_an_address(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    code, sentence = anna.fails("invitation", "Ben")
    assert code == 2
    assert "--at ADDRESS" in sentence


def test_two_members_must_not_look_alike(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    link = invited(tmp_path, anna, "Ben")
    zoe = Terminal(tmp_path, "zoe")
    code, sentence = zoe.fails("join", link, "--as", "Аnna")  # a Cyrillic А
    assert code == 1
    assert "looks like “Anna”" in sentence
    assert "For example: “" in sentence
    assert not list(zoe.home.rglob("*.json"))


def test_a_used_link_says_when_and_whom_to_ask(tmp_path: Path) -> None:
    anna, _ben = bakery(tmp_path, "Anna", "Ben")
    eve, file = Terminal(tmp_path, "eve"), tmp_path / "for-Ben.bundle"
    anna.does("bundle", "write", str(file))
    secrets = (anna.home / "keys").glob("*.json")
    link = f"{file}#{secret_in(next(secrets))}"
    code, sentence = eve.fails("join", link, "--as", "Eve")
    assert code == 1
    assert sentence.startswith("This link was used on ")
    assert "by somebody called Ben" in sentence


def secret_in(keys: Path) -> str:
    """Make a link's secret of a seed that was kept, and of any epoch."""
    from goround.ids import decode, encode  # noqa: PLC0415
    from goround.node.keyring import Keyring  # noqa: PLC0415

    (seed,) = Keyring(keys).secrets.invitations.values()
    return encode(decode(seed) + bytes(32))


def test_an_invitation_that_was_taken_back_lets_nobody_in(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    link = invited(tmp_path, anna, "Ben")
    anna.does("take-back", "1")
    anna.does("bundle", "write", str(tmp_path / "for-Ben.bundle"))
    assert Terminal(tmp_path, "ben").fails("join", link, "--as", "Ben") == (
        1,
        "This invitation was taken back.",
    )
    assert anna.fails("invitation", "Ben", "--at", "https://x")[0] == 1


def test_a_newcomer_needs_somebody_who_knows_them(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    anna.does("invite", "Cleo")
    share(anna, ben)
    ben.does("position", "2", "agree")
    share(anna, ben)
    cleo = Terminal(tmp_path, "cleo")
    said = cleo.does("join", invited(tmp_path, anna, "Cleo"), "--as", "Cleo")
    assert "Members: Anna, Ben" in said
    share(anna, ben, cleo)
    assert "Cleo, since" in anna.does("members")
    assert [m["joining"] for m in anna.reads("members")] == [False, False, True]
    code, said = anna.fails("welcome", "Cleo")
    assert (code, said) == (1, "You invited Cleo, so somebody else has to say it.")
    assert cleo.fails("welcome", "Cleo")[0] == 1
    ben.does("welcome", "cleo")
    share(anna, ben, cleo)
    assert [m["joining"] for m in cleo.reads("members")] == [False, False, False]


def test_nobody_is_invited_twice_by_mistake(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    code, said = anna.fails("invite", "ben")
    link = f"(#1 Invite Ben); for the link: {anna.typed('invitation Ben')}"
    assert (code, link in said) == (1, True)
    by_name = anna.does("invitation", "Ben", "--at", "https://x")
    assert anna.does("invitation", "#1", "--at", "https://x") == by_name
    anna.does("take-back", "ben")
    anna.does("invite", "Ben")


def test_members_say_who_is_away_until_when_and_who_still_has_to_be_known(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    ben.does("away", "until\nspring")
    assert "is away (until spring)" in ben.does("members")
    ben.does("back")
    number = anna.reads("invite", "Cleo")["ref"]
    share(anna, ben)
    ben.does("position", number, "agree")
    share(anna, ben)
    cleo = Terminal(tmp_path, "cleo")
    cleo.does("join", invited(tmp_path, anna, "Cleo"), "--as", "Cleo")
    assert "nobody has said yet that they know them" in cleo.does("members")


def test_a_no_on_standard_input_is_heard_too(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    ben, link = Terminal(tmp_path, "ben"), invited(tmp_path, anna, "Ben")
    said = ben.runs("join", link, "--as", "Ben", text=b"n\n")
    assert (said.code, said.err) == (1, "Nothing was done.\n")
    assert ben.reads("collectives") == []
    assert ben.runs("join", link, "--as", "Ben").code == 0


def test_a_block_on_a_decided_invitation_says_what_else_there_is(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    said = anna.does("position", "1", "block", "--because", "Wait")
    assert "Repair has opened" not in said
    assert f"you can take it back: {anna.typed('take-back 1')}" in said
    kept_out = "Anna blocks it, so nobody comes in with it while that stands."
    assert kept_out in anna.does("show", "1")
    anna.does("position", "1", "agree")
    assert kept_out not in anna.does("show", "1")


def test_who_comes_again_is_told_to_take_a_new_home(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    code, said = anna.fails("join", invited(tmp_path, anna, "Ben"), "--as", "Ben")
    assert (code, "add --home OTHER-FOLDER" in said) == (1, True)


def test_somebody_goes_away_and_comes_back(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    ben.does("away", "until spring")
    share(anna, ben)
    assert "Ben, since" in anna.does("members")
    assert [m["away"] for m in anna.reads("members")] == [False, True]
    anna.does("propose", "Flour", "--text", "Some.")
    assert "Decided" in anna.does("position", "2", "agree")
    assert anna.fails("back")[0] == 1
    ben.does("back")
    share(anna, ben)
    assert anna.reads("show", "2")["status"] == "open"


def test_whoever_leaves_is_not_waited_for(tmp_path: Path) -> None:
    anna, ben, cleo = bakery(tmp_path, "Anna", "Ben", "Cleo")
    assert ben.fails("leave") == (
        2,
        "Nothing was done: nobody can be asked here, so add --yes.",
    )
    ben.does("leave", "--yes")
    share(anna, ben, cleo)
    assert [m["name"] for m in cleo.reads("members")] == ["Anna", "Cleo"]
    assert ben.fails("propose", "Flour", "--text", "Some.")[0] == 1
    assert "Anna" in ben.does("members")


def test_a_release_needs_everyone_else_and_a_hearing(tmp_path: Path) -> None:
    people = bakery(tmp_path, "Anna", "Ben", "Cleo")
    anna, ben, cleo = people
    anna.does("release", "Ben", "--why", "We have not reached Ben since spring")
    share(*people)
    for person in (anna, cleo):
        person.does("position", "3", "agree")
    share(*people)
    assert "the hearing has yet to be put on record" in anna.does("show", "3")
    assert "You carry this proposal, so yours does not count" in anna.does("hearing", "3")
    assert "The hearing is on record now." in ben.does("hearing", "3")
    share(*people)
    assert [m["name"] for m in anna.reads("members")] == ["Anna", "Cleo"]
    assert anna.reads("show", "3")["status"] == "decided"


def test_a_lost_membership_is_replaced(tmp_path: Path) -> None:
    people = bakery(tmp_path, "Anna", "Ben", "Cleo")
    anna, _ben, cleo = people
    anna.does("invite", "Ben", "--replaces", "Ben", "--why", "Ben's phone is in the river")
    share(anna, cleo)
    cleo.does("position", "3", "agree")
    share(anna, cleo)
    again = Terminal(tmp_path, "ben-again")
    again.does("join", invited(tmp_path, anna, "Ben"), "--as", "Ben B.")
    share(anna, cleo, again)
    cleo.does("welcome", "Ben B.")
    share(anna, cleo, again)
    rows = anna.reads("members")
    assert [(m["name"], m["was"]) for m in rows] == [
        ("Anna", None),
        ("Cleo", None),
        ("Ben B.", "Ben"),
    ]


def test_a_further_device_speaks_for_its_member(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    printed = ben.tries("device", "add", "--at", "http://127.0.0.1:1")
    assert "does not know of the new device yet" in printed.err
    link = printed.out.strip()
    file = tmp_path / "device.bundle"
    ben.does("bundle", "write", str(file))
    secret = link.partition("#")[2]
    phone = Terminal(tmp_path, "phone")
    said = phone.does("clone", f"{file}#{secret}")
    assert said == "This home is a further device of Ben in Bread.\n"
    assert [m["me"] for m in phone.reads("members")] == [False, True]
    kept = b"".join(f.read_bytes() for f in ben.home.rglob("*.json"))
    assert secret[:40].encode() not in kept
    share(anna, ben, phone)
    ben.does("bundle", "write", str(file))
    code, sentence = Terminal(tmp_path, "thief").fails("clone", f"{file}#{secret}")
    assert code == 1
    assert sentence.startswith("This link was used already")
    phone.does("device", "take-over")
    old = next(row["id"] for row in phone.reads("device", "list") if not row["here"])
    phone.does("device", "retire", "--", old)
    phone.does("bundle", "write", str(file))
    ben.does("bundle", "read", str(file))
    assert ben.fails("say", "1", "hello?")[0] == 1


def test_a_newcomer_is_asked_again_when_something_changed(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    for count, name in enumerate(("Cleo", "Dana"), 2):
        anna.does("invite", name)
        share(anna, ben)
        ben.does("position", str(count), "agree")
        share(anna, ben)
    cleo, dana = Terminal(tmp_path, "cleo"), Terminal(tmp_path, "dana")
    link = invited(tmp_path, anna, "Dana")
    said = dana.does("join", link, "--as", "Dana", "--without", "Cleo")
    assert "Invited too: Cleo" in said
    cleo.does("join", invited(tmp_path, anna, "Cleo"), "--as", "Cleo")
    share(anna, ben, cleo)
    ben.does("welcome", "Cleo")
    share(anna, ben, cleo)
    everyone = (anna, ben, cleo, dana)
    share(*everyone)
    ben.does("welcome", "Dana")
    share(*everyone)
    assert any(m["joining"] for m in anna.reads("members"))
    anna.does("bundle", "write", str(tmp_path / "for-Dana.bundle"))
    said = dana.does("join", link, "--as", "Dana", "--yes")
    assert "Cleo" in said
    share(*everyone)
    assert [m["name"] for m in anna.reads("members") if not m["joining"]][-1] == "Dana"


def test_a_copy_can_be_read_by_nobodys_device(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    file = tmp_path / "bread.bundle"
    anna.does("bundle", "write", str(file))
    copy = Terminal(tmp_path, "copy")
    copy.does("bundle", "read", str(file))
    assert copy.does("state") == anna.does("state")
    assert copy.fails("propose", "Flour", "--text", "Some.")[0] == 1


def test_a_damaged_bundle_gives_nothing(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    anna.does("propose", "Flour", "--text", "Some.")
    file = tmp_path / "bread.bundle"
    anna.does("bundle", "write", str(file))
    raw = file.read_bytes()
    before = ben.does("state")
    for damaged in (raw[:-20], raw.replace(b"Flour", b"Fluor"), b"", b"hello\n"):
        file.write_bytes(damaged)
        assert ben.fails("bundle", "read", str(file))[0] == 3
        assert ben.fails("verify", str(file))[0] == 3
    assert ben.does("state") == before
    assert "every signature is genuine" in ben.does("verify")
