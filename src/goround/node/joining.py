"""Coming in: with an invitation link as a new member, or with a device link as a further device.

The key and the first event are kept before the event is sent, so that somebody who is cut
off in between goes on where they were, and never signs a second first event.
"""

from __future__ import annotations

import glob
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.constitution import Heard
from goround.collective.members import Accept, acceptances, joining
from goround.collective.positions import Position, answers
from goround.collective.reasons import Reason
from goround.collective.ripeness import is_stale
from goround.errors import Refused
from goround.ids import CollectiveId, DeviceId, EpochId, EventId
from goround.log.bundle import decode_line, encode_line
from goround.log.event import Place, sign_event
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_invitation
from goround.node.cards import check_card
from goround.node.exchange import become_equal, become_equal_at
from goround.pages.card import card
from goround.pages.names import why_not_name
from goround.pages.reading import Reading
from goround.replay import Replay
from goround.sentences import _, listed
from goround.sync import bundle_file
from goround.wire import act_of, write_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from goround.log.event import Event
    from goround.node.home import Home
    from goround.node.invitations import Link, Sheet
    from goround.node.replica import Replica
    from goround.sync.bundle_file import Ask
    from goround.sync.http import Peer
    from goround.sync.session import Tell

Card = dict[str, Any]


class Source(NamedTuple):
    """Where somebody comes in: a node, or a bundle with all events."""

    collective: CollectiveId
    peer: Peer | None
    events: list[Event]
    tell: Tell | None = None


@contextmanager
def source_of(
    home: Home, link: Link | Sheet, tell: Tell | None = None, ask: Ask | None = None
) -> Iterator[Source]:
    """Open what a link points to: the node at its address, or the file."""
    if link.collective is None:
        bundle = bundle_file.read(Path(link.address), ask)
        yield Source(bundle.collective, None, bundle.events)
        return
    from goround.node.reaching import peer_at  # noqa: PLC0415 - see there

    with peer_at(home, link.address) as peer:
        yield Source(link.collective, peer, [], tell)


# Joining.


def read_card(source: Source, key: DeviceKey) -> Card:
    """Return the card of the collective, or raise Refused where nobody joins with this link."""
    found = source.peer.card(source.collective, key) if source.peer else _card_in(source, key)
    if not found or found.get("collective") != source.collective:
        raise Refused(_("This link belongs to no invitation of this collective."))
    check_card(found)
    _check_open(found)
    return found


def _card_in(source: Source, key: DeviceKey) -> Card | None:
    replay = Replay.of(source.collective)
    replay.add_all(source.events)
    return card(Reading(replay, replay.view(), None, {}), key.public)


def _check_open(found: Card) -> None:
    invitation = found["invitation"]
    match invitation["state"]:
        case "used":
            raise Refused(
                _(
                    "This link was used on {at}, by somebody called {who}. If that was not you, "
                    "tell {members}."
                ).format(
                    at=str(invitation["at"])[:10],
                    who=invitation["used_by"],
                    members=listed(found["members"]),
                )
            )
        case "taken back":
            raise Refused(_("This invitation was taken back."))
        case "undecided":
            raise Refused(_("This invitation is not decided yet; try again later."))
        case _:
            return


def check_name(found: Card, person: str) -> None:
    """Raise Refused where somebody must not be called that there, and propose another name."""
    reason = why_not_name(person, found["members"])
    if reason:
        raise Refused(
            _("{reason} For example: “{name}”.").format(
                reason=reason, name=_another(person, found["members"])
            )
        )


