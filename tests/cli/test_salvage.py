"""From a damaged file to a collective that goes on, as the sentences say."""

import shutil
from pathlib import Path

import pytest

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
    shutil.copytree(homes, tmp_path, dirs_exist_ok=True)
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


def test_a_damaged_file_is_salvaged_read_again_and_completed_by_others(
    people: tuple[Terminal, Terminal], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = people
    monkeypatch.chdir(tmp_path)
    damage(anna, 0.75)
    code, told = anna.fails("proposals")
    assert code == 3
    assert f"goround salvage {file_of(anna)}" in told

    name = file_of(anna).stem
    said = anna.does("salvage", str(file_of(anna)))
    first, rest = tmp_path / f"{name}.salvaged.bundle", tmp_path / f"{name}.salvaged-rest.bundle"
    assert "“Bread” could be read" in said
    assert f"goround bundle read {first.name}" in said
    assert f"goround bundle read {rest.name}" in said

    kept = tmp_path / "damaged"
    kept.mkdir()
    for part in file_of(anna).parent.glob(f"{name}*"):
        shutil.move(part, kept)
    anna.does("bundle", "read", str(first))
    assert "restored" in anna.fails("say", "1", "Hello")[1]
    with ben.serving() as address:
        assert "You are equal" in anna.does("sync", address)
    anna.does("bundle", "read", str(rest))
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


def test_who_is_alone_says_that_nobody_has_more_and_goes_on(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    out, number = tmp_path / "bread.bundle", anna.reads("propose", "Rye", "--text", "More.")["ref"]
    assert "--newest" in anna.does("salvage", str(file_of(anna)), "--out", str(out))
    shutil.rmtree(file_of(anna).parent)
    anna.does("bundle", "read", str(out))
    assert "restored" in anna.fails("say", number, "Hello")[1]
    anna.does("bundle", "read", "--newest", str(out))
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
    assert "from somebody who has the collective" in anna.does(
        "salvage", str(file_of(anna)), "--out", str(tmp_path / "again.bundle")
    )
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
