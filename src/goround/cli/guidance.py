"""What somebody is told beside what they did: what it does not do, and what comes next."""

import shlex

from goround.cli.words import called, clipped
from goround.collective.effects import Invite, Release
from goround.collective.entry import PersonId
from goround.collective.members import staying
from goround.collective.proposals import carriers, changes, current
from goround.collective.reasons import Reason
from goround.collective.release import WITNESSES, Hearing, heard_out
from goround.errors import GoroundError, Refused
from goround.ids import EventId
from goround.pages.proposals import Json, listing, waiting
from goround.pages.reading import Reading
from goround.pages.refusing import TOO_LARGE, YOURS, invited_already, why_not_welcome
from goround.sentences import _

IN_A_TERMINAL = {
    Reason.NOT_CARRIED: _("You do not carry this proposal; to do so: goround carry."),
    Reason.CONCERNS_SIGNER: _(
        "This is about you, so you neither carry nor stop it. You can be heard: say what you have "
        "to say with goround say, and put it on record with goround hearing."
    ),
    Reason.AWAY_ALREADY: _("You are away already. When you return: goround back"),
    Reason.LAST_DEVICE: _("This is your only device; to go for good: goround leave."),
    Reason.NOT_HOLDING: _("You have not taken this task; to take it: goround task take."),
}
"""How a refusal is said that a command helps with."""

_SAID = {
    **{_(reason.sentence): said for reason, said in {**YOURS, **IN_A_TERMINAL}.items()},
    "A header is larger than 8 KiB.": TOO_LARGE["header-size"],
    "Content is larger than 256 KiB.": TOO_LARGE["content-size"],
}


def to_you(refusal: GoroundError) -> GoroundError:
    """Return a refusal as it is said to whoever was refused."""
    return type(refusal)(_SAID.get(str(refusal), str(refusal)))


def check_not_invited(reading: Reading, name: str) -> None:
    """Raise Refused where somebody of that name is invited already and has yet to come."""
    row = invited_already(reading, name)
    if row is None:
        return
    names = [e["name"] for e in row["effects"] if e["do"] == "invite" and e.get("name")]
    line = _("{name} is invited already ({number}); for the link: goround invitation {quoted}")
    quoted = shlex.quote(names[0])
    raise Refused(line.format(name=name, number=called(row), quoted=quoted))


def invited_by_number(reading: Reading, ref: str) -> str:
    """Return the name in an invitation that is given by its number; else what was given."""
    row = next((r for r in listing(reading) if r["ref"] == ref.removeprefix("#")), None)
    names = [e["name"] for e in row["effects"] if e.get("name")] if row else []
    return names[0] if names else ref


def of_effects(shown: Json) -> list[str]:
    """Say how a text becomes an agreement, where somebody may have expected that it does."""
    if shown["matter"] != "agreement" or shown["effects"]:
        return []
    return [_("Its text becomes an agreement only with --adopt; add it with: goround version")]


def of_answering(reading: Reading, shown: Json) -> list[str]:
    """Say how whoever put something forward answers it too: that was not their answer."""
    if shown["id"] not in waiting(reading):
        return []
    return [_("You have yet to answer it yourself: goround position {ref} agree").format(**shown)]


def waits_for_you(reading: Reading) -> list[str]:
    """Say which proposals wait for the reader's answer."""
    found = waiting(reading)
    names = [clipped(called(row)) for row in listing(reading) if row["id"] in found]
    return [_("Waiting for you: {names}.").format(names=", ".join(names))] if names else []


def check_welcome(reading: Reading, newcomer: PersonId) -> None:
    """Raise Refused where a welcome would count for nothing."""
    sentence = why_not_welcome(reading, newcomer)
    if sentence:
        raise Refused(sentence)


def of_hearing(reading: Reading, proposal: EventId) -> str:
    """Say how far a hearing has come by what was just put on record."""
    view, version = reading.view, current(reading.view, proposal)
    release = changes(version) if version else None
    if version is None or not isinstance(release, Release):
        return _("You put on record that the hearing was held.")
    if heard_out(view, version, release):
        return _("The hearing is on record now.")
    carrying = carriers(view, proposal)
    if reading.me in carrying:
        return _("You carry this proposal, so yours does not count: others have to say it.")
    able = staying(view) - {view.epoch.person(release.member)} - carrying
    said = {view.person(entry) for entry in view.said(Hearing, proposal)} & able
    line = _("You put on record that the hearing was held: {count} of {needed} have said so.")
    return line.format(count=len(said), needed=min(WITNESSES, len(able)))


def of_position(shown: Json, stance: str) -> str | None:
    """Say what a block on something decided does not do, and what else there is."""
    if shown["status"] != "decided" or stance != "block":
        return None
    if any(effect["do"] == Invite.__struct_config__.tag for effect in shown["effects"]):
        line = _("This is decided. Until they have come, you can take it back: {command}")
        return line.format(command=f"goround take-back {shown['ref']}")
    line = _("This is decided, and holds. To look at it again: {command}")
    return line.format(command=f"goround reopen {shown['ref']}")
