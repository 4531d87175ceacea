"""What a sync brought, told as sentences: what others said and did, and what was decided by it."""

from collections.abc import Iterable
from typing import NamedTuple

from goround.cli.words import called, clipped
from goround.collective.status import decided_version
from goround.ids import EventId
from goround.node.replica import Replica
from goround.pages import history
from goround.pages.happening import kind
from goround.pages.proposals import outline, proposals
from goround.pages.reading import Reading
from goround.sentences import _, ngettext

MOST = 8
"""Sentences that are told at once; the rest stands in the log."""


class Known(NamedTuple):
    """What a home knew before."""

    events: frozenset[EventId]
    decided: frozenset[EventId]


def known(replica: Replica) -> Known:
    """Remember what a home knows now, which may be nothing yet."""
    if not len(replica.graph):
        return Known(frozenset(), frozenset())
    return Known(frozenset(replica.graph), frozenset(_decided(replica.reading())))


def _decided(reading: Reading) -> Iterable[EventId]:
    return (name for name in proposals(reading) if decided_version(reading.view, name))


def since(before: Known, replica: Replica, log: str) -> list[str]:
    """Say what is new: what was said elsewhere, in order, then what is decided.

    `log` is the command that tells the rest, as it is typed here.
    """
    reading = replica.reading()
    came = _came(before, replica)
    said = [history.line(reading, event)["sentence"] for event in came if _is_word(reading, event)]
    if came and not said:
        said = [_("Nobody said anything new; devices noted by themselves what they have heard of.")]
    return [*_shortened(said, log), *_decisions(before, reading)]


def _came(before: Known, replica: Replica) -> list[EventId]:
    entries = replica.reading().view.record.entries
    fresh = (event for event in replica.graph.in_order() if event not in before.events)
    return [event for event in fresh if entries[event].device != replica.device]


def _is_word(reading: Reading, event: EventId) -> bool:
    return kind(reading.view.record.entries[event].fact) not in history.GROUPS["themselves"]


def _shortened(said: list[str], log: str) -> list[str]:
    more = len(said) - MOST
    if more <= 0:
        return said
    line = ngettext(
        "… and {n} thing before that: {log}",
        "… and {n} things before that: {log}",
        more,
    )
    return [line.format(n=more, log=log), *said[-MOST:]]


def _decisions(before: Known, reading: Reading) -> list[str]:
    line = _("Decided: {name}.")
    fresh = (name for name in _decided(reading) if name not in before.decided)
    return [line.format(name=clipped(called(outline(reading, name)))) for name in fresh]