def _another(person: str, others: list[str]) -> str:
    named = (f"{person} {letter}." for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return next((name for name in named if why_not_name(name, others) is None), _("your full name"))


def others_agreed_to(found: Card, without: Iterable[str]) -> list[EventId]:
    """Return the open invitations that the newcomer agrees to: all but those named."""
    left_out = {name.casefold() for name in without}
    known = {other["name"].casefold() for other in found["others"]}
    if left_out - known:
        names = listed(sorted(left_out - known))
        raise Refused(_("Nobody called {names} is invited there.").format(names=names))
    return sorted(o["version"] for o in found["others"] if o["name"].casefold() not in left_out)


def accept(
    home: Home, source: Source, link: Link, found: Card, said: tuple[str, list[EventId]]
) -> Replica:
    """Accept an invitation under a name and stand behind others, and fetch everything."""
    keyring, key = home.keyring(source.collective), DeviceKey.generate()
    event = _acceptance(home, key, link, found, said)
    keyring.keep_device(key, encode_line(event))
    return go_on(home, source)


def _acceptance(
    home: Home, key: DeviceKey, link: Link, found: Card, said: tuple[str, list[EventId]]
) -> Event:
    person, behind = said
    collective = CollectiveId(found["collective"])
    fact = Accept(
        EventId(found["invitation"]["version"]),
        found["invitation"]["effect"],
        EpochId(found["epoch"]),
        prove_invitation(link.key, collective, key.public),
        tuple(behind),
    )
    return sign_event(
        key,
        collective=collective,
        place=Place(0, EventId(""), tuple(sorted(found["heads"])), found["lamport"] + 1),
        at=home.clock(),
        act=act_of(fact),
        words=write_words({"person": person}),
    )


# Accepting anew.


def is_waiting(replica: Replica) -> bool:
    """Tell whether this home's person is joining."""
    return replica.person in joining(replica.view())


def is_on_its_way(replica: Replica, link: Link) -> bool:
    """Tell whether the collective went on from where the link was printed, and no other way."""
    return link.epoch in replica.view().epoch.chain


def card_again(replica: Replica, key: DeviceKey) -> Card | None:
    """Return the card once more where somebody's acceptance went stale; None where it did not.

    Their device renews it by itself as long as everything is as they were shown it.
    """
    view = replica.view()
    accepted = joining(view).get(replica.person) if replica.person else None
    if accepted is None or not is_stale(view, accepted):
        return None
    found = card(replica.reading(), key.public)
    if found is None:
        raise Refused(_("This link belongs to no invitation of this collective."))
    _check_open(found)
    return found


def accept_again(replica: Replica, link: Link, found: Card, behind: list[EventId]) -> None:
    """Accept once more what has changed; a repetition itself agrees to nothing more."""
    person, view = replica.person, replica.view()
    first = acceptances(view, person)[0].fact if person else None
    if person is None or not isinstance(first, Accept):
        raise Refused(_("Nobody is joining with this home."))
    known = set(first.behind)
    for version in behind:
        if version not in known and person not in answers(view, version):
            replica.sign(Position(version, "agree"))
    proof = prove_invitation(link.key, replica.collective, DeviceId(person))
    invitation = found["invitation"]
    again = sorted(known & set(behind))
    fact = Accept(
        EventId(invitation["version"]), invitation["effect"], view.epoch.id, proof, tuple(again)
    )
    replica.sign(fact)
    replica.tend()


def is_interrupted(home: Home, collective: CollectiveId) -> bool:
    """Tell whether joining this collective was begun here and not finished."""
    return bool(home.keyring(collective).secrets.first)


def go_on(home: Home, source: Source) -> Replica:
    """Send the first event, which is kept here, and fetch everything."""
    keyring = home.keyring(source.collective)
    first = decode_line(keyring.secrets.first.encode())
    if source.peer is None:
        replica = home.new_replica(source.collective, [*source.events, first])
        replica.receive([*source.events, first], strangers=True)  # if a copy was here already
        replica.tend()
    else:
        _send_first(home, source, first)
        replica = home.new_replica(source.collective)
        become_equal_at(home, replica, source.peer, source.tell)
    keyring.forget_first()
    return replica


def _send_first(home: Home, source: Source, first: Event) -> None:
    try:
        answer = source.peer.post(source.collective, [first]) if source.peer else {}
    except Refused:
        home.keyring(source.collective).forget_device()
        raise
    if answer.get("void"):
        home.keyring(source.collective).forget_device()
        raise Refused(_sentence(str(answer["void"])))


def _sentence(reason: str) -> str:
    known = {one.value: one.sentence for one in Reason}
    return _(known.get(reason, "The collective's rules do not allow this."))


# A further device.


def clone(home: Home, source: Source, key: DeviceKey) -> Replica:
    """Become a further device of a member, with the key that they made for it.

    The first thing it signs shows the link as used, so that no second home takes the key.
    """
    keyring = home.keyring(source.collective)
    keyring.keep_device(key)
    replica = home.new_replica(source.collective, source.events)
    if source.peer:
        become_equal(replica, source.peer, source.tell)
    if replica.person is None or key.public in replica.graph.heads():
        replica.close()
        forget(home, source.collective)
        raise Refused(_("This link was used already, or is not known there: make a new one."))
    replica.sign(Heard(EventId(replica.view().epoch.id)))
    if source.peer:
        become_equal_at(home, replica, source.peer, source.tell)
    return replica


def forget(home: Home, collective: CollectiveId) -> None:
    """Remove a copy that was made just now."""
    home.keyring(collective).forget_device()
    file = home.file(collective)
    for part in file.parent.glob(f"{glob.escape(file.name)}*"):
        part.unlink()


def is_here(home: Home, collective: CollectiveId, key: DeviceKey | None = None) -> bool:
    """Tell whether this home has a collective; not one that this key is just fetching."""
    if collective not in home.collectives():
        return False
    if key is None or home.keyring(collective).device != key:
        return True
    replica = home.new_replica(collective)
    try:
        return key.public in replica.graph.heads()
    finally:
        replica.close()
