"""What a REF means: a local number, an id, or an unambiguous start of one.

A proposal stands for its current version where a version is asked for, and for its block
where there is exactly one.
"""

from collections.abc import Callable, Iterable

from goround.collective.concerns import Concern, concerns, is_settled
from goround.collective.entry import Entry, PersonId
from goround.collective.members import joining
from goround.collective.positions import Position, answers
from goround.collective.proposals import Propose, Version, current, proposal_of, versions
from goround.errors import BadUse
from goround.ids import DeviceId, EventId, MemberId, is_id
from goround.node.home import FEWEST_LETTERS
from goround.pages.devices import name_of_device, named
from goround.pages.invitations import open_ones
from goround.pages.names import name_of, skeleton
from goround.pages.reading import SHORT, Reading
from goround.pages.tasks import tasks
from goround.sentences import _, listed


def number_in(ref: str) -> int | None:
    """Return the local number that a REF may be."""
    digits = ref.removeprefix("#")
    return (
        int(digits)
        if digits.isascii() and digits.isdecimal() and len(digits) < FEWEST_LETTERS * 2
        else None
    )


def proposal(reading: Reading, ref: str) -> EventId:
    """Find a proposal by any of its names, or by one of its versions."""
    return proposal_of(version(reading, ref))


def version(reading: Reading, ref: str) -> Entry:
    """Find a version; a proposal means its current one."""
    named = _numbered(reading, ref)
    entry = reading.view.record.entries[named] if named else _started(reading, ref, _is_version)
    if not isinstance(entry.fact, Propose):
        return entry
    return current(reading.view, entry.id) or entry


def invitation(reading: Reading, ref: str) -> Entry:
    """Find an invitation by its number or id, or by the name of whoever may come with it."""
    named = [row for row in open_ones(reading) if skeleton(row["name"]) == skeleton(ref)]
    if number_in(ref) is None and named:
        return reading.view.record.entries[EventId(_one([row["version"] for row in named], ref))]
    return version(reading, ref)


def event(reading: Reading, ref: str) -> EventId:
    """Find any event; a local number means that proposal."""
    return _numbered(reading, ref) or _started(reading, ref, lambda _entry: True).id


def concern(reading: Reading, ref: str) -> EventId:
    """Find a concern by its id, or by its proposal where that has exactly one open."""
    if _numbered(reading, ref) is None:
        return _started(reading, ref, lambda entry: isinstance(entry.fact, Concern)).id
    view, shown = reading.view, versions(reading.view, proposal(reading, ref))
    found = [c for v in shown for c in concerns(view, v.id) if not is_settled(view, c)]
    mine = [c for c in found if view.person(c) == reading.me] or found
    if len(mine) == 1:
        return mine[0].id
    if not mine:
        raise BadUse(_("Nobody has an open concern about “{ref}”.").format(ref=ref))
    raise BadUse(_("There are several concerns about “{ref}”: give the id of one.").format(ref=ref))


def block(reading: Reading, ref: str) -> EventId:
    """Find a block by its id, or by its proposal where that has exactly one."""
    if _numbered(reading, ref) is None:
        found = _starting(reading, ref, lambda e: _is_version(e) or isinstance(e.fact, Position))
        if len(found) == 1 and isinstance(found[0].fact, Position):
            return found[0].id
    given = answers(reading.view, version(reading, ref).id).values()
    blocks = [g for g in given if g.stance == "block"]
    if len(blocks) == 1:
        return blocks[0].entry.id
    if not blocks:
        raise BadUse(_("Nobody blocks “{ref}”.").format(ref=ref))
    names = listed([name_of(reading, g.person) for g in blocks])
    raise BadUse(
        _("Several people block this ({names}): give the id of one block.").format(names=names)
    )


def task(reading: Reading, ref: str) -> str:
    """Find a task by its number in the list of tasks, its id, or a start of that."""
    known = tasks(reading)
    number = number_in(ref)
    found = [t["id"] for t in known if t["ref"] == str(number)] if number else []
    if not found and len(ref) >= FEWEST_LETTERS:
        found = [t["id"] for t in known if t["id"].startswith(ref)]
    if number and not found:
        raise BadUse(_("There is no task {ref} here; perhaps sync first.").format(ref=ref))
    return _one(found, ref)


