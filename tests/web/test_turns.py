"""A device waits for itself, and nobody waits for all that it asks."""

import asyncio

import pytest

from goround.web import turns
from goround.web.problems import Denied
from goround.web.turns import Turns
from tests.chains import device

ANNA, BEN = device(1).public, device(2).public


def test_what_a_device_asks_is_answered_in_its_order_and_others_do_not_wait_for_it() -> None:
    answered: list[str] = []

    async def ask(line: Turns, who: str, count: int) -> None:
        async with line.of(ANNA if who == "anna" else BEN):
            answered.append(f"{who} {count} begins")
            await asyncio.sleep(0)
            answered.append(f"{who} {count} ends")

    async def all_of_it() -> int:
        line = Turns()
        await asyncio.gather(ask(line, "anna", 1), ask(line, "anna", 2), ask(line, "ben", 1))
        return len(line)

    assert asyncio.run(all_of_it()) == 0, "whoever waits for nothing is forgotten"
    anna = [what for what in answered if what.startswith("anna")]
    assert anna == ["anna 1 begins", "anna 1 ends", "anna 2 begins", "anna 2 ends"]
    assert answered.index("ben 1 begins") < answered.index("anna 1 ends")


def test_a_device_of_which_too_much_waits_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST_WAITING", 2)

    async def all_of_it() -> Denied:
        line = Turns()
        async with line.of(ANNA), line.of(BEN):
            waiting = asyncio.create_task(wait(line))
            await asyncio.sleep(0)
            with pytest.raises(Denied) as denied:
                async with line.of(ANNA):
                    pass
        await waiting
        return denied.value

    async def wait(line: Turns) -> None:
        async with line.of(ANNA):
            pass

    denied = asyncio.run(all_of_it())
    assert (denied.status, denied.headers["Retry-After"]) == (429, "1")


def test_whoever_breaks_off_lets_the_next_one_go_on() -> None:
    async def all_of_it() -> int:
        line = Turns()
        with pytest.raises(ZeroDivisionError):
            async with line.of(ANNA):
                raise ZeroDivisionError
        async with line.of(ANNA):
            return len(line)

    assert asyncio.run(all_of_it()) == 1
