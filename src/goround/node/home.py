"""A home is a folder on somebody's machine: their collectives, and their keys to them.

HOME/collectives/ID.sqlite   one file per collective, which can be copied
HOME/keys/ID.json            this device's secrets for it, which must not be
HOME/places/ID.json          where else it lives
HOME/sessions/ID.json        its sessions there; can be deleted
HOME/cache/ID.checkpoint     what was judged already; can be deleted
"""

from __future__ import annotations

from os.path import isfile
from typing import TYPE_CHECKING

from goround.collective.charter import DEFAULTS, Found
from goround.errors import BadUse, Refused, Unreachable, why
from goround.files import make_folder
from goround.ids import CollectiveId, encode, is_id
from goround.log.event import FOUNDING, sign_event
from goround.log.keys import DeviceKey, fresh_salt
from goround.node.clock import now
from goround.node.keyring import Keyring
from goround.node.memory import Memory
from goround.node.places import Places
from goround.node.replica import Replica
from goround.node.restored import RESTORED, is_unasked, note_asked, note_signing
from goround.node.serving import is_own
from goround.node.tokens import KeptTokens
from goround.pages.names import collective_name, why_not_name
from goround.pages.reading import SHORT
from goround.sentences import _, listed
from goround.store import Store
from goround.wire import act_of, write_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from goround.log.event import Event
    from goround.node.clock import Clock
    from goround.node.nearby import Nearby
    from goround.store import Committed
    from goround.wire import Words

NOBODY_YET = CollectiveId("")
FEWEST_LETTERS = 4
"""How much of an id has to be given."""


