"""A small network of the test's own: a network namespace per node, wired to one bridge.

Each namespace has an address of its own, so that nodes are as far apart as machines are. A wire is
cut and mended by taking its plug down and up. It takes root and `ip`; whoever has neither is told
so by the test that is skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NET = "10.86.17"


class Wires:
    """The namespaces that one test made, by number from 1 on."""

    def __init__(self, tag: str, count: int) -> None:
        self.tag = tag
        self.numbers = range(1, count + 1)
        self.hub = f"{tag}-hub"

    def space(self, number: int) -> str:
        return f"{self.tag}-{number}"

    def address(self, number: int) -> str:
        return f"{NET}.{number}"

    def lay(self) -> None:
        """Make everything; the bridge lives in a namespace too, so the machine sees none of it."""
        ip("netns", "add", self.hub)
        self._in_hub("link", "add", "hub", "type", "bridge")
        self._in_hub("link", "set", "hub", "up")
        for number in self.numbers:
            self._lay_one(number)

    def _lay_one(self, number: int) -> None:
        space, plug = self.space(number), f"plug{number}"
        ip("netns", "add", space)
        ip("-n", space, "link", "set", "lo", "up")
        self._in_hub("link", "add", plug, "type", "veth", "peer", "name", "wire", "netns", space)
        self._in_hub("link", "set", plug, "master", "hub", "up")
        ip("-n", space, "address", "add", f"{self.address(number)}/24", "dev", "wire")
        ip("-n", space, "link", "set", "wire", "up")

    def cut(self, *numbers: int) -> None:
        """Part these from the others, each by itself."""
        for number in numbers:
            self._in_hub("link", "set", f"plug{number}", "down")

    def mend(self, *numbers: int) -> None:
        for number in numbers:
            self._in_hub("link", "set", f"plug{number}", "up")

    def roll_up(self) -> None:
        for name in [self.hub, *map(self.space, self.numbers)]:
            subprocess.run([_ip(), "netns", "delete", name], check=False, capture_output=True)

    def _in_hub(self, *words: str) -> None:
        ip("-n", self.hub, *words)

    def typed(self, number: int, command: list[str]) -> list[str]:
        """Return a command as it is run in a namespace."""
        return [_ip(), "netns", "exec", self.space(number), *command]


def ip(*words: str) -> None:
    subprocess.run([_ip(), *words], check=True, capture_output=True)


def _ip() -> str:
    return shutil.which("ip") or "/usr/sbin/ip"


def why_not() -> str:
    """Say why no namespaces can be made here; nothing where they can."""
    if os.geteuid() != 0:
        return "network namespaces take root"
    if not Path(_ip()).exists():
        return "there is no `ip` here (iproute2)"
    name = f"gr{os.getpid()}try"
    tried = subprocess.run([_ip(), "netns", "add", name], check=False, capture_output=True)
    subprocess.run([_ip(), "netns", "delete", name], check=False, capture_output=True)
    return "" if tried.returncode == 0 else "network namespaces are not allowed here"


@contextmanager
def wires(count: int) -> Iterator[Wires]:
    """Lay wires for so many nodes, and roll them up again."""
    laid = Wires(f"gr{os.getpid()}", count)
    try:
        laid.lay()
        yield laid
    finally:
        laid.roll_up()
