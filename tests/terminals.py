"""People at terminals: each has a home, gives commands, and reads what is printed."""

import io
import json
import shlex
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

from goround.cli.main import run
from goround.ids import EventId
from goround.log.event import sign_event
from goround.node.home import Home
from goround.node.replica import Replica
from tests import forked


class Said(NamedTuple):
    """What a command printed, and its number."""

    code: int
    out: str
    err: str


class Terminal:
    """Somebody's home and terminal; commands run in this process."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.home = folder / name

    def typed(self, command: str) -> str:
        """Return a command as it has to be typed for this home."""
        return shlex.join(["goround", "--home", str(self.home)]) + f" {command}"

    def tries(self, *args: str) -> Said:
        """Give a command, whatever comes of it."""
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = run(["--home", str(self.home), *args])
        out.seek(0)
        return Said(code, out.read(), err.getvalue())

    def does(self, *args: str) -> str:
        """Give a command that works, and return what it printed."""
        said = self.tries(*args)
        assert (said.code, said.err) == (0, ""), said
        return said.out

    def reads(self, *args: str) -> Any:  # noqa: ANN401 - any JSON
        """Give a command that works, and return its JSON."""
        return json.loads(self.does("--json", *args))

    def fails(self, *args: str) -> tuple[int, str]:
        """Give a command that does not work: its number, and its one sentence."""
        said = self.tries(*args)
        assert said.out == ""
        assert said.err.count("\n") == 1
        return said.code, said.err.strip()

    def runs(self, *args: str, text: bytes = b"") -> Said:
        """Give a command in a process of its own."""
        done = forked.typed(["--home", str(self.home), *args], text)
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    @contextmanager
    def serving(self, *options: str) -> Iterator[str]:
        """Serve this home in a process of its own; gives the address."""
        words = ["--home", str(self.home), "serve", "--port", "0", *options]
        with forked.Running(words) as node:
            try:
                line = node.stdout.readline().decode()
                yield next(word for word in line.split() if word.startswith("http"))
            finally:
                node.terminate()


def signs(who: Terminal, act: dict[str, Any], words: dict[str, Any]) -> EventId:
    """Sign anything with a home's key, as somebody does who wrote their own program."""
    home = Home(who.home)
    replica = home.replica(home.find(None))
    key = replica.key
    assert key
    place = replica.graph.next_place(key.public)
    written = json.dumps(words).encode()
    event = sign_event(
        key, collective=replica.collective, place=place, at=10**12, act=act, words=written
    )
    replica.receive([event], strangers=True)
    replica.restored.go_on()  # it was said here, and by no copy
    replica.tend()
    replica.close()
    return event.id


def share(*people: Terminal) -> None:
    """Let everybody have what everybody else has, and sign what carries no opinion."""
    homes = [Home(person.home) for person in people]
    replicas = [home.replica(home.find(None)) for home in homes]
    try:
        moved = [True]
        while any(moved):
            moved = [_give(giver, taker) for giver in replicas for taker in replicas]
    finally:
        for replica in replicas:
            replica.close()


def _give(giver: Replica, taker: Replica) -> bool:
    """Hand over what somebody lacks; tell whether anything was new or signed in answer."""
    lacking = [name for name in giver.graph if name not in taker.graph]
    receipt = taker.receive(list(giver.events(lacking)), strangers=True)
    return bool(receipt.new or taker.tend())


def invited(folder: Path, inviter: Terminal, person: str) -> str:
    """Return FILE#SECRET of somebody's decided invitation."""
    link = inviter.does("invitation", person, "--at", "http://127.0.0.1:1").strip()
    file = folder / f"for-{person}.bundle"
    inviter.does("bundle", "write", str(file))
    return f"{file}#{link.partition('#')[2]}"


def bakery(folder: Path, *names: str) -> list[Terminal]:
    """Found a collective whose first member invites the others, one after the other."""
    people = [Terminal(folder, name.lower()) for name in names]
    first = people[0]
    first.does("found", "Bread", "--as", names[0], "--purpose", "We bake")
    for count, name in enumerate(names[1:], 1):
        number = first.reads("invite", name)["ref"]
        share(*people[:count])
        for person in people[1:count]:
            person.does("position", number, "agree")
        share(*people[:count])
        people[count].does("join", invited(folder, first, name), "--as", name)
        share(*people[: count + 1])
        if count > 1:
            people[1].does("welcome", name)
        share(*people[: count + 1])
    return people