class Home:
    """All collectives of one home."""

    def __init__(self, path: Path, clock: Clock = now) -> None:
        self.path = path
        self.clock = clock
        self.on_commit: Committed | None = None  # of every collective that is opened from then on
        self.on_mended: Callable[[Replica], None] | None = None  # by a look after a sudden end
        self.nearby: Nearby | None = None  # while it is served to a room

    def collectives(self) -> list[CollectiveId]:
        """Return the collectives that are kept here, by id."""
        folder = self.path / "collectives"
        try:
            files = sorted(path for path in folder.iterdir() if path.suffix == ".sqlite")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise Unreachable(
                _("The folder {path} could not be read: {why}.").format(path=folder, why=why(error))
            ) from None
        return [CollectiveId(file.stem) for file in files if is_id(file.stem)]

    def keyring(self, collective: CollectiveId) -> Keyring:
        """Return this home's secrets of a collective."""
        return Keyring(self.path / "keys" / f"{collective}.json")

    def places(self, collective: CollectiveId) -> Places:
        """Return where else a collective lives, as far as this home was told."""
        return Places(self.path / "places" / f"{collective}.json")

    @property
    def tokens(self) -> KeptTokens:
        """Return the sessions that devices of this home have at other nodes."""
        return KeptTokens(self.path / "sessions")

    def file(self, collective: CollectiveId) -> Path:
        """Return where a collective is kept."""
        return self.path / "collectives" / f"{collective}.sqlite"

    def memory(self, collective: CollectiveId) -> Memory:
        """Return what this home keeps of what it came to know of a collective."""
        return Memory(self.path / "cache" / f"{collective}.checkpoint")

    def keeps(self, named: str) -> bool:
        """Tell whether something is the id of a collective that is kept here."""
        file = f"{self.path}/collectives/{named}.sqlite"
        return is_id(named) and isfile(file)  # noqa: PTH113 - asked with every request

    def replica(self, collective: CollectiveId) -> Replica:
        """Open a collective that is kept here."""
        replica = self._open(collective)
        if len(replica.graph):
            if replica.store.was_mended and self.on_mended:
                self.on_mended(replica)
            replica.restored.asks_first = self._has_to_ask(replica)
            return replica
        replica.close()
        raise Unreachable(
            _("Joining this collective was interrupted: run the same command once more.")
        )

    def _has_to_ask(self, replica: Replica) -> bool:
        """Tell whether this device signed nothing since a start, and there is whom to ask."""
        if replica.key is None or not is_unasked(replica.store):
            return False
        return bool(self.others(replica.collective))

    def others(self, collective: CollectiveId) -> list[str]:
        """Return the addresses of places that are not this home itself, as far as one can tell."""
        try:
            known = self.places(collective).all()
        except Unreachable:  # who looks at it is told: goround places, goround doctor
            return []
        return [place.address for place in known if not is_own(self, place.address)]

    def _open(self, collective: CollectiveId) -> Replica:
        store = Store.open(self.file(collective))
        store.on_commit = self.on_commit
        try:
            device, memory = self.keyring(collective).device, self.memory(collective)
            return Replica(collective, store, device, self.clock, memory)
        except BaseException:
            store.close()
            raise

    def new_replica(
        self, collective: CollectiveId, events: Iterable[Event] = (), *, restored: bool = False
    ) -> Replica:
        """Make the file of a collective that comes from elsewhere, if there is none yet.

        One that was restored is known for that from its beginning on (see `Restored`).
        """
        self._make_folder()
        if not self.file(collective).exists():
            file, note = self.file(collective), (RESTORED, "yes") if restored else None
            Store.create(file, events, on_commit=self.on_commit, note=note).close()
            if not restored:
                return self._begun(collective)
        return self._open(collective)

    def _begun(self, collective: CollectiveId) -> Replica:
        """Note of a file that was just made that it is the one in which its device signs."""
        replica = self._open(collective)
        if replica.key:
            with replica.store.writing():
                note_signing(replica.store)
                note_asked(replica.store)
        return replica

    def found(self, name: str, person: str, purpose: str = "") -> Replica:
        """Found a collective; this home becomes the device of its first member."""
        check_names(name, person)
        key = DeviceKey.generate()
        fact = Found(encode(fresh_salt()), dict(DEFAULTS), 1)
        words: Words = {"name": name, "person": person, "purpose": purpose}
        event = sign_event(
            key,
            collective=NOBODY_YET,
            place=FOUNDING,
            at=self.clock(),
            act=act_of(fact),
            words=write_words({field: text for field, text in words.items() if text}),
        )
        self.keyring(event.collective).keep_device(key)
        try:
            return self.new_replica(event.collective, [event])
        except BaseException:
            if not self.file(event.collective).exists():
                self.keyring(event.collective).discard()
            raise

    def name(self, collective: CollectiveId) -> str:
        """Return what a collective is called; the start of its id while joining is unfinished."""
        try:
            replica = self.replica(collective)
        except Unreachable:
            return collective[:SHORT]
        try:
            return collective_name(replica.reading())
        finally:
            replica.close()

    def find(self, text: str | None) -> CollectiveId:
        """Find a collective by its name or the start of its id; None means the only one."""
        known = self.collectives()
        if text is None:
            return self._only(known)
        if text in known:
            return CollectiveId(text)
        started = [c for c in known if len(text) >= FEWEST_LETTERS and c.startswith(text)]
        found = started or [c for c in known if self.name(c).casefold() == text.casefold()]
        if len(found) == 1:
            return found[0]
        if found:
            raise BadUse(
                _("Several collectives here are called “{text}”: give the start of an id.").format(
                    text=text
                )
            )
        raise BadUse(_("No collective here is called “{text}”.").format(text=text))

    def _only(self, known: list[CollectiveId]) -> CollectiveId:
        if len(known) == 1:
            return known[0]
        if not known:
            raise BadUse(
                _(
                    "There is no collective in {path} yet: found one, or join one with a link."
                ).format(path=self.path)
            )
        names = listed([f"“{self.name(c)}”, {c[:SHORT]}" for c in known])
        raise BadUse(
            _(
                "There are several collectives here ({names}): say which with --in, by name "
                "or by the start of its id."
            ).format(names=names)
        )

    def _make_folder(self) -> None:
        try:
            make_folder(self.path / "collectives")
        except OSError as error:
            raise Unreachable(
                _("The folder {path} could not be made: {why}.").format(
                    path=self.path, why=why(error)
                )
            ) from None


def check_names(name: str, person: str) -> None:
    """Raise Refused where a collective or a person cannot be called that."""
    for wanted in (name, person):
        reason = why_not_name(wanted, ())
        if reason:
            raise Refused(reason)
