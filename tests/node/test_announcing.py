"""Nodes hear of each other over multicast, on loopback here, and tell strangers nothing."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from zeroconf import ServiceBrowser, ServiceStateChange, Zeroconf
from zeroconf._dns import DNSPointer
from zeroconf._protocol.outgoing import DNSOutgoing

from goround.node.announcing import announcing
from goround.node.home import Home
from goround.node.nearby import MOST_ANNOUNCED, MOST_OF_ONE, Nearby
from goround.node.replica import Replica
from goround.sync.nearby import SERVICE, Announced, tag
from tests.web.callers import begins, invites, key_of

_TYPE_PTR, _CLASS_IN = 12, 1
PORT = 20000 + os.getpid() % 40000
"""By which our own node is told from others that are tested on this machine."""


def wait_until(holds: Callable[[], object], what: str) -> None:
    began = time.monotonic()
    while not holds():
        assert time.monotonic() < began + 20, f"{what}, within 20 seconds"
        time.sleep(0.02)


def served_at(home: Home, port: int) -> Nearby:
    return Nearby(home, f"https://127.0.0.1:{port}", b"its certificate")


def test_who_comes_to_share_a_collective_is_found_and_who_goes_is_not_any_more(
    tmp_path: Path,
) -> None:
    anna, ben = Home(tmp_path / "anna"), Home(tmp_path / "ben")
    bread = anna.found("Bread", "Anna")
    at_anna, at_ben = served_at(anna, 8420), served_at(ben, 8421)
    with announcing(at_anna):
        with announcing(at_ben) as said:
            begins(ben, bread, *invites(bread)).close()
            said.renew()
            wait_until(at_anna.collectives, "Anna hears of Ben")
            wait_until(at_ben.collectives, "Ben hears of Anna")
            (place,) = at_anna.places(bread.collective)
            assert place.address == at_ben.origin
        wait_until(lambda: not at_anna.collectives(), "Ben has said goodbye")
    bread.close()


def test_a_stranger_with_hundreds_of_names_holds_up_nobody(tmp_path: Path) -> None:
    anna, ben = Home(tmp_path / "anna"), Home(tmp_path / "ben")
    bread = anna.found("Bread", "Anna")
    begins(ben, bread, *invites(bread)).close()
    at_anna, at_ben = served_at(anna, 8420), served_at(ben, 8421)
    heard = Announced(bytes(32), frozenset([tag(bread.collective, bytes(32))]))
    at_anna.look()
    for number in range(MOST_ANNOUNCED + 50):
        nobody = Announced(bytes([number % 256]) * 32, frozenset())
        address = f"https://127.0.{number}.1:8420"
        at_anna.appeared(f"stranger {number}", address, nobody)
        at_anna.appeared(f"parrot {number}", address.replace(".1:", ".2:"), heard)
    with announcing(at_anna), unfindable(300), announcing(at_ben):
        began = time.monotonic()
        wait_until(lambda: at_ben.origin in found_by(at_anna, bread), "Anna hears of Ben")
        assert time.monotonic() - began < 10
        at_anna.note_equal(bread.collective, at_ben.origin, 3, 1)
        assert at_anna.places(bread.collective)[0].address == at_ben.origin
        assert len(at_anna.places(bread.collective)) <= MOST_OF_ONE + 1
    bread.close()


def test_a_stranger_who_announces_somebodys_address_keeps_nobody_out(tmp_path: Path) -> None:
    at_anna, bread = looking(tmp_path)
    for number in range(MOST_OF_ONE):
        nobody = Announced(bytes([number]) * 32, frozenset())
        at_anna.appeared(f"stranger {number}", f"https://127.0.0.2:{8000 + number}", nobody)
    ben = Announced(b"b" * 32, frozenset([tag(bread.collective, b"b" * 32)]))
    at_anna.appeared("ben", "https://127.0.0.2:8420", ben)
    assert found_by(at_anna, bread) == ["https://127.0.0.2:8420"]
    bread.close()


def test_strangers_who_repeat_later_what_others_announce_are_not_more(tmp_path: Path) -> None:
    at_anna, bread = looking(tmp_path)
    heard = Announced(b"b" * 32, frozenset([tag(bread.collective, b"b" * 32)]))
    at_anna.appeared("ben", "https://127.0.0.2:8420", heard)
    for turn in ("as a stranger", "as Ben"):
        for number in range(3 * MOST_OF_ONE):
            nobody = Announced(bytes([number]) * 32, frozenset())
            said = heard if turn == "as Ben" else nobody
            at_anna.appeared(f"name {number}", f"https://127.0.{number}.3:8420", said)
    assert len(found_by(at_anna, bread)) == MOST_OF_ONE
    again = Announced(b"c" * 32, frozenset([tag(bread.collective, b"c" * 32)]))
    at_anna.appeared("ben", "https://127.0.0.2:8420", again)
    assert "https://127.0.0.2:8420" in found_by(at_anna, bread)
    bread.close()


def looking(folder: Path) -> tuple[Nearby, Replica]:
    """Let Anna's home look around for whoever has her collective."""
    home = Home(folder / "anna")
    bread, nearby = home.found("Bread", "Anna"), served_at(home, 8420)
    nearby.look()
    return nearby, bread


def found_by(nearby: Nearby, bread: Replica) -> list[str]:
    return [place.address for place in nearby.places(bread.collective)]


@contextmanager
def unfindable(many: int) -> Iterator[None]:
    """Announce names of which nothing else is said, as whoever wants to hold up others does."""
    network = Zeroconf(interfaces=["127.0.0.1"])
    said = DNSOutgoing(0x8400)
    for number in range(many):
        name = f"{number:016x}.{SERVICE}"
        said.add_answer_at_time(DNSPointer(SERVICE, _TYPE_PTR, _CLASS_IN, 120, name), 0)
    network.send(said)
    try:
        yield
    finally:
        network.close()


@contextmanager
def listening() -> Iterator[list[str]]:
    """Note everything that is announced of nodes here, as any program can."""
    heard: list[str] = []

    def hear(
        zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        found = zeroconf.get_service_info(service_type, name, 1000)
        if state_change is ServiceStateChange.Added and found:
            heard.append(f"{found!r} {found.text!r} {found.decoded_properties}")

    network = Zeroconf(interfaces=["127.0.0.1"])
    try:
        browser = ServiceBrowser(network, SERVICE, handlers=[hear])
        yield heard
        browser.cancel()
    finally:
        network.close()


def test_a_stranger_hears_no_name_no_id_no_key_and_nothing_twice(tmp_path: Path) -> None:
    home = Home(tmp_path / "anna")
    bread = home.found("Bread", "Anna")
    with listening() as heard:
        for turn in (1, 2):
            with announcing(served_at(home, PORT)):
                wait_until(lambda: len(ours(heard)) >= turn, "it is heard of")  # noqa: B023 - at once
    first, second = ours(heard)[:2]
    for secret in ("Bread", "Anna", bread.collective, key_of(bread).public):
        assert secret not in first + second
    assert f"{socket.gethostname()}.local" not in first + second
    assert names(first).isdisjoint(names(second))
    bread.close()


def ours(heard: list[str]) -> list[str]:
    return [said for said in heard if f"port={PORT}," in said]


def names(said: str) -> set[str]:
    """Return every word of an announcement that is long enough to know somebody by."""
    words = "".join(letter if letter.isalnum() or letter in "-_" else " " for letter in said)
    return {word for word in words.split() if len(word) > 15}
