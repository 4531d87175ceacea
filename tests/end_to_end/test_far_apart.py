"""Five nodes on wires of their own: parted, killed, and equal again once the wires are mended."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from goround.node.trust import fingerprint
from tests.end_to_end.people import GOROUND
from tests.end_to_end.wires import Wires, why_not, wires
from tests.terminals import Terminal, bakery

NAMES = ("Anna", "Ben", "Cleo", "Dana", "Emre")
PORT = "8420"
PATIENCE = 60.0


class Far:
    """Somebody at a machine of their own. What needs no network is typed here."""

    def __init__(self, laid: Wires, number: int, terminal: Terminal) -> None:
        self.laid, self.number, self.terminal = laid, number, terminal
        self.place = f"https://{laid.address(number)}:{PORT}"

    def _command(self, *words: str) -> list[str]:
        home = ["--home", str(self.terminal.home)]
        return self.laid.typed(self.number, [*GOROUND, *home, *words])

    def names(self, other: Far) -> None:
        """Say that the collective lives at somebody's node too, comparing its fingerprint."""
        shown = fingerprint((other.terminal.home / "certificate.pem").read_text("ascii"))
        command = self._command("places", "add", other.place, "--fingerprint", shown)
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def proposes(self, title: str) -> None:
        self.terminal.does("propose", title, "--text", "Some.")

    def state(self) -> str:
        return self.terminal.does("--json", "state")

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """Serve this home to the room, with a certificate of its own."""
        room = ("serve", "--lan", "--host", self.laid.address(self.number), "--port", PORT)
        command = self._command(*room)
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        ) as node:
            try:
                assert node.stdout
                assert self.place.encode() in node.stdout.readline()
                yield node
            finally:
                node.kill()


def wait_until(holds: Callable[[], object], what: str) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + PATIENCE, f"{what}, within {PATIENCE} seconds"
        time.sleep(0.3)


def are_equal(*people: Far) -> bool:
    return len({person.state() for person in people}) == 1


@pytest.mark.soak
def test_five_far_apart_are_equal_again_after_wires_were_cut_and_one_was_killed(
    tmp_path: Path,
) -> None:
    reason = why_not()
    if reason:
        pytest.skip(reason)
    terminals = bakery(tmp_path, *NAMES)
    with wires(len(NAMES)) as laid, ExitStack() as running:
        people = [Far(laid, n, t) for n, t in zip(laid.numbers, terminals, strict=True)]
        nodes = [running.enter_context(person.serving()) for person in people]
        for person, next_one, other in zip(
            people, people[1:] + people[:1], people[2:] + people[:2], strict=True
        ):
            person.names(next_one)
            person.names(other)
        people[0].proposes("To begin with")
        wait_until(lambda: are_equal(*people), "all are equal to begin with")

        laid.cut(4, 5)
        for person, name in zip(people, NAMES, strict=True):
            person.proposes(f"Flour for {name}")
        wait_until(lambda: are_equal(*people[:3]), "the three who reach each other are equal")
        assert len({person.state() for person in people}) == 3

        nodes[1].kill()
        nodes[1].wait()
        said = terminals[1].tries("propose", "After the kill", "--text", "Some.")
        assert (said.code, "is whole" in said.err) == (0, True)
        running.enter_context(people[1].serving())
        laid.mend(4, 5)
        for person in people:  # who writes calls at once, and who was silent is called later on
            person.proposes(f"Salt for {person.number}")
        wait_until(lambda: are_equal(*people), "all are equal once the wires are mended")
        printed = people[4].state()
        assert all(f"Flour for {name}" in printed for name in NAMES)
        assert "After the kill" in printed
