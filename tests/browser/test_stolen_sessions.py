"""A session lets a browser read, for a while, and nothing else: what somebody does with one that is
not theirs."""

import json
import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Request as Asked
from playwright.sync_api import expect

from tests.browser.callers import Founder
from tests.browser.conftest import MakesProfile
from tests.browser.profiles import Profile
from tests.browser.seen import settles


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Profile:
    settles(bens_browser.opens(f"/c/{founder.collective}/"))
    return bens_browser


@pytest.fixture
def eve(ben: Profile, profile: MakesProfile) -> Profile:
    """Give Eve, who has Ben's cookie and nothing else of his."""
    made = profile()
    made.context.add_cookies(ben.context.cookies())  # type: ignore[arg-type]
    return made


def test_no_script_reads_a_session_and_no_other_site_sends_it(
    ben: Profile, founder: Founder
) -> None:
    (cookie,) = ben.context.cookies()
    assert cookie["httpOnly"]
    assert cookie["sameSite"] in ("Lax", "Strict")
    assert cookie["path"] == f"/c/{founder.collective}"
    assert ben.page.evaluate("() => document.cookie") == ""


def test_whoever_has_a_stolen_session_can_say_nothing(
    eve: Profile, ben: Profile, founder: Founder
) -> None:
    page = eve.opens(f"/c/{founder.collective}/proposals/new?kind=everyday")
    settles(page)
    page.get_by_label("Title").fill("Everything to Eve")
    page.get_by_label("The exact words").fill("All of it.")
    page.get_by_role("button", name="Put it forward").click()
    expect(page.get_by_text(re.compile("cannot say anything"))).to_be_visible()
    assert "Everything to Eve" not in [row["title"] for row in founder.home.does("proposals")]


def test_a_stolen_session_ends_with_its_device(founder: Founder, profile: MakesProfile) -> None:
    anna, eve = profile(), profile()
    link = founder.home.prints("device", "add", "--at", founder.address).decode().split()[-1]
    settles(anna.opens(link))
    anna.page.get_by_role("button", name="Yes, this device is mine").click()
    anna.page.wait_for_url(re.compile(f"{founder.collective}/$"))
    eve.context.add_cookies(anna.context.cookies())  # type: ignore[arg-type]
    assert "Anna" in eve.opens(f"/c/{founder.collective}/members").content()
    device = founder.home.does("members")[0]["devices"][1]
    founder.home.prints("device", "retire", "--", device)
    assert "Anna" not in eve.opens(f"/c/{founder.collective}/members").content()
    anna.page.close()


def test_an_answer_to_a_nonce_opens_nothing_twice(ben: Profile, founder: Founder) -> None:
    """Somebody who saw the request on the line sends it again, as it was."""
    asked: list[Asked] = []
    ben.context.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - it is marked
    ben.context.clear_cookies()
    ben.page.reload()
    ben.page.wait_for_url(re.compile("/c/"))
    expect(ben.page.get_by_role("list", name="Who sits in the round")).to_be_visible()
    (entered,) = [request for request in asked if request.url.endswith("/session")][:1]
    body = entered.post_data_buffer or b""
    assert json.loads(body)["proof"]
    again = Request(entered.url, data=body, headers={"Content-Type": "application/json"})  # noqa: S310
    with pytest.raises(HTTPError) as refused:
        urlopen(again, timeout=20)  # noqa: S310 - the node of this test
    assert refused.value.code == 401
    refused.value.close()
