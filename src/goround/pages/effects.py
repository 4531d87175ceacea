"""What a proposal would do, as data and as a sentence: the act's effects beside their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.effects import (
    Adopt,
    End,
    Erase,
    Invite,
    NameTask,
    Release,
    SetCharter,
)
from goround.collective.proposals import terms
from goround.ids import EventId
from goround.pages.charter_change import changed, in_a_sentence
from goround.pages.names import name_of
from goround.pages.reading import iso
from goround.pages.wording import LONGEST_NAME, one_line
from goround.sentences import _
from goround.wire import WRITTEN, act_of_effect, effect_words, text_of

if TYPE_CHECKING:
    from goround.collective.effects import (
        AnyEffect,
    )
    from goround.collective.entry import Entry
    from goround.pages.reading import Reading
    from goround.wire import Words


def effects(reading: Reading, version: Entry) -> list[dict[str, Any]]:
    """Return the effects of a version: act and words together, and a sentence for each."""
    return [
        _effect(reading, version, place, effect)
        for place, effect in enumerate(terms(version).effects)
    ]


def _effect(reading: Reading, version: Entry, place: int, effect: AnyEffect) -> dict[str, Any]:
    act, words = act_of_effect(effect), effect_words(reading.replay.words(version.id), place)
    field = WRITTEN.get(act["do"], "")
    text = {field: one_line(words[field])} if field in words else {}
    rules = {"changes": changed(reading, effect)} if isinstance(effect, SetCharter) else {}
    return {**text, **act, **rules, "sentence": sentence(reading, version, place, effect)}


def sentence(  # noqa: C901, PLR0911 - one sentence per effect
    reading: Reading, version: Entry, place: int, effect: AnyEffect
) -> str:
    """Say what an effect does once it is decided."""
    words = effect_words(reading.replay.words(version.id), place)
    match effect:
        case Invite(replaces=None):
            return _("{name} may join.").format(name=_called(words))
        case Invite(replaces=member):
            return _("{name} may join again in the place of {was}.").format(
                name=_called(words), was=_member(reading, member)
            )
        case Release(member=member):
            return _("{name} is no longer a member.").format(name=_member(reading, member))
        case SetCharter():
            return in_a_sentence(changed(reading, effect))
        case Adopt():
            return _("This text is an agreement from then on.")
        case End(agreement=agreement):
            title = reading.word(agreement, "title") or agreement[:8]
            return _("The agreement “{title}” ends.").format(title=title)
        case NameTask(by=by):
            return _task(one_line(text_of(words, "what")), iso(by))
        case Erase():
            return _("Words that somebody wrote are erased.")


def _called(words: Words) -> str:
    return one_line(text_of(words, "name"), LONGEST_NAME) or _("Somebody")


def _member(reading: Reading, member: str | None) -> str:
    entry = reading.view.record.entries.get(EventId(member or ""))
    return name_of(reading, reading.view.record.persons[entry.id] if entry else None)


def _task(what: str, by: str | None) -> str:
    if by is None:
        return _("To do: {what}.").format(what=what or _("something"))
    return _("To do by {date}: {what}.").format(what=what or _("something"), date=by[:10])
