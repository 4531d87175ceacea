"""Whoever looks after a home reads whether all is well, and what to do next."""

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from goround.node import housing
from goround.store import Store
from tests.terminals import Said, Terminal, bakery
from tests.web.hosted import hosted


class Row(NamedTuple):
    """One finding, as programs read it."""

    state: str
    says: str
    next: str | None


def looked(who: Terminal, *more: str) -> tuple[int, dict[str, Row]]:
    """Let somebody look: the number, and what was found by what it is about."""
    said = who.tries("--json", "doctor", *more)
    found: dict[str, Row] = {}
    for one in read(said):
        for row in one["findings"]:
            found[row["about"]] = Row(row["state"], row["says"], row["next"])
    return said.code, found


def read(said: Said) -> Any:  # noqa: ANN401 - any JSON
    assert said.err == ""
    return json.loads(said.out)


def test_a_home_in_which_all_is_well_says_so_in_sentences(tmp_path: Path) -> None:
    ben = bakery(tmp_path, "Anna", "Ben", "Cleo")[1]
    assert ben.tries("doctor").code == 1
    ben.does("bundle", "write", str(tmp_path / "bread.bundle"))
    said = ben.tries("doctor")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Bread\n  All ")
    assert "each is genuine." in said.out
    assert said.out.endswith("\nNothing needs you just now.\n")
    assert "→" not in said.out


