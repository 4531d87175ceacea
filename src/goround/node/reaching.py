"""How this home reaches a node: which certificate it takes there, and the session that it has.

Whoever reaches nobody should not import this: commands start in two thirds of the time without the
HTTP client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goround.node.trust import accepted
from goround.sync.http import Peer
from goround.sync.retrying import WAIT

if TYPE_CHECKING:
    from goround.node.home import Home


def peer_at(home: Home, address: str, wait: float = WAIT) -> Peer:
    """Return what speaks for this home with the node at an address."""
    return Peer(address, trust=accepted(home, address), wait=wait, tokens=home.tokens)
