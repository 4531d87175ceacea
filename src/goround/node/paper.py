"""Coming in by a sheet of paper: its key lets in a fresh one of this home, and says nothing else.

The key on the paper is kept nowhere here. It signs one `device_add`, at the end of its own chain as
the other side has it, so that a sheet can be used again at a node and does not part its chain. A
file may be older than what the sheet has signed since, which nobody there can know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.constitution import Heard
from goround.collective.devices import DeviceAdd, devices
from goround.errors import Refused
from goround.ids import EventId
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.exchange import become_equal, become_equal_at
from goround.node.joining import forget
from goround.sentences import _

if TYPE_CHECKING:
    from goround.node.home import Home
    from goround.node.joining import Source
    from goround.node.replica import Replica
    from goround.wire import Words

PAPER: Words = {"paper": "yes"}
"""What says of a device that it is on paper."""


def come_by_paper(home: Home, source: Source, paper: DeviceKey) -> Replica:
    """Make this home a further device of whoever has the paper."""
    key, collective = DeviceKey.generate(), source.collective
    replica = home.new_replica(collective, source.events)
    try:
        replica.key = paper
        if source.peer:
            become_equal(replica, source.peer, source.tell)
            replica.restored.go_on()  # what the sheet has signed before is to come from there
        _let_in(replica, paper, key)
        home.keyring(collective).keep_device(key)
        if source.peer:
            become_equal(replica, source.peer)
    except BaseException:
        replica.close()
        forget(home, collective)
        raise
    replica.key = key
    replica.sign(Heard(EventId(replica.view().epoch.id)))
    replica.tend()
    if source.peer:
        become_equal_at(home, replica, source.peer)
    return replica


def _let_in(replica: Replica, paper: DeviceKey, key: DeviceKey) -> None:
    person = replica.person
    if person is None or paper.public not in devices(replica.view(), person):
        raise Refused(_("This paper opens nothing there: it was retired, or is of another place."))
    proof = prove_device(key, replica.collective, paper.public)
    replica.sign(DeviceAdd(key.public, proof))
