"""What a proof must not hold for is asked in tests/vectors; here is what holds for every fork."""

import pytest
from hypothesis import given

from goround.errors import NotGenuine
from goround.log.event import Event
from goround.log.graph import Graph
from goround.log.proofs import prove_fork, read_fork
from tests.chains import chain, device, said
from tests.log.histories import histories


@given(histories())
def test_every_fork_can_be_proved_to_anybody(events: list[Event]) -> None:
    known = {event.id: event for event in events}
    graph = Graph(events[0].collective)
    for event in events:
        graph.add(event)
    for fork in graph.forks():
        first, second = (known[event_id] for event_id in fork.events[:2])
        proof = prove_fork(second, first)
        assert proof == prove_fork(first, second)
        assert [side.id for side in read_fork(proof)] == list(fork.events[:2])
        assert {side.header.device for side in read_fork(proof)} == {fork.device}


def test_an_honest_chain_proves_nothing() -> None:
    first, second, third = chain(device(1), 3)
    for pair in (
        (first, second),
        (second, third),
        (second, second),
        (third, said(device(2), first)),
    ):
        with pytest.raises(NotGenuine) as refusal:
            prove_fork(*pair)
        assert refusal.value.reason == "fork-proof"


@pytest.mark.parametrize(
    "rubbish", [b"", b"\xff", b"[]", b"{}", b'["goround/fork/1",1,2]', b"[" * 9999]
)
def test_rubbish_proves_nothing(rubbish: bytes) -> None:
    with pytest.raises(NotGenuine) as refusal:
        read_fork(rubbish)
    assert refusal.value.reason == "fork-proof"
