"""What can be read of a damaged file is had out of it, and nothing that is not genuine."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from goround.collective.erasure import EraseOwn
from goround.collective.proposals import Say
from goround.errors import GoroundError, NotACollective, Unreachable
from goround.ids import EventId
from goround.log.bundle import Bundle, read_bundle, write_bundle
from goround.log.event import Event, erased
from goround.log.history import check_every
from goround.node.home import Home
from goround.node.salvage import Salvaged, salvage
from goround.replay import Replay
from goround.store import Store
from goround.sync import bundle_file
from tests.chains import chain, device, said
from tests.crash.crowd import gather

PAGE = 4096


class Original:
    """A file with a journal beside it, as they were, and what is in them."""

    def __init__(self, folder: Path) -> None:
        crowd = gather(folder / "home", 4)
        self.home, self.collective = Home(crowd.home), crowd.collective
        path = self.home.file(self.collective)
        chance, replica = Random(5), self.home.replica(self.collective)
        for number in range(120):
            replica.key = chance.choice(crowd.keys)
            words = f"Number {number}. " * chance.choice([1, 1, 5, 40, 400, 3000])
            replica.sign(Say(crowd.proposal), {"text": words})
        replica.close()
        self.events = self._events(path)
        self.file, self.journal = path.read_bytes(), b""
        with Store.open(path) as store:
            store.append(self._more(crowd.keys[0].seed))
            self.both = path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()
            self.all = [event for _row, event in store.since()]

    def _events(self, path: Path) -> list[Event]:
        with Store.open(path) as store:
            return [event for _row, event in store.since()]

    def _more(self, seed: bytes) -> list[Event]:
        key = device(1).from_seed(seed)
        last = [event for event in self.events if event.header.device == key.public][-1]
        more = []
        for number in range(10):
            last = said(key, last, b'{"text":"%s"}' % (b"more " * number * 300))
            more.append(last)
        return more

    def put(self, folder: Path, file: bytes, journal: bytes = b"") -> Path:
        path = folder / "damaged.sqlite"
        path.write_bytes(file)
        if journal:
            path.with_name("damaged.sqlite-wal").write_bytes(journal)
        return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    return Original(tmp_path_factory.mktemp("original"))


def found_in(path: Path) -> Salvaged:
    """Salvage a file, and check that this changed nothing, and that all of it is genuine."""
    before = {file: file.read_bytes() for file in path.parent.iterdir()}
    found = salvage(path)
    assert before == {file: file.read_bytes() for file in path.parent.iterdir()}
    return found


def check(found: Salvaged, events: list[Event]) -> None:
    """Check that what was found makes bundles, and is of these events and no others."""
    known = {event.id: event for event in events}
    for event in (*found.whole, *found.rest):
        assert event in (known[event.id], erased(known[event.id]))
    for part in (found.whole, found.rest):
        if part:
            check_every(bundle_of(found, part).events)
    Replay.of(found.replay.collective).add_all(found.whole)
    assert not found.missing & ids(found)


def bundle_of(found: Salvaged, part: list[Event]) -> Bundle:
    return read_bundle(write_bundle(found.replay.collective, part))


def ids(found: Salvaged) -> set[EventId]:
    return {event.id for event in (*found.whole, *found.rest)}


def unhurt(events: list[Event], before: bytes, now: bytes) -> set[EventId]:
    """Name the events whose record, in one piece, has the same bytes as before."""
    names: set[EventId] = set()
    for event in events:
        record = event.id.encode() + event.raw + event.signature
        at = before.find(record)
        if at >= 0 and now[at - 7 : at + len(record)] == before[at - 7 : at + len(record)]:
            names.add(event.id)
    return names


# Ways of being damaged.


def flipped(raw: bytearray, chance: Random) -> None:
    for _ in range(chance.choice([1, 10, 100, 2000])):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def wiped(raw: bytearray, chance: Random) -> None:
    """Let some pages, or sectors of them, be empty."""
    size = chance.choice([512, PAGE])
    for _ in range(chance.randrange(1, 30)):
        at = chance.randrange(len(raw) // size) * size
        raw[at : at + size] = bytes(size)


def rubbed_in(raw: bytearray, chance: Random) -> None:
    """Let some pages hold anything."""
    for _ in range(chance.randrange(1, 10)):
        at = chance.randrange(len(raw) // PAGE) * PAGE
        raw[at : at + PAGE] = chance.randbytes(PAGE)


def beheaded(raw: bytearray, _chance: Random) -> None:
    raw[:PAGE] = bytes(PAGE)


def cut(raw: bytearray, chance: Random) -> None:
    del raw[chance.randrange(len(raw)) :]


def shuffled(raw: bytearray, chance: Random) -> None:
    """Let some pages be where others belong."""
    for _ in range(chance.randrange(1, 10)):
        one, other = (chance.randrange(len(raw) // PAGE) * PAGE for _ in range(2))
        page = raw[one : one + PAGE]
        raw[one : one + PAGE] = raw[other : other + PAGE]
        raw[other : other + PAGE] = page


WAYS = [flipped, wiped, rubbed_in, beheaded, cut]
Way = Callable[[bytearray, Random], None]


def test_a_file_that_is_whole_gives_all_of_it(original: Original, tmp_path: Path) -> None:
    found = found_in(original.put(tmp_path, original.file))
    assert bundle_of(found, found.whole).events == found.whole
    assert {event.id: event for event in found.whole} == {e.id: e for e in original.events}
    assert (found.rest, found.missing, found.wordless) == ([], set(), set())


def test_what_stands_in_the_journal_alone_is_found_too(original: Original, tmp_path: Path) -> None:
    found = found_in(original.put(tmp_path, *original.both))
    assert {event.id: event for event in found.whole} == {e.id: e for e in original.all}


def test_without_its_journal_what_stood_there_is_gone_and_the_rest_is_not(
    original: Original, tmp_path: Path
) -> None:
    found = found_in(original.put(tmp_path, original.both[0]))
    check(found, original.all)
    assert ids(found) == {event.id for event in original.events}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_damaged_all_that_is_not_is_found(
    original: Original, tmp_path: Path, way: Way, seed: int
) -> None:
    raw = bytearray(original.file)
    way(raw, Random(seed))
    path = original.put(tmp_path, bytes(raw))
    expected = unhurt(original.events, original.file, bytes(raw))
    try:
        found = found_in(path)
    except NotACollective:
        assert expected == set()
        return
    check(found, original.events)
    assert ids(found) >= expected


@pytest.mark.parametrize("seed", range(4))
def test_pages_that_lie_in_the_wrong_place_are_read_all_the_same(
    original: Original, tmp_path: Path, seed: int
) -> None:
    raw = bytearray(original.file)
    shuffled(raw, Random(seed))
    found = found_in(original.put(tmp_path, bytes(raw)))
    check(found, original.events)
    short = {e.id for e in original.events if len(e.raw) < 3000}
    assert ids(found) >= short


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_journal_gives_what_is_whole_in_it(
    original: Original, tmp_path: Path, seed: int
) -> None:
    chance, journal = Random(seed), bytearray(original.both[1])
    chance.choice([flipped, cut])(journal, chance)
    found = found_in(original.put(tmp_path, original.both[0], bytes(journal)))
    check(found, original.all)
    assert ids(found) >= {event.id for event in original.events}


@pytest.mark.parametrize("part", ["header", "signature", "words"])
def test_what_is_not_genuine_is_not_taken(original: Original, tmp_path: Path, part: str) -> None:
    event = next(e for e in original.events[50:] if e.content and len(e.content.words) < 100)
    assert event.content
    hurt = {"header": event.raw, "signature": event.signature, "words": event.content.words}[part]
    raw = bytearray(original.file)
    raw[original.file.index(hurt) + 20] ^= 1
    found = found_in(original.put(tmp_path, bytes(raw)))
    check(found, original.events)
    assert (event.id in ids(found)) == (part == "words")
    assert found.wordless == ({event.id} if part == "words" else set())
    assert (event.id in found.missing) == bool(found.rest)


def test_what_was_never_finished_does_not_contradict_what_was_said_instead(
    original: Original, tmp_path: Path
) -> None:
    events = chain(device(1), 3)
    kept, never = said(device(1), events[-1], b"kept"), said(device(1), events[-1], b"never")
    path = tmp_path / "bread.sqlite"
    Store.create(path, events).close()
    with Store.open(path) as store:
        store.append([never])
        journal = path.with_name(f"{path.name}-wal").read_bytes()
    broken = bytearray(journal)
    broken[24] ^= 1  # its sums do not hold: nobody can tell whether this was ever kept
    other = tmp_path / "other"
    other.mkdir()
    Store.create(other / "bread.sqlite", [*events, kept]).close()
    (other / "bread.sqlite-wal").write_bytes(bytes(broken))
    assert ids(found_in(other / "bread.sqlite")) == {e.id for e in (*events, kept)}
    shutil.copy(path, other / "alone.sqlite")
    (other / "alone.sqlite-wal").write_bytes(bytes(broken))
    assert never.id in ids(found_in(other / "alone.sqlite"))


def test_words_that_were_erased_are_not_brought_back(original: Original, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    replica = home.found("Bread", "Anna")
    secret = replica.sign(Say(replica.graph.in_order()[0]), {"text": "a secret " * 50})
    path = home.file(replica.collective)
    journal = path.with_name(f"{path.name}-wal").read_bytes()
    replica.sign(EraseOwn(secret))  # it stands in the journal, as long as nobody erases there
    later = path.with_name(f"{path.name}-wal").read_bytes()
    replica.close()
    assert b"a secret" in journal
    folder = tmp_path / "damaged"
    folder.mkdir()
    found = found_in(original.put(folder, path.read_bytes(), later + journal[32:]))
    assert {secret} == {e.id for e in found.whole if e.header.commit and e.content is None}
    assert found.wordless == set()


def test_a_bundle_that_was_cut_short_gives_the_lines_that_are_whole(
    original: Original, tmp_path: Path
) -> None:
    path = tmp_path / "bread.bundle"
    bundle_file.write(path, original.collective, original.events)
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 2])
    found = found_in(path)
    check(found, original.events)
    assert len(found.whole) == raw[: len(raw) // 2].count(b"\n") - 1


@pytest.mark.parametrize(
    "raw", [b"", b"Dear all, " * 1000, b"SQLite format 3\0" + bytes(5000), bytes(100_000)]
)
def test_where_there_is_nothing_it_says_so(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "something"
    path.write_bytes(raw)
    with pytest.raises(NotACollective, match="nothing of a collective in"):
        found_in(path)


def test_where_there_is_no_file_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(GoroundError, match="could not be read"):
        salvage(tmp_path / "nowhere")
    with pytest.raises(GoroundError, match="could not be read"):
        salvage(tmp_path)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_file_that_is_opened_says_so_or_shows_what_was_kept(
    original: Original, tmp_path: Path, seed: int
) -> None:
    chance, raw = Random(seed), bytearray(original.file)
    chance.choice([*WAYS, shuffled])(raw, chance)
    told = shown(original.put(tmp_path, bytes(raw)))
    assert told == said_by(original.events) or "goround salvage" in str(told)


def shown(path: Path) -> object:
    """Return what was said, as a file that is opened shows it, or why it shows nothing."""
    try:
        with Store.open(path) as store:
            return said_by([event for _row, event in store.since()])
    except Unreachable as error:
        return str(error)


def said_by(events: list[Event]) -> object:
    return [(event.raw, event.content) for event in events]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(300))
def test_any_damage(original: Original, tmp_path: Path, seed: int) -> None:
    chance = Random(seed)
    file, journal = (bytearray(raw) for raw in original.both)
    for _ in range(chance.randrange(1, 4)):
        chance.choice([*WAYS, shuffled])(file, chance)
        chance.choice([flipped, cut])(journal, chance)
        if len(file) < PAGE * 2 or len(journal) < PAGE * 2:
            break
    try:
        check(found_in(original.put(tmp_path, bytes(file), bytes(journal))), original.all)
    except NotACollective:
        assert len(file) < len(original.both[0])
