"""What strangers can cost a node is bounded, and what they are told is plain."""

import asyncio
import io
import tracemalloc
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from starlette.requests import Request
from starlette.types import ASGIApp

from goround.errors import BadUse
from goround.log.bundle import encode_line
from goround.log.event import Event, sign_event
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.node.replica import Replica
from goround.node.serving import Form
from goround.web import bodies, journal
from goround.web.app import ALLOWED, make_app
from goround.web.binding import check_binding
from goround.web.limits import Rate, Rates, network_of
from goround.web.problems import Denied
from tests.web.callers import LINES, ORIGIN, is_problem, key_of, newest
from tests.web.scene import Scene, without_end

RUBBISH = 10_000


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def a_strangers(replica: Replica) -> Event:
    key = DeviceKey.generate()
    place = replica.graph.next_place(key.public)
    act = {"type": "say", "on": replica.collective}
    return sign_event(key, collective=replica.collective, place=place, at=0, act=act)


def test_ten_thousand_rubbish_events_leave_nothing_and_cost_bounded_memory(
    home: Home, anna: Replica
) -> None:
    app = make_app(home, ORIGIN, ALLOWED._replace(too_fast_waits=0))
    lines = [encode_line(a_strangers(anna)) for _ in range(20)]
    path = f"/c/{anna.collective}/events"
    size = home.file(anna.collective).stat().st_size
    tracemalloc.start()
    statuses = asyncio.run(all_posted(app, path, lines))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert set(statuses) == {403, 429}, "refused, and soon not even listened to"
    assert statuses.count(403) < RUBBISH / 10
    assert peak < 20_000_000
    anna.refresh()
    assert len(anna.graph) == 1
    assert home.file(anna.collective).stat().st_size == size


async def all_posted(app: ASGIApp, path: str, lines: list[bytes]) -> list[int]:
    return [await posted(app, path, lines[n % len(lines)]) for n in range(RUBBISH)]


async def posted(app: ASGIApp, path: str, body: bytes | None, client: str = "203.0.113.5") -> int:
    """Post a body, or one that never comes."""
    told: list[Any] = []

    async def receive() -> dict[str, Any]:
        if body is None:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:  # noqa: ANN401 - the framework's own
        told.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-ndjson")],
        "client": (client, 1),
        "server": ("127.0.0.1", 8420),
        "scheme": "http",
    }
    await app(scope, receive, send)
    return int(told[0]["status"])


