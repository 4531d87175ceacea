"""A device waits for itself, and nobody waits for all that it asks."""

import asyncio
from collections.abc import Callable
from threading import Event as Signal
from time import monotonic, thread_time
from typing import Any

import pytest
from starlette.requests import Request

from goround.web import turns
from goround.web.app import ALLOWED
from goround.web.limits import Rate
from goround.web.problems import Denied
from goround.web.turns import Turns
from tests.chains import device

ANNA, BEN = device(1).public, device(2).public


def asks(*, is_gone: bool = False) -> Request:
    """Give a request of somebody who waits for the answer, or does not."""

    async def receive() -> dict[str, Any]:
        if not is_gone:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


def line(time: Rate = ALLOWED.time_by_device) -> Turns:
    return Turns(time)


def test_what_a_device_asks_is_answered_in_its_order_and_others_do_not_wait_for_it() -> None:
    answered: list[str] = []
    go_on = Signal()

    def first() -> None:
        assert go_on.wait(10)
        answered.append("anna 1")

    def bens() -> None:
        answered.append("ben")
        go_on.set()

    async def all_of_it() -> int:
        waiting = line()
        await asyncio.gather(
            waiting.take(asks(), ANNA, first),
            waiting.take(asks(), ANNA, lambda: answered.append("anna 2")),
            waiting.take(asks(), BEN, bens),
        )
        return len(waiting)

    assert asyncio.run(all_of_it()) == 0, "whoever waits for nothing is forgotten"
    assert answered == ["ben", "anna 1", "anna 2"]


def test_a_device_of_which_too_much_waits_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 2)
    go_on = Signal()

    async def all_of_it() -> Denied:
        waiting = line()
        two = [
            asyncio.create_task(waiting.take(asks(), ANNA, lambda: go_on.wait(10))) for _ in "ab"
        ]
        await asyncio.sleep(0.01)
        with pytest.raises(Denied) as denied:
            await waiting.take(asks(), ANNA, lambda: None)
        await waiting.take(asks(), BEN, go_on.set)
        await asyncio.gather(*two)
        return denied.value

    denied = asyncio.run(all_of_it())
    assert (denied.status, denied.headers["Retry-After"]) == (429, "1")


def test_whoever_breaks_off_lets_the_next_one_go_on() -> None:
    async def all_of_it() -> int:
        waiting = line()
        with pytest.raises(ZeroDivisionError):
            await waiting.take(asks(), ANNA, lambda: 1 // 0)
        return await waiting.take(asks(), ANNA, lambda: 7)

    assert asyncio.run(all_of_it()) == 7


def test_what_nobody_waits_for_any_more_is_not_done() -> None:
    done: list[int] = []

    async def all_of_it() -> None:
        await line().take(asks(is_gone=True), ANNA, lambda: done.append(1))

    with pytest.raises(Denied, match="Nobody was there"):
        asyncio.run(all_of_it())
    assert done == []


def test_whoever_took_much_of_the_nodes_time_waits_a_little_and_nobody_else() -> None:
    async def all_of_it() -> tuple[float, float]:
        waiting = line(Rate(burst=5, per_second=25))
        await waiting.take(asks(), ANNA, busy_for(0.15))
        await waiting.take(asks(), BEN, busy_for(0.01))
        return await took(waiting, ANNA, busy_for(0)), await took(waiting, BEN, busy_for(0))

    anna, ben = asyncio.run(all_of_it())
    assert 0.3 < anna < 1.5
    assert ben < 0.2


async def took(waiting: Turns, who: Any, do: Callable[[], None]) -> float:  # noqa: ANN401 - an id
    began = monotonic()
    await waiting.take(asks(), who, do)
    return monotonic() - began


def busy_for(seconds: float) -> Callable[[], None]:
    return lambda: busy(seconds)


def busy(seconds: float) -> None:
    until = thread_time() + seconds
    while thread_time() < until:
        pass
