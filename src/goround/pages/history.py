"""Everything that happened, each event as a sentence: who, when, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.entry import Malformed, Unknown
from goround.collective.proposals import proposal_of
from goround.ids import EventId
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.pages.wording import LONGEST_LINE, one_line
from goround.sentences import _

if TYPE_CHECKING:
    from goround.collective.entry import Entry, Fact
    from goround.pages.reading import Reading


def history(reading: Reading) -> list[dict[str, Any]]:
    """Return all events in the line-up, with a sentence each; void ones with their reason."""
    entries = reading.view.record.entries
    return [_line(reading, entries[event]) for event in reading.replay.graph.in_order()]


def _line(reading: Reading, entry: Entry) -> dict[str, Any]:
    record = reading.view.record
    void = record.void.get(entry.id)
    return {
        "id": entry.id,
        "at": iso(entry.at),
        "by": name_of(reading, record.persons[entry.id]),
        "device": entry.device,
        "type": kind(entry.fact),
        "sentence": sentence(reading, entry),
        "void": None if void is None else {"reason": void.value, "sentence": void.sentence},
    }


def kind(fact: Fact) -> str:
    """Return the kind of an act as the log writes it."""
    if isinstance(fact, Unknown | Malformed):
        return "unknown" if isinstance(fact, Unknown) else "malformed"
    return str(type(fact).__struct_config__.tag)


def sentence(reading: Reading, entry: Entry) -> str:
    """Say what somebody did with one event."""
    fact: Any = entry.fact
    sentences = _sentences()
    text = sentences.get(kind(fact), _("{who} did something that only a newer Goround knows."))
    return text.format(
        who=name_of(reading, reading.view.record.persons[entry.id]),
        what=one_line(_about(reading, entry), LONGEST_LINE),
        stance=_stances().get(getattr(fact, "stance", ""), ""),
        step=_steps().get(getattr(fact, "step", ""), ""),
    )


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
        "welcome": _("{who} knows who it is that joins."),
        "take_back": _("{who} took an invitation back: “{what}”."),
        "leave": _("{who} leaves."),
        "away": _("{who} is away."),
        "back": _("{who} is back."),
        "name": _("{who} said what they are called from now on."),
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
        "task": _("{who} {step}: “{what}”."),
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
        "take": _("took a task"),
        "put-down": _("put a task down"),
        "done": _("did a task"),
        "not-done": _("did not do a task"),
    }
