"""Several programs on one home: a serving node and a command, or two commands at once."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from goround.errors import Busy
from goround.ids import EventId
from goround.log.event import Event
from goround.store import Store
from tests.chains import chain, device
from tests.store import writers

ANNA = device(1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "bread.sqlite"


def kept(path: Path) -> list[Event]:
    with Store.open(path) as store:
        return [event for _, event in store.since()]


def test_three_programs_that_sign_with_one_key_at_once_never_fork_its_chain(path: Path) -> None:
    Store.create(path, chain(ANNA, 1)).close()
    spawn = multiprocessing.get_context("spawn")
    programs = [spawn.Process(target=writers.sign, args=(path, 25)) for _ in range(3)]
    for program in programs:
        program.start()
    for program in programs:
        program.join(60)
    events = kept(path)
    assert [event.header.seq for event in events] == list(range(76))
    assert [event.header.prev for event in events[1:]] == [event.id for event in events[:-1]]


def killed_while_writing(path: Path, after: int) -> list[EventId]:
    """Run a writer, kill it after so many acknowledgements, and give all that it managed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.writers", path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as program:
        assert program.stdout is not None
        said = [program.stdout.readline() for _ in range(after)]
        program.kill()
        said += program.stdout.readlines()
    return [EventId(line.strip()) for line in said if line.endswith("\n")]


def test_what_was_acknowledged_survives_the_kill_of_its_writer(path: Path) -> None:
    Store.create(path, chain(ANNA, 1)).close()
    acknowledged: list[EventId] = []
    for number in range(10):
        acknowledged += killed_while_writing(path, 3 + 7 * number)
        events = kept(path)
        assert [event.id for event in events][1 : len(acknowledged) + 1] == acknowledged
        # At most one more was kept, whose acknowledgement the kill swallowed.
        acknowledged = [event.id for event in events[1:]]
        assert [event.header.seq for event in events] == list(range(len(events)))


def test_who_waits_too_long_for_another_program_is_told_and_loses_nothing(path: Path) -> None:
    events = chain(ANNA, 3)
    with Store.create(path, events[:1]) as store, Store.open(path, wait=0.1) as other:
        with store.writing():
            store.append(events[1:2])
            with pytest.raises(Busy, match="Another program"):
                other.append(events[2:])
        other.append(events[2:])
    assert kept(path) == events
