"""After a sudden end somebody is told, once and in one sentence, what has become of their file."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from goround.errors import Refused, Unreachable
from goround.ids import CollectiveId
from goround.log.keys import DeviceKey
from goround.sync.http import Peer
from tests.terminals import Terminal, bakery
from tests.web.hosted import hosted

WRITES_AND_IS_KILLED = (
    "import os, pathlib, sys; from goround.store import Store; "
    "store = Store.open(pathlib.Path(sys.argv[1])); store.set_note('x', 'y'); "
    "os.kill(os.getpid(), 9)"
)


@pytest.fixture
def anna(tmp_path: Path) -> Terminal:
    """Somebody whose program was killed while it had their collective open."""
    (anna,) = bakery(tmp_path, "Anna")
    program = [sys.executable, "-c", WRITES_AND_IS_KILLED, str(file_of(anna))]
    subprocess.run(program, check=False, timeout=60)
    return anna


def file_of(person: Terminal) -> Path:
    (file,) = person.home.glob("collectives/*.sqlite")
    return file


def asked_of(address: str, collective: str) -> None:
    """Ask a node something for which it opens a collective."""
    with Peer(address) as peer, suppress(Refused):
        peer._session(CollectiveId(collective), DeviceKey.generate())


def test_the_next_command_says_that_all_is_whole_and_the_one_after_nothing(anna: Terminal) -> None:
    said = anna.tries("log")
    assert (said.code, said.err.count("\n")) == (0, 1)
    assert said.err.startswith("A program ended suddenly while it had “Bread” open: ")
    assert anna.does("log") == said.out


def test_a_program_that_reads_is_told_nothing_beside(anna: Terminal) -> None:
    assert anna.reads("log")


def test_a_copy_of_a_file_did_not_end_suddenly(anna: Terminal) -> None:
    anna.tries("log")
    file = file_of(anna)
    copy = file.read_bytes()
    file.unlink()
    file.write_bytes(copy)
    anna.does("log")


def test_a_node_says_so_in_its_log_when_it_opens_the_file(anna: Terminal) -> None:
    with hosted(anna.home) as node:
        for _ in range(2):
            asked_of(node.address, file_of(anna).stem)
        (line,) = node.log.read_text().splitlines()
    assert " warning mended says=" in line
    assert line.endswith('all of it is whole."')


def test_a_node_names_a_damaged_file_and_what_to_do_and_so_does_the_doctor(anna: Terminal) -> None:
    file = file_of(anna)
    raw = file.read_bytes()
    at = raw.index(b'["goround/1"')
    file.write_bytes(raw[:at] + bytes(40) + raw[at + 40 :])
    with hosted(anna.home) as node:
        with pytest.raises(Unreachable, match="whoever runs this node has to look"):
            asked_of(node.address, file.stem)
        log = node.log.read_text()
    assert f"whose id begins with {file.stem[:8]} is damaged" in log
    assert "goround doctor" in log
    assert file.stem not in log
    assert str(anna.home) not in log
    said = anna.tries("doctor")
    assert said.code == 3
    assert f"The file {file} is damaged" in said.out
    assert f"First save what can be read of it: {anna.typed(f'salvage {file}')} – " in said.out
