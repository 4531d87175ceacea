"""Everything that writes, each done once: prepared in somebody's folder, and then done there by a
process of its own. Whoever adds a way to write adds it here, and need not say where it writes."""

import atexit
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple
from unittest.mock import patch

import msgspec

from goround.cli.main import run
from goround.ids import CollectiveId
from goround.log.bundle import encode_line
from goround.log.event import sign_event
from goround.node import memory
from goround.node.certificate import own_certificate
from goround.node.home import Home
from goround.node.serving import Serving
from goround.store import schema, upgrading
from tests.copies import image
from tests.crash.tracing import Call
from tests.forked import end_with_parent
from tests.terminals import Terminal, bakery, invited

LINES = {"Content-Type": "application/x-ndjson"}


def _prints(call: Call) -> bool:
    return call.name == "write" and call.file == 1


def _acknowledges(call: Call) -> bool:
    return call.name == "sendto" and call.says.startswith(b"HTTP/1.1 20")


@cache
def _baked(*names: str) -> Path:
    """Make homes of people who are in a collective, once for all."""
    folder = Path(mkdtemp())
    atexit.register(shutil.rmtree, folder)
    bakery(folder, *names)
    return folder


def _bakery(folder: Path, *names: str) -> list[Terminal]:
    image(_baked(*names), folder)
    return [Terminal(folder, name.lower()) for name in names]


class Operation(NamedTuple):
    """Something that writes; what `prepare` returns, `do` is given in a process of its own.

    `tells` knows the call by which whoever asked gets to know that it is done.
    """

    prepare: Callable[[Path], list[str]]
    do: Callable[[Path, list[str]], int]
    tells: Callable[[Call], bool] = _prints
    refused: int = 0
    """The number with which it is refused where it was done already; 0 where it is not."""


def _types(folder: Path, words: list[str]) -> int:
    return run(["--home", str(folder / "anna"), "--json", *words])


def _command(*words: str, of: int = 1, refused: int = 0) -> Operation:
    """Make an operation of a command of Anna's, in a collective of so many; 0 is none yet."""

    def prepare(folder: Path) -> list[str]:
        if not of:
            return list(words)
        anna, *_others = _bakery(folder, *("Anna", "Ben")[:of])
        number = anna.reads("propose", "Rye", "--text", "More rye.")["ref"]
        return [number if word == "REF" else word for word in words]

    return Operation(prepare, _types, refused=refused)


def _joining(folder: Path) -> list[str]:
    ben = Terminal(folder, "ben")
    ben.does("found", "Bread", "--as", "Ben")
    ben.does("invite", "Anna")
    return ["join", invited(folder, ben, "Anna"), "--as", "Anna"]


def _cloning(folder: Path) -> list[str]:
    ben = Terminal(folder, "ben")
    ben.does("found", "Bread", "--as", "Ben")
    link = ben.reads("device", "add", "--at", "http://127.0.0.1:1")["link"]
    ben.does("bundle", "write", str(folder / "bread.bundle"))
    return ["clone", f"{folder / 'bread.bundle'}#{link.partition('#')[2]}"]


def _erasing(folder: Path) -> list[str]:
    (anna,) = _bakery(folder, "Anna")
    anna.does("propose", "Rye", "--text", "More rye.")
    said = anna.reads("say", "1", "The flour is mouldy. " * 30)
    return ["erase", "--", said["id"]]


def _writing_over_a_bundle(folder: Path) -> list[str]:
    (anna,) = _bakery(folder, "Anna")
    anna.does("bundle", "write", str(folder / "bread.bundle"))
    anna.does("propose", "Rye", "--text", "More rye.")
    return ["bundle", "write", str(folder / "bread.bundle")]


def _reading_a_bundle(folder: Path) -> list[str]:
    (ben,) = _bakery(folder, "Ben")
    ben.does("bundle", "write", str(folder / "bread.bundle"))
    return ["bundle", "read", str(folder / "bread.bundle")]


def _restoring(folder: Path) -> list[str]:
    (anna,) = _bakery(folder, "Anna")
    anna.does("bundle", "write", str(folder / "bread.bundle"))
    shutil.rmtree(anna.home / "collectives")
    return ["bundle", "read", str(folder / "bread.bundle")]


def _reading_news(folder: Path) -> list[str]:
    _anna, ben = _bakery(folder, "Anna", "Ben")
    proposal = ben.reads("propose", "Rye", "--text", "More rye.")["ref"]
    for number in range(5):
        ben.does("say", proposal, f"Number {number}")
    ben.does("bundle", "write", str(folder / "bread.bundle"))
    return ["bundle", "read", str(folder / "bread.bundle")]


def _salvaging(folder: Path) -> list[str]:
    (anna,) = _bakery(folder, "Anna")
    (file,) = anna.home.glob("collectives/*.sqlite")
    return ["salvage", str(file), "--out", str(folder / "bread.bundle")]


