"""Others that carry histories, with the same events: what loading costs there, and what it checks.

git: a commit per event, with the same parents and words; cloning and fsck read and hash everything.
pycrdt and loro: an edit per event in a list that eight write to; loading merges. Whether one
notices a changed letter is tried out; none checks a signature or judges a rule, nor says that it
does. So the targets are as far apart as the work is.
"""

from __future__ import annotations

import subprocess
from functools import partial
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.figure import Figure, at_most, number, seconds, spread
from bench.fresh import fresh
from bench.histories import Recipe, history
from bench.load import start
from bench.machine import scratch
from goround.store import Store
from goround.wire import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from bench.histories import History
    from goround.log.event import Event

EVENTS = 100_000
REPETITIONS = 3
QUICK = {"events": 300, "repetitions": 1}
LIST, WRITERS, TURN = "log", 8, 500
SPOILT = b" the "
"""Words that somebody wrote, and that are spoilt to see who notices."""

MOST_PARENTS = 16
"""As many as git takes in one commit."""

TARGETS = {
    "git": at_most(1, unit="times git's time"),
    "pycrdt": at_most(50, unit="times pycrdt's time"),
    "loro": at_most(50, unit="times loro's time"),
}


class Peer(NamedTuple):
    """What another program took, and whether it noticed that a letter was changed."""

    name: str
    version: str
    does: str
    times: list[float]
    finds_a_change: bool


def measure(events: int = EVENTS, repetitions: int = REPETITIONS) -> list[Figure]:
    made = history(Recipe(events))
    with scratch() as folder:
        loads = [_load(made, folder / f"ours-{number}") for number in range(repetitions)]
        peers = [
            _git(made, folder, repetitions),
            _merging(made, "pycrdt", repetitions),
            _merging(made, "loro", repetitions),
        ]
    return [_figure(peer, events, loads) for peer in peers]


def _load(made: History, folder: Path) -> float:
    return fresh(start, made.copy(folder).path, made.collective)


def events_of(made: History) -> Iterator[Event]:
    with Store.open(made.file) as store:
        yield from (event for _, event in store.since())


def _figure(peer: Peer, events: int, loads: Sequence[float]) -> Figure:
    ours, theirs = median(loads), median(peer.times)
    target = TARGETS[peer.name]
    checks = "finds a changed letter" if peer.finds_a_change else "takes in a changed letter unseen"
    return Figure(
        name=f"peers.{peer.name}",
        value=ours,
        unit="s",
        floor=theirs,
        ratio=ours / theirs,
        target=str(target),
        met=target.met_by(ours / theirs),
        sentence=(
            f"{peer.version} takes {number(theirs)} s to {peer.does}, where we take "
            f"{number(ours)} s for {events:,} events; it {checks}, "
            "and checks neither signatures nor rules."
        ),
        spread=spread(loads),
    )


# git


def git_version() -> str:
    return run("git", "--version").stdout.decode().strip().replace(" version", "")


