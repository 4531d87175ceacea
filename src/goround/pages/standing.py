"""How a group stands: whether it could still change its members and charter if phones were lost.

A change takes two thirds of the members, each with the one device that speaks for them there
(design 4.1). Whoever loses their only device speaks no more, and to put somebody else in their
place takes those two thirds as well. So a group can lose itself without noticing, and the pages
say how far that is while there is still time to add a second device. Everything else that a
collective decides goes on in any case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.constitution import quorum
from goround.collective.devices import devices, sealing_device
from goround.collective.proposals import LEAST_FOR_RELEASE
from goround.pages.devices import is_paper
from goround.pages.names import names_of
from goround.pages.recalled import about_people
from goround.pages.unseen import silent_for_long
from goround.sentences import _, listed, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import PersonId
    from goround.collective.record import View
    from goround.ids import DeviceId
    from goround.pages.reading import Reading


KINDS = ("single", "several", "asleep", "silent")
ENOUGH = 2
"""Devices of one person, of which one can be lost."""


class Standing(NamedTuple):
    """How many there are, how many a change takes, and who can take part in one with what.

    `silent` have no device left that anybody knows to work, `asleep` one that does not speak for
    them yet; `single` would lose their say with one phone, `several` would not.
    """

    members: int
    needed: int
    single: list[PersonId]
    several: list[PersonId]
    asleep: list[PersonId]
    silent: list[PersonId]

    @property
    def able(self) -> int:
        """How many can take part in a change, or could as soon as they say so."""
        return len(self.single) + len(self.several) + len(self.asleep)

    @property
    def spare(self) -> int:
        """How many could lose their say before nothing about members can change any more."""
        return self.able - self.needed

    @property
    def is_safe(self) -> bool:
        """Tell whether each of them could lose one device, all at once."""
        return len(self.several) + len(self.asleep) >= self.needed


@about_people
def standing(reading: Reading) -> Standing:
    """Count how a group stands."""
    view = reading.view
    found: dict[str, list[PersonId]] = {"single": [], "several": [], "asleep": [], "silent": []}
    for person in view.epoch.members:
        found[_kind(reading, person)].append(person)
    members = len(view.epoch.members)
    return Standing(members, quorum(members), **found)


def _kind(reading: Reading, person: PersonId) -> str:
    view, working = reading.view, ways_back(reading, person)
    if not working:
        return "silent"
    if sealing_device(view, person) not in working:
        return "asleep"
    return "single" if len(working) == 1 else "several"


def working_devices(view: View, person: PersonId) -> list[DeviceId]:
    """Return somebody's devices that were used and neither retired nor found out to have forked.

    Whether one lies at the bottom of a lake, nobody here can know.
    """
    return [
        device
        for device in devices(view, person)
        if view.record.firsts.get(device) and view.past.forked(device) is None
    ]


def ways_back(reading: Reading, person: PersonId) -> list[DeviceId]:
    """Return the devices by which somebody still has a say: those that work, and sheets of paper.

    A sheet was never used before it is needed; it lets in a device that can then take over.
    """
    view = reading.view
    working = set(working_devices(view, person))
    return [d for d in devices(view, person) if d in working or is_paper(reading, d)]


def sheets(reading: Reading) -> list[PersonId]:
    """Return whose the sheets of paper are, once for each."""
    return [person for person, device in _all_devices(reading) if is_paper(reading, device)]


def unopened(reading: Reading) -> list[PersonId]:
    """Return whose links to a new device were not opened yet, once for each."""
    used = reading.view.record.firsts
    return [p for p, d in _all_devices(reading) if not used.get(d) and not is_paper(reading, d)]


def _all_devices(reading: Reading) -> list[tuple[PersonId, DeviceId]]:
    view = reading.view
    return [(person, device) for person in view.epoch.members for device in devices(view, person)]


@about_people
def advises_second_device(reading: Reading) -> bool:
    """Tell whether the reader is a member who would lose their say with one phone."""
    view, me = reading.view, reading.me
    if me is None or me not in view.epoch.members:
        return False
    return len(ways_back(reading, me)) < ENOUGH


def without(now: Standing, lost: Iterable[PersonId]) -> Standing:
    """Return how a group would stand if nobody ever heard from these again."""
    gone = set(lost)

    def left(people: list[PersonId]) -> list[PersonId]:
        return [person for person in people if person not in gone]

    silent = [*now.silent, *sorted(gone - set(now.silent))]
    single, several, asleep = left(now.single), left(now.several), left(now.asleep)
    return now._replace(single=single, several=several, asleep=asleep, silent=silent)


def as_data(reading: Reading, now: int) -> dict[str, Any]:
    """Return how a group stands, for whoever reckons with it; people by their names."""
    found = standing(reading)
    unseen = silent_for_long(reading, now)
    return {
        "members": found.members,
        "needed": found.needed,
        "spare": found.spare,
        "spare_without_unseen": without(found, unseen).spare,
        "safe": found.is_safe,
        **{kind: names_of(reading, getattr(found, kind)) for kind in KINDS},
        "sheets": names_of(reading, sheets(reading)),
        "unopened": names_of(reading, unopened(reading)),
        "unseen": names_of(reading, unseen),
        "lines": told(reading, now),
    }


def told(reading: Reading, now: int) -> list[str]:
    """Say how a group stands, and how it would if who was not seen for long never came back."""
    lines, unseen = in_words(reading), silent_for_long(reading, now)
    found = standing(reading)
    if not unseen:
        return lines
    line = _("Not heard from for more than a month: {names}. Ask how they are.")
    names = listed(names_of(reading, unseen))
    if not set(unseen) - set(found.silent):
        return [*lines, line.format(names=names)]
    worse = _("If nobody hears from them again, this holds:")
    return [*lines, f"{line.format(names=names)} {worse} {_outlook(without(found, unseen))}"]


def in_words(reading: Reading) -> list[str]:
    """Say how a group stands, the gravest first."""
    now = standing(reading)
    lines = [_outlook(now), _missing(reading, now), _asleep(reading, now), _single(reading, now)]
    lines += [_sheets(reading), _unopened(reading), _with_two_left(now)]
    return [line for line in lines if line]


def _outlook(now: Standing) -> str:
    if now.members == 1:
        return _alone(now)
    if now.spare < 0:
        return _(
            "Too few of you can still be reached by their devices: your members and your charter "
            "cannot change any more. Everything else goes on, and those who are here can begin a "
            "new collective."
        )
    if now.is_safe:
        return _("Even if each of you lost a phone today, you could still change who is in.")
    return _if_lost(now).format(count=_in_letters(now.spare + 1))


def _if_lost(now: Standing) -> str:
    if now.silent:
        return ngettext(
            "If {count} more of you loses their only device, your members and your charter cannot "
            "change any more. A second device for each of you keeps that from happening.",
            "If {count} more of you lose their only devices, your members and your charter cannot "
            "change any more. A second device for each of you keeps that from happening.",
            now.spare + 1,
        )
    return ngettext(
        "If {count} of you loses their only device, your members and your charter cannot "
        "change any more. A second device for each of you keeps that from happening.",
        "If {count} of you lose their only devices, your members and your charter cannot "
        "change any more. A second device for each of you keeps that from happening.",
        now.spare + 1,
    )


def _in_letters(number: int) -> str:
    words = [_("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven")]
    return words[number - 1] if number <= len(words) else str(number)


def _alone(now: Standing) -> str:
    if now.is_safe:
        return _("You are alone so far, and could lose one of your devices.")
    return _(
        "You are alone so far: if this device is lost, nobody can go on with this collective. "
        "A second device keeps that from happening."
    )


def _with_two_left(now: Standing) -> str:
    """Say to three, while they are three, what being two would mean."""
    if now.members != LEAST_FOR_RELEASE:
        return ""
    return _(
        "You are three. If one of you leaves, there are two: then one lost device is enough to "
        "keep members and charter from changing, and nobody can be let in anew."
    )


def _missing(reading: Reading, now: Standing) -> str:
    if not now.silent:
        return ""
    can_be_invited = now.spare >= 0 and now.members >= LEAST_FOR_RELEASE
    line = (
        _("Without a device that works: {names}. The others can invite them anew.")
        if can_be_invited
        else _("Without a device that works: {names}.")
    )
    return line.format(names=listed(names_of(reading, now.silent)))


def _asleep(reading: Reading, now: Standing) -> str:
    if not now.asleep:
        return ""
    return _(
        "These have a device that could speak for them and does not yet: {names}. They say so on "
        "their own page about devices."
    ).format(names=listed(names_of(reading, now.asleep)))


def _single(reading: Reading, now: Standing) -> str:
    if not now.single or now.members == 1:
        return ""
    return _("With one device only: {names}.").format(names=listed(names_of(reading, now.single)))


def _sheets(reading: Reading) -> str:
    found = sheets(reading)
    if not found:
        return ""
    line = ngettext(
        "One sheet of paper could let a new device in, when it is needed: that of {names}.",
        "{count} sheets of paper could let new devices in, when they are needed: those of {names}.",
        len(found),
    )
    return line.format(count=len(found), names=_whose(reading, found))


def _unopened(reading: Reading) -> str:
    found = unopened(reading)
    if not found:
        return ""
    line = ngettext(
        "One link to a new device was not opened yet, and helps nobody until then: that of "
        "{names}.",
        "{count} links to new devices were not opened yet, and help nobody until then: those of "
        "{names}.",
        len(found),
    )
    return line.format(count=len(found), names=_whose(reading, found))


def _whose(reading: Reading, people: list[PersonId]) -> str:
    return listed(names_of(reading, list(dict.fromkeys(people))))
