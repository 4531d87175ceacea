"""What a node announces in a network, and who can make anything of it."""

from hashlib import sha256

import pytest

from goround.ids import CollectiveId, decode, encode
from goround.sync.nearby import MOST, TAG, announce, call, is_near, read, shared, tag

BREAD, SOUP, OTHER = (CollectiveId(encode(sha256(name).digest())) for name in (b"b", b"s", b"o"))
NONCE, CHANCE = bytes(range(32)), bytes(32)


def test_who_shares_a_collective_finds_that_one_and_no_other() -> None:
    announced = read(announce([BREAD, SOUP], NONCE, CHANCE))
    assert announced
    assert shared(announced, [BREAD, OTHER]) == {BREAD}
    assert shared(announced, [OTHER]) == set()


def test_with_each_nonce_the_tag_is_another_and_no_id_is_told() -> None:
    first, second = announce([BREAD], NONCE, CHANCE), announce([BREAD], bytes(32), CHANCE)
    one, other = read(first), read(second)
    assert one
    assert other
    both = one.tags & other.tags
    assert len(both) == 3, "what is chance was handed in here, and is the same"
    assert BREAD[:8] not in "".join(first.values())


@pytest.mark.parametrize(("count", "told"), [(0, 4), (1, 4), (4, 4), (5, 8), (MOST + 9, MOST)])
def test_how_many_there_are_is_told_in_fours_only(count: int, told: int) -> None:
    names = [CollectiveId(encode(sha256(bytes([n])).digest())) for n in range(count)]
    lines = announce(names, NONCE, CHANCE)
    assert sum(len(line) for name, line in lines.items() if name != "n") == told * 16
    assert all(len(f"{name}={line}") <= 255 for name, line in lines.items())
    announced = read(lines)
    assert announced
    assert {len(one) for one in announced.tags} == {TAG}
    assert len(shared(announced, names)) == min(count, MOST)


@pytest.mark.parametrize(
    "lines",
    [{}, {"n": "x"}, {"n": encode(NONCE), "t0": "short"}, {"n": encode(NONCE), "t0": "ä" * 16}],
)
def test_rubbish_announces_nothing(lines: dict[str, str]) -> None:
    assert read(lines) is None


def test_tags_and_calls_are_as_the_format_has_them() -> None:
    start = b"goround/nearby/1\0" + decode(BREAD) + NONCE
    assert tag(BREAD, NONCE) == sha256(start).digest()[:12]
    start = b"goround/call/1\0" + decode(BREAD) + NONCE + sha256(b"hers").digest()
    assert call(BREAD, NONCE, b"hers") == encode(sha256(start).digest())


def test_a_call_is_for_one_certificate_and_one_time() -> None:
    calls = [
        call(BREAD, NONCE, b"hers"),
        call(BREAD, NONCE, b"another"),
        call(BREAD, CHANCE, b"hers"),
        call(SOUP, NONCE, b"hers"),
    ]
    assert len(set(calls)) == 4


@pytest.mark.parametrize(
    ("address", "own", "near"),
    [
        ("192.168.1.7", "192.168.1.5", True),
        ("169.254.3.4", "169.254.9.9", True),
        ("fe80::1", "fe80::2", True),
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "192.168.1.5", False),
        ("192.168.1.7", "127.0.0.1", False),
        ("8.8.8.8", "192.168.1.5", False),
        ("0.0.0.0", "192.168.1.5", False),  # noqa: S104 - it is refused
        ("bread.example", "192.168.1.5", False),
    ],
)
def test_what_is_far_away_is_never_called(address: str, own: str, near: bool) -> None:  # noqa: FBT001 - a row
    assert is_near(address, own) is near
