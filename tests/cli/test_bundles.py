"""Files from hand to hand: encrypted with a passphrase, or holding what somebody lacks and no more.

Somebody who types is a real process at a real terminal, which is watched for what it shows.
"""

import os
import pty
import select
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from goround.cli.passphrases import VARIABLE
from goround.log import passphrase
from goround.log.passphrase import Cost
from tests.end_to_end.people import GOROUND
from tests.terminals import Terminal, bakery, share

WORDS = "flour water salt patience"
PATIENCE = 30.0


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let trying a passphrase cost nothing, as only a test may."""
    monkeypatch.setattr(passphrase.encrypt, "__defaults__", (Cost(1, 8 * 1024),))


@pytest.fixture
def anna(tmp_path: Path) -> Terminal:
    (anna,) = bakery(tmp_path, "Anna")
    return anna


@pytest.fixture
def key(tmp_path: Path) -> str:
    """Name a file that holds the passphrase, as for a script."""
    file = tmp_path / "words"
    file.write_text(f"{WORDS}\n")
    return str(file)


def types(words: Sequence[str], answers: Sequence[str]) -> tuple[int, str]:
    """Type a command at a terminal, and an answer to each question; give what could be seen."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*GOROUND, *words], stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        seen, left, until = "", list(answers), time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if not select.select([ours], [], [], 0.1)[0]:
                continue
            try:
                seen += os.read(ours, 1000).decode()
            except OSError:  # the other end is closed
                break
            if left and seen.endswith(": "):
                seen += "|"
                os.write(ours, f"{left.pop(0)}\n".encode())
        os.close(ours)
        return process.wait(PATIENCE), seen


def test_who_types_is_asked_twice_and_nothing_is_shown(anna: Terminal, tmp_path: Path) -> None:
    file, home = str(tmp_path / "bread.bundle"), ["--home", str(anna.home)]
    code, seen = types([*home, "bundle", "write", file, "--passphrase"], [WORDS, WORDS])
    assert (code, seen.count("|")) == (0, 2), seen
    assert "It is encrypted." in seen
    cleo = ["--home", str(tmp_path / "cleo")]
    code, read = types([*cleo, "bundle", "read", file], [WORDS])
    assert (code, "1 event was new." in read) == (0, True), read
    assert "patience" not in seen + read
    assert b"Bread" not in Path(file).read_bytes()


def test_two_that_differ_are_asked_for_again(anna: Terminal, tmp_path: Path) -> None:
    words = ["--home", str(anna.home), "bundle", "write", str(tmp_path / "x"), "--passphrase"]
    code, seen = types(words, [WORDS, "flour water salt", WORDS, WORDS])
    assert (code, seen.count("|")) == (0, 4), seen


def test_one_that_is_too_short_is_not_asked_for_again(anna: Terminal, tmp_path: Path) -> None:
    words = ["--home", str(anna.home), "bundle", "write", str(tmp_path / "x"), "--passphrase"]
    code, seen = types(words, ["short", "short"])
    assert (code, seen.count("|"), "at least 8 letters" in seen) == (2, 1, True), seen


@pytest.mark.usefixtures("cheap")
def test_a_script_gives_it_in_a_file_the_environment_or_standard_input(
    anna: Terminal, tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "bread.bundle")
    done = anna.reads("bundle", "write", file, "--passphrase-file", key)
    assert (done["encrypted"], done["events"]) == (True, 1)
    assert anna.reads("verify", file, "--passphrase-file", key)["genuine"]
    piped = anna.runs("verify", file, text=WORDS.encode() + b"\n")
    assert (piped.code, piped.err) == (0, "")
    monkeypatch.setenv(VARIABLE, WORDS)
    assert anna.reads("verify", file)["genuine"]


