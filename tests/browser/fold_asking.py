"""The browser's fold, asked from a tab that is open at a node: it is fed with histories, and what
it says of them is compared with what Python says, at every stop."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from tests.browser.fold_histories import History, Json, said_by_python

if TYPE_CHECKING:
    from playwright.sync_api import Page

AT_ONCE = 40
"""Histories that go into a tab together."""

ASK = """
async (asked) => {
  const { Fold } = await import("/static/js/fold/fold.js");

  const seenBy = (fold, device, versions) => {
    const { id, members, charter, charterId } = fold.epoch(device);
    const next = fold.nextOf(device);
    return {
      next: next && JSON.stringify(next),
      epoch: id,
      members,
      charter: [charterId, charter],
      decided: versions.filter((version) => fold.decided(version, device)),
      erased: [...fold.erased(device)].sort(),
    };
  };

  const judge = ({ collective, events, stops }) => {
    const fold = new Fold(collective);
    const [void_, seen, devices, versions] = [{}, [], new Set(), []];
    for (const [at, event] of events.entries()) {
      fold.add(event);
      const reason = fold.whyVoid(event.id);
      if (reason !== null) void_[event.id] = reason;
      else if (["propose", "version"].includes(event.act.type)) versions.push(event.id);
      devices.add(event.device);
      if (!stops.includes(at + 1)) continue;
      const told = [...devices].filter((device) => fold.epoch(device) !== null);
      seen.push(Object.fromEntries(told.map((device) => [device, seenBy(fold, device, versions)])));
    }
    return { void: void_, seen };
  };

  return JSON.stringify(JSON.parse(asked).map(judge));
}
"""


def said_by_browser(page: Page, histories: list[History]) -> list[Json]:
    """Feed the fold of a tab with histories; give why events are void, and what devices see."""
    asked = json.dumps([history._asdict() for history in histories])
    said: list[Json] = json.loads(page.evaluate(ASK, asked))
    return said


def differences(page: Page, histories: Iterable[History]) -> Iterator[str]:
    """Tell of each history where the two folds first part, if they do."""
    waiting = iter(histories)
    while some := list(islice(waiting, AT_ONCE)):
        for history, said in zip(some, said_by_browser(page, some), strict=True):
            parted = first_difference(history, said_by_python(history), said)
            if parted:
                yield f"{history.title}: {parted}"


def first_difference(history: History, python: Json, browser: Json) -> str | None:
    """Say where the browser first says something else than Python."""
    for event in history.events:
        one, other = python["void"].get(event["id"]), browser["void"].get(event["id"])
        if one != other:
            return f"{event['act']} is void because of {one} in Python, {other} in the browser"
    for stop, one, other in zip(history.stops, python["seen"], browser["seen"], strict=True):
        for device, seen in one.items():
            for question, answer in seen.items():
                if other.get(device, {}).get(question) != answer:
                    found = other.get(device, {}).get(question)
                    return f"after {stop} events, {question}: {answer} in Python, {found} there"
    return None
