"""From a damaged file to a collective that goes on, as the sentences say."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.copies import image
from tests.terminals import Terminal, bakery, share


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes in which a good deal was said, made once."""
    folder = tmp_path_factory.mktemp("homes")
    anna, ben = bakery(folder, "Anna", "Ben")
    number = anna.reads("propose", "Rye", "--text", "More rye.")["ref"]
    for count in range(40):
        anna.does("say", number, f"Number {count}: " + "rye " * 100)
    share(anna, ben)
    return folder


@pytest.fixture
def people(homes: Path, tmp_path: Path) -> tuple[Terminal, Terminal]:
    image(homes, tmp_path)
    return Terminal(tmp_path, "anna"), Terminal(tmp_path, "ben")


def file_of(person: Terminal) -> Path:
    (file,) = person.home.glob("collectives/*.sqlite")
    return file


def damage(person: Terminal, share_of: float) -> None:
    """Let pages in the middle of somebody's file be empty."""
    file = file_of(person)
    raw = file.read_bytes()
    at = int(len(raw) * share_of) // 4096 * 4096
    file.write_bytes(raw[:at] + bytes(3 * 4096) + raw[at + 3 * 4096 :])


def lose_one(person: Terminal) -> None:
    """Let the bytes of one event, on which others rest, be empty."""
    raw = bytearray(file_of(person).read_bytes())
    found = re.search(rb'\["goround/1","[^"]+","[^"]+",10,', raw)
    assert found
    raw[found.start() : found.end()] = bytes(len(found[0]))
    file_of(person).write_bytes(bytes(raw))


def steps(said: str) -> list[str]:
    """Return the commands that somebody is told to type, in order."""
    return [line.strip() for line in said.splitlines() if line.startswith("  ")]


