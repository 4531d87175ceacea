"""Closing asks of each close once what it knew, however often people close."""

from __future__ import annotations

from goround.collective.closing import closed, window_ended
from goround.collective.record import Record, View
from goround.ids import EventId
from tests.collective.model_histories import ModelPasts, fold_history
from tests.model.events import Act, ModelEvent, opaque

DAY = 86_400_000
PROPOSAL: Act = {"type": "propose", "matter": "everyday", "effects": [], "review": 0, "until": 0}


def alone(acts: list[tuple[int, Act]]) -> list[ModelEvent]:
    """Let one person say these things, each on a day."""
    events: list[ModelEvent] = []
    found = {"type": "found", "nonce": opaque("nonce"), "charter": {}, "rules": 1}
    for seq, (day, act) in enumerate([(0, found), *acts]):
        prev = events[-1].id if events else ""
        version = events[1].id if len(events) > 1 else ""
        said = {**act, "version": version} if "version" in act else act
        event_id = opaque("event", seq)
        device = opaque("device")
        events.append(ModelEvent(event_id, device, seq, prev, (), seq + 1, day * DAY, said))
    return events


def everything(record: Record, pasts: ModelPasts, events: list[ModelEvent]) -> View:
    epoch = record.epochs[record.epoch_of[EventId(events[-1].id)]]
    return View(record, pasts.everything(), epoch)


def test_closing_a_thousand_times_is_no_harder_than_closing_once() -> None:
    close: Act = {"type": "close", "version": ""}
    events = alone([(1, PROPOSAL), *[(1, close)] * 1000])
    record, pasts = fold_history(events)
    view = everything(record, pasts, events)
    assert closed(view, record.entries[EventId(events[1].id)])
    assert len(record.knew_closed) <= len(events)


def test_the_window_ends_only_by_closes_that_knew_of_the_closing() -> None:
    close: Act = {"type": "close", "version": ""}
    early = alone([(1, PROPOSAL), (20, close)])
    record, pasts = fold_history(early)
    version = record.entries[EventId(early[1].id)]
    assert closed(everything(record, pasts, early), version)
    assert not window_ended(everything(record, pasts, early), version)
    late = alone([(1, PROPOSAL), (20, close), (40, close)])
    record, pasts = fold_history(late)
    version = record.entries[EventId(late[1].id)]
    assert window_ended(everything(record, pasts, late), version)
