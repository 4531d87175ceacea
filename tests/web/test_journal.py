"""What a node writes down of its own running says what happened, and nothing about anybody."""

import io
import json
import logging
import re
import secrets
import threading
import warnings
from pathlib import Path
from typing import Any

import httpx2
import pytest

from goround.node.home import Home
from goround.node.replica import Replica
from goround.node.serving import Form
from goround.sync.origins import is_of_one_computer
from goround.web import journal
from tests.web.hosted import hosted
from tests.web.living import found, given_away, live


def spoil(home: Home, replica: Replica) -> None:
    """Let a file be no collective any more."""
    file = home.file(replica.collective)
    replica.close()
    file.write_bytes(b"sesame" * 4000)


def test_nothing_in_the_log_is_about_anybody(home: Home, tmp_path: Path) -> None:
    story, soup = found(home), home.found("Sausage", "Xanthippe")
    with hosted(home.path, "--log", "json") as node:
        used = live(node, story, tmp_path)
        spoil(home, soup)
        httpx2.post(f"{node.address}/c/{soup.collective}/nonce")
        assert node.stops() == 0
        lines = node.log.read_text("utf-8")
    story.close()
    used |= {str(tmp_path), soup.collective}
    assert "/c/{collective}/sync" in lines
    assert not given_away(lines, used)
    tells_what_happened([json.loads(line) for line in lines.splitlines()])


def tells_what_happened(rows: list[dict[str, Any]]) -> None:
    whats = [row["what"] for row in rows]
    assert (whats[0], whats[-2:]) == ("started", ["stopping", "stopped"])
    asked = [row for row in rows if row["what"] == "request"]
    assert {row["status"] for row in asked} >= {"2xx", "4xx"}
    assert {row["method"] for row in asked} == {"GET", "POST", "other"}
    assert all(row["route"].startswith(("/", "nowhere")) for row in asked)
    fields = {"at", "level", "what", "method", "route", "status", "ms", "bound"}
    assert all(set(row) <= fields for row in asked)
    assert sum(row["events"] for row in rows if row["what"] == "kept") >= 3


# ---------------------------------------------------------------------------------------- faults


def written(form: Form = Form.JSON) -> tuple[io.StringIO, Any]:
    stream = io.StringIO()
    return stream, journal.kept(form, stream=stream)


def test_a_fault_is_told_by_its_kind_and_its_place_and_not_by_its_words() -> None:
    stream, keeping = written()
    with keeping:
        journal.note_fault(broken())
    row = json.loads(stream.getvalue())
    assert (row["level"], row["what"], row["error"]) == ("error", "fault", "ValueError")
    assert re.fullmatch(rf"{re.escape(__name__)}:\d+", row["place"])


def broken() -> ValueError:
    try:
        int("Xanthippe at 192.0.2.9")
    except ValueError as error:
        return error
    raise AssertionError


def test_where_a_library_breaks_the_line_of_ours_that_called_it_is_told_too() -> None:
    stream, keeping = written()
    with keeping:
        try:
            is_of_one_computer(5)  # type: ignore[arg-type]
        except Exception as error:  # noqa: BLE001 - whatever it is
            journal.note_fault(error)
    place = json.loads(stream.getvalue())["place"]
    assert re.fullmatch(r"urllib\.parse:\d+,goround\.sync\.origins:\d+", place)


@pytest.mark.parametrize("form", Form)
def test_what_other_parts_say_is_told_by_its_place_alone(form: Form) -> None:
    stream, keeping = written(form)
    with keeping:
        logging.getLogger("uvicorn.error").error("Xanthippe at %s", "192.0.2.9")
        logging.getLogger("asyncio").warning("sesame")
        warnings.showwarning("sausage", UserWarning, "cucumber.py", 1)
        thread = threading.Thread(target=lambda: secrets.choice([]))
        thread.start()
        thread.join()
        error = broken()
        logging.getLogger("library").error("cucumber", exc_info=error)
    lines = stream.getvalue()
    assert lines.count("\n") == 5
    assert "uvicorn.error" in lines
    assert "IndexError" in lines
    assert "ValueError" in lines
    assert not [word for word in ("192.0.2", "Traceback", "sausage", "cucumber") if word in lines]


def test_in_its_quiet_form_only_faults_are_written() -> None:
    stream, keeping = written(Form.FAULTS)
    with keeping:
        journal.note(journal.What.STARTED)
        assert stream.getvalue() == ""
        journal.note_fault(KeyError("sesame"))
    assert stream.getvalue().count("\n") == 1


def test_whoever_started_the_node_gets_their_own_logging_back() -> None:
    before = logging.getLogger().handlers, threading.excepthook
    with written()[1]:
        assert logging.getLogger().handlers != before[0]
    assert (logging.getLogger().handlers, threading.excepthook) == before
