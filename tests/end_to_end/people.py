"""People with a terminal each: homes of their own, and nothing shared but a node's address."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from goround.sync.http import Peer
from tests import forked

GOROUND = [str(Path(sys.executable).with_name("goround"))]
MOST_ROUNDS = 8


class Person:
    """Somebody with a home; what they type is a process of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.home = folder / name.lower()

    def tries(self, *words: str, typed: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Type a command, and what it reads, whatever comes of it."""
        return forked.typed(["--home", str(self.home), *words], typed)

    def prints(self, *words: str) -> bytes:
        """Type a command that works, and give what it printed."""
        done = self.tries(*words)
        assert done.returncode == 0, f"{self.name}: {words}\n{done.stdout!r}\n{done.stderr!r}"
        return done.stdout

    def does(self, *words: str) -> Any:  # noqa: ANN401 - each command has its own shape
        """Type a command that works, and give its JSON."""
        return json.loads(self.prints("--json", *words))

    def members(self) -> list[str]:
        return [row["name"] for row in self.does("members") if not row["joining"]]

    def sees(self, ref: str) -> dict[str, Any]:
        """Look at a proposal; ids may begin with a hyphen, so the reference stands after --."""
        shown: dict[str, Any] = self.does("show", "--", ref)
        return shown


@contextmanager
def served(person: Person) -> Iterator[str]:
    """Let a person's home be a node for a while; its address is what it prints."""
    with forked.Running(["--home", str(person.home), "serve", "--port", "0"]) as node:
        try:
            yield answering(node.stdout.readline().decode())
        finally:
            node.terminate()
            assert node.wait(timeout=20) == 0


def answering(told: str) -> str:
    """Give the address that a node tells, once it answers there."""
    address = next(word for word in told.split() if word.startswith("http://"))
    with Peer(address) as peer:
        for _ in range(200):
            if peer.is_there():
                return address
            time.sleep(0.05)
    raise AssertionError("The node does not answer.")


def settle(address: str, *people: Person) -> None:
    """Let everybody sync in turn until each has been equal with the node since anything moved."""
    quiet = 0
    for person in list(people) * MOST_ROUNDS:
        done = person.does("sync", address)
        quiet = 1 if done["received"] or done["sent"] else quiet + 1
        if quiet >= len(people):
            return
    assert not people, "replicas that sync in turn come to rest"
