"""Stories for tests of pages: a few lines are told, and pages are drawn for whoever was in them."""

from goround.collective.record import View
from goround.ids import EventId
from goround.pages.look import Look
from goround.pages.reading import Reading
from tests.stories.telling import Scene, happens
from tests.stories.world import World


def told(story: str) -> World:
    """Let a story happen, line by line."""
    lines = [line.strip() for line in story.splitlines() if line.strip()]
    return happens(Scene("a test", "a story told by a test", lines=list(enumerate(lines, 1))))


def reads(world: World, name: str) -> Reading:
    """Return what somebody in a story knows, as they read it."""
    device = world.device(name)
    return Reading(device.replay, device.view(), device.person, {})


def proposal(world: World, name: str) -> EventId:
    """Return the id of a proposal that a story names."""
    return world.versions[name][0]


def looks(world: World, who: str, name: str) -> Look:
    """Let somebody look at a proposal, now."""
    return Look.at(reads(world, who), proposal(world, name), world.now)


def sees(world: World, who: str) -> View:
    """Return everything that counts for somebody."""
    return world.device(who).view()
