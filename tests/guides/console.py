"""A guide is a document whose console blocks are typed, in order, into one shell.

In a block that opens with ```console a line that begins with `$ ` is a command, and what follows
is what it prints, if anything is shown. `…` stands for any words in a line, a line that is `…`
alone for any lines. What the block says after `console` tells more: `refused`, its commands do not
work and say why; `serving`, its command goes on while the others are typed.
"""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import BinaryIO, NamedTuple

from tests.forked import AS_USUAL, Running

USUAL_PORT, USUAL_FIGURES = "8420", "9420"
FOLDER = Path(sys.executable).parent


class Command(NamedTuple):
    """One command of a guide, what it shows of the answer, and how it goes."""

    line: int
    typed: str
    shown: list[str]
    manner: str


def commands(text: str) -> list[Command]:
    """Read the commands of a guide."""
    found: list[Command] = []
    manner: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            opens = manner is None and line.startswith("```console")
            manner = line.removeprefix("```console").strip() if opens else None
        elif manner is not None and line.startswith("$ "):
            found.append(Command(number, line.removeprefix("$ "), [], manner))
        elif manner is not None:
            found[-1].shown.append(line)
    return found


def matches(shown: list[str], printed: str) -> bool:
    """Tell whether a command printed what its guide shows; nothing shown is not compared."""
    lines = [
        r"(.*\n)*" if line == "…" else re.escape(line).replace("…", ".*") + r"\n" for line in shown
    ]
    return not shown or re.fullmatch("".join(lines), printed) is not None


def free_port() -> str:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return str(listening.getsockname()[1])


class Forks:
    """Starts what a shell types as `goround` as a fork of what has loaded everything: the process
    is the shell's in all that it reads and prints, and half a second less is waited for each.

    A shell of its own asks: for as long as it writes, what it prints goes to the pipe."""

    TYPED = """goround() {{
        local number shell=$BASHPID
        (printf '%s\\0' $(($# + 2)) $shell "$PWD" "$@" >&8)
        read -r number <&9
        return $number
    }}
    exec 8>{asked} 9<{told}
    """

    def __init__(self, folder: Path) -> None:
        self._asked, self._told = folder / "asked", folder / "told"
        for pipe in (self._asked, self._told):
            os.mkfifo(pipe)
        self.typed = self.TYPED.format(asked=self._asked, told=self._told)
        Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with self._asked.open("rb") as asked, self._told.open("w", buffering=1) as told:
            while number := _word(asked):
                process, folder, *words = [_word(asked) for _ in range(int(number))]
                reads, out, err = (Path(f"/proc/{process}/fd/{stream}") for stream in range(3))
                terms = AS_USUAL._replace(folder=Path(folder))
                with Running(words, reads, out, err, terms) as running:
                    told.write(f"{running.wait()}\n")


def _word(asked: BinaryIO) -> str:
    """Read what ends with a zero; nothing where the shell has ended."""
    letters = iter(lambda: asked.read(1).strip(b"\0"), b"")
    return b"".join(letters).decode()


class Shell:
    """One shell in a folder of its own, in which the node of the guide goes on serving."""

    def __init__(self, folder: Path, forks: Forks | None = None) -> None:
        path = f"{FOLDER}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "LC_ALL": "C.UTF-8"}
        self.folder = folder
        self.port = free_port()
        self.serving: list[subprocess.Popen[str]] = []
        self.shell = self._start("bash", "--noprofile", "--norc")
        if forks:
            self._writes(forks.typed)

    def _start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            words,
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def types(self, command: Command) -> tuple[int, str]:
        """Type a command; give its number and what it printed."""
        typed = command.typed.replace(USUAL_PORT, self.port)
        typed = typed.replace(USUAL_FIGURES, free_port())
        if command.manner == "serving":
            return 0, self._serve(typed)
        end = "--- that was it:"
        self._writes(f"{{ {typed}\n}} </dev/null; number=$?; echo; echo '{end}' $number\n")
        printed = ""
        while end not in printed:
            printed += self._reads()
        said, _, number = printed.rpartition(end)
        return int(number), said.removesuffix("\n").replace(self.port, USUAL_PORT)

    def _writes(self, text: str) -> None:
        assert self.shell.stdin
        self.shell.stdin.write(text)
        self.shell.stdin.flush()

    def _reads(self) -> str:
        assert self.shell.stdout
        line = self.shell.stdout.readline()
        assert line, "the shell goes on"
        return line

    def _serve(self, typed: str) -> str:
        node = self._start("bash", "-c", f"exec {typed}")
        self.serving.append(node)
        assert node.stdout
        return node.stdout.readline().replace(self.port, USUAL_PORT)

    def close(self) -> None:
        """End the shell and what it served."""
        for process in [*self.serving, self.shell]:
            process.terminate()
            process.communicate(timeout=20)


def follow(text: str, folder: Path, forks: Forks | None = None) -> None:
    """Type all commands of a guide; each has to go and to print as it shows."""
    shell = Shell(folder, forks)
    try:
        for command in commands(text):
            number, printed = shell.types(command)
            where = f"line {command.line}: {command.typed}\n{printed}"
            assert (number != 0) == (command.manner == "refused"), where
            assert matches(command.shown, printed), where
    finally:
        shell.close()
