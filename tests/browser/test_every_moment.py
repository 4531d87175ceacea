"""Pages look otherwise in certain moments: when there is nothing yet, at the door, behind a link,
and where devices signed two histories. Everybody can use them then, too."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, expect

from goround.ids import CollectiveId
from goround.node.home import Home
from tests.browser.callers import Founder
from tests.browser.conftest import MakesProfile, assert_quiet
from tests.browser.full import Full
from tests.browser.nodes import Node
from tests.browser.people import Person
from tests.browser.profiles import Profile
from tests.browser.seen import enrolled, settles
from tests.browser.using import assert_usable
from tests.pages.test_ways import TWO_WAYS
from tests.told import told

EMPTY = ("", "proposals", "agreements", "tasks", "members", "invitations", "devices", "history")


@contextmanager
def somebody_at(browser: Browser, home: Path, collective: CollectiveId) -> Iterator[Profile]:
    """Open a browser of whoever has this home."""
    node = Node(home)
    try:
        replica = Home(home).replica(collective)
        key = replica.key
        replica.close()
        assert key
        with enrolled(browser, node, Full(home, collective, key, {}, {})) as profile:
            yield profile
            assert_quiet(profile)
    finally:
        node.stop()


def test_where_nothing_has_happened_yet(chromium: Browser, tmp_path: Path) -> None:
    replica = Home(tmp_path).found("Bread", "Anna")
    replica.close()
    with somebody_at(chromium, tmp_path, replica.collective) as anna:
        for path in EMPTY:
            settles(anna.opens(f"/c/{replica.collective}/{path}"))
            assert_usable(anna.page)


def test_where_devices_signed_two_histories(chromium: Browser, tmp_path: Path) -> None:
    world = told(TWO_WAYS)
    home, cleo = Home(tmp_path), world.device("cleo")
    home.keyring(world.collective).keep_device(cleo.key)
    home.new_replica(world.collective, cleo.events).close()
    with somebody_at(chromium, tmp_path, world.collective) as profile:
        for path in ("", "ways", "members", "charter"):
            settles(profile.opens(f"/c/{world.collective}/{path}"))
            assert_usable(profile.page)
        profile.opens(f"/c/{world.collective}/ways")
        assert "two ways" in profile.page.get_by_role("heading", level=1).inner_text().lower()


def test_behind_a_link_and_at_the_door(founder: Founder, profile: MakesProfile) -> None:
    link = founder.link_for("Ben")
    founder.home.does("invite", "Cleo")
    ben = Person("Ben", profile()).reads_the_link(link)
    assert_usable(ben.page)
    ben.says_yes()
    assert_usable(ben.page)
    eve = profile()
    for address, heading in (
        (link, "This link was used already"),
        (f"/c/{founder.collective}/", "This page stays shut"),
        ("/nowhere", "There is nothing here"),
        (f"/c/{founder.collective}/join#x", "This link is not whole"),
    ):
        settles(eve.opens(address))
        expect(eve.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert_usable(eve.page)


def test_whoever_is_joining_and_whoever_looks_at_them(
    founder: Founder, profile: MakesProfile
) -> None:
    ben, dana = Person("Ben", profile()), Person("Dana", profile())
    links = [founder.link_for(name) for name in ("Ben", "Dana")]
    ben.joins(links[0])
    ben.sits_with("Anna", "Ben")
    dana.joins(links[1])
    assert_usable(dana.page)
    ben.looks_who_is_at_the_door("Dana")
    assert_usable(ben.page)
