"""The sessions that this home's devices have at other nodes, so that an exchange where nothing is
new asks for no new one: a token for each device and origin, in a file that its owner alone can
read, beside keys that open more. A token is shown to the node that gave it and to nobody else, in
a header; it ends by itself (H7), and whoever finds it refused asks for another one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from goround.errors import Unreachable
from goround.files import alone_in
from goround.node.places import MOST
from goround.node.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from goround.ids import CollectiveId, DeviceId

Known = dict[str, str]


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tokens by origin, of one device: whoever enrols anew begins without."""

    device: str = ""
    tokens: Known = {}


class KeptTokens:
    """What one home keeps; without a disk that can be written, it keeps nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, origin: str, collective: CollectiveId, device: DeviceId) -> str | None:
        """Return the token that a node gave a device, if there is one."""
        return self._known(collective, device).get(origin)

    def keep(self, origin: str, collective: CollectiveId, device: DeviceId, token: str) -> None:
        """Keep a new one; of too many, the oldest are forgotten."""
        with suppress(OSError, Unreachable), alone_in(self._folder):
            known = self._known(collective, device)
            known.pop(origin, None)
            newest = list((known | {origin: token}).items())[-MOST:]
            kept = _Kept(device, dict(newest))
            write_private(self._path(collective), msgspec.json.encode(kept))

    def _known(self, collective: CollectiveId, device: DeviceId) -> Known:
        try:
            kept = msgspec.json.decode(self._path(collective).read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
        usable = {at: word for at, word in kept.tokens.items() if _is_word(word)}
        return usable if kept.device == device else {}

    def _path(self, collective: CollectiveId) -> Path:
        return self._folder / f"{collective}.json"


def _is_word(token: str) -> bool:
    """Tell whether something can stand in a header."""
    return token.isascii() and token.isprintable() and bool(token)