def test_a_batch_of_rubbish_leaves_nothing_either(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node() as caller:
        good = newest(scene.ben)
        assert is_problem(caller.post(good, a_strangers(scene.anna)), 403, "stranger")
    assert good.id not in scene.anna.store


def test_a_body_that_does_not_come_is_given_up(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node(wait=0.05) as caller:
        told = without_end(caller, f"{caller.at}/events", LINES)
    assert (told.status, told.json()["reason"]) == (408, "slow")


def test_bodies_that_do_not_come_stop_nobody_else(home: Home, anna: Replica) -> None:
    app = make_app(home, ORIGIN, ALLOWED._replace(wait=5))
    told = asyncio.run(among_slow_ones(app, f"/c/{anna.collective}/events", newest(anna)))
    assert told == 200


async def among_slow_ones(app: ASGIApp, path: str, event: Event) -> int:
    slow = [asyncio.create_task(posted(app, path, None, "203.0.113.6")) for _ in range(200)]
    await asyncio.sleep(0)
    status = await posted(app, path, encode_line(event))
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
    return status


def test_one_address_has_few_bodies_coming_at_a_time(home: Home, anna: Replica) -> None:
    app = make_app(home, ORIGIN, ALLOWED._replace(wait=0.1))
    statuses = asyncio.run(many_slow_ones(app, f"/c/{anna.collective}/events"))
    assert set(statuses) == {408, 503}
    assert statuses.count(408) < 50


async def many_slow_ones(app: ASGIApp, path: str) -> list[int]:
    return await asyncio.gather(*(posted(app, path, None, "203.0.113.6") for _ in range(60)))


def test_where_the_files_lie_is_nobodys_business(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node(open=1) as caller:
        headers = caller.opened(key_of(scene.anna))
        scene.spoil(caller)
        answer = caller.state(headers)
    assert is_problem(answer, 503, "unreachable")
    assert str(tmp_path) not in answer.text
    assert "sqlite" not in answer.text


def test_a_spoilt_file_is_told_of_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    scene, stream = Scene(tmp_path), io.StringIO()
    with scene.node(open=1) as caller, journal.kept(Form.JSON, stream=stream):
        headers = caller.opened(key_of(scene.anna))
        scene.spoil(caller)
        assert [caller.state(headers).status_code for _ in range(3)] == [503] * 3
        assert stream.getvalue().count('"fault"') == 1
        scene.home.file(scene.anna.collective).write_bytes(b"spoilt otherwise" * 1000)
        assert [caller.state(headers).status_code for _ in range(3)] == [503] * 3
        assert stream.getvalue().count('"fault"') == 2


def test_who_asks_too_often_is_told_how_long_to_wait(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node(by_address=Rate(burst=2, per_second=0.1)) as caller:
        answers = [caller.client.get("/") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 10
        assert caller.client.get("/healthz").status_code == 200, "who watches is never turned away"


def test_a_device_that_asks_too_often_is_told_so_wherever_it_comes_from(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node(by_device=Rate(burst=2, per_second=0.1)) as caller:
        headers = caller.opened(key_of(scene.anna))
        assert [caller.state(headers).status_code for _ in range(3)] == [200, 200, 429]


def test_nobody_can_use_up_what_another_device_may_hand_over(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node(events_by_device=Rate(burst=3, per_second=0.001)) as caller:
        forged = scene.forged()
        for _ in range(5):
            assert is_problem(caller.post(forged), 400, "signature")
        assert caller.post(newest(scene.anna)).status_code == 200


def test_who_goes_on_asking_too_much_waits_for_being_told_so(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    with scene.node(by_address=Rate(burst=1, per_second=0.1), too_fast_waits=0.2) as caller:
        assert caller.client.get("/").status_code == 200
        began = monotonic()
        assert caller.client.get("/").status_code == 429
        assert monotonic() - began >= 0.2


def test_what_one_address_sends_too_fast_is_read_more_slowly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bodies, "PAUSE", 0.05)
    slow = bodies.Bodies(ALLOWED._replace(bytes_by_address=Rate(burst=2500, per_second=1)))
    first, second = (
        asyncio.run(read_in_pieces(slow, client)) for client in ("192.0.2.1", "192.0.2.2")
    )
    assert first >= 0.15
    assert second >= 0.15
    assert asyncio.run(read_in_pieces(bodies.Bodies(ALLOWED), "192.0.2.1")) < 0.15


async def read_in_pieces(reading: bodies.Bodies, client: str) -> float:
    """Give the seconds in which a body of six pieces was read."""
    pieces = iter(range(5, -1, -1))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"x" * 1000, "more_body": bool(next(pieces))}

    scope = {
        "type": "http",
        "headers": [(b"content-type", b"application/x-ndjson")],
        "client": (client, 1),
    }
    began = monotonic()
    async with reading.read(Request(scope, receive), bodies.LINES, 10_000) as body:
        assert len(body) == 6000
    return monotonic() - began


def test_bodies_are_held_until_they_are_answered_and_small_ones_find_room() -> None:
    bounds = ALLOWED._replace(budget=50_000, budget_of_one=30_000, small=1000)
    told = asyncio.run(side_by_side(bodies.Bodies(bounds), [(25_000, "a"), (25_000, "b")]))
    assert told == [200, 200]
    told = asyncio.run(side_by_side(bodies.Bodies(bounds), [(25_000, "a"), (25_000, "a")]))
    assert told == [200, 503], "one address has a part of it"
    three = [(25_000, "a"), (25_000, "b"), (25_000, "c"), (1000, "c"), (1000, "a")]
    told = asyncio.run(side_by_side(bodies.Bodies(bounds), three))
    assert told == [200, 200, 503, 200, 200]


async def side_by_side(reading: bodies.Bodies, sizes: list[tuple[int, str]]) -> list[int]:
    """Read bodies of these sizes from these addresses, and hold all until the last is there."""
    all_there = asyncio.Event()
    told = [0 for _ in sizes]

    async def read(place: int, size: int, client: str) -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b"x" * size, "more_body": False}

        headers = [(b"content-type", b"application/x-ndjson")]
        client = f"192.0.2.{ord(client)}"
        scope = {"type": "http", "headers": headers, "client": (client, 1)}
        try:
            async with reading.read(Request(scope, receive), bodies.LINES, 100_000):
                told[place] = 200
                await all_there.wait()
        except Denied as denied:
            told[place] = denied.status

    waiting = [asyncio.create_task(read(n, *given)) for n, given in enumerate(sizes)]
    for _ in range(100):
        await asyncio.sleep(0)
    all_there.set()
    await asyncio.gather(*waiting)
    return told


@pytest.mark.parametrize(
    "lines", [b"[]\n" * 500_000, b"\n" * 1_500_000, b"\r" * 1_500_000, b"[]\r" * 500_000]
)
def test_lines_without_number_are_refused_before_they_are_looked_at(
    tmp_path: Path, lines: bytes
) -> None:
    scene = Scene(tmp_path)
    with scene.node() as caller:
        headers = caller.opened(key_of(scene.anna)) | LINES
        first = f'["goround/sync/1","{scene.anna.collective}","give"]\n'.encode()
        tracemalloc.start()
        posted = caller.client.post(f"{caller.at}/events", content=lines, headers=LINES)
        synced = caller.client.post(f"{caller.at}/sync", content=first + lines, headers=headers)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert posted.status_code in (400, 413)
    assert synced.status_code in (400, 413)
    assert peak < 12 * len(lines)


# Buckets.


def test_a_bucket_fills_by_the_second_up_to_its_rim() -> None:
    clock = Hands()
    rates = Rates(Rate(burst=2, per_second=0.5), clock)
    rates.take("ann", 2)
    assert rates.wait("ann") == 2
    assert rates.wait("ben") == 0
    clock.time += 2
    assert rates.wait("ann") == 0
    clock.time += 1000
    rates.take("ann", 2)
    assert rates.wait("ann") == 2


def test_buckets_of_those_who_were_quiet_longest_are_forgotten() -> None:
    rates = Rates(Rate(burst=1, per_second=1), Hands(), most=3)
    for who in "abcdef":
        rates.take(who)
    assert len(rates) == 3
    assert rates.wait("f") == 1
    assert rates.wait("a") == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("nonsense", ""),
    ],
)
def test_a_household_counts_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


# Where a node may listen.


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1", "http://127.0.0.1:8420"),
        ("localhost", "http://127.0.0.1:8420"),
        ("::1", "http://[::1]:8420"),
        ("127.0.0.1", "https://bread.example.org"),
        ("0.0.0.0", "https://bread.example.org"),  # noqa: S104 - with TLS in front
    ],
)
def test_a_node_may_listen_on_this_machine_and_behind_tls(host: str, origin: str) -> None:
    check_binding(host, origin)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("0.0.0.0", "http://127.0.0.1:8420"),  # noqa: S104 - this is what is refused
        ("192.168.1.5", "http://192.168.1.5:8420"),
        ("::", "http://[::1]"),
        ("127.0.0.1", "http://bread.example.org"),
        ("127.0.0.1", "ftp://bread.example.org"),
        ("127.0.0.1", "bread.example.org"),
        ("127.0.0.1", ""),
    ],
)
def test_a_node_without_tls_beyond_this_machine_refuses_to_start(host: str, origin: str) -> None:
    with pytest.raises(BadUse, match=r"\.$|…$"):
        check_binding(host, origin)
