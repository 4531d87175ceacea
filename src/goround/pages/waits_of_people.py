"""What people and their devices wait for: somebody who knows a newcomer, a link to be handed over,
a newcomer's word anew, and a device that keeps one's own say safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.devices import devices
from goround.collective.keeping import open_invitations
from goround.collective.members import Accept, away, invitation, joining
from goround.collective.proposals import find_version
from goround.collective.ripeness import is_welcomed
from goround.pages.addressing import apart
from goround.pages.charter import who_is_away
from goround.pages.invitations import invited
from goround.pages.joining import who_can_welcome
from goround.pages.names import name_of, names_of
from goround.pages.standing import advises_second_device, standing
from goround.pages.waits import GOOD_TO_KNOW, OTHERS_WAIT, OWN, Wait
from goround.pages.ways import forked_others, has_ways
from goround.sentences import _, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goround.collective.entry import Entry, PersonId
    from goround.pages.reading import Reading


def of_people(reading: Reading, me: PersonId) -> Iterator[Wait]:
    """Yield what newcomers and invited people wait for from one person."""
    for person, accepted in joining(reading.view).items():
        if _waits_for_welcome(reading, accepted) and me in who_can_welcome(reading, accepted):
            name = apart(name_of(reading, person))
            what = _("Do you know that this is {name}?").format(name=name)
            why = _("{name} comes in once one of us says so.").format(name=name)
            place = (-1, *accepted.order[:1])  # a person stands at the door
            yield Wait("welcome", f"/members/{accepted.id}", what, why, place=place)
    yield from _links(reading, me)


def _waits_for_welcome(reading: Reading, accepted: Entry) -> bool:
    view, fact = reading.view, accepted.fact
    if not isinstance(fact, Accept):
        return False
    version, invite = find_version(view, fact.version), invitation(view, fact)
    if version is None or invite is None:
        return False
    return not is_welcomed(view, accepted, version, invite)


def _links(reading: Reading, me: PersonId) -> Iterator[Wait]:
    view = reading.view
    facts = (entry.fact for entry in joining(view).values())
    came = {fact.version for fact in facts if isinstance(fact, Accept)}
    for version_id in sorted(open_invitations(view) - came):
        version = view.record.entries[version_id]
        if view.person(version) == me:
            name = apart(invited(reading, version))
            what = _("Give {name} their link.").format(name=name)
            why = _("All agree that they may join. The link is in the browser you invited with.")
            yield Wait("link", "/invitations", what, why, place=(0, *version.order[:1]))


def of_oneself(reading: Reading, me: PersonId) -> Iterator[Wait]:
    """Yield what one's own devices and one's being away wait for."""
    view = reading.view
    if any(view.past.forked(device) is not None for device in devices(view, me)):
        what = _("One of your devices was used twice at the same time.")
        why = _("What it said since then does not count. Retire it, and add another one.")
        yield Wait("forked", "/devices", what, why, OTHERS_WAIT, (-3,))
    if me in standing(reading).asleep:
        what = _("Say which of your devices speaks for you.")
        why = _("The one that did is gone, and changes of members and charter wait for it.")
        yield Wait("asleep", "/devices", what, why, OTHERS_WAIT, (-2,))
    if me in away(view):
        what, why = _("You are away."), " ".join(who_is_away(view.epoch.charter))
        why += " " + _("Say when you are back.")
        yield Wait("away", f"/members/{view.epoch.members[me]}", what, why, OWN)


def put_back() -> Wait:
    """Return what waits where a reader's own node was put back to something older."""
    what = _("Your computer was put back to something older.")
    why = _("It says nothing for you until you let a new device in, or are sure.")
    return Wait("put-back", "/devices#put-back", what, why, OTHERS_WAIT, (-4,))


def good_to_know(reading: Reading) -> Iterator[Wait]:
    """Yield what is no hurry and good to know."""
    if has_ways(reading):
        what = _("We have gone on in two ways.")
        why = _("Nothing is lost. See how it came, and which way you follow.")
        yield Wait("ways", "/ways", what, why, GOOD_TO_KNOW, (0,))
    names = names_of(reading, forked_others(reading))
    if names:
        what = _("A device of {names} signed two histories.").format(
            names=listed([apart(name) for name in names])
        )
        why = _("Mostly it was restored from a copy. Ask before you think ill of anybody.")
        yield Wait("forks", "/ways", what, why, GOOD_TO_KNOW, (2,))
    if advises_second_device(reading):
        what = _("You speak through one device only.")
        why = _("If it gets lost, the others have to invite you anew. A second one prevents that.")
        yield Wait("second-device", "/devices", what, why, GOOD_TO_KNOW, (1,))
