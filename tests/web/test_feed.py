"""A feed reader is told what waits for its member, at an address that can be renewed."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from goround.collective.devices import DeviceAdd, DeviceRetire
from goround.collective.positions import Position
from goround.collective.proposals import Propose, Version
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.home import Home
from goround.node.replica import Replica
from tests.web.callers import ORIGIN, Caller, begins, invites, is_problem, key_of, share

ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "<b>Rye</b> & \x00\x1b\ufffe\ud7ff ]]> \u202e]]"


@pytest.fixture
def ben(anna: Replica, tmp_path: Path) -> Replica:
    replica = begins(Home(tmp_path / "ben"), anna, *invites(anna))
    share(anna, replica)
    return replica


class Feeds:
    """Makes and reads feeds as a member's devices do."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    def made(self, key: DeviceKey) -> str:
        headers = self.caller.opened(key)
        answer = self.caller.client.post(f"{self.caller.at}/feed", headers=headers)
        assert answer.status_code == 201
        url: str = answer.json()["url"]
        assert url.startswith(f"{ORIGIN}{self.caller.at}/feed?key=")
        return url

    def read(self, url: str) -> Any:  # noqa: ANN401 - the client's own response
        parts = urlsplit(url)
        return self.caller.client.get(f"{parts.path}?{parts.query}")

    def titles(self, url: str) -> list[str]:
        return [entry.findtext(f"{ATOM}title") or "" for entry in self.entries(url)]

    def entries(self, url: str) -> list[ET.Element]:
        answer = self.read(url)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/atom+xml"
        assert answer.headers["cache-control"] == "no-store"
        return ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


@pytest.fixture
def feeds(caller: Caller) -> Feeds:
    return Feeds(caller)


def proposed(replica: Replica, title: str = "Rye") -> Any:  # noqa: ANN401
    return replica.sign(Propose("everyday", (), 0, 0), {"title": title, "text": "More."})


def test_a_feed_tells_what_waits_and_what_was_decided_without_a_cookie(
    feeds: Feeds, anna: Replica, ben: Replica
) -> None:
    url = feeds.made(key_of(anna))
    version = proposed(ben, "Rye")
    share(anna, ben)
    (first, *_rest) = feeds.entries(url)
    assert "Rye" in (first.findtext(f"{ATOM}title") or "")
    link = first.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{ORIGIN}/c/{anna.collective}/proposals/{version}"
    for replica in (anna, ben):
        replica.sign(Position(version, "agree"))
        share(anna, ben)
    assert "Decided: Rye" in feeds.titles(url)
    assert not any("Rye" in title for title in feeds.titles(url) if "Decided" not in title)


def test_every_entry_is_as_feed_readers_need_it(feeds: Feeds, anna: Replica, ben: Replica) -> None:
    url = feeds.made(key_of(anna))
    proposed(ben, NASTY)
    proposed(ben, "Oats")
    share(anna, ben)
    feed = ET.fromstring(feeds.read(url).content)  # noqa: S314 - our own
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", element.findtext(f"{ATOM}updated") or ""
        )
    names = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(names)) == len(names)
    assert "<b>Rye</b> &" in " ".join(feeds.titles(url)), "as letters, and as nothing else"
    assert feed.findtext(f"{ATOM}author/{ATOM}name")


def test_an_entry_keeps_its_name_until_it_is_about_something_else(
    feeds: Feeds, anna: Replica, ben: Replica
) -> None:
    url = feeds.made(key_of(anna))
    version = proposed(ben)
    share(anna, ben)
    first = name_of_rye(feeds, url)
    proposed(ben, "Oats")
    share(anna, ben)
    assert name_of_rye(feeds, url) == first
    ben.sign(Version(version, version, "everyday", (), 0, 0), {"title": "Rye", "text": "Less."})
    share(anna, ben)
    assert name_of_rye(feeds, url) != first


def name_of_rye(feeds: Feeds, url: str) -> str:
    (found,) = [e for e in feeds.entries(url) if "Rye" in (e.findtext(f"{ATOM}title") or "")]
    return found.findtext(f"{ATOM}id") or ""