def person(reading: Reading, text: str, people: Iterable[PersonId]) -> PersonId:
    """Find one of some people by name, or by the start of their membership's id."""
    known = list(people)
    ids = {who: _membership(reading, who) for who in known}
    found = [who for who in known if skeleton(name_of(reading, who)) == skeleton(text)]
    if not found and len(text) >= FEWEST_LETTERS:
        found = [who for who in known if ids[who].startswith(text)]
    if not found:
        raise BadUse(_nobody(reading, text))
    return PersonId(_one([str(who) for who in found], text))


def _nobody(reading: Reading, text: str) -> str:
    """Say that a name is nobody's here, or that it belongs to somebody who is a member."""
    members = [name_of(reading, who) for who in reading.view.epoch.members]
    if skeleton(text) in {skeleton(name) for name in members}:
        return _("{text} is a member already.").format(text=text)
    return _("Nobody here is called “{text}”.").format(text=text)


def device(reading: Reading, text: str) -> DeviceId:
    """Find any device, by what its owner calls it or by the start of its id."""
    found = named(reading, text)
    names = {name_of_device(reading, one) for one in found}
    if len(found) > 1 and len(names) == 1 and names != {""}:
        told = _("Several devices are called “{text}”: give the start of an id ({ids}).")
        raise BadUse(told.format(text=text, ids=", ".join(one[:SHORT] for one in found)))
    if not found:
        raise BadUse(_no_device(reading, text))
    return DeviceId(_one(list(found), text))


def _no_device(reading: Reading, text: str) -> str:
    """Say what a device is named by; somebody may have named a person."""
    people = {skeleton(name_of(reading, who)) for who in reading.view.epoch.members}
    line = (
        _("“{text}” is a person, and a device is asked for: {how}.")
        if skeleton(text) in people
        else _("No device here is called “{text}”: {how}.")
    )
    how = _("say what you call one of yours (goround device list), or the start of any one’s id")
    return line.format(text=text, how=how)


def member(reading: Reading, text: str) -> MemberId:
    """Find a member; the answer names the membership."""
    found = person(reading, text, reading.view.epoch.members)
    return reading.view.epoch.members[found]


def _membership(reading: Reading, who: PersonId) -> str:
    held = reading.view.epoch.members.get(who)
    coming = joining(reading.view).get(who)
    return held or (coming.id if coming else who)


def _is_version(entry: Entry) -> bool:
    return isinstance(entry.fact, Propose | Version)


def _numbered(reading: Reading, ref: str) -> EventId | None:
    number = number_in(ref)
    if number is None:
        return None
    found = [name for name, given in reading.numbers.items() if given == str(number)]
    if not found and (ref.startswith("#") or len(ref) < FEWEST_LETTERS):
        raise BadUse(_("There is no proposal {ref} here.").format(ref=ref))
    return found[0] if found else None


def _started(reading: Reading, ref: str, fits: Callable[[Entry], bool]) -> Entry:
    found = _starting(reading, ref, fits)
    return reading.view.record.entries[EventId(_one([entry.id for entry in found], ref))]


def _starting(reading: Reading, ref: str, fits: Callable[[Entry], bool]) -> list[Entry]:
    entries = reading.view.record.entries
    if is_id(ref):
        exact = entries.get(EventId(ref))
        return [exact] if exact and fits(exact) else []
    if len(ref) < FEWEST_LETTERS:
        raise BadUse(_("“{ref}” is neither a number nor four letters of an id.").format(ref=ref))
    return [entry for name, entry in entries.items() if name.startswith(ref) and fits(entry)]


def _one(found: list[str], ref: str) -> str:
    if len(found) == 1:
        return found[0]
    if found:
        raise BadUse(
            _("“{ref}” could be any of {count}: give more letters.").format(
                ref=ref, count=len(found)
            )
        )
    raise BadUse(_("Nothing here that this could be about is called “{ref}”.").format(ref=ref))