def _events_for(folder: Path) -> list[str]:
    """Prepare what Ben hands over to Anna's node: five events in one request."""
    _anna, ben = _bakery(folder, "Anna", "Ben")
    replica = Home(ben.home).replica(Home(ben.home).find(None))
    assert replica.key
    lines = b""
    for _ in range(5):
        place = replica.graph.next_place(replica.key.public)
        act = {"type": "say", "on": str(replica.collective)}
        event = sign_event(
            replica.key,
            collective=replica.collective,
            place=place,
            at=0,
            act=act,
            words=b'{"text":"hello"}',
        )
        replica.receive([event])
        lines += encode_line(event)
    replica.close()
    (folder / "lines").write_bytes(lines)
    return [str(replica.collective)]


def _serves(folder: Path, words: list[str]) -> int:
    """Serve Anna's home, while somebody else hands over events and asks the node to stop."""
    node = os.getpid()
    if os.fork() == 0:
        _hands_over(folder, CollectiveId(words[0]), node)
        os._exit(0)
    with suppress(SystemExit):
        return run(["--home", str(folder / "anna"), "serve", "--port", "0"])
    return 0


def _hands_over(folder: Path, collective: CollectiveId, node: int) -> None:
    line = HTTPConnection(_address(folder / "anna", node), timeout=20)
    line.request("POST", f"/c/{collective}/events", (folder / "lines").read_bytes(), LINES)
    assert line.getresponse().status in (200, 201)
    os.kill(node, signal.SIGTERM)


def _address(home: Path, node: int) -> str:
    for _ in range(1000):
        for path in home.glob(f"serving-{node}-*.json"):
            serving = msgspec.json.decode(path.read_bytes(), type=Serving)
            return serving.origin.removeprefix("http://")
        time.sleep(0.01)
    raise AssertionError("The node does not say where it is.")


def _meeting(folder: Path) -> list[str]:
    """Prepare what Anna and Ben have to tell each other; Ben's home lies elsewhere."""
    anna, ben = _bakery(folder, "Anna", "Ben")
    for person in (anna, ben):
        person.does("propose", f"What {person.name} wants", "--text", "Rye")
    elsewhere = ben.home.rename(folder.parent / f"ben-beside-{folder.name}")
    return [str(elsewhere)]


def _syncs(folder: Path, words: list[str]) -> int:
    """Let Ben serve his home, and Anna become equal with it."""
    (elsewhere,) = words
    node = os.fork()
    if node == 0:
        end_with_parent()
        os._exit(run(["--home", elsewhere, "serve", "--port", "0"]))
    address = f"http://{_address(Path(elsewhere), node)}"
    try:
        return _types(folder, ["sync", address])
    finally:
        os.kill(node, signal.SIGKILL)
        os.waitpid(node, 0)


def _remembers(folder: Path, words: list[str]) -> int:
    """Read a collective, and keep what was judged for the next start."""
    with patch.object(memory, "WORTH", 1):
        return _types(folder, words)


NEXT_VERSION = schema.VERSION + 1
STEPS = {schema.VERSION: ("CREATE TABLE mood (word TEXT NOT NULL) STRICT",)}
"""What the next program might keep more than this one."""


def _upgrades(folder: Path, words: list[str]) -> int:
    with patch.object(schema, "VERSION", NEXT_VERSION), patch.object(upgrading, "STEPS", STEPS):
        return _types(folder, words)


def _certifies(folder: Path, _words: list[str]) -> int:
    own_certificate(Home(folder / "anna"), "127.0.0.1")
    return os.write(1, b"done") - 4


OPERATIONS = {
    "found": _command("found", "Bread", "--as", "Anna", of=0),
    "say": _command("say", "REF", "Good."),
    "position": _command("position", "REF", "agree", of=2, refused=1),
    "invite": _command("invite", "Dora", refused=1),
    "show": _command("show", "REF"),
    "device add": _command("device", "add", "--at", "http://127.0.0.1:1"),
    "join": Operation(_joining, _types, refused=1),
    "places add": _command("places", "add", "https://bread.example.org"),
    "clone": Operation(_cloning, _types, refused=1),
    "erase": Operation(_erasing, _types, refused=1),
    "bundle write": Operation(_writing_over_a_bundle, _types),
    "bundle read": Operation(_reading_a_bundle, _types),
    "bundle read, of what was lost": Operation(_restoring, _types),
    "bundle read, of what is known in part": Operation(_reading_news, _types),
    "serve": Operation(_events_for, _serves, tells=_acknowledges),
    "sync": Operation(_meeting, _syncs),
    "remember": Operation(_command("show", "REF").prepare, _remembers),
    "salvage": Operation(_salvaging, _types, refused=2),
    "upgrade": Operation(_command("show", "REF").prepare, _upgrades),
    "certificate": Operation(lambda _folder: [], _certifies),
}