def test_each_member_reads_their_own(feeds: Feeds, anna: Replica, ben: Replica) -> None:
    own, other = feeds.made(key_of(anna)), feeds.made(key_of(ben))
    version = proposed(ben)
    ben.sign(Position(version, "agree"))
    share(anna, ben)
    assert any("Rye" in title for title in feeds.titles(own))
    assert not any("Rye" in title for title in feeds.titles(other))


def test_a_new_address_ends_the_one_before(feeds: Feeds, anna: Replica) -> None:
    old = feeds.made(key_of(anna))
    new = feeds.made(key_of(anna))
    assert is_problem(feeds.read(old), 403, "feed")
    assert feeds.read(new).status_code == 200


def test_a_feed_ends_when_its_member_wants_it_to(feeds: Feeds, anna: Replica) -> None:
    url = feeds.made(key_of(anna))
    headers = feeds.caller.opened(key_of(anna))
    answer = feeds.caller.client.post(f"{feeds.caller.at}/feed/end", headers=headers)
    assert answer.status_code == 204
    assert is_problem(feeds.read(url), 403, "feed")


def test_a_feed_ends_with_the_device_that_made_it(feeds: Feeds, anna: Replica) -> None:
    added = DeviceKey.generate()
    proof = prove_device(added, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(added.public, proof))
    url = feeds.made(added)
    assert feeds.read(url).status_code == 200
    anna.sign(DeviceRetire(added.public))
    assert is_problem(feeds.read(url), 403, "feed")


@pytest.mark.parametrize("asked", ["", "?key=", "?key=guess", "?key=%00", "?key=%ff%fe", "?k=1"])
def test_without_the_secret_nothing_is_told(feeds: Feeds, anna: Replica, asked: str) -> None:
    feeds.made(key_of(anna))
    assert is_problem(feeds.caller.client.get(f"{feeds.caller.at}/feed{asked}"), 403, "feed")


def test_nobody_makes_a_feed_without_a_session(feeds: Feeds) -> None:
    for name in ("feed", "feed/end"):
        answer = feeds.caller.client.post(f"{feeds.caller.at}/{name}")
        assert is_problem(answer, 401, "session")


def test_the_secret_stands_nowhere_on_the_disk(feeds: Feeds, anna: Replica, home: Home) -> None:
    secret = feeds.made(key_of(anna)).partition("key=")[2].encode()
    files = [path for path in home.path.rglob("*") if path.is_file()]
    assert files
    assert not any(secret in path.read_bytes() for path in files)


def test_what_is_told_of_a_feed_survives_a_new_start(
    feeds: Feeds, anna: Replica, home: Home
) -> None:
    from starlette.testclient import TestClient  # noqa: PLC0415

    from goround.web.app import make_app  # noqa: PLC0415

    url = feeds.made(key_of(anna))
    with TestClient(make_app(home, ORIGIN), base_url=ORIGIN) as again:
        parts = urlsplit(url)
        assert again.get(f"{parts.path}?{parts.query}").status_code == 200


def test_only_a_feed_that_there_is_can_be_ended(feeds: Feeds, anna: Replica) -> None:
    added = DeviceKey.generate()
    proof = prove_device(added, anna.collective, key_of(anna).public)
    anna.sign(DeviceAdd(added.public, proof))
    headers = feeds.caller.opened(key_of(anna))
    cookie = {"Cookie": "goround=" + headers["Authorization"].removeprefix("Bearer ")}

    def is_offered() -> bool:
        page = feeds.caller.client.get(f"{feeds.caller.at}/devices", headers=cookie)
        assert page.status_code == 200
        assert "Let the feed end" in page.text
        return 'id="end-feed" hidden' not in page.text

    assert not is_offered()
    feeds.made(added)
    assert is_offered()
    feeds.caller.client.post(f"{feeds.caller.at}/feed/end", headers=headers)
    assert not is_offered()
    feeds.made(added)
    anna.sign(DeviceRetire(added.public))
    assert not is_offered()
