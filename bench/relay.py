"""What stands between a client and a node, and sees every byte: how many went and came, in how many
requests. It can break the connection in the middle of an answer, as a bad line does.

A node is told the relay's address as its own (`serve --at`), because keys belong to an origin.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE = 65536
_REQUEST = b" HTTP/1.1\r\n"

Note: TypeAlias = "Callable[[bytes], bool]"
"""Is shown what is carried, and tells whether it is passed on."""


class Relay:
    """A port of this machine, behind which another one answers."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        self.behind = 0
        self.breaks_after: int | None = None
        """Bytes of answers after which the connection breaks, once."""
        self.is_lasting = False
        """Whether nobody answers any more after that."""
        self.breaks = 0
        self._lock = Lock()
        self._lines: set[socket.socket] = set()
        self.forget()

    def forget(self) -> None:
        """Begin to count anew."""
        self.went, self.came = bytearray(), 0

    @property
    def requests(self) -> int:
        """How many requests went."""
        return self.went.count(_REQUEST)

    @property
    def carried(self) -> int:
        """How many bytes went and came."""
        return len(self.went) + self.came

    def __enter__(self) -> Self:
        Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # whoever waits at it is woken
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        with self._lock:
            lines = list(self._lines)
        for line in lines:
            _end(line)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _address = self._listening.accept()
                self._join(client)

    def _join(self, client: socket.socket) -> None:
        try:
            node = socket.create_connection(("127.0.0.1", self.behind), timeout=None)
        except OSError:
            client.close()
            return
        with self._lock:
            self._lines |= {client, node}
        for from_, to, note in ((client, node, self._note_went), (node, client, self._note_came)):
            from_.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            Thread(target=self._carry, args=(from_, to, note), daemon=True).start()

    def _carry(self, from_: socket.socket, to: socket.socket, note: Note) -> None:
        with suppress(OSError):
            while piece := from_.recv(PIECE):
                if not note(piece):
                    break
                to.sendall(piece)
        _end(from_)
        _end(to)
        with self._lock:
            self._lines -= {from_, to}

    def _note_went(self, piece: bytes) -> bool:
        with self._lock:
            self.went += piece
        return True

    def _note_came(self, piece: bytes) -> bool:
        """Count what came; tell whether it is passed on."""
        with self._lock:
            self.came += len(piece)
            if self.breaks_after is None or self.came <= self.breaks_after:
                return True
            self.breaks_after = None
            self.breaks += 1
            self.behind = 0 if self.is_lasting else self.behind
            return False


def _end(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
