"""Who may read how much of a collective: members and people who are joining everything, former
members what led up to their ending. It is asked anew for each request, so a pass never outlives the
right that it was given for. Rule H11 of docs/protocol.md."""

from goround.collective.constitution import Seal
from goround.collective.devices import owner, retired
from goround.collective.entry import PersonId
from goround.collective.epoch import Epoch
from goround.collective.keeping import open_invitations
from goround.collective.members import Accept, joining
from goround.collective.record import View
from goround.ids import DeviceId
from goround.log.past import Past
from goround.node.admission import admitted
from goround.replay import Replay
from goround.sync.session import Choose
from goround.web.problems import Denied


def shown_to(replay: Replay, device: DeviceId) -> Past | None:
    """Return the part of the log that a device may read, None for all; raises Denied."""
    view = replay.view(device)
    person = owner(view, device)
    if person is None or retired(view, device):
        raise Denied(403, "not-a-reader", "This device belongs to nobody who may read here.")
    if person in view.epoch.members or _is_joining(view, person):
        return None
    ended = _ending(view.epoch, person)
    if ended is None:
        raise Denied(403, "not-a-reader", "Whoever has this device is no member and not joining.")
    return _until(replay, ended)


def taken_from(replay: Replay, device: DeviceId, part: Past | None) -> Choose | None:
    """Return what is taken of events that a reader hands over; None for a member's (S11)."""
    if part is not None:
        return lambda _events: []
    view = replay.view(device)
    if owner(view, device) in view.epoch.members:
        return None
    return lambda events: admitted(replay, events, resting=False)


def _is_joining(view: View, person: PersonId) -> bool:
    """Tell whether somebody came in on an invitation that is decided, and nobody else's.

    An acceptance is kept where its invitation was used or taken back meanwhile; it lets nobody in.
    """
    accepted = joining(view).get(person)
    fact = accepted.fact if accepted else None
    return isinstance(fact, Accept) and fact.version in open_invitations(view)


def _ending(epoch: Epoch, person: PersonId) -> Epoch | None:
    """Return the last epoch that ended somebody's membership."""
    later: Epoch = epoch
    while later.predecessor is not None:
        if person in later.predecessor.members and person not in later.members:
            return later
        later = later.predecessor
    return None


def _until(replay: Replay, ended: Epoch) -> Past:
    """Return everything that was said before an epoch was known, and the seals that made it."""
    record = replay.record
    before = [
        name for name, at in record.epoch_of.items() if ended.id not in record.epochs[at].chain
    ]
    earlier = ended.predecessor.id if ended.predecessor else ended.id
    seals = [entry.id for entry in record.seals.get(earlier, ()) if _seals(entry.fact, ended)]
    return replay.graph.union([*before, *seals])


def _seals(fact: object, ended: Epoch) -> bool:
    return isinstance(fact, Seal) and fact.change == ended.change
