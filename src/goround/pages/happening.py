"""One event as a sentence: who did what, about what. What people wrote stays apart from our words
until the two are put together, so that each face can keep it from passing for ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.entry import Malformed, PersonId, Unknown
from goround.collective.members import Name, Welcome
from goround.collective.positions import Position
from goround.collective.proposals import current, find_version, proposal_of
from goround.collective.record import remembered
from goround.collective.tasks import TaskStep
from goround.ids import EventId
from goround.pages.names import name_of
from goround.pages.proposals import open_version
from goround.pages.seats import covers
from goround.pages.wording import LONGEST_LINE, one_line
from goround.sentences import _
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Fact
    from goround.collective.record import View
    from goround.pages.reading import Reading


def kind(fact: Fact) -> str:
    """Return the kind of an act as the log writes it."""
    return kind_of(type(fact))


def kind_of(fact: type[Fact]) -> str:
    """Return how the log writes a kind of acts."""
    if issubclass(fact, Unknown | Malformed):
        return "unknown" if issubclass(fact, Unknown) else "malformed"
    return str(fact.__struct_config__.tag)


def sentence(reading: Reading, entry: Entry) -> str:
    """Say what somebody did with one event."""
    template, values = parts(reading, entry)
    return template.format(**values)


def parts(reading: Reading, entry: Entry) -> tuple[str, dict[str, str]]:
    """Return the sentence for one event with the words of people still apart from it."""
    fact: Any = entry.fact
    template = _sentences().get(
        kind(fact), _("{who} did something that only a newer Goround knows.")
    )
    step, stance = getattr(fact, "step", ""), getattr(fact, "stance", "")
    if step:
        template = _steps()[step]
    if stance and covered(reading, entry):
        template = _("{who} answered “{what}”.")
    elif stance:
        template = template.replace("{stance}", _stances()[stance])
    who = name_of(reading, reading.view.record.persons[entry.id])
    return template, {"who": who, "what": one_line(_what(reading, entry), LONGEST_LINE)}


def covered(reading: Reading, entry: Entry) -> bool:
    """Tell whether an answer is kept from a member who has yet to give their own (design 6)."""
    view, fact = reading.view, entry.fact
    version = find_version(view, fact.version) if isinstance(fact, Position) else None
    if version is None or view.record.persons[entry.id] == reading.me:
        return False
    asked = _open(view).get(proposal_of(version))
    return asked is not None and covers(reading, asked)


@remembered
def _open(view: View) -> dict[EventId, Entry]:
    """Return the versions that people are asked about, worked out once for a whole history."""
    known = (proposal for proposal in view.record.versions if current(view, proposal))
    found = ((proposal, open_version(view, proposal)) for proposal in known)
    return {proposal: version for proposal, version in found if version}


def _what(reading: Reading, entry: Entry) -> str:
    match entry.fact:
        case Welcome(device=device):
            return name_of(reading, PersonId(device))
        case Name():
            return reading.word(entry.id, "person") or _("something")
        case TaskStep(task=task):
            return _task(reading, task) or _about(reading, entry)
        case _:
            return _about(reading, entry)


def _task(reading: Reading, task: str) -> str:
    version, _dot, place = task.rpartition(".")
    words = reading.replay.words(EventId(version))
    return text_of(effect_words(words, int(place)), "what") if place.isdecimal() else ""


def _about(reading: Reading, entry: Entry) -> str:
    """Return the title of what an event is about, as far as there is one."""
    entries = reading.view.record.entries
    fact: Any = entry.fact
    named = getattr(fact, fact.about, "") if fact.about else ""
    subject = entries.get(EventId(str(named).partition(".")[0]), entry)
    title = _title(reading, subject.id)
    if title or subject is entry:
        return title or _("something")
    above = getattr(subject.fact, subject.fact.about, "") if subject.fact.about else ""
    return _title(reading, above) or _("something")


def _title(reading: Reading, event: str) -> str:
    entry = reading.view.record.entries.get(EventId(event))
    if entry is None:
        return ""
    own = reading.word(entry.id, "title")
    return own or reading.word(proposal_of(entry), "title")


def _sentences() -> dict[str, str]:
    return {
        "found": _("{who} founded the collective."),
        "accept": _("{who} accepted an invitation: “{what}”."),
        "welcome": _("{who} knows who this is: {what}."),
        "take_back": _("{who} took an invitation back: “{what}”."),
        "leave": _("{who} leaves."),
        "away": _("{who} is away."),
        "back": _("{who} is back."),
        "name": _("{who} said what they are called: “{what}”."),
        "device_add": _("{who} added a device."),
        "device_retire": _("{who} retired a device."),
        "take_over": _("{who} speaks with another device from now on."),
        "propose": _("{who} put forward “{what}”."),
        "version": _("{who} put forward another version of “{what}”."),
        "carry": _("{who} carries “{what}” too."),
        "withdraw": _("{who} carries “{what}” no more."),
        "say": _("{who} said something about “{what}”."),
        "suggest": _("{who} suggested a change to “{what}”."),
        "concern": _("{who} raised a concern about “{what}”."),
        "settled": _("{who} called a concern settled."),
        "position": _("{who} answered “{what}”: {stance}."),
        "confirm": _("{who} can state the concern behind a block."),
        "close": _("{who} signed that the date of “{what}” has passed."),
        "hearing": _("{who} says that the person concerned was heard: “{what}”."),
        "reopen": _("{who} asks to look at “{what}” again."),
        "review": _("{who} looked at “{what}” again."),
        "nominate": _("{who}’s device put the next change of our constitution in line."),
        "seal": _("{who}’s device wrote down the next change of our constitution."),
        "heard": _("{who} has heard."),
        "follow": _("{who} goes on with one of two ways."),
        "erase": _("{who} erased words of their own."),
        "malformed": _("{who} signed something that is not written as it should be."),
    }


def _stances() -> dict[str, str]:
    return {
        "agree": _("I agree"),
        "reservations": _("I agree, with reservations"),
        "leave-it": _("I leave it to you"),
        "aside": _("I stand aside"),
        "time": _("I need more time"),
        "block": _("I block this"),
    }


def _steps() -> dict[str, str]:
    return {
        "take": _("{who} took a task: “{what}”."),
        "put-down": _("{who} put a task down: “{what}”."),
        "done": _("{who} did a task: “{what}”."),
        "not-done": _("{who} did not do a task: “{what}”."),
    }
