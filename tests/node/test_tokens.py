"""A home keeps the sessions that it has elsewhere, for itself alone."""

import stat
from pathlib import Path

import pytest

from goround.ids import CollectiveId
from goround.log.keys import DeviceKey
from goround.node.places import MOST
from goround.node.tokens import KeptTokens
from tests.chains import device

BREAD, STREET = CollectiveId("bread"), CollectiveId("street")
HERE, THERE = "http://127.0.0.1:8420", "https://bread.example.org"
ANNA: DeviceKey = device(1)


@pytest.fixture
def tokens(tmp_path: Path) -> KeptTokens:
    return KeptTokens(tmp_path / "sessions")


def test_a_token_is_shown_to_the_origin_that_gave_it_and_to_no_other(tokens: KeptTokens) -> None:
    tokens.keep(HERE, BREAD, ANNA.public, "sesame")
    assert tokens.get(HERE, BREAD, ANNA.public) == "sesame"
    assert tokens.get(THERE, BREAD, ANNA.public) is None
    assert tokens.get(HERE, STREET, ANNA.public) is None


def test_a_device_that_was_enrolled_anew_begins_without_any(tokens: KeptTokens) -> None:
    tokens.keep(HERE, BREAD, ANNA.public, "sesame")
    assert tokens.get(HERE, BREAD, device(2).public) is None
    tokens.keep(THERE, BREAD, device(2).public, "other")
    assert tokens.get(HERE, BREAD, ANNA.public) is None


def test_nobody_else_on_this_machine_may_read_it(tokens: KeptTokens, tmp_path: Path) -> None:
    tokens.keep(HERE, BREAD, ANNA.public, "sesame")
    (file,) = (tmp_path / "sessions").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_the_newest_few_are_kept(tokens: KeptTokens) -> None:
    for number in range(MOST + 1):
        tokens.keep(f"https://{number}.example", BREAD, ANNA.public, f"word-{number}")
    assert tokens.get("https://0.example", BREAD, ANNA.public) is None
    assert tokens.get(f"https://{MOST}.example", BREAD, ANNA.public) == f"word-{MOST}"


@pytest.mark.parametrize(
    "spoilt",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"device": 3}',
        b"\xff",
        b'{"device": "%s", "tokens": {"%s": "a\\r\\nHost: b"}}',
    ],
)
def test_a_spoilt_file_is_as_good_as_none(
    tokens: KeptTokens, tmp_path: Path, spoilt: bytes
) -> None:
    tokens.keep(HERE, BREAD, ANNA.public, "sesame")
    (file,) = (tmp_path / "sessions").iterdir()
    if b"%s" in spoilt:
        spoilt %= (ANNA.public.encode(), HERE.encode())
    file.write_bytes(spoilt)
    assert tokens.get(HERE, BREAD, ANNA.public) is None
    tokens.keep(HERE, BREAD, ANNA.public, "anew")
    assert tokens.get(HERE, BREAD, ANNA.public) == "anew"


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / "sessions").write_text("a file where the folder would be")
    tokens = KeptTokens(tmp_path / "sessions")
    tokens.keep(HERE, BREAD, ANNA.public, "sesame")
    assert tokens.get(HERE, BREAD, ANNA.public) is None
