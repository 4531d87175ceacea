"""Where else a collective lives: the addresses at which members of this home said that it does, by
joining, cloning or syncing there or by adding them. They lie beside the keys and go nowhere, and no
address is ever taken from what somebody else said or wrote. With each stands when the copy there
was last seen equal, or since when that has not worked, and why."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import msgspec

from goround.errors import BadUse, Damaged, Unreachable, why
from goround.files import alone_in
from goround.node.private_file import write_private
from goround.sentences import _
from goround.sync.origins import is_of_one_computer, origin_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST = 24
"""Places of one collective: twice as many as it has members."""
LONGEST_ADDRESS = 300
LONGEST_WHY = 300
"""Letters that are kept of what a place said."""
NOTED_EVERY = 10 * 60 * 1000
"""Milliseconds before the same is noted again: each note is written to the disk."""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An address, since when it is known, when it was last equal and with how many events.

    Where it was not reached since, `silent` is when that began, and `why` what was told.
    """

    address: str
    since: int
    equal: int = 0
    events: int = 0
    silent: int = 0
    why: str = ""


class Places:
    """The places of one collective that a home knows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> list[Place]:
        """Return every place, in the order in which they came to be known."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=list[Place])
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Unreachable(
                _("The file {path} could not be read: {why}.").format(
                    path=self.path, why=why(error)
                )
            ) from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Damaged(
                _(
                    "The file {path} does not name places any more: remove it, and add them anew "
                    "(goround places add ADDRESS)."
                ).format(path=self.path)
            ) from None

    def stamp(self) -> int:
        """Return what changes whenever a place does."""
        return changed_at(self.path)

    def add(self, address: str, now: int) -> bool:
        """Remember a place; False where it was known already."""
        origin = origin_at(address)
        with self._changing() as known:
            if origin in known:
                return False
            if len(known) >= MOST:
                raise BadUse(_("There are {most} places already: drop one.").format(most=MOST))
            known[origin] = Place(origin, now)
        return True

    def drop(self, address: str) -> None:
        """Forget a place, or raise BadUse where it is none."""
        origin = origin_at(address)
        with self._changing() as known:
            if known.pop(origin, None) is None:
                raise BadUse(
                    _("{address} is none of the places of this collective.").format(address=origin)
                )

    def note_equal(self, address: str, events: int, now: int) -> None:
        """Note that the copy at a place is equal; nothing where the place was dropped."""

        def met(place: Place) -> Place:
            is_told = (place.events, place.silent) == (events, 0)
            if is_told and 0 <= now - place.equal < NOTED_EVERY:
                return place
            return Place(place.address, place.since, equal=now, events=events)

        self._note(address, met)

    def note_silent(self, address: str, told: str, now: int) -> None:
        """Note that a place could not be reached, or did not do what was asked."""

        def missed(place: Place) -> Place:
            silent = place.silent or now
            return msgspec.structs.replace(place, silent=silent, why=told[:LONGEST_WHY])

        self._note(address, missed)

    def _note(self, address: str, become: Callable[[Place], Place]) -> None:
        """Change what is known of a place; no matter where nothing can be written."""
        with suppress(Unreachable), self._changing() as known:
            if address in known:
                known[address] = become(known[address])

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Place]]:
        """Give what is known, by address, and write down what has become of it."""
        with _said_plainly(self.path), alone_in(self.path.parent):
            before = self.all()
            known = {place.address: place for place in before}
            yield known
            if list(known.values()) != before:
                write_private(self.path, msgspec.json.encode(list(known.values())))


def changed_at(path: Path) -> int:
    """Return what changes whenever a file does; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unreachable(
            _("The file {path} could not be written: {why}.").format(path=path, why=why(error))
        ) from None


def origin_at(address: str) -> str:
    """Return the part of an address that makes a place, or raise BadUse."""
    given = address.strip()
    origin = origin_of(given)
    if "://" not in given and not is_of_one_computer(origin):
        origin = origin_of(f"https://{given}")  # beyond one computer there is TLS or nothing (H13)
    if origin.startswith("http://") and not is_of_one_computer(origin):
        raise BadUse(
            _(
                "Beyond this computer a node answers at https:// alone, so that nobody reads along "
                "or answers in its place; {address} is not kept."
            ).format(address=origin)
        )
    if len(origin) > LONGEST_ADDRESS or not origin.isprintable():
        raise BadUse(_("This is not the address of a node."))
    return origin
