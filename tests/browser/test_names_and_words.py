"""What a browser works out by itself and Python does too: whether two names look alike, which four
words stand for a device, and how a moment is said."""

import re
import unicodedata
from collections.abc import Iterable
from random import Random

import pytest
from playwright.sync_api import Page

from goround.ids import DeviceId, encode
from goround.pages.four_words import four_words
from goround.pages.names import skeleton, why_not_name
from goround.web.times import day, that_day, when
from tests.browser.callers import runs
from tests.browser.conftest import MakesProfile

MEMBERS = ["Anna", "Jürgen Weiß", "Σίσυφος", "Ольга"]
IDEOGRAPHS, LAST = 0x3400, 0x30000
"""From the first of these on nearly all are ideographs and syllables, which are like no other."""
ONE_IN = 31


def letters_of(codes: Iterable[int]) -> list[str]:
    """Name the letters that both sides' tables of Unicode can know; newer ones differ by age."""
    letters = map(chr, codes)
    return [one for one in letters if unicodedata.category(one) not in ("Cn", "Cs")]


def test_two_names_look_alike_in_a_browser_where_they_do_in_a_terminal(
    profile: MakesProfile,
) -> None:
    some = [*range(0x20, IDEOGRAPHS), *range(IDEOGRAPHS, LAST, ONE_IN)]
    assert_alike(profile().opens("/"), letters_of(some))


@pytest.mark.soak
def test_all_letters_look_alike_on_both_screens(profile: MakesProfile) -> None:
    assert_alike(profile().opens("/"), letters_of(range(0x20, LAST)))


def assert_alike(page: Page, letters: list[str]) -> None:
    body = """
      const { skeleton, whyNotName } = await module("names");
      const [names, members] = given;
      return names.map((name) => [skeleton(name), whyNotName(name, members)]);
    """
    chance = Random(4)
    mixed = ["".join(chance.choices(letters, k=5)) for _ in range(500)]
    alike = ["ANNA", "Аnna", " A n n a", "jurgen weiss", "JÜRGEN WEISS", "ΣΊΣΥΦΟΣ", "Oльга", "İ"]
    odd = ["", "  ", "\u200b", "x" * 60, "x" * 61, "😀" * 60, "😀" * 61, "Dana\u202e", "a\u0345"]
    names = [*letters, *mixed, *alike, *odd]
    expected = [[skeleton(name), why_not_name(name, MEMBERS) or ""] for name in names]
    assert runs(page, body, [names, MEMBERS]) == expected


def test_the_four_words_are_the_same_on_both_screens(profile: MakesProfile) -> None:
    page = profile().opens("/")
    body = """
      const { fourWords } = await module("words");
      return Promise.all(given.map(fourWords));
    """
    devices = [DeviceId(encode(Random(seed).randbytes(32))) for seed in range(300)]
    expected = [four_words(device) for device in devices]
    assert runs(page, body, devices) == expected
    assert len({word for words in expected for word in words}) > 200


def test_a_moment_is_said_in_the_same_words_and_in_the_zone_of_whoever_reads(
    profile: MakesProfile,
) -> None:
    page = profile().opens("/")
    line = page.context.new_cdp_session(page)
    late = "2027-01-28T23:05:00Z"
    drawn = [when(late), that_day(late), day(late)]
    body = """
      const { spoken, startTimes } = await module("times");
      const { drawn, late } = given;
      document.querySelector("main").innerHTML = drawn.join("");
      startTimes();
      const shown = [...document.querySelectorAll("time")].map((time) => time.textContent);
      return [spoken(new Date(late)), ...shown];
    """

    def said_in(zone: str) -> list[str]:
        line.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
        page.reload()
        found: list[str] = runs(page, body, {"drawn": drawn, "late": late})
        return found

    bare = [re.sub("<[^>]*>| UTC", "", text) for text in drawn]
    assert bare == ["28 January 2027, 23:05", "28 January 2027", "28 January 2027"]
    assert said_in("UTC") == [bare[0], *bare]
    there = ["29 January 2027, 08:05", "29 January 2027", "28 January 2027"]
    assert said_in("Asia/Tokyo") == [there[0], *there]