def run(*command: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    words = list(map(str, command))
    return subprocess.run(words, input=given, capture_output=True, check=True)


def _git(made: History, folder: Path, repetitions: int) -> Peer:
    """Give git the same graph, and let it carry it over and check it."""
    full = repository(made, folder)
    clones = [folder / f"{number}.git" for number in range(repetitions)]
    times = [seconds(partial(_clone_and_check, full, clone)) for clone in clones]
    changed = _finds_a_change(partial(_spoil_and_check, clones[0]))
    return Peer("git", git_version(), "clone and fsck as many commits", times, changed)


def repository(made: History, folder: Path) -> Path:
    """Make a repository with a commit for each event, with the same parents and words."""
    full = folder / "full.git"
    run("git", "init", "--quiet", "--bare", full)
    run("git", "-C", full, "fast-import", "--quiet", given=b"".join(_commits(events_of(made))))
    return full


def fetch(clone: Path, address: str) -> None:
    """Let a repository, made if there is none, have all that another has."""
    run("git", "init", "--quiet", "--bare", clone)
    run("git", "-C", clone, "fetch", "--quiet", address, "+refs/heads/*:refs/heads/*")


def _finds_a_change(load: Callable[[], object]) -> bool:
    try:
        load()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - loro raises nothing narrower
        return True
    return False


def _spoil_and_check(clone: Path) -> None:
    pack = next((clone / "objects" / "pack").glob("*.pack"))
    pack.chmod(0o600)
    pack.write_bytes(_spoiled(pack.read_bytes()))
    run("git", "-C", clone, "fsck", "--full", "--no-progress")


def _spoiled(kept: bytes) -> bytes:
    """Change one bit in the middle."""
    half = len(kept) // 2
    return kept[:half] + bytes([kept[half] ^ 1]) + kept[half + 1 :]


def _clone_and_check(full: Path, clone: Path) -> None:
    run("git", "clone", "--quiet", "--bare", "--no-local", full, clone)
    run("git", "-C", clone, "fsck", "--full", "--no-progress")


def _commits(events: Iterator[Event]) -> Iterator[bytes]:
    """Write each event as a commit on its device's branch, with its words as the only file."""
    marks: dict[str, int] = {"": 0}
    for event in events:
        header = event.header
        words = event.content.words if event.content else b""
        mark = marks[event.id] = len(marks)
        parents = [marks[name] for name in (header.prev, *header.seen) if name][:MOST_PARENTS]
        yield b"commit refs/heads/%s\nmark :%d\n" % (f"d{header.device}".encode(), mark)
        yield b"committer device <device> %d +0000\n" % (header.at // 1000)
        yield b"data %d\n%s\n" % (len(event.raw), event.raw)
        yield from (b"%s :%d\n" % (b"merge" if n else b"from", p) for n, p in enumerate(parents))
        yield b"M 100644 inline words\ndata %d\n%s\n" % (len(words), words)


# pycrdt and loro


def _merging(made: History, name: str, repetitions: int) -> Peer:
    """Let eight replicas of a list write it, and measure how long another takes to load it.

    Each library is imported where it is used, so that neither weighs on the other's process.
    """
    write, load = {"pycrdt": (write_pycrdt, load_pycrdt), "loro": (write_loro, load_loro)}[name]
    kept = write(list(edits_of(made)))
    times = [fresh(load, kept) for _ in range(repetitions)]
    changed = _finds_a_change(partial(load, kept.replace(SPOILT, SPOILT.upper(), 1)))
    return Peer(name, f"{name} {version(name)}", "load as many edits", times, changed)


def edits_of(made: History) -> Iterator[dict[str, Any]]:
    for event in events_of(made):
        words = read_words(event.content.words if event.content else None)
        yield {"kind": event.header.act["type"], "words": str(words)}


def _turns(edits: Sequence[dict[str, Any]]) -> Iterator[tuple[int, Sequence[dict[str, Any]]]]:
    """Let eight write in turns, since merging after each edit would take hours."""
    for turn, begin in enumerate(range(0, len(edits), TURN)):
        yield turn % WRITERS, edits[begin : begin + TURN]


def write_pycrdt(edits: Sequence[dict[str, Any]]) -> bytes:
    from pycrdt import Array, Doc  # noqa: PLC0415 - see _merging

    docs = [Doc() for _ in range(WRITERS)]
    last = docs[0]
    for writer, some in _turns(edits):
        doc = docs[writer]
        doc.apply_update(last.get_update(doc.get_state()))
        log = doc.get(LIST, type=Array)
        for edit in some:
            log.append(edit)
        last = doc
    update: bytes = last.get_update()
    return update


def load_pycrdt(update: bytes) -> float:
    from pycrdt import Array, Doc  # noqa: PLC0415 - see _merging

    doc = Doc()
    return seconds(lambda: (doc.apply_update(update), len(doc.get(LIST, type=Array))))


def write_loro(edits: Sequence[dict[str, Any]]) -> bytes:
    from loro import ExportMode, LoroDoc, VersionVector  # noqa: PLC0415 - see _merging

    docs = [LoroDoc() for _ in range(WRITERS)]
    last = docs[0]
    for writer, some in _turns(edits):
        doc = docs[writer]
        doc.import_(last.export(ExportMode.Updates(doc.oplog_vv)))
        log = doc.get_list(LIST)
        for edit in some:
            log.push(edit)
            doc.commit()
        last = doc
    updates: bytes = last.export(ExportMode.Updates(VersionVector()))
    return updates


def load_loro(updates: bytes) -> float:
    from loro import LoroDoc  # noqa: PLC0415 - see _merging

    doc = LoroDoc()
    return seconds(lambda: (doc.import_(updates), len(doc.get_list(LIST))))
