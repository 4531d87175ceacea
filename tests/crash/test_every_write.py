"""P7: whatever was being written when a process was killed, or the power went, what was told is
kept, nothing is shown that was half-written, and the same can be done again."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

import pytest

from goround.files import UNFINISHED
from goround.ids import CollectiveId, EventId
from goround.node.home import Home
from goround.node.keyring import Secrets
from goround.node.restored import RESTORED
from goround.store import Store, schema, upgrading
from tests.crash.leftovers import Tree, lay_out
from tests.crash.operations import NEXT_VERSION, OPERATIONS, STEPS
from tests.crash.recording import Moment, Recorder, Recording

AGAIN = 3
"""Moments of each operation after which it is done again; in the soak, all."""


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    program = Recorder()
    if not program.is_allowed():
        program.close()
        pytest.skip("this machine lets no program look at another (ptrace)")
    yield program
    program.close()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory, if there is one: what a disk keeps is followed, not waited for."""
    memory = Path("/dev/shm")  # noqa: S108 - a name that nobody guesses is made in it
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as made:
        yield Path(made)


@pytest.fixture(autouse=True)
def read_by_the_next_program(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let what was brought up to date be read by a program that knows of it."""
    is_next = request.getfixturevalue("operation") == "upgrade"
    with ExitStack() as stack:
        if is_next:
            stack.enter_context(patch.object(schema, "VERSION", NEXT_VERSION))
            stack.enter_context(patch.object(upgrading, "STEPS", STEPS))
        yield


class Kept(NamedTuple):
    """What a home holds, and the bundles beside it."""

    events: dict[CollectiveId, dict[EventId, bool]]
    secrets: dict[str, Secrets]
    files: dict[str, bytes]
    restored: dict[CollectiveId, bool]
    places: dict[CollectiveId, list[str]]


def read(home: Home) -> Kept:
    """Read everything in a home, as a program does that starts after the crash."""
    events = {collective: _events(home, collective) for collective in home.collectives()}
    keys = sorted((home.path / "keys").glob("*.json"))
    secrets = {path.stem: home.keyring(CollectiveId(path.stem)).secrets for path in keys}
    certificate, bundles = home.path.glob("*.pem"), home.path.parent.glob("*.bundle")
    files = {path.name: path.read_bytes() for path in (*certificate, *bundles)}
    restored = {collective: _is_restored(home, collective) for collective in events}
    places = {c: [place.address for place in home.places(c).all()] for c in events}
    return Kept(events, secrets, files, restored, places)


def _events(home: Home, collective: CollectiveId) -> dict[EventId, bool]:
    home.new_replica(collective).close()  # it is judged, too
    with Store.open(home.file(collective)) as store:
        return {event.id: event.content is not None for _row, event in store.since()}


def _is_restored(home: Home, collective: CollectiveId) -> bool:
    with Store.open(home.file(collective)) as store:
        return store.note(RESTORED) is not None


def at(tree: Tree, folder: Path) -> Home:
    lay_out(tree, folder)
    return Home(folder / "anna")


def check(moment: Moment, now: Kept, before: Kept, after: Kept) -> None:
    """Check that what was there is, and nothing that never was; all of it, once it was told."""
    for collective, events in before.events.items():
        assert events.keys() <= now.events[collective].keys()
    for collective, events in now.events.items():
        assert events.keys() <= after.events[collective].keys()
    for name, raw in now.files.items():
        assert raw in (before.files.get(name), after.files.get(name))
    for collective, is_restored in now.restored.items():
        known = (before.restored.get(collective), after.restored[collective])
        assert is_restored in known
    for collective, named in now.places.items():
        assert named in (before.places.get(collective, []), after.places[collective])
    assert now.secrets.keys() <= before.secrets.keys() | after.secrets.keys()
    if moment.told:
        assert now == after


def check_again(operation: str, words: list[str], folder: Path, recorder: Recorder) -> None:
    """Check that the same can be done once more, and that nothing is left lying about."""
    code, said = recorder.again(operation, folder, words)
    assert code in (0, OPERATIONS[operation].refused), said
    told = [line for line in said.splitlines() if " mended " not in line]  # by a node, of the end
    assert len(told) == (code > 0), said
    assert list(_left(folder)) == []


def _left(folder: Path) -> Iterator[Path]:
    """Yield what is left of something unfinished, but for the other name of what was finished."""
    for unfinished in folder.rglob(f"{UNFINISHED}*"):
        for path in unfinished.iterdir():
            if path.stem not in {known.stem for known in unfinished.parent.glob("*.sqlite")}:
                yield path


def check_moments(
    operation: str, recording: Recording, recorder: Recorder, again: list[Moment]
) -> None:
    folder = recording.folder.parent
    before, after = (
        read(at(tree, folder / name))
        for name, tree in (("before", recording.before), ("after", recording.after))
    )
    assert any(moment.told for moment in recording.moments)
    for number, moment in enumerate(recording.moments):
        place = folder / f"{number}-{moment.call}-{moment.how}"
        check(moment, read(at(moment.tree, place)), before, after)
        if moment in again:
            words = [word.replace(str(recording.folder), str(place)) for word in recording.words]
            check_again(operation, words, place, recorder)


def check_kill(operation: str, recorder: Recorder, folder: Path, call: int) -> None:
    """Check that a process that is killed before one of its calls leaves what it found."""
    place = folder / f"killed-{call}"
    tree, words = recorder.kill(operation, place, call)
    before, now = read(at(tree, folder / f"unhurt-{call}")), read(Home(place / "anna"))
    for collective, events in before.events.items():
        assert events.keys() <= now.events[collective].keys()
    check_again(operation, words, place, recorder)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_whatever_was_being_written_what_was_told_is_kept(
    operation: str, recorder: Recorder, folder: Path
) -> None:
    recording, chance = recorder.record(operation, folder / "folder"), Random(1)
    again = chance.sample(recording.moments, min(AGAIN, len(recording.moments)))
    check_moments(operation, recording, recorder, again)
    check_kill(operation, recorder, folder, chance.randrange(1, recording.calls))


@pytest.mark.soak
@pytest.mark.parametrize("operation", OPERATIONS)
def test_after_each_moment_it_can_be_done_again(
    operation: str, recorder: Recorder, folder: Path
) -> None:
    recording = recorder.record(operation, folder / "folder")
    check_moments(operation, recording, recorder, recording.moments)
    for call in range(1, recording.calls):
        check_kill(operation, recorder, folder, call)
