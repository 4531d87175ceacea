"""Devices on a terminal: what one has signed, and how the group stands."""

from pathlib import Path

from tests.terminals import bakery, share


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
