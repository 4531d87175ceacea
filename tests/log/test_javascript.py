"""A browser writes the same bytes: JSON.stringify, asked through node where there is one."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from goround.log.event import sign_event
from tests.log.test_header import ANNA, BREAD, SECOND

VECTORS = Path(__file__).parent.parent / "vectors"
NODE = shutil.which("node")

CANONICAL = """
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const again = texts.map(text => {
  try { return JSON.stringify(JSON.parse(text)) } catch { return null }
});
console.log(JSON.stringify(again));
"""

pytestmark = pytest.mark.skipif(
    NODE is None and os.environ.get("CI") != "true",
    reason="node is not installed; with CI=true it has to be",
)


def rewritten(texts: list[str]) -> list[str | None]:
    assert NODE, "node has to be installed where CI=true"
    done = subprocess.run(
        [NODE, "-e", CANONICAL], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    again: list[str | None] = json.loads(done.stdout)
    return again


def headers(verdict: str) -> list[str]:
    vectors = json.loads((VECTORS / "headers.json").read_text("ascii"))
    found = [v["header"] for v in vectors if v["verdict"] == verdict and "header" in v]
    assert found
    return found


def test_javascript_writes_every_header_as_python_does() -> None:
    events = json.loads((VECTORS / "events.json").read_text("ascii"))
    texts = [*headers("ok"), *(vector["header"] for vector in events)]
    assert rewritten(texts) == texts


def test_javascript_keeps_every_printable_character_and_the_order_of_keys() -> None:
    act: dict[str, object] = {"type": "x"}
    act |= {f"k{'_' * n}z": chr(n + 32) * 2 for n in range(95)}
    act |= {"b": 2**53 - 1, "a": [True, {"z": 0, "y": [[]]}]}
    raw = sign_event(ANNA, collective=BREAD.collective, place=SECOND, at=0, act=act).raw.decode()
    assert rewritten([raw]) == [raw]


def test_javascript_notices_other_spellings_too() -> None:
    texts = headers("not-canonical")
    same = [text for text, again in zip(texts, rewritten(texts), strict=True) if again == text]
    numbers = (":1.5", ":-1", ",-1,", "9007199254740992", "18446744073709552000")
    assert all(any(number in text for number in numbers) for text in same)


def test_javascript_would_reorder_keys_that_are_refused() -> None:
    assert rewritten(['{"type":"x","1":"a"}']) == ['{"1":"a","type":"x"}']
