"""What proposals wait for: an answer, somebody who can state a concern, work on a block, a word on
a suggestion, and that somebody says that a day has passed."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from goround.collective.charter import PROTECTED
from goround.collective.closing import DAY, Close, closed, date_of, window_ended
from goround.collective.concerns import concerns, is_settled
from goround.collective.decisions import changes_possible, decided, tally, was_decided
from goround.collective.effects import Invite, Release
from goround.collective.members import staying
from goround.collective.positions import Position
from goround.collective.proposals import (
    Say,
    Suggest,
    carriers,
    changes,
    current,
    terms,
    versions,
    withdrawn,
)
from goround.collective.release import Hearing, heard_out
from goround.collective.repair import repairs
from goround.collective.status import decided_version, status
from goround.pages.invitations import invited
from goround.pages.names import name_of
from goround.pages.proposals import proposals
from goround.pages.reading import iso
from goround.pages.waits import OWN, Wait
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.decisions import Tally
    from goround.collective.entry import Entry, PersonId
    from goround.ids import EventId
    from goround.pages.reading import Reading


class _Open(NamedTuple):
    """A version that is open, with what was counted, as one person reads it."""

    reading: Reading
    me: PersonId
    proposal: EventId
    version: Entry
    counted: Tally
    carriers: set[PersonId]
    now: int

    @property
    def path(self) -> str:
        return f"/proposals/{self.proposal}"

    @property
    def said(self) -> dict[str, str]:
        title = self.reading.word(self.version.id, "title") or _("without a title")
        return {"title": title, "name": name_of(self.reading, self.by)}

    @property
    def by(self) -> PersonId:
        return self.reading.view.person(self.version)

    def wait(self, kind: str, sentence: str, why: str, by: PersonId | None = None) -> Wait:
        said = self.said | ({"name": name_of(self.reading, by)} if by else {})
        place = (len(self.counted.unheard), *self.version.order[:1])
        return Wait(kind, self.path, sentence, why, said, place=place)


def of_proposals(reading: Reading, me: PersonId, now: int) -> Iterator[Wait]:
    """Yield what open proposals wait for from one person."""
    for proposal in proposals(reading):
        version = _open_version(reading, proposal)
        if version is not None:
            counted = tally(reading.view, version)
            carrying = carriers(reading.view, proposal)
            yield from _of(_Open(reading, me, proposal, version, counted, carrying, now))


def _open_version(reading: Reading, proposal: EventId) -> Entry | None:
    """Return the version of a proposal that people answer just now, if there is one."""
    view = reading.view
    version = current(view, proposal)
    if version is None or withdrawn(view, proposal) or decided(view, version.id):
        return None
    is_open = status(view, proposal) in ("open", "blocked")
    return version if is_open or decided_version(view, proposal) else None


def _of(it: _Open) -> Iterator[Wait]:
    return chain(
        _answer(it), _repair(it), _hearing(it), _close(it), _suggestions(it), _concerns(it)
    )


# --- An answer ---------------------------------------------------------------


def _answer(it: _Open) -> Iterator[Wait]:
    if it.me not in it.counted.unheard:
        return
    invite = changes(it.version)
    if isinstance(invite, Invite) and not invite.replaces:
        wait = it.wait("answer", _("Shall {title} join us?"), _why_answer(it))
        yield wait._replace(said={**wait.said, "title": invited(it.reading, it.version)})
        return
    yield it.wait("answer", _("“{title}” waits for your answer."), _why_answer(it))


def _why_answer(it: _Open) -> str:
    view = it.reading.view
    if decided_version(view, it.proposal):
        return _("It would take the place of what was decided.")
    if was_decided(view, it.version.id):
        return _("It was decided, and is open again because it passed somebody by.")
    if _answered_before(it):
        return _("Its words have changed since you answered, and an answer holds for its words.")
    if it.counted.unheard == {it.me}:
        return _("{name} put it forward, and everybody else has answered.")
    return _("{name} put it forward.")


def _answered_before(it: _Open) -> bool:
    view = it.reading.view
    older = (v for v in versions(view, it.proposal) if v.order < it.version.order)
    said = (entry for version in older for entry in view.said(Position, version.id))
    return any(view.person(entry) == it.me for entry in said)


# --- A block -----------------------------------------------------------------


def _repair(it: _Open) -> Iterator[Wait]:
    for repair in repairs(it.reading.view, it.version):
        blocks, until = repair.block.person, iso(repair.until)
        if blocks == it.me:
            found = it.wait(
                "repair",
                _("You block “{title}”: seek a way together."),
                _("You can take another position at any time, and only you can."),
            )
            yield found._replace(urgency=OWN, until=until)
        elif it.me in it.carriers:
            sentence = _("{name} blocks “{title}”, which you carry: seek a way together.")
            why = _("It rests until the words change, or {name} takes another position.")
            yield it.wait("repair", sentence, why, blocks)._replace(until=until)
        elif len(repair.confirmed) < repair.needed and it.me not in repair.confirmed:
            sentence = _("{name} blocks “{title}”. Can you say in your own words why?")
            why = _("Somebody who does not carry it has to have understood; it is no agreement.")
            yield it.wait("confirm", sentence, why, blocks)


# --- A hearing ---------------------------------------------------------------


def _hearing(it: _Open) -> Iterator[Wait]:
    view, release = it.reading.view, changes(it.version)
    if not isinstance(release, Release) or heard_out(view, it.version, release):
        return
    if view.epoch.person(release.member) == it.me:
        sentence = _("It is proposed to part from you: “{title}”. You have a right to be heard.")
        yield it.wait("hearing", sentence, _("Nothing is decided before you were heard."))
    elif _can_witness(it):
        sentence = _("“{title}”: put on record that the hearing was held, once it was.")
        yield it.wait("hearing", sentence, _("Everybody else has said what they have to say."))


def _can_witness(it: _Open) -> bool:
    view = it.reading.view
    said = {view.person(entry) for entry in view.said(Hearing, it.proposal)}
    able = it.me in staying(view) - it.carriers - said
    return able and it.counted.met and not changes_possible(view, it.version)


# --- A day that has passed ---------------------------------------------------


def _close(it: _Open) -> Iterator[Wait]:
    view, matter = it.reading.view, terms(it.version).matter
    missing = it.counted.unheard | it.counted.waiting
    if matter in PROTECTED or it.me in it.counted.unheard or not missing:
        return
    if view.epoch.charter.word(f"{matter}_unheard") != "pass" or window_ended(view, it.version):
        return
    due, why = date_of(view, it.version), _("Then those who were not heard have a last while.")
    if closed(view, it.version):
        due += view.epoch.charter.number(f"{matter}_window") * DAY
        why = _("Then it can pass without those who were not heard.")
    if due <= it.now and not _has_closed(it, due):
        sentence = _("The day of “{title}” has passed: say so, if you see it like that.")
        yield it.wait("close", sentence, why)


def _has_closed(it: _Open, due: int) -> bool:
    view = it.reading.view
    closes = view.said(Close, it.version.id)
    return any(view.person(entry) == it.me and entry.at >= due for entry in closes)


# --- What was said about it --------------------------------------------------


def _suggestions(it: _Open) -> Iterator[Wait]:
    if it.me not in it.carriers:
        return
    for suggestion in it.reading.view.said(Suggest, it.version.id):
        if not _is_answered(it, suggestion):
            sentence = _("{name} suggests a change to “{title}”, which you carry.")
            why = _("Take it up in a next version, or say why not.")
            who = it.reading.view.person(suggestion)
            yield it.wait("suggestion", sentence, why, who)


def _concerns(it: _Open) -> Iterator[Wait]:
    view = it.reading.view
    known = [c for v in versions(view, it.proposal) for c in concerns(view, v.id)]
    for concern in known:
        who = view.person(concern)
        if is_settled(view, concern):
            continue
        if who == it.me and _is_met(it, concern):
            sentence = _("Is your concern about “{title}” settled?")
            why = _("It was answered, or the words changed. Only you can call it settled.")
            yield it.wait("settle", sentence, why)
        elif who != it.me and it.me in it.carriers and not _is_met(it, concern):
            sentence = _("{name} has a concern about “{title}”, which you carry.")
            why = _("Answer it, or meet it in a next version.")
            yield it.wait("concern", sentence, why, who)


def _is_answered(it: _Open, said: Entry) -> bool:
    """Tell whether somebody who carries it wrote it, or answered what somebody wrote."""
    view = it.reading.view
    answered = {view.person(entry) for entry in [said, *view.said(Say, said.id)]}
    return bool(answered & it.carriers)


def _is_met(it: _Open, concern: Entry) -> bool:
    """Tell whether a concern was answered last by somebody else, or the words changed after it."""
    view, who = it.reading.view, it.reading.view.person(concern)
    said = [it.version, *view.said(Say, concern.id)]
    last = max((e for e in said if e.order > concern.order), key=lambda e: e.order, default=None)
    return last is not None and view.person(last) != who
