"""What a disk may hold after a process was killed, or the power went, at some moment. After a kill
it is what stood there. After the power went it is, of each file, what was asked to be kept
(fsync), and at most what was written since, whole or in part; and a name lasts once its folder was
asked to keep it, or may do so before."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

Tree = Mapping[str, bytes | None]
"""Files by their path, and folders, which hold None."""

NOT_ON_A_DISK = "-shm"
"""What ends so is memory that processes share; each that is the first makes it anew."""


class _Node(NamedTuple):
    """A file or a folder, whatever it is called: its number, and the how-manieth of that number."""

    number: int
    turn: int


class Disk:
    """Follows what happens to a folder; what was there before lasts."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turns: dict[int, int] = {}
        self._here: set[int] = set()
        self._bytes: dict[_Node, bytes] = {}
        self._names: dict[_Node, dict[str, _Node]] = {}
        self._folders: set[_Node] = set()
        self._look()
        for path in [folder, *folder.rglob("*")]:
            self.kept(path)

    def kept(self, path: Path) -> None:
        """Take down that a file, or the names in a folder, were asked to be kept."""
        node = self._node(path)
        if path.is_dir():
            self._names[node] = {name.name: self._node(name) for name in path.iterdir()}
            self._folders |= {self._node(name) for name in path.iterdir() if name.is_dir()}
        else:
            self._bytes[node] = path.read_bytes()

    def after_a_kill(self) -> Tree:
        """Give what is there."""
        return dict(self._look())

    def after_the_power_went(self) -> Iterator[tuple[str, Tree]]:
        """Give what may be there: the least of it, and more and more of what was never asked for.

        Each with a word for it.
        """
        now = {path: raw for path, raw in self._look() if not path.endswith(NOT_ON_A_DISK)}
        yield "least", dict(self._least(self._node(self._folder), ""))
        yield "names", {path: self._last(path, raw, 0) for path, raw in now.items()}
        yield "torn", {path: self._last(path, raw, 0.5) for path, raw in now.items()}

    def _least(self, folder: _Node, above: str) -> Iterator[tuple[str, bytes | None]]:
        for name, node in self._names.get(folder, {}).items():
            path = f"{above}{name}"
            if node in self._folders:
                yield path, None
                yield from self._least(node, f"{path}/")
            elif not name.endswith(NOT_ON_A_DISK):
                yield path, self._bytes.get(node, b"")

    def _last(self, path: str, raw: bytes | None, share: float) -> bytes | None:
        """Return what lasts of a file: what was kept, and of what was written a share."""
        if raw is None:
            return None
        kept = self._bytes.get(self._node(self._folder / path), b"")
        at = int(len(raw) * share)
        return raw[:at] + kept[at:]

    def _look(self) -> list[tuple[str, bytes | None]]:
        """Read everything; a number that was gone for a moment means another file from now on."""
        found: list[tuple[str, bytes | None]] = []
        numbers: set[int] = {self._folder.stat().st_ino}
        for above, folders, files in os.walk(self._folder):
            for name in folders + files:
                path = Path(above, name)
                numbers.add(path.stat().st_ino)
                raw = None if name in folders else path.read_bytes()
                found.append((str(path.relative_to(self._folder)), raw))
        for number in self._here - numbers:
            self._turns[number] = self._turns.get(number, 0) + 1
        self._here = numbers
        return found

    def _node(self, path: Path) -> _Node:
        number = path.stat().st_ino
        return _Node(number, self._turns.get(number, 0))


def digest(tree: Tree) -> str:
    """Name what a tree holds, so that equal ones are looked at once."""
    hashed = hashlib.sha256()
    for path, raw in sorted(tree.items()):
        if not path.endswith(NOT_ON_A_DISK):
            hashed.update(f"{path}\0{raw is None}\0{len(raw or b'')}\0".encode() + (raw or b""))
    return hashed.hexdigest()


def lay_out(tree: Tree, folder: Path) -> None:
    """Write a tree into a folder."""
    folder.mkdir(mode=0o700)
    for path, raw in sorted(tree.items()):
        if raw is None:
            (folder / path).mkdir(mode=0o700)
        else:
            (folder / path).write_bytes(raw)
            (folder / path).chmod(0o600)
