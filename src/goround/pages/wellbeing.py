"""How a collective is, for somebody who looks after it: who was not heard from for long, how many
devices it could lose, whether anybody's signed two histories, whether the clocks agree. It is no
judgement of anybody: who is away is away, and of who is silent it says no more than that somebody
might ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.pages import standing
from goround.pages.finding import attention, fine
from goround.pages.names import names_of
from goround.pages.reading import iso
from goround.pages.unseen import silent_for_long
from goround.pages.ways import has_ways
from goround.sentences import _, listed, ngettext

if TYPE_CHECKING:
    from goround.collective.entry import PersonId
    from goround.ids import DeviceId
    from goround.pages.finding import Finding
    from goround.pages.reading import Reading

CLOCKS = 60 * 60 * 1000
"""How far the clocks of people's devices may be apart before it is worth a word."""


def people(reading: Reading, now: int) -> Finding:
    """Say who was not heard from for long, while others were."""
    silent = names_of(reading, silent_for_long(reading, now))
    if not silent:
        return fine("people", _("Nobody has been silent for long while others spoke."))
    return attention(
        "people",
        _("Not heard from for more than a month: {names}.").format(names=listed(silent)),
        _("Ask how they are. Whoever is away can say so (goround away), and is not waited for."),
    )


def devices(reading: Reading) -> Finding:
    """Say how many devices the collective could lose before its members cannot change any more."""
    says = " ".join(standing.in_words(reading))
    now = standing.standing(reading)
    if now.is_safe or (now.spare > 0 and not now.silent and not now.asleep):
        return fine("devices", says)
    return attention("devices", says, _device_to_add(reading, now))


def _device_to_add(reading: Reading, now: standing.Standing) -> str:
    if reading.me in now.asleep:
        return _("Let this device speak for you: goround device take-over.")
    if reading.me in now.single:
        return _("Add a second device of yours: goround device add.")
    return _("Ask the others to add a second device each, while they can.")


def histories(reading: Reading, device: DeviceId | None) -> list[Finding]:
    """Say which devices signed two histories, and whether there are two ways."""
    forked = set(reading.view.record.forked)
    found: list[Finding] = []
    if device in forked:
        found.append(_own_fork())
    if forked - {device}:
        found.append(_others_fork(len(forked - {device})))
    if has_ways(reading):
        found.append(_ways())
    return found or [fine("histories", _("Nobody’s device has signed two histories."))]


def _own_fork() -> Finding:
    return attention(
        "histories",
        _("This device has signed two different histories, and signs nothing more."),
        _(
            "Let a new one in, in another home, from a device of yours that still speaks, or ask "
            "the others to invite you anew; then retire this one."
        ),
    )


def _others_fork(count: int) -> Finding:
    says = ngettext(
        "{count} device of somebody else signed two histories.",
        "{count} devices of others signed two histories.",
        count,
    )
    to_do = _("Look at the proof (goround forks), and talk: mostly a home was copied, or restored.")
    return attention("histories", says.format(count=count), to_do)


def _ways() -> Finding:
    return attention(
        "ways",
        _("You have gone on in two ways, and nothing is merged by machine."),
        _("Talk, then choose: goround ways shows both, goround follow takes one."),
    )


def clock(reading: Reading, device: DeviceId | None, now: int) -> Finding:
    """Say whether this machine's clock can be right, given when others say that they spoke."""
    ahead = _ahead(reading, now)
    if not ahead:
        says = _("The clock shows {now} (UTC), and nothing here was said later than that.")
        return fine("clock", says.format(now=_moment(now)))
    latest = _moment(max(at for at, _device, _person in ahead))
    if device in {found for _at, found, _person in ahead} or _persons(ahead) > 1:
        says = _("The clock shows {now} (UTC), and things were said here until {latest}.")
        to_do = _("Set the clock: dates that you choose, and closing dates, go by it.")
        return attention("clock", says.format(now=_moment(now), latest=latest), to_do)
    names = listed(names_of(reading, {person for _at, _device, person in ahead}))
    says = _("The clock shows {now} (UTC), and by that of a device of {names} it was {latest}.")
    to_do = _("Compare your clocks; one of them is wrong, and nothing is lost by it.")
    return attention("clock", says.format(names=names, now=_moment(now), latest=latest), to_do)


Claim = tuple[int, "DeviceId", "PersonId"]


def _ahead(reading: Reading, now: int) -> list[Claim]:
    """Return what claims to have been said later than now."""
    return [
        (entry.at, entry.device, person)
        for person, said in reading.view.record.by_person.items()
        for entry in said
        if entry.at > now + CLOCKS
    ]


def _persons(ahead: list[Claim]) -> int:
    return len({person for _at, _device, person in ahead})


def _moment(milliseconds: int) -> str:
    found = iso(milliseconds)
    return found[:16].replace("T", " ") if found else _("a time that no clock shows")
