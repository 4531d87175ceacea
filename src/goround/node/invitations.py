"""Invitation links: where to go, which collective, and the secret that lets somebody in.

`ADDRESS/c/COLLECTIVE/join#SECRET`; what stands after the `#` never leaves the machine of who
opens it. The secret is the seed of the invitation's key and the epoch that it was printed in.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from goround.collective.decisions import decided, tally
from goround.collective.effects import Invite
from goround.collective.members import taken_back
from goround.collective.proposals import changes, proposal_of, terms, versions, withdrawn
from goround.errors import BadUse, Refused
from goround.ids import CollectiveId, is_id
from goround.log.paper import MANY, key_on, read_paper, words_in
from goround.log.proofs import read_secret, write_secret
from goround.log.spelling import is_word, likely
from goround.pages.names import name_of, names_of, skeleton
from goround.pages.proposals import proposals
from goround.pages.wording import LONGEST_NAME, one_line
from goround.sentences import _, ngettext
from goround.wire import effect_words, text_of

if TYPE_CHECKING:
    from goround.collective.entry import Entry
    from goround.collective.record import View
    from goround.ids import EpochId
    from goround.log.keys import DeviceKey
    from goround.node.keyring import Keyring
    from goround.pages.reading import Reading


NAMED = 3
"""How many words that stand on no sheet are named."""


class Link(NamedTuple):
    """An invitation link or the file and secret in its place, taken apart."""

    address: str
    collective: CollectiveId | None
    key: DeviceKey
    epoch: EpochId


def secret_for(reading: Reading, keyring: Keyring, person: str) -> str:
    """Return the secret of somebody's invitation, or raise Refused where it is not to be had."""
    version, invite = _invitation_of(reading, person)
    _check_open(reading, version, invite)
    key = keyring.invitation(invite.key)
    if key is None:
        inviter = name_of(reading, reading.view.person(version))
        raise Refused(
            _("Only {inviter} can print this link, in the home where it was put forward.").format(
                inviter=inviter
            )
        )
    return write_secret(key, reading.view.epoch.id)


def _invitation_of(reading: Reading, person: str) -> tuple[Entry, Invite]:
    found = [
        (version, invite)
        for proposal in reversed(proposals(reading))
        for version in reversed(versions(reading.view, proposal))
        if isinstance(invite := changes(version), Invite)
        and (person == proposal or skeleton(person) == _invited(reading, version))
    ]
    alive = [(v, invite) for v, invite in found if not is_over(reading.view, v, invite)]
    if found:
        return (alive or found)[0]
    raise BadUse(_("Nobody called “{name}” was invited here.").format(name=person))


def is_over(view: View, version: Entry, invite: Invite) -> bool:
    """Tell whether an invitation was used or taken back."""
    return invite.key in view.epoch.used_keys or bool(taken_back(view, version.id))


def _invited(reading: Reading, version: Entry) -> str:
    place = [isinstance(e, Invite) for e in terms(version).effects].index(True)
    words = effect_words(reading.replay.words(version.id), place)
    return skeleton(text_of(words, "name"))


def _check_open(reading: Reading, version: Entry, invite: Invite) -> None:
    view = reading.view
    if taken_back(view, version.id):
        raise Refused(_("This invitation was taken back."))
    if invite.key in view.epoch.used_keys:
        raise Refused(_("This invitation was used already."))
    if withdrawn(view, proposal_of(version)):
        raise Refused(_("This invitation was withdrawn."))
    if decided(view, version.id):
        return
    unheard = names_of(reading, tally(view, version).unheard)
    if unheard:
        names = ", ".join(unheard)
        raise Refused(_("Not decided yet. Still to be heard: {names}.").format(names=names))
    raise Refused(_("Not decided yet: not everyone stands behind it."))


def link(address: str, collective: CollectiveId, secret: str, door: str = "join") -> str:
    """Write a link."""
    return f"{address}/c/{collective}/{door}#{secret}"


class Sheet(NamedTuple):
    """Where a sheet of paper leads, and the key on it."""

    address: str
    collective: CollectiveId | None
    key: DeviceKey


def is_sheet(text: str) -> bool:
    """Tell whether what was given leads to where words on paper are asked for."""
    place, mark, _secret = text.strip().partition("#")
    is_file = not place.startswith(("http://", "https://"))
    return place.endswith("/paper") or (is_file and not mark)


def read_sheet(text: str, words: str) -> Sheet:
    """Take apart what stands on a sheet of paper: an address or a file, and what follows the #.

    Where nothing follows, the words on it were typed; BadUse where they are not whole.
    """
    place, _mark, secret = text.strip().partition("#")
    try:
        key = key_on(read_paper(secret or words))
    except ValueError:
        raise BadUse(_not_whole() if secret else _misread(words_in(words))) from None
    if not place.startswith(("http://", "https://")):
        return Sheet(place, None, key)
    return Sheet(*_place(place, "paper"), key)


def _not_whole() -> str:
    return _("This link is not whole: copy all of it, also what follows the #.")


def _misread(words: list[str]) -> str:
    """Say what is wrong with the words of a sheet, as far as that can be known."""
    count = ngettext(
        "A sheet has {many} words, and {count} was given.",
        "A sheet has {many} words, and {count} were given.",
        len(words),
    )
    told = [count.format(many=MANY, count=len(words))] if len(words) != MANY else []
    strange = ((place, word) for place, word in enumerate(words, 1) if not is_word(word))
    told += [_no_word(place, word) for place, word in islice(strange, NAMED)]
    if told:
        return " ".join(told)
    return _("Each of these stands on sheets, but not together: one was misread, or two exchanged.")


def _no_word(place: int, word: str) -> str:
    meant = likely(word)
    if not meant:
        line = _("Number {place}, “{word}”, is none of the words that stand on sheets.")
    else:
        line = _("Number {place}, “{word}”, stands on no sheet; perhaps it is “{meant}”.")
    return line.format(place=place, word=one_line(word, LONGEST_NAME), meant=meant)


def read_link(text: str, door: str = "join") -> Link:
    """Take a link apart, or raise BadUse; a file stands in the place of an address too."""
    place, _mark, secret = text.strip().rpartition("#")
    try:
        key, epoch = read_secret(secret)
    except ValueError:
        raise BadUse(_not_whole()) from None
    if not place.startswith(("http://", "https://")):
        return Link(place, None, key, epoch)
    return Link(*_place(place, door), key, epoch)


def _place(place: str, door: str) -> tuple[str, CollectiveId]:
    address, _c, rest = place.rpartition("/c/")
    collective, _slash, last = rest.partition("/")
    if not (is_id(collective) and last == door):
        raise BadUse(_("This is not such a link: {text}").format(text=place))
    return address, CollectiveId(collective)
