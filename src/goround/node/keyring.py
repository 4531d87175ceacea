"""The secrets that one home has of one collective, in a file that its owner alone can read.

There is this device's key, and the seeds of invitations that were made here. They are kept
before anything is signed with them, never copied, and never part of a backup: whoever loses
them enrols a new device (design 3, forks).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from goround.errors import Damaged, Unreachable, why
from goround.ids import decode, encode
from goround.log.keys import DeviceKey
from goround.node.private_file import write_private

if TYPE_CHECKING:
    from pathlib import Path

    from goround.ids import DeviceId


class Secrets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds: seeds in base64url.

    `first` is the line of an event that was signed before there was a replica to keep it in:
    the acceptance of somebody who is just joining.
    """

    device: str = ""
    invitations: dict[str, str] = {}
    first: str = ""


class Keyring:
    """The secrets of one collective in one home."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def secrets(self) -> Secrets:
        """Read what is kept; nothing where there is no file."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Secrets()
        except OSError as error:
            raise Unreachable(f"The file {self.path} could not be read: {why(error)}.") from None
        try:
            return msgspec.json.decode(raw, type=Secrets)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise self._damaged() from None

    @property
    def device(self) -> DeviceKey | None:
        """Return the key that this home signs with, if it has one."""
        seed = self.secrets.device
        return self._key(seed) if seed else None

    def invitation(self, public: DeviceId) -> DeviceKey | None:
        """Return the key of an invitation that was made here."""
        seed = self.secrets.invitations.get(public)
        return self._key(seed) if seed else None

    def _key(self, seed: str) -> DeviceKey:
        try:
            return DeviceKey.from_seed(decode(seed))
        except ValueError:
            raise self._damaged() from None

    def _damaged(self) -> Damaged:
        return Damaged(f"The file {self.path} does not hold keys any more.")

    def keep_device(self, key: DeviceKey, first: bytes = b"") -> None:
        """Keep the key that this home signs with, and an event that it signed already."""
        self._write(_with(self.secrets, device=encode(key.seed), first=first.decode()))

    def keep_invitation(self, key: DeviceKey) -> None:
        """Keep the key of an invitation, so that its link can be printed."""
        invitations = self.secrets.invitations | {key.public: encode(key.seed)}
        self._write(_with(self.secrets, invitations=invitations))

    def forget_device(self) -> None:
        """Forget the key that this home signed with."""
        self._write(_with(self.secrets, device="", first=""))

    def discard(self) -> None:
        """Remove the file of a collective that did not come about."""
        self.path.unlink(missing_ok=True)

    def forget_first(self) -> None:
        """Forget the first event: it is in a replica now."""
        if self.secrets.first:
            self._write(_with(self.secrets, first=""))

    def _write(self, secrets: Secrets) -> None:
        write_private(self.path, msgspec.json.encode(secrets))


def _with(secrets: Secrets, **changes: object) -> Secrets:
    return msgspec.structs.replace(secrets, **changes)
