"""Whether a word is what a device signed, also where the copy here was spoilt."""

from collections.abc import Iterator, Sequence

from goround.ids import EventId
from goround.log.event import Event
from goround.pages.event import as_signed
from goround.pages.genuine import checks
from tests.stories.world import World
from tests.told import reads, told

STORY = """
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben says something on stove: "How tall is it?"
anna says something on stove: "Two metres"
"""


class Copy:
    """A copy of a story in which the signatures of some events were spoilt."""

    def __init__(self, world: World, *spoilt: EventId) -> None:
        self.events = {e.id: e for e in world.device("anna").events}
        for name in spoilt:
            event = self.events[name]
            self.events[name] = Event(event.id, event.header, event.raw, bytes(64), event.content)

    def fetch(self, names: Sequence[EventId]) -> Iterator[Event]:
        return (self.events[name] for name in names)


def test_each_is_checked_by_itself() -> None:
    world = told(STORY)
    copy = Copy(world)
    found = checks(reads(world, "anna"), list(copy.events.values()), copy.fetch)
    assert set(found.values()) == {"checked"}


def test_a_later_word_of_the_same_device_vouches_for_what_was_spoilt() -> None:
    world = told(STORY)
    stove = world.versions["stove"][0]
    copy = Copy(world, stove)
    assert checks(reads(world, "anna"), [copy.events[stove]], copy.fetch) == {stove: "vouched"}


def test_nothing_vouches_for_the_last_word_of_a_device() -> None:
    world = told(STORY)
    last = world.device("anna").replay.graph.heads_of(world.device("ben").key.public)[0]
    copy = Copy(world, last)
    assert checks(reads(world, "anna"), [copy.events[last]], copy.fetch) == {last: "spoilt"}


def test_an_event_is_shown_byte_for_byte_and_with_its_words() -> None:
    world = told(STORY)
    stove = world.versions["stove"][0]
    row = as_signed(reads(world, "ben"), Copy(world).events[stove])
    assert row["header"].startswith('["goround/1","')
    assert "Buy a wood stove" in str(row["words"])
    assert (row["erased"], row["void"], row["mine"]) == (False, None, False)
    assert row["known_by"] == ["anna", "ben"]


def test_of_erased_words_nothing_is_shown_not_even_the_salt() -> None:
    world = told(STORY + "ben erases ben's remark\n")
    remark = world.find("ben's remark")
    del world.device("anna").replay.contents[remark]  # as a replica does when it hears of it
    row = as_signed(reads(world, "anna"), Copy(world).events[remark])
    assert (row["words"], row["salt"], row["erased"]) == (None, None, True)
    assert row["commit"]