@pytest.mark.usefixtures("cheap")
def test_what_does_not_open_it_is_one_sentence_and_nothing_is_taken(
    anna: Terminal, tmp_path: Path, key: str
) -> None:
    file, wrong = tmp_path / "bread.bundle", tmp_path / "wrong"
    anna.does("bundle", "write", str(file), "--passphrase-file", key)
    cleo = Terminal(tmp_path, "cleo")
    wrong.write_text("flour and water\n")
    code, said = cleo.fails("bundle", "read", str(file), "--passphrase-file", str(wrong))
    assert (code, said) == (2, "This is not the passphrase that the file was encrypted with.")
    whole = file.read_bytes()
    for spoilt in (whole[:-1], whole[: len(whole) // 2], whole + b"\n", whole[:200]):
        file.write_bytes(spoilt)
        code, said = cleo.fails("bundle", "read", str(file), "--passphrase-file", key)
        assert (code, said) == (3, "An encrypted file was cut short or damaged.")
    assert cleo.reads("collectives") == []
    code, said = cleo.fails("salvage", str(file))
    assert code == 3
    assert said.startswith("What was damaged in an encrypted file stays lost;")


def test_a_weak_passphrase_writes_nothing(anna: Terminal, tmp_path: Path) -> None:
    file, weak = tmp_path / "bread.bundle", tmp_path / "weak"
    weak.write_text("bread")
    for words in (weak, tmp_path / "nowhere", "-"):
        assert anna.fails("bundle", "write", str(file), "--passphrase-file", str(words))[0] in (
            2,
            3,
        )
    assert not file.exists()


def test_what_could_not_be_typed_again_is_no_passphrase(
    anna: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, words = tmp_path / "bread.bundle", tmp_path / "odd"
    for odd, told in ((b"flour\xff water", "not text"), (b"x" * 5000, "at most"), (b"\n", "none")):
        words.write_bytes(odd)
        by_file = anna.fails("bundle", "write", str(file), "--passphrase-file", str(words))
        monkeypatch.setenv(VARIABLE, os.fsdecode(odd))
        by_environment = anna.fails("bundle", "write", str(file), "--passphrase")
        assert by_file == by_environment
        assert by_file[0] == 2
        assert told in by_file[1]
    assert not file.exists()


@pytest.mark.usefixtures("cheap")
def test_a_newcomer_joins_from_an_encrypted_file(
    anna: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna.does("invite", "Ben")
    link = anna.does("invitation", "Ben", "--at", "http://127.0.0.1:1").strip()
    file = tmp_path / "bread.bundle"
    monkeypatch.setenv(VARIABLE, WORDS)
    anna.does("bundle", "write", str(file), "--passphrase")
    ben = Terminal(tmp_path, "ben")
    said = ben.does("join", f"{file}#{link.partition('#')[2]}", "--as", "Ben", "--yes")
    assert "Ben, you are joining Bread." in said


# What somebody lacks.


def test_a_bundle_holds_what_somebody_lacks_and_no_more(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    want, file = str(tmp_path / "ben.want"), str(tmp_path / "for-ben.bundle")
    number = anna.reads("propose", "Rye", "--text", "More rye.")["ref"]
    anna.does("position", number, "agree")
    ben.does("bundle", "want", want)
    done = anna.reads("bundle", "write", file, "--since", want)
    assert done["events"] == 2
    assert ben.reads("bundle", "read", file)["received"] == 2
    assert ben.does("state") == anna.does("state")
    ben.does("bundle", "want", want)
    code, said = anna.fails("bundle", "write", file, "--since", want)
    assert (code, said) == (1, "They hold all that is here: there is nothing to write.")


def test_a_bundle_of_theirs_says_what_they_hold(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    theirs, file = str(tmp_path / "ben.bundle"), str(tmp_path / "for-ben.bundle")
    ben.does("propose", "Rye", "--text", "More rye.")
    ben.does("bundle", "write", theirs)
    anna.does("propose", "Oats", "--text", "More oats.")
    assert anna.reads("bundle", "write", file, "--since", theirs)["events"] == 1
    anna.does("bundle", "read", theirs)
    ben.does("bundle", "read", file)
    share(anna, ben)
    assert ben.does("state") == anna.does("state")


def test_words_that_are_missing_are_given_again(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    want, file = tmp_path / "ben.want", str(tmp_path / "for-ben.bundle")
    ben.does("bundle", "want", str(want))
    founding = anna.reads("collectives")[0]["id"]
    want.write_text(want.read_text().replace("},[]", '},["' + founding + '"]'))
    assert anna.reads("bundle", "write", file, "--since", str(want))["events"] == 1


@pytest.mark.parametrize(
    "spoilt", ["", "hello", '["goround/sync/1"]\n', '["goround/sync/1","x","differs"]\n']
)
def test_what_says_nothing_of_what_they_hold_is_told_as_that(
    anna: Terminal, tmp_path: Path, spoilt: str
) -> None:
    want = tmp_path / "ben.want"
    want.write_text(spoilt)
    assert anna.fails("bundle", "write", str(tmp_path / "x"), "--since", str(want))[0] == 3
    assert not (tmp_path / "x").exists()


def test_who_takes_what_somebody_holds_for_a_bundle_is_told_what_it_is(
    anna: Terminal, tmp_path: Path
) -> None:
    file = str(tmp_path / "anna.want")
    anna.does("bundle", "want", file)
    for command in (("verify", file), ("bundle", "read", file)):
        code, said = anna.fails(*command)
        assert (code, "bundle write FILE --since" in said) == (2, True)


def test_what_is_no_file_is_never_written_over(anna: Terminal, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for command in ("want", "write"):
        code, said = anna.fails("bundle", command, str(pipe))
        assert (code, "not a file: it is left as it is" in said) == (3, True)
    assert pipe.is_fifo()


def test_what_came_in_a_file_is_told_in_a_few_lines_and_the_rest_is_counted(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    for number in range(10):
        anna.does("say", "1", f"Word {number}")
    anna.does("bundle", "write", str(tmp_path / "bread.bundle"))
    came, more, *told = ben.does("bundle", "read", str(tmp_path / "bread.bundle")).splitlines()
    assert came == "10 events were new."
    assert more == f"… and 2 things before that: {ben.typed('log')}"
    assert len(told) == 8
    assert all(line.startswith("Anna ") for line in told)
    again = ben.does("bundle", "read", str(tmp_path / "bread.bundle"))
    assert again == "0 events were new.\n"