def test_a_file_that_was_read_is_known_as_a_copy(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    file, copy = str(tmp_path / "bread.bundle"), Terminal(tmp_path, "copy")
    anna.does("bundle", "write", file)
    copy.does("bundle", "read", file)
    row = looked(copy)[1]["copy"]
    assert (row.state, row.next) == ("fine", None)
    assert row.says.startswith("A file was read here on ")
    assert row.says.endswith("and whoever wrote it has one. Nothing has come since.")


def test_where_there_is_no_home_nothing_is_called_well(tmp_path: Path) -> None:
    code, told = Terminal(tmp_path, "nobody").fails("doctor")
    assert (code, f"There is no home at {tmp_path / 'nobody'}" in told) == (3, True)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_home_is_well(tmp_path: Path) -> None:
    (tmp_path / "nobody").mkdir(mode=0o700)
    said = Terminal(tmp_path, "nobody").tries("doctor")
    assert (said.code, said.err) == (0, "")


def test_it_counts_what_the_log_shows_and_says_what_else_there_is(tmp_path: Path) -> None:
    anna = bakery(tmp_path, "Anna", "Ben")[0]
    everything, shown = (anna.does("log", *more).count("\n") for more in (["--all"], []))
    assert everything > shown
    says = looked(anna)[1]["whole"].says
    assert says.startswith(f"All {everything} events are here")
    assert f" {everything - shown} of them devices signed by themselves" in says


def test_what_it_says_to_type_is_for_this_home_and_for_that_collective(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    assert anna.typed("bundle write FILE") in str(looked(anna)[1]["copy"].next)
    anna.does("found", "Soup", "--as", "Anna")
    for one in read(anna.tries("--json", "doctor"))[:-1]:
        (copy,) = (row["next"] for row in one["findings"] if row["about"] == "copy")
        assert anna.typed(f"--in={one['collective'][:8]} bundle write FILE") in copy


def test_looking_changes_nothing(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    before = {path: path.read_bytes() for path in anna.home.rglob("*") if path.is_file()}
    anna.tries("doctor")
    assert {path: path.read_bytes() for path in anna.home.rglob("*") if path.is_file()} == before


# A second copy.


def test_a_founder_is_told_to_make_a_second_copy_and_to_add_a_device(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    code, found = looked(anna)
    assert code == 1
    assert found["copy"].state == "attention"
    assert anna.typed("bundle write") in str(found["copy"].next)
    assert found["devices"].next == f"Add a second device of yours: {anna.typed('device add')}."


def test_a_file_that_was_written_is_a_second_copy_as_long_as_it_is_fresh(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("bundle", "write", str(tmp_path / "bread.bundle"))
    copy = looked(anna)[1]["copy"]
    assert copy.state == "fine"
    assert re.match(r"Everything was written into a file on \d+ [A-Z][a-z]+ 20\d\d\.", copy.says)
    assert copy.says.endswith("Nothing has come since.")
    anna.does("propose", "Flour", "--text", "Some.")
    assert looked(anna)[1]["copy"].says.endswith("1 event has come since.")


def test_whoever_synced_on_one_machine_is_told_that_both_copies_lie_there(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    with anna.serving() as address:
        phone = Terminal(tmp_path, "phone")
        phone.does("clone", anna.does("device", "add").strip())
        phone.does("sync", address)
        served = looked(anna)[1]
    for found in (looked(phone)[1], served):
        assert found["copy"].state == "attention"
        assert "It is on this machine too, and would be lost with it." in found["copy"].says
    assert f"that of {address}." in looked(phone)[1]["copy"].says
    assert "on a device of Anna." in served["copy"].says
    assert served["serving"].says == f"It is served at {address}."


# Whole.


def test_a_file_that_cannot_be_read_is_told_beside_one_that_can(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("found", "Soup", "--as", "Anna")
    soup, _bread = sorted(anna.home.glob("collectives/*.sqlite"))
    soup.write_bytes(b"spoilt" * 1000)
    said = anna.tries("doctor")
    assert said.code == 3
    assert "is not a collective." in said.out
    assert f"First save what can be read of it: {anna.typed('--in=')}" in said.out
    assert f" salvage {soup} – that says what comes next" in said.out
    assert "genuine." in said.out


def test_an_event_whose_signature_is_not_genuine_is_found(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.")  # what comes after vouches for it, at a start
    (file,) = anna.home.glob("collectives/*.sqlite")
    spoilt = sqlite3.connect(file)
    spoilt.execute("UPDATE event SET signature = zeroblob(64) WHERE row = 1")
    spoilt.commit()
    spoilt.close()
    code, found = looked(anna)
    assert (code, found["whole"].state) == (3, "unread")


def test_a_disk_that_forgot_something_is_found_though_nobody_wrote_there(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.")
    (file,) = anna.home.glob("collectives/*.sqlite")
    with Store.open(file):  # so that it is not looked through by itself
        forget(file, "SELECT id, min(row) FROM event")
        found = looked(anna)[1]["whole"]
        assert (found.state, "pages do not fit together" in found.says) == ("unread", True)
        forget(file, "SELECT id, max(row) FROM event")
        found = looked(anna)[1]["whole"]
        assert (found.state, "its index has forgotten" in found.says) == ("unread", True)


def forget(file: Path, which: str) -> None:
    """Change one letter in the index of a file, as an old disk does."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as reading:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_event_1'"
        (page,) = reading.execute(query).fetchone()
        (size,) = reading.execute("PRAGMA page_size").fetchone()
        (name, _row) = reading.execute(which).fetchone()
    raw = bytearray(file.read_bytes())
    at = raw.index(name.encode(), (page - 1) * size, page * size)
    raw[at] ^= 1
    file.write_bytes(raw)


def test_a_file_that_a_program_left_open_is_whole_and_nothing_has_to_be_done(
    tmp_path: Path,
) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    (file,) = anna.home.glob("collectives/*.sqlite")
    program = (
        "import os, pathlib, sys; from goround.store import Store; "
        "store = Store.open(pathlib.Path(sys.argv[1])); store.set_note('x', 'y'); "
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(file)], check=False, timeout=60)
    found = looked(anna)[1]
    assert (found["left-open"].state, found["whole"].state) == ("fine", "fine")
    assert "left-open" not in looked(anna)[1]


def test_one_collective_can_be_asked_for(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("found", "Soup", "--as", "Anna")
    said = anna.tries("doctor", "--in", "Soup")
    assert said.out.startswith("Soup\n")
    assert "\nBread\n" not in said.out


# Devices that were restored, and keys without a collective.


def test_a_restored_copy_is_told_to_ask_before_it_speaks(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    backup = tmp_path / "bread.bundle"
    anna.does("bundle", "write", str(backup))
    shutil.rmtree(anna.home / "collectives")
    lost = looked(anna)[1]["keys"]
    assert lost.state == "attention"
    assert anna.typed("bundle read FILE") in str(lost.next)
    anna.does("bundle", "read", str(backup))
    code, found = looked(anna)
    assert (code, found["restored"].state) == (1, "attention")
    assert "keys" not in found


def test_a_host_is_told_of_files_and_of_nobody(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("bundle", "write", str(tmp_path / "bread.bundle"))
    host = Terminal(tmp_path, "host")
    host.does("bundle", "read", str(tmp_path / "bread.bundle"))
    found = looked(host)[1]
    assert set(found) == {"whole", "copy", "histories", "clock", "files", "room", "serving"}


# Files.


@pytest.mark.parametrize("folder", ["keys", "collectives"])
def test_files_that_others_may_read_are_named_with_how_to_take_that_from_them(
    tmp_path: Path, folder: str
) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    file = min((anna.home / folder).glob("*.*"))
    file.chmod(0o644)
    found = looked(anna)[1]["files"]
    assert found.state == "attention"
    assert str(file) in found.says
    assert f"chmod -R go-rwx {anna.home}" in str(found.next)
    assert (anna.typed("device retire") in str(found.next)) == (folder == "keys")
    os.system(f"chmod -R go-rwx {anna.home}")  # noqa: S605 - what it said to do
    assert looked(anna)[1]["files"].state == "fine"


def test_a_disk_that_is_nearly_full_is_told_before_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    assert looked(anna)[1]["room"].state == "fine"
    monkeypatch.setattr(housing, "LEAST_ROOM", shutil.disk_usage(tmp_path).total)
    assert looked(anna)[1]["room"].state == "attention"


# Nodes.


def test_a_node_that_was_killed_is_told_of_until_the_next_one_starts(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    with hosted(anna.home) as node:
        assert anna.does("doctor", "--served") == f"It is served at {node.address}.\n"
        node.process.kill()
        node.process.wait()
        code, found = looked(anna)
        assert (code, found["ending"].state) == (1, "attention")
        assert "This home was served, and nobody stopped that" in found["ending"].says
        assert anna.fails("doctor", "--served") == (3, "No node answers for this home just now.")
    with hosted(anna.home):
        assert "ending" not in looked(anna)[1]


def test_a_node_that_does_not_answer_is_not_called_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housing, "PATIENCE", 0.2)
    (anna,) = bakery(tmp_path, "Anna")
    with hosted(anna.home) as node:
        node.process.send_signal(signal.SIGSTOP)
        try:
            code, found = looked(anna)
            assert (code, found["serving"].state) == (1, "attention")
            assert anna.fails("doctor", "--served")[0] == 3
        finally:
            node.process.send_signal(signal.SIGCONT)


def test_a_node_for_a_room_is_asked_by_its_own_certificate(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    with anna.serving("--lan", "--host", "127.0.0.1") as address:
        assert anna.does("doctor", "--served") == f"It is served at {address}.\n"


def test_a_file_of_places_that_names_none_is_mended_for_this_home(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("places", "add", "http://127.0.0.1:1")
    (file,) = (anna.home / "places").glob("*.json")
    file.write_text('[{"address": 1}]')
    told = anna.tries("doctor").out
    assert "Where else this collective lives cannot be read" in told
    assert f"--home {anna.home} places add ADDRESS" in " ".join(told.split())
