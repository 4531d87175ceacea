"""What is handed over packed is bounded as what it becomes."""

import gzip
import tracemalloc
from collections.abc import Mapping

import pytest
from httpx2 import Response

from goround.collective.proposals import Propose
from goround.log.bundle import LARGEST_LINE, encode_line
from goround.node.replica import Replica
from goround.sync.messages import Want, encode_message
from goround.sync.packing import pack
from tests.web.callers import LINES, Caller, is_problem, key_of, newest

PACKED = {"Content-Encoding": "gzip"}


def handed_over(caller: Caller, body: bytes, more: Mapping[str, str] = PACKED) -> Response:
    return caller.client.post(f"{caller.at}/events", content=body, headers=LINES | dict(more))


def test_what_is_packed_is_taken_like_any_other(caller: Caller, anna: Replica) -> None:
    assert handed_over(caller, pack(encode_line(newest(anna)))).status_code == 200


def test_a_little_that_becomes_a_lot_is_left_soon(caller: Caller) -> None:
    bomb = gzip.compress(bytes(40 * LARGEST_LINE), 1)
    assert len(bomb) < LARGEST_LINE
    tracemalloc.start()
    answer = handed_over(caller, bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert is_problem(answer, 413, "body-size")
    assert peak < 8 * LARGEST_LINE


@pytest.mark.parametrize("body", [b"", b"rubbish", pack(b"bread")[:-3], pack(b"bread") * 2])
def test_what_is_not_packed_is_told_as_that(caller: Caller, body: bytes) -> None:
    assert is_problem(handed_over(caller, body), 400, "packing")


def test_another_way_of_packing_is_refused(caller: Caller, anna: Replica) -> None:
    answer = handed_over(caller, encode_line(newest(anna)), {"Content-Encoding": "br"})
    assert is_problem(answer, 415, "media-type")
    assert answer.headers["Accept-Encoding"] == "gzip"


def test_messages_are_packed_for_who_unpacks_them(caller: Caller, anna: Replica) -> None:
    anna.sign(Propose("everyday", (), 0, 0), {"title": "Rye", "text": "rye " * 1000})
    wanted, headers = encode_message(anna.collective, Want({}, [])), caller.opened(key_of(anna))
    said = {}
    for way in ("gzip", "identity"):
        asked = headers | LINES | {"Accept-Encoding": way}
        said[way] = caller.client.post(f"{caller.at}/sync", content=wanted, headers=asked)
    packed, plain = said["gzip"], said["identity"]
    assert packed.content == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert int(packed.headers["Content-Length"]) < int(plain.headers["Content-Length"]) / 2
