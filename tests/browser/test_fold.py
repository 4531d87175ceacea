"""The browser's own fold judges as Python's does: the same stories, the same lives and the same
mischief, event by event, in a real Chromium."""

from __future__ import annotations

import json
from copy import deepcopy
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from goround.ids import EpochId, EventId, encode
from goround.replay import name_epoch
from goround.wire import fact_of
from tests.browser.fold_asking import differences, said_by_browser
from tests.browser.fold_ballots import ballots
from tests.browser.fold_histories import History, lives, mischief, remnants, stories
from tests.model.events import opaque
from tests.vectors.acts import ALSO_VALID, VALID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.profiles import Profile

FOLD = "/static/js/fold"


@pytest.fixture(scope="module")
def page(somebody: Profile) -> Page:
    return somebody.opens("/")


# --- The same judgement --------------------------------------------------------------------------


def test_every_story_is_judged_alike(page: Page) -> None:
    assert list(differences(page, stories())) == []


def test_lives_are_judged_alike(page: Page) -> None:
    assert list(differences(page, lives(range(20), 50))) == []
    assert list(differences(page, remnants(range(3), 60))) == []


def test_mischief_is_judged_alike(page: Page) -> None:
    assert list(differences(page, mischief(range(20), 25, 50))) == []


def test_changes_are_settled_alike_in_however_many_rounds(page: Page) -> None:
    assert list(differences(page, ballots(range(15)))) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(1000, 1600, 300))
def test_many_changes_are_settled_alike(page: Page, first: int) -> None:
    assert list(differences(page, ballots(range(first, first + 300), 120))) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(1000, 1600, 200))
def test_many_lives_are_judged_alike(page: Page, first: int) -> None:
    assert list(differences(page, lives(range(first, first + 200), 90))) == []
    assert list(differences(page, remnants(range(first, first + 100), 90))) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(1000, 2600, 400))
def test_much_mischief_is_judged_alike(page: Page, first: int) -> None:
    assert list(differences(page, mischief(range(first, first + 400), 30, 80))) == []


def test_the_histories_ask_about_everything_that_a_device_signs_by_itself(page: Page) -> None:
    told = [*lives(range(9), 50)]
    said = said_by_browser(page, told)
    acts = {
        json.loads(seen["next"])["type"]
        for history in said
        for stop in history["seen"]
        for seen in stop.values()
        if seen["next"]
    }
    assert acts == {"nominate", "seal", "heard", "accept"}


# --- What it is made of --------------------------------------------------------------------------


def test_its_hash_is_sha_256(page: Page) -> None:
    given = [bytes(range(length % 256)) * (1 + length // 256) for length in (*range(200), 600)]
    body = f"""async (given) => {{
      const {{ sha256 }} = await import("{FOLD}/sha256.js");
      return given.map((raw) => [...sha256(Uint8Array.from(raw))]);
    }}"""
    hashed = page.evaluate(body, [list(raw) for raw in given])
    assert [bytes(found) for found in hashed] == [sha256(raw).digest() for raw in given]


def test_epochs_have_the_same_names(page: Page) -> None:
    given = [(opaque("epoch", number), opaque("change", number)) for number in range(20)]
    body = f"""async (given) => {{
      const {{ nameEpoch }} = await import("{FOLD}/epoch.js");
      return given.map(([epoch, change]) => nameEpoch(epoch, change));
    }}"""
    named = [name_epoch(EpochId(epoch), EventId(change)) for epoch, change in given]
    assert page.evaluate(body, [list(pair) for pair in given]) == named


ODD = [0, 1, 2**53 - 1, "", "x", True, [], {}, ["adopt"], [{}], {"do": "adopt"}, encode(bytes(32))]


def badly_written(act: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Leave out each part of an act, put something odd in its place, or add something."""
    yield act
    yield {**act, "more": 0}
    yield {**act, "effects": [{"do": "barter"}]}
    for key in [key for key in act if key != "type"]:
        yield {other: value for other, value in act.items() if other != key}
        yield from ({**act, key: odd} for odd in ODD)
    for place, effect in enumerate(act.get("effects", [])):
        changed = [{**effect, "do": odd} for odd in ODD] + [{**effect, "type": "x"}]
        changed += [{**effect, key: odd} for key in effect for odd in ODD if key != "do"]
        changed += [{k: v for k, v in effect.items() if k != key} for key in effect]
        for other in changed:
            again = deepcopy(act)
            again["effects"][place] = other
            yield again


def test_badly_written_acts_are_told_apart_alike(page: Page) -> None:
    acts = [bad for act in (*VALID, *ALSO_VALID.values()) for bad in badly_written(act)]
    body = f"""async (given) => {{
      const {{ factOf }} = await import("{FOLD}/entry.js");
      return JSON.parse(given).map((act) => factOf(act).type);
    }}"""
    python = [str(fact_of(act).__struct_config__.tag) for act in acts]
    browser = page.evaluate(body, json.dumps(acts))
    parted = [
        (act, one, other)
        for act, one, other in zip(acts, python, browser, strict=True)
        if one != other
    ]
    assert parted == []
    assert {"?", "!"} < set(python)


def test_without_a_founding_nothing_counts_and_nothing_is_signed(page: Page) -> None:
    story = next(iter(stories()))
    first = story.events[0]
    place = {"seq": 0, "prev": "", "seen": [first["id"]], "lamport": 2}
    late = {**first, **place, "id": opaque("late"), "device": opaque("somebody")}
    spoilt = [{**first, "act": {"type": "leave"}}, late, *story.events[1:]]
    history = History("no founding", story.collective, spoilt, [])
    assert list(differences(page, [history])) == []
    body = f"""async ([collective, events]) => {{
      const {{ Fold }} = await import("{FOLD}/fold.js");
      const fold = new Fold(collective);
      for (const event of events) fold.add(event);
      const {{ device, id }} = events[0];
      return [fold.nextOf(device), fold.epoch(device), fold.decided(id, device)];
    }}"""
    assert page.evaluate(body, [story.collective, spoilt]) == [None, None, False]
