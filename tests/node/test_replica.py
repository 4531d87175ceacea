"""A replica in a home that several programs use at once."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from goround.collective.effects import Adopt
from goround.collective.members import Name
from goround.collective.proposals import Propose, Say
from goround.errors import (
    BadUse,
    Damaged,
    MissingParents,
    NotACollective,
    NotGenuine,
    Refused,
    Unreachable,
)
from goround.ids import CollectiveId, EventId
from goround.log.event import Place, erased, open_event, sign_event
from goround.node.admission import Stranger
from goround.node.home import Home
from goround.node.replica import Replica
from tests.chains import device, founded

SIGNING = """
import sys
from pathlib import Path
from goround.collective.members import Name
from goround.node.home import Home
home = Home(Path(sys.argv[1]))
replica = home.replica(home.find(None))
for number in range(15):
    replica.sign(Name(), {"person": f"Anna {sys.argv[2]} {number}"})
"""


@pytest.fixture
def anna(tmp_path: Path) -> Replica:
    return Home(tmp_path, clock=lambda: 1_800_000_000_000).found("Bread", "Anna")


def test_two_programs_that_sign_at_once_make_one_chain(tmp_path: Path, anna: Replica) -> None:
    commands = [[sys.executable, "-c", SIGNING, str(tmp_path), name] for name in "ab"]
    running = [subprocess.Popen(command) for command in commands]
    anna.sign(Name(), {"person": "Anna"})
    assert [process.wait(timeout=60) for process in running] == [0, 0]
    anna.refresh()
    assert len(anna.graph) == 32
    assert anna.graph.forks() == []


def test_what_a_rule_refuses_is_never_signed(anna: Replica) -> None:
    wrong = Propose("everyday", (Adopt(),), 0, 0)
    with pytest.raises(Refused, match="belongs to another kind of matter"):
        anna.sign(wrong, {"title": "Quiet"})
    assert len(anna.graph) == 1
    assert anna.store.newest_row() == 1


def test_what_does_not_fit_into_an_event_is_bad_use(anna: Replica) -> None:
    with pytest.raises(BadUse, match="larger than 256 KiB"):
        anna.sign(Name(), {"person": "A" * 300_000})


def test_an_event_of_a_stranger_is_not_kept(anna: Replica) -> None:
    place = Place(0, EventId(""), (EventId(anna.collective),), 2)
    stranger = sign_event(
        device(9), collective=anna.collective, place=place, at=0, act={"type": "leave"}
    )
    with pytest.raises(Stranger):
        anna.receive([stranger])
    assert stranger.id not in anna.store
    assert anna.receive([stranger], strangers=True).void


def test_an_event_with_a_wrong_signature_is_not_kept(anna: Replica) -> None:
    (found,) = [event for _row, event in anna.store.since()]
    mended = open_event(found.raw, bytes(64), found.content)
    with pytest.raises(NotGenuine, match="not signed by its device"):
        anna.receive([mended])


def test_an_event_of_another_collective_is_not_kept(anna: Replica) -> None:
    with pytest.raises(NotGenuine, match="another collective"):
        anna.receive([founded(device(1))])


def test_an_event_whose_parents_are_unknown_is_not_kept(tmp_path: Path, anna: Replica) -> None:
    first = EventId(anna.sign(Name(), {"person": "Anna B."}))
    second = EventId(anna.sign(Name(), {"person": "Anna C."}))
    later = list(anna.events([second]))
    start = list(anna.events([EventId(anna.collective)]))
    other = Home(tmp_path / "other").new_replica(anna.collective, start)
    with pytest.raises(MissingParents) as missing:
        other.receive(later)
    assert missing.value.missing == (first,)
    assert len(other.graph) == 1


def test_known_events_are_told_from_new_ones(anna: Replica) -> None:
    everything = [event for _row, event in anna.store.since()]
    receipt = anna.receive(everything)
    assert (receipt.new, len(receipt.known), receipt.void) == ([], 1, {})


def test_words_that_were_missing_are_filled_in(tmp_path: Path, anna: Replica) -> None:
    events = [event for _row, event in anna.store.since()]
    other = Home(tmp_path / "other").new_replica(anna.collective, [erased(e) for e in events])
    assert list(map(str, other.bare())) == [anna.collective]
    other.receive(events)
    assert other.bare() == []
    assert other.reading().word(anna.collective, "person") == "Anna"


def test_words_that_could_not_be_written_are_still_missing(tmp_path: Path, anna: Replica) -> None:
    events = list(anna.events(list(anna.graph)))
    other = Home(tmp_path / "other").new_replica(anna.collective, [erased(e) for e in events])
    with closing(sqlite3.connect(other.store.path)) as full, full:
        full.execute(
            "CREATE TRIGGER full BEFORE INSERT ON content BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(Unreachable):
        other.receive(events)
    other.refresh()
    assert list(map(str, other.bare())) == [anna.collective]


def test_a_home_without_a_key_signs_nothing(tmp_path: Path, anna: Replica) -> None:
    events = [event for _row, event in anna.store.since()]
    copy = Home(tmp_path / "copy").new_replica(anna.collective, events)
    assert copy.tend() == []
    with pytest.raises(Refused, match="say nothing"):
        copy.sign(Name(), {"person": "Eve"})


def test_proposals_are_numbered_as_they_became_known(anna: Replica) -> None:
    proposals = [
        anna.sign(Propose("everyday", (), 0, 0), {"title": title}) for title in ("A", "B", "C")
    ]
    anna.tend()
    assert anna.numbers() == dict(zip(proposals, "123", strict=True))


def test_another_program_s_writing_is_seen_at_once(tmp_path: Path, anna: Replica) -> None:
    home = Home(tmp_path)
    other = home.replica(home.find(None))
    event = anna.sign(Say(EventId(anna.collective)), {"text": "hello"})
    assert other.refresh() == 1
    assert other.reading().word(event, "text") == "hello"


def test_events_are_handed_out_in_the_order_in_which_they_were_asked_for(anna: Replica) -> None:
    ids = [anna.sign(Name(), {"person": f"Anna {n}"}) for n in "abc"]
    backwards = ids[::-1]
    assert [event.id for event in anna.events(backwards)] == backwards
    assert list(anna.events([])) == []


def test_a_founding_that_the_rules_do_not_know_is_no_collective(tmp_path: Path) -> None:
    first = founded(device(1))
    with pytest.raises(NotACollective):
        Home(tmp_path).new_replica(CollectiveId(first.id), [first])


def test_a_file_whose_newest_signature_is_another_is_damaged(tmp_path: Path, anna: Replica) -> None:
    anna.sign(Name(), {"person": "Annabel"})
    anna.close()
    home = Home(tmp_path)
    with closing(sqlite3.connect(home.file(anna.collective))) as file, file:
        file.execute("UPDATE event SET signature = zeroblob(64) WHERE row = 2")
    with pytest.raises(Damaged, match=r"is damaged: Event .* is not signed by its device"):
        home.replica(anna.collective)
