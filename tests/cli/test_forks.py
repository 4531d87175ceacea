"""Somebody copied a home with its key in it: everybody else can prove that its device lied."""

import shutil
from pathlib import Path

from tests.terminals import Terminal, bakery, share


def forked(folder: Path) -> Terminal:
    """Let two copies of Ben's home say different things; gives Anna, who heard both."""
    anna, ben = bakery(folder, "Anna", "Ben")
    shutil.copytree(ben.home, folder / "copy")
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
    sent = tmp_path / "proof.txt"
    sent.write_text("\n  ".join(row["proof"][at : at + 60] for at in range(0, 3000, 60)), "ascii")
    nobody = Terminal(tmp_path, "nobody")
    assert f"the device {row['device']} signed two histories" in nobody.does(
        "forks", "--check", str(sent)
    )


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
