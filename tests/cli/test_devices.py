"""Devices on a terminal: what one has signed, and how the group stands."""

from datetime import UTC, datetime
from pathlib import Path

from tests.cli.test_bundles import types
from tests.terminals import bakery, share

FAR = "http://0.0.0.0:1"
"""An address that is not taken for one of this computer, and leads to no other."""
TODAY = datetime.now(UTC).date().isoformat()


def test_how_the_group_stands_is_said_in_a_terminal_too(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    said = anna.does("standing").splitlines()
    assert said[0].startswith("If one of you loses their only device, your members and your")
    found = ben.reads("standing")
    assert (found["members"], found["needed"], found["spare"]) == (2, 2, 0)
    assert found["single"] == ["Anna", "Ben"]
    assert found["lines"] == said


def test_the_log_of_one_device_holds_what_it_signed_and_nothing_else(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    ben.does("say", "1", "Hello from Ben")
    share(anna, ben)
    (device,) = [row["id"] for row in ben.reads("device", "list")]
    rows = anna.reads("log", "--device", device[:10], "--all")
    assert {row["device"] for row in rows} == {device}
    assert "say" in {row["type"] for row in rows}
    assert len(anna.reads("log")) > len(rows)
    code, said = anna.fails("log", "--device", "nothing-of-that-name")
    assert (code, "No device here is called “nothing-of-that-name”" in said) == (2, True)
    assert anna.typed("device list") in said
    assert "“Ben” is a person, and a device is asked for" in anna.fails("log", "--device", "Ben")[1]


def test_devices_of_one_name_are_told_apart_by_their_ids(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    made = [anna.reads("device", "paper", "--at", "http://127.0.0.1:1") for _sheet in range(2)]
    assert [row["name"] for row in anna.reads("device", "list")] == ["", "Paper", "Paper"]
    code, said = anna.fails("log", "--device", "paper")
    assert (code, all(sheet["device"][:8] in said for sheet in made)) == (2, True)
    assert "  Paper, on paper" in anna.does("device", "list")


def test_each_device_can_be_told_from_the_others_without_a_name(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.reads("device", "add", "--at", "http://127.0.0.1:1")
    first, second = sorted(
        anna.does("device", "list").splitlines(), key=lambda row: row[len("  ") + 43 :]
    )
    assert f"  this one, since {TODAY}, says by itself that you heard of new members" in first
    assert f"  without a name, its link was not opened yet, since {TODAY}" in second


def test_a_link_is_printed_alone_and_what_goes_with_it_stands_where_errors_do(
    tmp_path: Path,
) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    said = anna.tries("device", "add", "--at", "http://127.0.0.1:1")
    assert (said.out.count("\n"), said.out.startswith("http://127.0.0.1:1/c/")) == (1, True)
    assert "goround clone" not in said.err
    typed = ["--home", str(anna.home), "device", "add", "--at", "http://127.0.0.1:1"]
    code, seen = types(typed, [])
    assert (code, "In another home: goround clone 'LINK'" in seen) == (0, True)


def test_a_link_to_where_others_read_along_is_printed_and_said_to_be_one(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("invite", "Ben")
    for words in (["device", "add"], ["invitation", "Ben"]):
        said = anna.tries(*words, "--at", FAR)
        assert (said.code, said.out.startswith(FAR + "/c/")) == (0, True)
        assert said.err.startswith(FAR + " is beyond this computer and without TLS")
        assert "without TLS" in anna.reads(*words, "--at", FAR)["notes"][0]
    told = anna.tries("invitation", "Ben", "--at", "https://bread.invalid")
    assert (told.code, told.err) == (0, "")
