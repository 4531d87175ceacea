"""Home: who sits in the round, who stands at the door, and what waits for the reader.

It is no list of news: what the reader can do now comes first, then in a few quiet lines whom
the rest waits for, and what was decided lately.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from goround.collective.decisions import tally
from goround.collective.members import joining, leaving, staying
from goround.collective.proposals import current
from goround.collective.status import completion_of
from goround.pages.comings import comings
from goround.pages.joining import has_to_ask, of_newcomer
from goround.pages.member import coming
from goround.pages.members import members
from goround.pages.names import names_of
from goround.pages.once import Once
from goround.pages.outcomes import outcome
from goround.pages.recalled import about_people, recalled
from goround.pages.register import register
from goround.pages.waits import GOOD_TO_KNOW, Wait, in_turn
from goround.pages.waits_of_decisions import never, of_decisions, of_tasks
from goround.pages.waits_of_people import good_to_know, of_oneself, of_people
from goround.pages.waits_of_proposals import of_proposal, of_proposals, titled
from goround.sentences import _

if TYPE_CHECKING:
    from goround.pages.reading import Reading
    from goround.pages.rows import Row

Json = dict[str, Any]
LATELY = 3
"""How many decisions home shows; the register has them all."""
MOST_ON_THE_TABLE = 3
MOST_WAITS = 12
"""How many things home shows that wait for the reader; there is a page with all of them."""
MOST_UNDER_WAY = 10
STILL = ("open", "blocked", "agreed")
LINES_ON_THE_TABLE = 11


def the_round(reading: Reading, now: int) -> Json:
    """Return what home shows; `now` is the reader's time (ms)."""
    view, me, look = reading.view, reading.me, Once.at(reading, now)
    found = waits(reading, now, MOST_WAITS + 1)
    now_or_soon = [wait for wait in found if wait.urgency != GOOD_TO_KNOW]
    others = under_way(look, {wait.path for wait in found})
    return {
        "seats": seats(reading),
        "door": coming(reading),
        "waits": now_or_soon[:MOST_WAITS],
        "more_waits": len(now_or_soon) > MOST_WAITS,
        "on_the_table": on_the_table(now_or_soon),
        "good_to_know": [wait for wait in found if wait.urgency == GOOD_TO_KNOW],
        "under_way": others[:MOST_UNDER_WAY],
        "more_under_way": len(others) > MOST_UNDER_WAY,
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


@about_people
def seats(reading: Reading) -> list[Json]:
    """Return the members as they sit, the reader first; `place` is the same for everybody."""
    rows = [row | {"place": place} for place, row in enumerate(members(reading))]
    here = [row for row in rows if not row["joining"]]
    mine = next((row["place"] for row in here if row["me"]), 0)
    return here[mine:] + here[:mine]


def waits(reading: Reading, now: int, most: int | None = None) -> list[Wait]:
    """Return what waits for the reader, in its order; `now` is their time (ms).

    Of what is no more than good to know there is all, of the rest so much as is asked for.
    """
    view, me = reading.view, reading.me
    if me in joining(view):
        return [_again()] if has_to_ask(reading) else []
    if me is None or me not in staying(view):
        return []
    look = Once.at(reading, now)
    found = in_turn(
        [
            *of_people(reading, me),
            *of_oneself(reading, me),
            *of_proposals(look),
            *of_decisions(look, me, most),
            *of_tasks(look),
        ]
    )
    return found[:most] + in_turn(list(good_to_know(reading)))


def _again() -> Wait:
    what = _("What you agreed to has changed meanwhile.")
    why = _("Read what is different, and accept anew if you still want to come.")
    return Wait("accept-again", "/", what, why)


def under_way(look: Once, shown: set[str], most: int = MOST_UNDER_WAY + 1) -> list[Json]:
    """Return the first live proposals that wait for others, and for whom; not those in `shown`."""
    rows = (row for row in look.register.alive() if f"/proposals/{row.proposal}" not in shown)
    others = (row for row in rows if _waits_for_others(look, row))
    return [look.ask(row, _under_way, never) for row in islice(others, most)]


def _waits_for_others(look: Once, row: Row) -> bool:
    if row.status not in STILL:
        return False
    asks_me = look.reading.me in staying(look.reading.view)
    return not asks_me or of_proposal(look, row) is None


def _under_way(reading: Reading, row: Row, _now: int) -> Json:
    view = reading.view
    version = current(view, row.proposal) or view.record.entries[row.version]
    counted = tally(view, version)
    waited_for = counted.unheard | counted.waiting if row.status != "agreed" else frozenset()
    return {
        "id": row.proposal,
        "title": titled(reading, version),
        "status": row.status,
        "waits_for": names_of(reading, waited_for),
    }


@recalled
def lately(reading: Reading) -> list[Json]:
    """Return the decisions that were made last, the last one first."""
    return [_decided(reading, row) for row in register(reading).newest(LATELY)]


def _decided(reading: Reading, row: Row) -> Json:
    version = reading.view.record.entries[row.version]
    came = outcome(reading, version, completion_of(reading.view, version)) or {}
    return {
        "id": row.proposal,
        "title": titled(reading, version),
        "at": came.get("at"),
        "not_yet": came.get("not_yet", []),
    }
