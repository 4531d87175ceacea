"""Somebody copied a home with its key in it: everybody else can prove that its device lied."""

from pathlib import Path

from goround.node.home import Home
from goround.pages.ways import doubled
from tests.copies import image
from tests.pages.test_genuine import Copy
from tests.pages.test_ways import DOUBLED, TWO_WAYS
from tests.terminals import Terminal, bakery, share
from tests.told import reads, told


def forked(folder: Path) -> Terminal:
    """Let two copies of Ben's home say different things; gives Anna, who heard both."""
    anna, ben = bakery(folder, "Anna", "Ben")
    image(ben.home, folder / "copy")
    copy = Terminal(folder, "copy")
    anna.does("propose", "Stove", "--text", "We buy one.")
    for home in (ben, copy):
        share(anna, home)
        home.does("say", "2", f"I am {home.name}")
    share(anna, ben, copy)
    return anna


def test_the_proof_of_a_fork_is_printed_and_can_be_checked_alone(tmp_path: Path) -> None:
    anna = forked(tmp_path)
    said = anna.does("forks")
    assert "A device of Ben signed two histories, both in the same place:" in said
    (row,) = anna.reads("forks")
    assert row["proof"] in said
    assert "Send it to whoever doubts." in said
    assert "without trusting anybody: goround verify FILE\n" in said
    assert anna.typed("device add") in said
    sent = tmp_path / "proof.txt"
    sent.write_text("\n  ".join(row["proof"][at : at + 60] for at in range(0, 3000, 60)), "ascii")
    nobody = Terminal(tmp_path, "nobody")
    assert f"the device {row['device']} signed two histories" in nobody.does(
        "forks", "--check", str(sent)
    )


def test_a_proof_is_checked_by_verify_as_well(tmp_path: Path) -> None:
    (row,) = forked(tmp_path).reads("forks")
    nobody, sent = Terminal(tmp_path, "nobody"), tmp_path / "proof.txt"
    sent.write_text(row["proof"], "ascii")
    assert f"the device {row['device']} signed two histories" in nobody.does("verify", str(sent))
    assert nobody.reads("verify", str(sent))["genuine"]
    sent.write_text(row["proof"].replace("say", "sai"), "ascii")
    assert nobody.fails("verify", str(sent))[0] == 3
    world = told(DOUBLED)
    (both,) = doubled(reads(world, "anna"), Copy(world).fetch)
    sent.write_text(both["proof"], "ascii")
    said = nobody.does("verify", str(sent))
    assert "two devices spoke for one member" in said
    assert all(device in said for device in both["devices"])
    assert said == nobody.does("forks", "--check", str(sent))


def in_two_ways(folder: Path) -> Terminal:
    """Give the terminal of Cleo, who is in a collective that went on in two ways."""
    world = told(TWO_WAYS)
    home = Home(folder / "cleo")
    device = world.device("cleo")
    home.keyring(world.collective).keep_device(device.key)
    home.new_replica(world.collective, device.events).close()
    return Terminal(folder, "cleo")


def test_both_ways_are_told_side_by_side_and_one_can_go_over(tmp_path: Path) -> None:
    cleo = in_two_ways(tmp_path)
    said = cleo.does("ways")
    assert said.index("The way you are on") < said.index("The other way")
    assert "There: On everyday matters" in said
    assert "Talk first, all of you" in said
    (both,) = cleo.reads("ways")
    (other,) = (way for way in both if not way["mine"])
    assert f"follow {other['epoch'][:8]}" in said
    cleo.does("follow", "--yes", "--", other["epoch"][:8])
    assert [way["mine"] for way in cleo.reads("ways")[0] if way["epoch"] == other["epoch"]] == [
        True
    ]


def test_where_all_go_on_together_there_is_one_way(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    assert anna.does("ways") == "You all go on together.\n"


def test_what_is_no_proof_proves_nothing(tmp_path: Path) -> None:
    (row,) = forked(tmp_path).reads("forks")
    nobody, sent = Terminal(tmp_path, "nobody"), tmp_path / "proof.txt"
    for text in ("", "{}", row["proof"].replace('"goround/fork/1"', '"goround/fork/2"'), "é"):
        sent.write_text(text, "utf-8")
        assert nobody.fails("forks", "--check", str(sent))[0] == 3
    sent.write_text(row["proof"].replace("say", "sai"), "ascii")
    assert "is not signed by its device" in nobody.fails("forks", "--check", str(sent))[1]
    assert nobody.fails("forks", "--check", str(tmp_path / "nowhere"))[0] == 3


def test_where_nobody_forked_that_is_said(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    assert anna.does("forks") == "Nobody’s device has signed two histories.\n"
    assert anna.reads("forks") == []
