"""The versions of a proposal: which there are, and what changed from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.decisions import tally
from goround.collective.positions import answers
from goround.collective.proposals import find_version, terms, versions
from goround.collective.status import decided_version
from goround.pages.addressing import begun, many
from goround.pages.charter import matter_name
from goround.pages.difference import difference, shortened
from goround.pages.effects import effects
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.pages.seats import covers, own_answer
from goround.pages.wording import lines_of
from goround.sentences import _, ngettext

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.ids import EventId
    from goround.pages.difference import Piece
    from goround.pages.reading import Reading

Json = dict[str, Any]


def all_versions(reading: Reading, proposal: EventId, shown: Entry) -> list[Json]:
    """Return all versions, the newest first, with what each of them is to the one shown."""
    known = versions(reading.view, proposal)
    line, held = _line_to(known), decided_version(reading.view, proposal)
    rows = [
        {
            "id": version.id,
            "number": number,
            "by": name_of(reading, reading.view.person(version)),
            "mine": reading.view.person(version) == reading.me,
            "at": iso(version.at),
            "erased": reading.is_erased(version.id),
            "shown": version == shown,
            "holds": version == held,
            "newest": version == known[-1],
            "first": getattr(version.fact, "prev", None) is None,
            "beside": version.id not in line,
            "blocks": [] if version == known[-1] else _blocks(reading, version, known[-1]),
        }
        for number, version in enumerate(known, 1)
    ]
    return rows[::-1]


def _blocks(reading: Reading, version: Entry, newest: Entry) -> list[Json]:
    """Return who blocked a version that others followed, for whoever may see it by now."""
    if covers(reading, newest) and own_answer(reading, version) is None:
        return []
    given = answers(reading.view, version.id).items()
    return [
        {"by": name_of(reading, who), "because": reading.word(found.entry.id, "because")}
        for who, found in given
        if found.stance == "block"
    ]


def _line_to(known: list[Entry]) -> set[str]:
    """Return the versions that led to the newest one; others were put forward at the same time."""
    by_id = {version.id: version for version in known}
    line: set[str] = set()
    version: Entry | None = known[-1] if known else None
    while version is not None and version.id not in line:
        line.add(version.id)
        version = by_id.get(getattr(version.fact, "prev", version.id))
    return line


def before(known: list[Entry], version: Entry) -> Entry | None:
    """Return the version that another one says it comes after."""
    prev = getattr(version.fact, "prev", None)
    return next((v for v in known if v.id == prev), None)


def compared(reading: Reading, proposal: EventId, named: EventId) -> Json | None:
    """Return what changed with a version; None for a first one, or one that is not here."""
    known = versions(reading.view, proposal)
    version = find_version(reading.view, named)
    old = before(known, version) if version else None
    if version is None or old is None or version not in known:
        return None
    was, now = _terms(reading, old), _terms(reading, version)
    return {
        "id": version.id,
        "number": known.index(version) + 1,
        "old_number": known.index(old) + 1,
        "erased": reading.is_erased(old.id) or reading.is_erased(version.id),
        "title": _compared(reading, old, version, "title"),
        "text": shortened(_compared(reading, old, version, "text")),
        "why": shortened(_compared(reading, old, version, "why")),
        "gone": [line for line in was if line not in now],
        "new": [line for line in now if line not in was],
    }


def _compared(reading: Reading, old: Entry, new: Entry, field: str) -> list[Piece]:
    was, now = (
        "\n".join(lines_of(reading.word(version.id, field))).strip() for version in (old, new)
    )
    return difference(was, now)


def _terms(reading: Reading, version: Entry) -> list[str]:
    """Say what a version would do, beside its words: matter, effects and dates."""
    fact = terms(version)
    until, review = iso(fact.until), iso(fact.review)
    return [
        _("Matter: {matter}.").format(matter=matter_name(fact.matter)),
        *(effect["sentence"] for effect in effects(reading, version)),
        *([_("Not to be closed before {date}.").format(date=until[:10])] if until else []),
        *([_("To be looked at again on {date}.").format(date=review[:10])] if review else []),
    ]


def rule_details(reading: Reading, version: Entry) -> list[str]:
    """Say what the rule comes to for this version and those who are asked."""
    counted = tally(reading.view, version)
    asked = len(counted.asked)
    line = ngettext("{n} of us is asked.", "{n} of us are asked.", asked).format(n=many(asked))
    return [
        begun(line),
        _("At most {n} can stand aside.").format(n=many(counted.most_asides))
        if counted.most_asides
        else _("Nobody can stand aside here without stopping it."),
    ]
