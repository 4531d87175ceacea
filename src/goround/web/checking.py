"""Would this be refused? A browser asks before it signs, so that nobody signs what counts for
nothing; the answer is what a terminal would say. Nothing is stored, and nothing is promised: what
others say meanwhile can change it. Rule H19 of docs/protocol.md."""

from typing import Any

import msgspec

from goround.errors import NotGenuine
from goround.ids import DeviceId
from goround.log.event import Content, Event, draft
from goround.log.header import LARGEST_CONTENT, LARGEST_HEADER
from goround.log.keys import fresh_salt
from goround.node.replica import Replica
from goround.pages.reading import Reading
from goround.pages.refusing import TOO_LARGE, why_not_said
from goround.web.problems import Denied
from goround.web.rooms import reading_of
from goround.wire import Words, fact_of, write_words

LARGEST_DRAFT = 2 * (LARGEST_CONTENT + LARGEST_HEADER)
"""Bytes of a body that asks; a browser may write words in more bytes than they are signed in."""


class Asked(msgspec.Struct, frozen=True):
    """What somebody wants to say."""

    act: dict[str, Any]
    words: Words = {}


def read_draft(body: bytes) -> Asked:
    """Read what somebody wants to say, or raise Denied."""
    try:
        return msgspec.json.decode(body, type=Asked)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Denied(400, "draft", "What is to be said has an act and words.") from None


def check(replica: Replica, device: DeviceId, asked: Asked, now: int) -> None:
    """Raise Denied, with a sentence for whoever wanted it, where this would not be signed."""
    reading = reading_of(replica, device)
    event = _drafted(reading, device, asked, now)
    no = why_not_said(reading, event, fact_of(asked.act), asked.words)
    if no:
        raise Denied(422, no.reason, no.sentence)


def _drafted(reading: Reading, device: DeviceId, asked: Asked, now: int) -> Event:
    graph = reading.replay.graph
    content = write_words(asked.words)
    try:
        return draft(
            device,
            collective=graph.collective,
            place=graph.next_place(device),
            at=now,
            act=asked.act,
            words=None if content is None else Content(fresh_salt(), content),
        )
    except NotGenuine as error:
        raise Denied(422, error.reason, TOO_LARGE.get(error.reason, str(error))) from None
