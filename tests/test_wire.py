"""The wire reads every act of the vectors as any other implementation must."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from goround.collective.entry import Malformed, Unknown
from goround.wire import act_of, fact_of, read_words, write_words

ACTS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors" / "acts.json").read_text("utf-8")
)


@pytest.mark.parametrize("vector", ACTS, ids=[str(vector["name"]) for vector in ACTS])
def test_an_act_is_known_malformed_or_unknown_as_the_vectors_say(vector: dict[str, Any]) -> None:
    fact = fact_of(vector["act"])
    verdict = {Malformed: "malformed", Unknown: "unknown"}.get(type(fact), "known")
    assert verdict == vector["verdict"]


@pytest.mark.parametrize("vector", [v for v in ACTS if v["verdict"] == "known"])
def test_a_known_act_comes_out_as_it_went_in(vector: dict[str, Any]) -> None:
    written = msgspec.json.encode(act_of(fact_of(vector["act"])))
    assert msgspec.json.decode(written) == vector["act"]


def test_words_that_are_no_object_are_read_as_none() -> None:
    assert read_words(b"[1]") == {}
    assert read_words(b"\xff") == {}
    assert read_words(b"{" * 100_000) == {}
    assert read_words(None) == {}
    assert read_words(write_words({"text": "Brot"})) == {"text": "Brot"}
