"""The collective that a command is about: read from the file, and signed into it.

After everything that a command writes, this home also signs what carries no opinion.
"""

import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from goround.cli.app import here
from goround.cli.guidance import to_you
from goround.collective.entry import Fact
from goround.errors import BadUse, Refused, Unreachable
from goround.ids import EventId
from goround.log.header import LARGEST_CONTENT
from goround.node.exchange import ask_first
from goround.node.home import Home
from goround.node.replica import Replica
from goround.pages.reading import Reading
from goround.sentences import _
from goround.wire import Words

SHOWN = 60
"""How much of what cannot be read is said again."""


class Room:
    """One collective, opened for one command."""

    def __init__(self, home: Home, replica: Replica) -> None:
        self.home = home
        self.replica = replica

    def reading(self) -> Reading:
        """Return what is known now, as this home's member sees it."""
        return self.replica.reading()

    def sign(self, fact: Fact, words: Words | None = None) -> EventId:
        """Say something, and sign what follows from it by itself."""
        ask_first(self.home, self.replica)
        try:
            event = self.replica.sign(fact, words)
        except (Refused, BadUse) as refusal:
            raise to_you(refusal) from None
        self.replica.tend()
        return event


@contextmanager
def entered(ctx: typer.Context) -> Iterator[Room]:
    """Open the collective that was asked for."""
    home, wanted = here(ctx).home, here(ctx).wanted
    replica = home.replica(home.find(wanted))
    try:
        yield Room(home, replica)
    finally:
        replica.close()


def written(text: str) -> str:
    """Return a text that was given, or read it from standard input where it is `-`."""
    return typed_in() if text == "-" else given(text).strip()


def given(text: str) -> str:
    """Return an argument as it was given; a shell may hand over bytes that are no text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadUse(_("“{text}” is not written in UTF-8.").format(text=text[:SHOWN])) from None
    return text


def typed_in(question: str = "") -> str:
    """Read standard input, but never more than fits: it may have no end.

    With a question somebody is asked on a terminal, and answers in one line.
    """
    if question and sys.stdin.isatty():
        return str(typer.prompt(question, prompt_suffix=" "))
    raw = sys.stdin.buffer.read(LARGEST_CONTENT + 1)
    if len(raw) > LARGEST_CONTENT:
        raise BadUse(_("This text is longer than 256 KiB."))
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise Unreachable(_("This text is not written in UTF-8.")) from None


def needed(text: str, what: str) -> str:
    """Return a text that must not be empty."""
    found = written(text)
    if not found:
        raise BadUse(_("{what} is empty.").format(what=what))
    return found


def because(text: str | None) -> Words:
    """Return a reason as words, if one was given."""
    reason = written(text) if text else ""
    return {"because": reason} if reason else {}


def confirmed(question: str, *, yes: bool) -> None:
    """Ask on a terminal, go on without one."""
    asks = sys.stdin.isatty() and sys.stdout.isatty() and not yes
    if asks and not _agrees(question):
        raise Refused(_("Nothing was done."))
    if not asks and not yes and _waits_with("n"):
        raise Refused(_("Nothing was done."))


def _agrees(question: str) -> bool:
    """Ask until the answer is one; no answer is a no."""
    while True:
        said = str(typer.prompt(f"{question} [y/N]", default="", show_default=False))
        answer = said.strip().lower()
        if answer in ("y", "yes"):
            return True
        if answer in ("", "n", "no"):
            return False
        typer.echo(_("Please answer y or n."))


def _waits_with(letter: str) -> bool:
    """Tell whether an answer that begins so was handed over on standard input already."""
    try:
        ready = select.select([sys.stdin], [], [], 0)[0]
    except (OSError, ValueError):  # no standard input that could be asked
        return False
    return bool(ready) and sys.stdin.readline().strip().lower().startswith(letter)


def insisted(question: str, *, yes: bool) -> None:
    """Ask on a terminal; where nobody can be asked, go on only where `--yes` was given."""
    if not yes and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadUse(_("Nothing was done: nobody can be asked here, so add --yes."))
    confirmed(question, yes=yes)
