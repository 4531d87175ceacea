"""How a node that was found nearby shows who it is, before anything of ours goes there: its
certificate is vouched for by nobody, so a device of a current member of the collective has to stand
behind that very certificate at that address, for a nonce of ours. Nothing else is then spoken to
than who has the certificate's key. Rule H28 of docs/protocol.md."""

from __future__ import annotations

import ssl
from secrets import token_bytes
from typing import TYPE_CHECKING

from goround.collective.devices import owner, retired
from goround.errors import Refused
from goround.ids import DeviceId, encode
from goround.log.proofs import proves_certificate
from goround.node.trust import only, shown_at
from goround.sentences import _
from goround.sync.http import Peer
from goround.sync.nearby import NONCE, call

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from goround.ids import CollectiveId
    from goround.node.nearby import Nearby
    from goround.node.replica import Replica

    Held = Callable[[], AbstractContextManager[Replica]]

WAIT = 5.0
"""Seconds in which a node in the same network has to show its certificate."""
AT_ANY_TIME = ssl.VerifyFlags(0x200000)
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME: no clock is believed, because the proof is for our nonce,
and at a house without internet laptops' clocks may be wrong."""


def proven_peer(nearby: Nearby, collective: CollectiveId, address: str, held: Held) -> Peer:
    """Return what speaks with a node nearby, once that has shown that it is one of ours."""
    pem = shown_at(address, WAIT)
    certificate = ssl.PEM_cert_to_DER_cert(pem)
    trust = only(pem)
    trust.verify_flags |= AT_ANY_TIME
    peer = Peer(address, trust=trust, tokens=nearby.tokens(certificate))
    try:
        _check(peer, collective, certificate, held)
    except BaseException:
        peer.close()
        raise
    return peer


def _check(peer: Peer, collective: CollectiveId, certificate: bytes, held: Held) -> None:
    nonce = token_bytes(NONCE)
    named, proof = peer.called(encode(nonce), call(collective, nonce, certificate))
    device = DeviceId(named)
    shown = peer.origin, certificate
    if not proves_certificate(device, collective, nonce, shown, proof):
        raise Refused(_("What answers there cannot show that it is one of us."))
    with held() as replica:
        if not is_of_a_member(replica, device):
            raise Refused(_("No device that is known here as a member’s stands behind it."))


def is_of_a_member(replica: Replica, device: DeviceId) -> bool:
    """Tell whether a device is a current member's other one, neither retired nor in two."""
    view = replica.view()
    is_whole = not retired(view, device) and view.past.forked(device) is None
    is_ours = replica.key is not None and replica.key.public == device
    return is_whole and not is_ours and owner(view, device) in view.epoch.members
