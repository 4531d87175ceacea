"""The floors of a node: what the machine and the framework cost when nothing else is done.

`python -m bench.bare verify` is a Starlette application with one address, run by uvicorn as it
comes: it reads a body, checks one Ed25519 signature and says 201. Events need no place, nobody is
known, nothing is kept.
"""

from __future__ import annotations

import socket
import sqlite3
import time
from typing import TYPE_CHECKING

import msgspec
import uvicorn
from nacl.signing import VerifyKey
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from goround.ids import decode

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from goround.log.event import Event


async def verify(request: Request) -> Response:
    """Check the signature of the event in a line, and nothing else."""
    raw, signature, _salt, _words = msgspec.json.decode(await request.body())
    header = msgspec.json.decode(raw)
    signed = b"goround/event/1\0" + raw.encode()
    VerifyKey(decode(header[2])).verify(signed, decode(signature, 64))
    return Response(b"{}", 201, media_type="application/json")


def commits(path: Path, events: list[Event]) -> float:
    """Write each event with a commit of its own; return how many there were in a second."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "CREATE TABLE event (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
        " header BLOB NOT NULL, signature BLOB NOT NULL) STRICT"
    )
    insert = "INSERT INTO event (id, header, signature) VALUES (?, ?, ?)"
    began = time.perf_counter()
    for event in events:  # without BEGIN, each statement is a transaction
        connection.execute(insert, (event.id, event.raw, event.signature))
    passed = time.perf_counter() - began
    connection.close()
    return len(events) / passed


def main() -> None:
    app = Starlette(routes=[Route("/events", verify, methods=["POST"])])
    # Named, or asyncio takes it for something else and lets small answers wait (TCP_NODELAY).
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
        config = uvicorn.Config(app, access_log=False, log_level="error")
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
