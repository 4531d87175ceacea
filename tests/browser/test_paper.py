"""A sheet of paper is drawn in the browser that makes it, and brings its owner back when every
device is lost; its secret reaches neither the node nor the address bar."""

import re

from playwright.sync_api import expect

from tests.browser.callers import Founder, runs
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.browser.reading_qr import read_qr
from tests.browser.test_inviting import SQUARES

KEYS = "return (await module('kept')).collectives();"


def test_who_lost_every_device_comes_back_by_paper(founder: Founder, profile: MakesProfile) -> None:
    ben = Person("Ben", profile()).joins(founder.link_for("Ben"))
    asked: list[str] = []
    ben.page.context.on("request", lambda request: asked.append(request.url))
    ben.goes("Devices")
    ben.hands.writes("What you call it", "drawer", within=ben.page.locator("#paper-device"))
    ben.hands.presses("Make the sheet")
    sheet = ben.page.locator(".paper-sheet")
    expect(sheet.locator("li")).to_have_count(18)
    words = sheet.locator("li").all_inner_texts()
    link = read_qr(sheet.locator("svg").evaluate(SQUARES))
    assert link.startswith(f"{founder.address}/c/{founder.collective}/paper#")
    ben.sees("It is on paper, and lets in your next device.")
    assert not any(link.partition("#")[2] in url or words[0] in url for url in asked)
    assert founder.home.does("standing")["several"] == ["Ben"]

    phone = Person("Ben", profile(width=360))  # and nothing of what Ben had before
    phone.hands.opens(f"{founder.address}/c/{founder.collective}/paper")
    phone.hands.writes("The words on the sheet, in their order", " ".join([*words[1:], words[0]]))
    phone.hands.presses("Yes, this sheet is mine")
    phone.sees("Each of these stands on sheets, but not together")
    phone.hands.writes("The words on the sheet, in their order", f"1. {words[0]} 2. akorn")
    phone.hands.presses("Yes, this sheet is mine")
    phone.sees("A sheet has 18 words, and 2 were given. Number 2, “akorn”, is none of the words")
    phone.hands.writes("The words on the sheet, in their order", " ".join(words).upper())
    phone.hands.presses("Yes, this sheet is mine")
    phone.is_home()
    assert "#" not in phone.page.url
    phone.goes("Devices")
    phone.sees("It is on paper, and has let in a device.")
    phone.hands.presses("Let this device do that")
    expect(phone.main.get_by_text("Another device of yours says for you")).to_have_count(0)

    tablet = Person("Ben", profile())
    tablet.hands.opens(link)
    expect(tablet.page).not_to_have_url(re.compile("#"))
    expect(tablet.page.locator("#typed")).to_be_hidden()
    tablet.hands.presses("Yes, this sheet is mine")
    tablet.is_home()
    ben_again = founder.home.does("members")[1]
    assert len(ben_again["devices"]) == 4
    assert founder.home.does("forks") == []
    found = runs(tablet.page, KEYS)
    assert [one["device"] in ben_again["devices"] for one in found] == [True]
