"""Somebody makes a feed of their own on the page about devices, and a feed reader reads it."""

from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from tests.browser.callers import Founder
from tests.browser.profiles import Profile
from tests.browser.seen import settles

TITLE = "{http://www.w3.org/2005/Atom}title"


def test_a_feed_is_made_read_renewed_and_ended(founder: Founder, bens_browser: Profile) -> None:
    page = bens_browser.opens(f"/c/{founder.collective}/devices")
    settles(page)
    line = page.locator("#feed-link input")
    ends = page.get_by_role("button", name="Let the feed end")
    expect(ends).to_be_hidden()
    page.get_by_role("button", name="Make an address").click()
    expect(line).to_be_visible()
    first = line.input_value()
    founder.home.does("propose", "Rye for winter", "--text", "More rye.")
    assert "Rye for winter" in read(first)
    page.get_by_role("button", name="Make an address").click()
    expect(line).not_to_have_value(first)
    assert "Rye for winter" in read(line.input_value())
    last = line.input_value()
    ends.click()
    expect(page.get_by_text("There is no feed any more.")).to_be_visible()
    expect(line).to_have_count(0)
    expect(ends).to_be_hidden()
    for ended in (first, last):
        with pytest.raises(OSError, match="403"):
            read(ended)


def read(address: str) -> str:
    """Read a feed as a feed reader does, without any cookie; give all its titles."""
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - our own node
        feed = ET.fromstring(answer.read())  # noqa: S314 - the same
    return " ".join(found.text or "" for found in feed.iter(TITLE))
