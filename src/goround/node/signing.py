"""How an event of this home's member comes to be: with its key, unless that must not sign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.collective.devices import DeviceRetire
from goround.collective.members import Leave
from goround.errors import BadUse, NotGenuine, Refused
from goround.log.event import sign_event
from goround.sentences import _
from goround.wire import act_of, write_words

if TYPE_CHECKING:
    from goround.collective.entry import Fact
    from goround.log.event import Event
    from goround.log.keys import DeviceKey
    from goround.node.replica import Replica
    from goround.wire import Words

PUT_BACK = _(
    "This home was copied, or put back to something older, or a copy of it is in use. Your device "
    "may have said something that is not known here, so it says nothing more. To go on, let a "
    "new device in, in another home (--home OTHER-FOLDER), from a device of yours that still "
    "speaks, or with your sheet of paper. Or, if you are sure that no copy is in use and that "
    "nobody has heard anything newer of this device: goround device go-on"
)


def make_event(replica: Replica, fact: Fact, words: Words | None = None) -> Event:
    """Sign what comes next in the chain of this home's device; raises Refused, or BadUse."""
    key = signing_key(replica, fact)
    try:
        return sign_event(
            key,
            collective=replica.collective,
            place=replica.graph.next_place(key.public),
            at=replica.clock(),
            act=act_of(fact),
            words=write_words(words or {}),
        )
    except NotGenuine as error:  # what was asked for does not fit into an event
        raise BadUse(str(error)) from None


def signing_key(replica: Replica, fact: Fact) -> DeviceKey:
    """Return this home's key, or raise Refused where it must not sign any more."""
    if replica.key is None:
        raise Refused(
            _(
                "This home has no key in this collective, so it can say nothing. To take part, "
                "join with a link, or clone a device of yours, in another home: --home OTHER-FOLDER"
            )
        )
    if replica.is_forked and not isinstance(fact, Leave | DeviceRetire):
        raise Refused(
            _(
                "This device has signed two different histories, perhaps because it was "
                "restored from a copy. It signs nothing more: let a new one in, in another home, "
                "from a device of yours that still speaks, or ask the others to invite you anew."
            )
        )
    if replica.restored.is_noticed and not replica.is_forked:
        raise Refused(PUT_BACK)
    return replica.key
