"""Home: who sits in the round, who stands at the door, and what waits for the reader.

It is no list of news: what the reader can do now comes first, then in a few quiet lines whom
the rest waits for, and what was decided lately.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from goround.collective.decisions import tally
from goround.collective.members import joining, leaving, staying
from goround.collective.proposals import current
from goround.collective.status import completion_of, decided_version, status
from goround.pages.comings import comings
from goround.pages.joining import has_to_ask, of_newcomer
from goround.pages.member import coming
from goround.pages.members import members
from goround.pages.names import names_of
from goround.pages.outcomes import outcome
from goround.pages.proposals import proposals
from goround.pages.waits import GOOD_TO_KNOW, Wait, in_turn
from goround.pages.waits_of_decisions import of_decisions, of_tasks
from goround.pages.waits_of_people import good_to_know, of_oneself, of_people
from goround.pages.waits_of_proposals import of_proposals, titled
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]
LATELY = 3
"""How many decisions home shows; the register has them all."""
MOST_ON_THE_TABLE = 3
LINES_ON_THE_TABLE = 11


def the_round(reading: Reading, now: int) -> Json:
    """Return what home shows; `now` is the reader's time (ms)."""
    view, me = reading.view, reading.me
    found = waits(reading, now)
    now_or_soon = [wait for wait in found if wait.urgency != GOOD_TO_KNOW]
    return {
        "seats": seats(reading),
        "door": coming(reading),
        "waits": now_or_soon,
        "on_the_table": on_the_table(now_or_soon),
        "good_to_know": [wait for wait in found if wait.urgency == GOOD_TO_KNOW],
        "under_way": under_way(reading, {wait.path for wait in found}),
        "comings": comings(reading, now),
        "lately": lately(reading),
        "newcomer": of_newcomer(reading),
        "alone": staying(view) == {me} and not joining(view),
        "leaving": me in leaving(view),
        "purpose": reading.word(reading.replay.collective, "purpose"),
    }


def on_the_table(found: list[Wait]) -> int:
    """Return how many of the things that wait fit into the middle of the round."""
    room = LINES_ON_THE_TABLE
    for place, wait in enumerate(found[:MOST_ON_THE_TABLE]):
        room -= wait.lines
        if room < 0 and place:
            return place
    return min(len(found), MOST_ON_THE_TABLE)


def seats(reading: Reading) -> list[Json]:
    """Return the members as they sit, the reader first; `place` is the same for everybody."""
    rows = [row | {"place": place} for place, row in enumerate(members(reading))]
    here = [row for row in rows if not row["joining"]]
    mine = next((row["place"] for row in here if row["me"]), 0)
    return here[mine:] + here[:mine]


def waits(reading: Reading, now: int) -> list[Wait]:
    """Return what waits for the reader, in its order; `now` is their time (ms)."""
    view, me = reading.view, reading.me
    if me in joining(view):
        return [_again()] if has_to_ask(reading) else []
    if me is None or me not in staying(view):
        return []
    return in_turn(
        list(
            chain(
                of_people(reading, me),
                of_oneself(reading, me),
                good_to_know(reading),
                of_proposals(reading, now),
                of_decisions(reading, me, now),
                of_tasks(reading, me, now),
            )
        )
    )


def _again() -> Wait:
    what = _("What you agreed to has changed meanwhile.")
    why = _("Read what is different, and accept anew if you still want to come.")
    return Wait("accept-again", "/", what, why)


def under_way(reading: Reading, shown: set[str]) -> list[Json]:
    """Return the open proposals that wait for others, and for whom; not those in `shown`."""
    rows = [_under_way(reading, proposal) for proposal in proposals(reading)]
    return [row for row in rows if row and f"/proposals/{row['id']}" not in shown]


def _under_way(reading: Reading, proposal: EventId) -> Json | None:
    view, stands = reading.view, status(reading.view, proposal)
    version = current(view, proposal)
    if version is None or stands not in ("open", "blocked", "agreed"):
        return None
    counted = tally(view, version)
    waited_for = counted.unheard | counted.waiting if stands != "agreed" else frozenset()
    return {
        "id": proposal,
        "title": titled(reading, version),
        "status": stands,
        "waits_for": names_of(reading, waited_for),
    }


def lately(reading: Reading) -> list[Json]:
    """Return the decisions that were made last, the last one first."""
    view, order = reading.view, reading.view.record.entries
    decided = [
        (order[completion.event].order, proposal, version)
        for proposal in proposals(reading)
        if status(view, proposal) == "decided"
        and (version := decided_version(view, proposal))
        and (completion := completion_of(view, version))
    ]
    newest = sorted(decided, reverse=True, key=lambda row: row[0])[:LATELY]
    return [_decided(reading, proposal, version) for _at, proposal, version in newest]


def _decided(reading: Reading, proposal: EventId, version: Entry) -> Json:
    came = outcome(reading, version, completion_of(reading.view, version)) or {}
    return {
        "id": proposal,
        "title": titled(reading, version),
        "at": came.get("at"),
        "not_yet": came.get("not_yet", []),
    }
