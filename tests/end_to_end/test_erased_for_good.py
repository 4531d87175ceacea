"""What is erased is gone from every file of every home, and from whatever is handed on later: these
tests read the raw bytes of all that a home has on the disk, and ask each carrier of a node."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest
from starlette.testclient import TestClient

from goround.collective.erasure import EraseOwn
from goround.ids import EventId, encode
from goround.log.event import Event
from goround.node import memory
from goround.node.home import Home
from goround.node.replica import Replica
from goround.sync.messages import Want, encode_message
from goround.web.app import make_app
from tests.terminals import Terminal, bakery, share
from tests.web.callers import LINES, ORIGIN, Caller, key_of

Erase = Callable[[list[Terminal], "Written"], None]

WORDS = "My landlord Ferdinand Quisling drinks in the Zebra, number 9, telephone 0931-5550199"


class Written(NamedTuple):
    """Words that somebody wrote, as they lie on a disk: themselves, and their salt."""

    id: EventId
    salt: bytes

    def traces(self, folder: Path) -> list[str]:
        """Name the files below a folder in which anything of it can still be found."""
        pieces = [WORDS[at : at + 16].encode() for at in range(0, len(WORDS) - 15, 16)]
        wanted = [*pieces, self.salt, encode(self.salt).encode()]
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return [
            str(path.relative_to(folder))
            for path in files
            if any(piece in path.read_bytes() for piece in wanted)
        ]


def opened(person: Terminal) -> Replica:
    home = Home(person.home)
    return home.replica(home.find(None))


def writes(author: Terminal) -> Written:
    """Let somebody write down what they will wish they had not."""
    said = EventId(author.reads("say", "1", WORDS)["id"])
    with closing(opened(author)) as replica:
        (event,) = replica.events([said])
    return Written(said, salt_of(event))


def salt_of(event: Event) -> bytes:
    assert event.content is not None
    return event.content.salt


def keeps_an_older_file(person: Terminal) -> Path:
    """Leave what bringing a file up to date leaves beside it (decision 17)."""
    (file,) = (person.home / "collectives").glob("*.sqlite")
    kept = file.with_name(f"{file.stem}.version-0.sqlite")
    with closing(sqlite3.connect(file)) as old, closing(sqlite3.connect(kept)) as copy:
        old.backup(copy)
    return kept


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Terminal]:
    monkeypatch.setattr(memory, "WORTH", 1)  # so that a checkpoint lies beside each file
    return bakery(tmp_path, "Anna", "Ben")


def by_its_author(people: list[Terminal], written: Written) -> None:
    people[0].does("erase", "--", written.id)
    share(*people)


def by_decision(people: list[Terminal], written: Written) -> None:
    effect = f'{{"do":"erase","event":"{written.id}"}}'
    terms = ("--text", "Not ours to keep.", "--matter", "agreement", "--effect", effect)
    ref = people[1].reads("propose", "Forget it", *terms)["ref"]
    share(*people)
    for person in people:
        person.does("position", ref, "agree")
        share(*people)


@pytest.mark.parametrize("erase", [by_its_author, by_decision])
def test_no_file_of_any_home_has_a_trace_of_what_was_erased(
    tmp_path: Path, people: list[Terminal], erase: Erase
) -> None:
    anna, ben = people
    written = writes(anna)
    share(*people)
    older, before = keeps_an_older_file(ben), tmp_path / "before.bundle"
    ben.does("bundle", "write", str(before))
    for person in people:
        assert any("collectives" in file for file in written.traces(person.home))
        assert list(person.home.glob("cache/*.checkpoint"))
    erase(people, written)
    assert not older.exists()
    later = tmp_path / "later"
    later.mkdir()
    for person in people:
        with closing(opened(person)):  # so that its journal is there too
            assert list(person.home.glob("collectives/*.sqlite-wal"))
            assert list(person.home.glob("collectives/*.sqlite-shm"))
            assert written.traces(person.home) == []
        person.does("bundle", "write", str(later / f"{person.name}.bundle"))
    assert written.traces(later) == []
    ben.does("bundle", "read", str(before))
    assert written.traces(ben.home) == []
    assert "Quisling" not in ben.does("show", "1")


def test_words_are_handed_to_nobody_once_their_erasing_has_come_in(
    people: list[Terminal],
) -> None:
    anna, ben = people
    written = writes(anna)
    share(*people)
    with closing(opened(ben)) as bens:
        with closing(opened(anna)) as annas:
            annas.sign(EraseOwn(written.id))
            bens.receive(list(annas.everything()), strangers=True)
        assert written.traces(ben.home)  # it is not carried out here yet
        handed = {event.id: event for event in (*bens.everything(), *bens.events([written.id]))}
        assert handed[written.id].content is None


def test_no_carrier_of_a_node_gives_what_was_erased(people: list[Terminal]) -> None:
    anna, ben = people
    written = writes(anna)
    share(*people)
    home = Home(anna.home)
    with TestClient(make_app(home, ORIGIN), base_url=ORIGIN, client=("192.0.2.7", 1)) as client:
        caller = Caller(client, home.find(None))
        with closing(opened(ben)) as bens:
            entered = caller.opened(key_of(bens))
            cookie = {"Cookie": f"goround={entered['Authorization'].removeprefix('Bearer ')}"}
            ask = partial(everything_told, caller, entered, cookie, written.id)
            told = ask()
            assert "Quisling" in told
            assert encode(written.salt) in told
            anna.does("erase", "--", written.id)
            told = ask()
            assert "Quisling" not in told
            assert encode(written.salt) not in told
            assert "Anna</bdi> erased these words." in told
            caller.syncs(bens)
        assert written.traces(ben.home) == []


def register(client: TestClient, at: str, cookie: dict[str, str]) -> str:
    return client.get(f"{at}/proposals", headers=cookie).text


def everything_told(
    caller: Caller, entered: dict[str, str], cookie: dict[str, str], event: EventId
) -> str:
    """Ask a node for whatever it tells a member: each page, the state, the feed, all events."""
    client, at = caller.client, caller.at
    feed = client.post(f"{at}/feed", headers=entered).json()["url"]
    (proposal,) = set(re.findall(rf"{at}/proposals/([\w-]{{43}})", register(client, at, cookie)))
    pages = [
        *("/", "/history?kind=all", f"/history/{event}", "/proposals?q=landlord", "/agreements"),
        *("/members", "/tasks", "/waiting", f"/proposals/{proposal}", "/ways", "/devices"),
    ]
    drawn = [client.get(at + page, headers=cookie) for page in pages]
    everything = encode_message(caller.collective, Want({}, []))
    told = [
        *drawn,
        client.get(feed.removeprefix(ORIGIN)),
        client.get(f"{at}/state", headers=entered),
        client.post(f"{at}/sync", headers=entered | LINES, content=everything),
    ]
    assert {answer.status_code for answer in told} == {200}, told
    return " ".join(answer.text for answer in told)
