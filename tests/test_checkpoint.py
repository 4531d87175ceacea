"""A replay that was written down and read again goes on as if nothing had happened."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goround.checkpoint import freeze
from goround.collective.outlook import Outlook
from goround.ids import CollectiveId
from goround.thawing import thaw
from tests.browser.fold_histories import STORIES, Fed, History, lives, mischief, stories
from tests.promises.lives import judgement

if TYPE_CHECKING:
    from pathlib import Path


TOLD_AT_ONCE = ("forging", "going", "sealing", "standing")
"""Stories in which most comes together; the soak has all of them."""
QUICK = [file for file in STORIES if file.stem in TOLD_AT_ONCE]
REST = [file for file in STORIES if file not in QUICK]


def fed(history: History, *, until: int | None = None) -> Fed:
    replay = Fed.of(CollectiveId(history.collective))
    assert isinstance(replay, Fed)
    for event in history.events[:until]:
        replay.feed(event)
    return replay


def frozen_in_between(history: History, at: int) -> Fed:
    thawed = thaw(freeze(fed(history, until=at)))
    replay = Fed(thawed.graph, thawed.record, way=thawed.way, arrived=thawed.arrived)
    for event in history.events[at:]:
        replay.feed(event)
    return replay


def known(replay: Fed) -> list[object]:
    """Give everything that questions are answered from, in words that can be compared."""
    record, graph = replay.record, replay.graph
    indexes = (record.by_subject, record.by_kind, record.by_person, record.firsts, record.versions)
    lists = (record.all_versions, record.inviting, record.changing)
    return [
        judgement(record),
        [{key: [e.id for e in found] for key, found in index.items()} for index in indexes],
        [[entry.id for entry in found] for found in lists],
        {v: [(g.entry.id, g.person, g.stance) for g in words] for v, words in record.given.items()},
        (record.followed, record.forked, record.persons, record.completed, replay.way),
        (graph.vector(), graph.frontier(), graph.forks(), replay.arrived),
        _expected(record.outlook),
    ]


def _expected(outlook: Outlook) -> list[object]:
    buckets = {spoken: set(bucket) for spoken, bucket in outlook.undecided.items() if bucket}
    return [
        (outlook.upheavals, outlook.touches, outlook.touching, outlook.spoken, buckets),
        ([v.id for v in outlook.stirred], outlook.anyway, outlook.least, set(outlook.examined)),
        {
            device: (h.head, h.looked, h.missing, h.free, h.reached, h.known, h.present, *h.behind)
            for device, h in outlook.horizons.items()
        },
    ]


def goes_on_alike(history: History, at: int) -> None:
    assert known(frozen_in_between(history, at)) == known(fed(history))


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_life_goes_on_after_a_checkpoint_at_any_moment(seed: int) -> None:
    for history in lives([seed], 50):
        goes_on_alike(history, random.Random(seed).randint(1, len(history.events)))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_so_does_mischief(seed: int) -> None:
    for history in mischief([seed], 20, 30):
        goes_on_alike(history, random.Random(seed).randint(1, len(history.events)))


@pytest.mark.parametrize("file", QUICK + [pytest.param(f, marks=pytest.mark.soak) for f in REST])
def test_so_does_each_story(file: Path) -> None:
    for history in stories([file]):
        goes_on_alike(history, len(history.events) // 2)


@pytest.mark.parametrize("written", [b"", b"rubbish", b"\x81\xa1a", b"\x90"])
def test_what_is_no_checkpoint_is_refused(written: bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        thaw(written)
