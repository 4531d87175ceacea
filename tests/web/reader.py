"""A story told to a node, and its people in front of their browsers: each has a session, and reads
the pages as they are drawn for them."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from goround.ids import EventId
from goround.node.home import Home
from goround.web.app import make_app
from tests.stories.world import World
from tests.told import proposal, told
from tests.web.callers import ORIGIN, Caller

MARKUP = re.compile(r"<[^>]*>")


class Readers:
    """Everybody in a story, reading at one node."""

    def __init__(self, client: TestClient, world: World) -> None:
        self._caller = Caller(client, world.collective)
        self.world = world
        self.at = self._caller.at

    def page(self, who: str, path: str) -> str:
        """Return a page as somebody gets it."""
        answer = self.get(who, path)
        assert answer[0] == 200, answer
        return answer[1]

    def get(self, who: str, path: str) -> tuple[int, str]:
        """Return the status and the text of an answer to somebody."""
        found = self.answer(who, path)
        return found.status_code, found.text

    def answer(self, who: str, path: str) -> Response:
        """Ask for a page as somebody with a session."""
        headers = self._caller.opened(self.world.device(who).key)
        word = headers["Authorization"].removeprefix("Bearer ")
        return self._caller.client.get(self.at + path, headers={"Cookie": f"goround={word}"})

    def proposal(self, who: str, name: str, asked: str = "") -> str:
        """Return the page of a proposal that the story names."""
        return self.page(who, f"/proposals/{self.id(name)}{asked}")

    def id(self, name: str) -> EventId:
        return proposal(self.world, name)


def words(page: str) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"\s+", " ", MARKUP.sub("", page))


def forms(page: str, act: str) -> list[dict[str, Any]]:
    """Return what the forms for one kind of act hold already."""
    found = re.findall(rf"data-act=\"{act}\" data-fixed='([^']*)'", page)
    return [json.loads(unescape(fixed)) for fixed in found]


@contextmanager
def readers(folder: Path, story: str) -> Iterator[Readers]:
    """Tell a story, and give its people a node, whose clock stands where the story ends."""
    world = told(story)
    home = Home(folder / "node", lambda: world.now)
    device = next(iter(world.devices.values()))
    home.new_replica(world.collective, device.events).close()
    app = make_app(home, ORIGIN)
    with TestClient(app, base_url=ORIGIN, client=("192.0.2.7", 50000)) as client:
        yield Readers(client, world)


Tells = Callable[[str], Readers]
"""Tells a story, and lets its people read."""