def types(command: str, folder: Path) -> str:
    """Type a command as it was printed, in a shell that knows no home."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    known = {name: value for name, value in os.environ.items() if name != "GOROUND_HOME"}
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        env=known | {"PATH": path, "HOME": str(folder / "nobody")},
        cwd=folder,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return done.stdout.decode()


def test_a_damaged_file_is_salvaged_read_again_and_completed_by_others(
    people: tuple[Terminal, Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = people
    monkeypatch.chdir(tmp_path)
    damage(anna, 0.75)
    code, told = anna.fails("proposals")
    assert code == 3
    assert told.endswith(anna.typed(f"salvage {file_of(anna)}"))

    name = file_of(anna).stem
    said = anna.does("salvage", str(file_of(anna)))
    first, rest = tmp_path / f"{name}.salvaged.bundle", tmp_path / f"{name}.salvaged-rest.bundle"
    assert "“Bread” could be read" in said
    assert f"are in {first}." in said
    assert " (1 " not in said
    assert steps(said) == [
        f"mkdir -p damaged && mv {file_of(anna)}* damaged/",
        anna.typed(f"bundle read {first}"),
        anna.typed("sync ADDRESS"),
        anna.typed(f"bundle read {rest}"),
        anna.typed("device go-on"),
    ]
    move, read, sync, last, go_on = steps(said)
    types(move, tmp_path)
    types(read, tmp_path)
    assert "put back" in anna.fails("say", "1", "Hello")[1]
    with ben.serving() as address:
        assert "You are equal" in types(sync.replace("ADDRESS", address), tmp_path)
    types(last, tmp_path)
    assert "put back" in anna.fails("say", "2", "Hello")[1]
    types(f"{go_on} --yes", tmp_path)
    anna.does("say", "2", "Here we are again")
    share(anna, ben)
    assert anna.does("state") == ben.does("state")
    assert "genuine" in anna.does("verify")


def test_what_is_whole_is_said_to_be(people: tuple[Terminal, Terminal], tmp_path: Path) -> None:
    anna, _ben = people
    out = tmp_path / "bread.bundle"
    told = anna.reads("salvage", str(file_of(anna)), "--out", str(out))
    assert (told["resting"], told["missing"], told["wordless"]) == (0, 0, 0)
    assert (told["bundle"], told["rest"]) == (str(out), None)
    assert str(told["events"]) in anna.does("verify", str(out))


def test_of_what_is_whole_it_says_that_nothing_is_wrong_and_nothing_to_do(
    people: tuple[Terminal, Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ben = people
    bundle = tmp_path / "bread.bundle"
    anna.does("bundle", "write", str(bundle))
    monkeypatch.chdir(tmp_path)
    for whole, name in ((file_of(anna), file_of(anna).stem), (bundle, "bread")):
        said = anna.does("salvage", str(whole))
        assert said.startswith(f"Nothing is wrong with {whole}: ")
        assert f"are in {tmp_path / name}.salvaged.bundle." in said
        assert steps(said) == []
    bundle.write_bytes(bundle.read_bytes()[:-1])
    said = anna.does("salvage", str(bundle), "--out", "cut.bundle")
    assert "Nothing is wrong" not in said
    assert steps(said)[0] == anna.typed(f"bundle read {tmp_path / 'cut.bundle'}")


def test_a_file_of_another_home_than_was_named_is_mended_in_its_own(
    people: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    anna, ben = people
    damage(anna, 0.75)
    out = tmp_path / "with a blank.bundle"
    said = steps(ben.does("salvage", str(file_of(anna)), "--out", str(out)))
    assert said[1] == anna.typed(f"bundle read {shlex.quote(str(out))}")
    assert said[2] == anna.typed("sync ADDRESS")


def test_a_home_without_a_key_is_told_to_let_somebody_write_what_is_missing(
    people: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    anna, _ben = people
    given, host = tmp_path / "given.bundle", Terminal(tmp_path, "host")
    anna.does("bundle", "write", str(given))
    host.does("bundle", "read", str(given))
    lose_one(host)
    out = tmp_path / "saved.bundle"
    said = host.does("salvage", str(file_of(host)), "--out", str(out))
    assert "This home has no key" in said
    move, read, fetch, last = steps(said)
    assert fetch == host.typed("bundle read FILE")
    types(move, tmp_path)
    types(read, tmp_path)
    code, told = host.fails("sync", "http://127.0.0.1:1")
    assert (code, "no key" in told, host.typed("bundle read FILE") in told) == (1, True, True)
    code, told = host.fails("bundle", "read", str(tmp_path / "saved-rest.bundle"))
    assert (code, "nothing of it was taken" in told) == (3, True)
    assert host.typed("bundle read FILE") in told
    missing = told.partition("(")[2].partition(")")[0].split(", ")
    assert set(missing) <= {row["id"] for row in anna.reads("log")}
    types(fetch.replace("FILE", str(given)), tmp_path)
    types(last, tmp_path)
    assert host.does("state") == anna.does("state")


def test_who_is_alone_says_that_nobody_has_more_and_goes_on(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    out, number = tmp_path / "bread.bundle", anna.reads("propose", "Rye", "--text", "More.")["ref"]
    raw = file_of(anna).read_bytes()
    file_of(anna).write_bytes(bytes(100) + raw[100:])
    anna.does("salvage", str(file_of(anna)), "--out", str(out))
    shutil.rmtree(file_of(anna).parent)
    anna.does("bundle", "read", str(out))
    assert "put back" in anna.fails("say", number, "Hello")[1]
    anna.does("device", "go-on", "--yes")
    anna.does("say", number, "Hello")


def test_nothing_that_is_there_is_written_over(
    people: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    anna, _ben = people
    out = tmp_path / "bread.bundle"
    out.write_text("mine")
    code, told = anna.fails("salvage", str(file_of(anna)), "--out", str(out))
    assert (code, "already something" in told, out.read_text()) == (2, True, "mine")


def test_where_the_beginning_is_lost_all_waits_for_it(
    people: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    anna, ben = people
    raw = bytearray(file_of(anna).read_bytes())
    at = raw.index(b'["goround/1","",')
    raw[at : at + 50] = bytes(50)
    file_of(anna).write_bytes(bytes(raw))
    out = tmp_path / "bread.bundle"
    told = anna.reads("salvage", str(file_of(anna)), "--out", str(out))
    assert (told["bundle"], told["events"], told["missing"]) == (None, 0, 1)
    assert not out.exists()
    again = str(tmp_path / "again.bundle")
    said = steps(anna.does("salvage", str(file_of(anna)), "--out", again))
    assert said[1:3] == [anna.typed("bundle read FILE"), anna.typed("sync ADDRESS")]
    ben.does("bundle", "read", told["rest"])


def test_the_journal_of_another_file_is_not_taken_for_its_own(
    people: tuple[Terminal, Terminal], tmp_path: Path
) -> None:
    anna, _ben = people
    out, file = tmp_path / "bread.bundle", file_of(anna)
    anna.does("bundle", "write", str(out))
    file.rename(tmp_path / "away.sqlite")
    file.with_name(f"{file.name}-wal").write_bytes(b"journal" * 1000)
    assert "journal of another file" in anna.fails("bundle", "read", str(out))[1]
    assert not file.exists()


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all, " * 1000)
    code, told = Terminal(tmp_path, "anna").fails("salvage", str(file))
    assert (code, "nothing of a collective" in told) == (3, True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
