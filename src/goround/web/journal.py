"""What a running node writes down for whoever hosts it: one line for each thing that happened, for
people or for programs. Nothing in it is about anybody: no names, no words, no addresses, no ids, no
secrets. So of what other programs' parts have to say, only where they said it is taken, never what:
their sentences are full of addresses. A fault is written with its place in the program."""

import logging
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import PurePath
from types import TracebackType
from typing import Any, TextIO

import msgspec

from goround.errors import Unreachable
from goround.node.replica import Replica
from goround.node.serving import Form
from goround.sentences import _
from goround.web.observing import Answer

OURS = "goround"
_log = logging.getLogger("goround.node")


class What(StrEnum):
    """What can have happened."""

    STARTED = "started"
    REQUEST = "request"
    KEPT = "kept"
    MENDED = "mended"
    NO_PLACE = "no-place"
    FAULT = "fault"
    ELSEWHERE = "elsewhere"
    STOPPING = "stopping"
    STOPPED = "stopped"


Told = Mapping[str, str | float]
Noted = Callable[[logging.LogRecord], None]


def note(what: What, told: Told | None = None) -> None:
    """Write down that something happened."""
    if _log.isEnabledFor(logging.INFO):  # who called is not looked for: that takes as long again
        more = {"told": told or {}, "levelno": logging.INFO, "levelname": "INFO"}
        record = logging.makeLogRecord({"name": _log.name, "msg": what, **more})
        _log.handle(record)


def note_answer(answer: Answer) -> None:
    """Write down how a request went."""
    told: dict[str, str | float] = {
        "method": answer.method,
        "route": answer.route,
        "status": answer.outcome,
        "ms": _milliseconds(answer.seconds),
    }
    note(What.REQUEST, told | ({"bound": answer.bound} if answer.bound else {}))


def note_commit(events: int, seconds: float) -> None:
    """Write down that something is on the disk."""
    note(What.KEPT, {"events": events, "ms": _milliseconds(seconds)})


def note_mended(_replica: Replica) -> None:
    """Write down that what a sudden end left was looked through; also where only faults are."""
    says = _("A program ended suddenly while it had a collective open: all of it is whole.")
    _log.warning(What.MENDED, extra={"told": {"says": says}})


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def note_fault(error: BaseException) -> None:
    """Write down what kind of thing broke, where in the program, and what to do, if we know.

    The same error once, however many requests find it.
    """
    if isinstance(error, Unreachable):
        if error.is_noted:
            return
        error.is_noted = True
    told = {"error": type(error).__name__, "place": place_of(error.__traceback__)}
    says = error.plain if isinstance(error, Unreachable) else ""
    _log.error(What.FAULT, extra={"told": told | ({"says": says} if says else {})})


def place_of(trace: TracebackType | None) -> str:
    """Return the line where something broke; where that is not ours, also the last that is."""
    lines: list[tuple[str, int]] = []
    while trace is not None:
        lines.append((_module(trace), trace.tb_lineno))
        trace = trace.tb_next
    ours = [line for line in lines if line[0].startswith(OURS)]
    found = dict.fromkeys([*lines[-1:], *ours[-1:]])
    return ",".join(f"{module}:{number}" for module, number in found) or "nowhere"


def _module(trace: TracebackType) -> str:
    """Name a module; not its file, because that lies in somebody's folder."""
    code = trace.tb_frame.f_code
    return str(trace.tb_frame.f_globals.get("__name__") or PurePath(code.co_filename).stem)


# ----------------------------------------------------------------------------------- how it looks


class _Lines(logging.Formatter):
    """Makes a line of what happened."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._write = _as_json if form is Form.JSON else _as_words

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        level = record.levelname.lower()
        return self._write({"at": moment, "level": level, **_what_happened(record)})


def _what_happened(record: logging.LogRecord) -> dict[str, Any]:
    if _is_ours(record):
        told: Told = getattr(record, "told", {})
        return {"what": record.msg, **told}
    error = record.exc_info[1] if record.exc_info else None
    kind, trace = (type(error).__name__, error.__traceback__) if error else ("", None)
    place = place_of(trace) if error else f"{record.module}:{record.lineno}"
    return {"what": What.ELSEWHERE, "by": record.name, "error": kind, "place": place}


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == OURS


def _as_json(told: dict[str, Any]) -> str:
    return msgspec.json.encode(told).decode()


def _as_words(told: dict[str, Any]) -> str:
    moment, level, what, *rest = told.items()
    shown = [moment[1], level[1], what[1], *(f"{key}={_in_one(str(value))}" for key, value in rest)]
    return " ".join(shown)


def _in_one(value: str) -> str:
    return f'"{value}"' if " " in value else value


# ------------------------------------------------------------------------------------- keeping it


@contextmanager
def kept(form: Form, noted: Noted | None = None, stream: TextIO | None = None) -> Iterator[None]:
    """Write what happens in this process in one form, and tell `noted`, as long as a node runs."""
    root, ours = logging.getLogger(), logging.getLogger(OURS)
    level = logging.WARNING if form is Form.FAULTS else logging.INFO
    before = root.handlers, root.level, ours.level, threading.excepthook, sys.unraisablehook
    root.handlers = [_Written(form, level, stream or sys.stderr)]
    root.handlers += [_Heard(noted)] if noted else []
    root.setLevel(logging.WARNING)
    ours.setLevel(logging.INFO if noted else level)
    logging.captureWarnings(capture=True)
    threading.excepthook = lambda told: _note_unless_none(told.exc_value)
    sys.unraisablehook = lambda told: _note_unless_none(told.exc_value)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers, root.level, ours.level, threading.excepthook, sys.unraisablehook = before


class _Written(logging.StreamHandler[TextIO]):
    """Writes each line into a stream."""

    def __init__(self, form: Form, level: int, stream: TextIO) -> None:
        super().__init__(stream)
        self.setLevel(level)
        self.setFormatter(_Lines(form))


class _Heard(logging.Handler):
    """Tells somebody of each line."""

    def __init__(self, noted: Noted) -> None:
        super().__init__()
        self._noted = noted

    def emit(self, record: logging.LogRecord) -> None:
        self._noted(record)


def _note_unless_none(error: BaseException | None) -> None:
    if error is not None:
        note_fault(error)
