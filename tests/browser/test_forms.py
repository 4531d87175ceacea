"""What happens to a form of any page when it is sent: it becomes one act, once, and the form says
what came of it. The forms stand here as a page would write them, on a page that is open anyway."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from goround.collective.proposals import Say
from tests.browser.callers import Founder, runs
from tests.browser.conftest import MakesProfile
from tests.browser.profiles import Profile
from tests.browser.test_live import in_time

SAYS = """
  <form class="act" id="one" data-act="say" data-fixed='{"on":"COLLECTIVE"}'
    data-done="Said." data-draft="say">
    <label>Text <textarea name="words.text"></textarea></label>
    <label>Line <input name="words.line"></label>
    <button>Say it</button>
    <output class="says" role="status"></output>
  </form>
"""


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Profile:
    """Give Ben's browser, with a page of his collective open."""
    comes_to(bens_browser, founder)
    return bens_browser


def comes_to(profile: Profile, founder: Founder, path: str = "/members") -> Page:
    page = profile.opens(f"/c/{founder.collective}{path}")
    page.wait_for_selector("html[data-ready]")
    return page


def shows(page: Page, founder: Founder, markup: str) -> None:
    """Put a form on the page, as the node would have drawn it."""
    drawn = markup.replace("COLLECTIVE", founder.collective)
    page.evaluate("(drawn) => { document.querySelector('main').innerHTML = drawn; }", drawn)


def said_by(founder: Founder) -> list[dict[str, Any]]:
    """Give the words of everything that was said in answer to the founding."""
    replica = founder.replica()
    try:
        said = replica.replay.record.by_kind.get(Say, ())
        return [replica.replay.words(entry.id) for entry in said]
    finally:
        replica.close()


def test_a_form_is_sent_and_says_so(ben: Profile, founder: Founder) -> None:
    shows(ben.page, founder, SAYS)
    ben.page.get_by_label("Text").fill("  Who carries the wood?\n")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_have_text("Said.")
    expect(ben.page.get_by_label("Text")).to_have_value("")
    assert said_by(founder) == [{"text": "Who carries the wood?"}]


def test_a_second_click_says_nothing_twice(ben: Profile, founder: Founder) -> None:
    shows(ben.page, founder, SAYS)
    ben.page.get_by_label("Text").fill("once")
    slow = SlowNode(ben.page)
    ben.page.get_by_role("button").evaluate("(button) => { button.click(); button.click(); }")
    slow.is_asked()
    runs(ben.page, "await (await replicaOf(given)).catchUp();", founder.collective)
    ben.page.wait_for_timeout(100)
    assert len(slow.held) == 1
    slow.answers()
    expect(ben.page.get_by_role("status").last).to_have_text("Said.")
    assert said_by(founder) == [{"text": "once"}]


def test_a_form_is_sent_with_the_keyboard_and_the_focus_stays(
    ben: Profile, founder: Founder
) -> None:
    shows(ben.page, founder, SAYS)
    ben.page.get_by_label("Text").focus()
    ben.page.keyboard.type("Rye?")
    ben.page.keyboard.press("Tab")
    ben.page.keyboard.type("hello")
    ben.page.keyboard.press("Enter")
    expect(ben.page.get_by_role("status").last).to_have_text("Said.")
    assert said_by(founder) == [{"text": "Rye?", "line": "hello"}]
    expect(ben.page.get_by_label("Line")).to_be_focused()


def test_each_button_of_a_form_says_its_own(ben: Profile, founder: Founder) -> None:
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    form = f"""
      <form class="act" data-act="position" data-fixed='{{"version":"{proposal}"}}'>
        <button name="stance" value="agree">Agree</button>
        <button name="stance" value="leave-it">I leave it to you</button>
        <output class="says" role="status"></output>
      </form>
    """
    shows(ben.page, founder, form)
    ben.page.get_by_role("button", name="I leave it to you").click()
    expect(ben.page.get_by_role("status").last).to_have_text("Kept.")
    assert founder.home.sees(proposal)["positions"][0]["position"] == "leave-it"


def test_what_is_being_typed_survives_until_it_is_sent(ben: Profile, founder: Founder) -> None:
    shows(ben.page, founder, SAYS)
    ben.page.get_by_label("Text").fill("half a sent")
    comes_to(ben, founder)
    shows(ben.page, founder, SAYS)
    restore = "(await module('drafts')).restoreDrafts(document);"
    runs(ben.page, restore)
    expect(ben.page.get_by_label("Text")).to_have_value("half a sent")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_have_text("Said.")
    shows(ben.page, founder, SAYS)
    runs(ben.page, restore)
    expect(ben.page.get_by_label("Text")).to_have_value("")


def test_without_a_network_a_form_says_that_it_is_kept(ben: Profile, founder: Founder) -> None:
    shows(ben.page, founder, SAYS)
    ben.goes_offline()
    ben.page.get_by_label("Text").fill("later")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_contain_text("Kept on this device")
    ben.comes_online()
    for _time in range(200):
        if said_by(founder):
            break
        ben.page.wait_for_timeout(50)
    assert said_by(founder) == [{"text": "later"}]


def test_a_form_that_lacks_something_says_so_and_keeps_what_was_typed(
    ben: Profile, founder: Founder
) -> None:
    shows(ben.page, founder, SAYS.replace('{"on":"COLLECTIVE"}', "{}"))
    ben.page.get_by_label("Text").fill("on what?")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_contain_text("Something is missing")
    expect(ben.page.get_by_label("Text")).to_have_value("on what?")
    assert said_by(founder) == []


def test_a_refusal_says_why_and_keeps_what_was_typed(ben: Profile, founder: Founder) -> None:
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    form = f"""
      <form class="act" data-act="position" data-fixed='{{"version":"{proposal}"}}'>
        <label>Because <textarea name="words.because"></textarea></label>
        <label>Note <textarea name="words.note"></textarea></label>
        <button name="stance" value="block">Block</button>
        <output class="says" role="status"></output>
      </form>
    """
    shows(ben.page, founder, form)
    ben.page.get_by_label("Note").fill("half a thought")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_contain_text("need a reason")
    expect(ben.page.locator("output.says")).to_have_class("says refused")
    expect(ben.page.get_by_label("Note")).to_have_value("half a thought")
    assert founder.home.sees(proposal)["positions"] == []


def test_fields_become_an_act_and_its_words(ben: Profile, founder: Founder) -> None:
    form = """
      <form class="act" data-act="propose" data-fixed='{"matter":"everyday"}'
        data-words='{"title":"Wood"}'>
        <textarea name="words.text"> We buy it. </textarea>
        <textarea name="words.why"></textarea>
        <input type="date" name="until" data-type="date" value="2027-01-31">
        <input type="date" name="review" data-type="date">
        <input type="hidden" name="effects.0.do" value="task">
        <input name="effects.0.what" value="buy wood">
        <input type="date" name="effects.0.by" data-type="date" value="2027-01-30">
        <input type="hidden" name="effects.1.do" value="task">
        <input name="effects.1.what" value="">
        <input type="checkbox" name="effects.2.do" value="adopt">
        <input type="hidden" name="effects.3.do" value="charter">
        <input name="effects.3.set.everyday_notice" data-type="int" data-was="3" value="4">
        <input name="effects.3.set.bud_at" data-type="int" data-was="9" value="9">
        <input type="checkbox" name="behind" data-type="list" value="a" checked>
        <input type="checkbox" name="behind" data-type="list" value="b">
        <input type="checkbox" name="behind" data-type="list" value="c" checked>
        <input type="checkbox" name="none" data-type="list" value="d">
        <input type="checkbox" name="keep" data-type="bool" value="true">
        <input type="radio" name="stance" value="agree">
        <input type="radio" name="stance" value="block" checked>
        <button name="stance" value="never">Send</button>
      </form>
    """
    shows(ben.page, founder, form)
    body = """
      const { readForm } = await module("fields");
      return readForm(document.querySelector("form.act"), null);
    """
    read = runs(ben.page, body)
    assert read["words"] == {"title": "Wood", "text": "We buy it."}
    assert read["act"] == {
        "type": "propose",
        "matter": "everyday",
        "until": 1801439999000,
        "review": 0,
        "effects": [
            {"do": "task", "what": "buy wood", "by": 1801353599000},
            {"do": "charter", "set": {"everyday_notice": 4}},
        ],
        "behind": ["a", "c"],
        "none": [],
        "keep": False,
        "stance": "block",
    }


def test_a_form_can_invite_somebody(ben: Profile, founder: Founder) -> None:
    form = """
      <form class="act" data-act="propose" data-words='{"title":"Invite Dana"}'>
        <input type="hidden" name="effects.0.do" value="invite">
        <label>Name <input name="effects.0.name"></label>
        <button>Invite</button>
        <output class="says" role="status"></output>
      </form>
    """
    shows(ben.page, founder, form)
    ben.page.get_by_label("Name").fill("Dana")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_have_text("Kept.")
    (proposal,) = [p for p in founder.home.does("proposals") if p["title"] == "Invite Dana"]
    assert proposal["matter"] == "membership"
    body = """
      const events = await (await replicaOf(given)).events();
      const { act } = events.findLast(({ act }) => act.type === "propose");
      return (await (await module("kept")).invitationSeed(given, act.effects[0].key)).length;
    """
    assert runs(ben.page, body, founder.collective) == 32


def test_a_browser_that_lost_its_storage_is_told_so(ben: Profile, founder: Founder) -> None:
    ben.opens("/")
    body = "await (await module('kept')).forget(given);"
    runs(ben.page, body, founder.collective)
    comes_to(ben, founder)
    expect(ben.page.locator("#notice")).to_contain_text("has lost what it kept for Bread")
    shows(ben.page, founder, SAYS)
    ben.page.get_by_label("Text").fill("hello?")
    ben.page.get_by_role("button").click()
    expect(ben.page.get_by_role("status").last).to_contain_text("no device of yours")
    ben.context.clear_cookies()
    ben.opens(f"/c/{founder.collective}/members")
    expect(ben.page.locator("#opening")).to_contain_text("no device of a member here")
    ways = ben.page.locator("#ways-in")
    expect(ways).to_be_visible()
    expect(ways.get_by_role("listitem")).to_have_count(3)
    expect(ways).to_contain_text("they can let you in anew")


def test_a_shut_door_is_tried_once_and_says_why(
    profile: MakesProfile, founder: Founder, ben: Profile
) -> None:
    founder.home.does("propose", "Flour", "--text", "Rye only")
    dana = profile()
    dana.opens("/")
    stranger = """
      const kept = await module("kept");
      const { key, device } = await kept.newDevice();
      await kept.keepDevice({ collective: given, key, device });
    """
    runs(dana.page, stranger, founder.collective)
    dana.opens(f"/c/{founder.collective}/members")
    expect(dana.page.locator("#opening")).to_contain_text("does not speak for a member here")
    dana.page.wait_for_timeout(300)
    expect(dana.page.locator("#opening")).to_contain_text("does not speak for a member here")


class SlowNode:
    """A network on which the node's answer to what is about to be said takes its time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        page.route("**/check", self._hold)

    def _hold(self, route: Route) -> None:
        self.held.append(route)

    def is_asked(self) -> None:
        in_time(lambda: bool(self.held), self.page)

    def answers(self) -> None:
        for route in self.held:
            route.continue_()


LINK = '<a href="/c/COLLECTIVE/proposals">Elsewhere</a>'


def test_whoever_says_something_and_follows_a_link_at_once_has_said_it(
    ben: Profile, founder: Founder
) -> None:
    shows(ben.page, founder, SAYS + LINK)
    slow = SlowNode(ben.page)
    ben.page.get_by_label("Text").fill("on my way")
    ben.page.get_by_role("button").click()
    slow.is_asked()
    ben.page.get_by_role("link", name="Elsewhere").click()
    expect(ben.page.get_by_role("status").last).to_have_text(
        "One moment: this is being kept first."
    )
    slow.answers()
    ben.page.wait_for_url("**/proposals")
    in_time(lambda: said_by(founder) == [{"text": "on my way"}], ben.page)


def test_whoever_is_refused_stays_and_reads_why(ben: Profile, founder: Founder) -> None:
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    form = f"""
      <form class="act" data-act="position" data-fixed='{{"version":"{proposal}"}}'>
        <button name="stance" value="block">Block</button>
        <output class="says" role="status"></output>
      </form>
    """
    shows(ben.page, founder, form + LINK)
    slow = SlowNode(ben.page)
    ben.page.get_by_role("button").click()
    slow.is_asked()
    ben.page.get_by_role("link", name="Elsewhere").click()
    slow.answers()
    expect(ben.page.locator("output.refused")).to_contain_text("need a reason")
    ben.page.get_by_role("link", name="Elsewhere").click()
    ben.page.wait_for_url("**/proposals")


def test_whoever_closes_the_page_is_asked_only_while_something_could_be_lost(
    ben: Profile, founder: Founder
) -> None:
    shows(ben.page, founder, SAYS)
    slow = SlowNode(ben.page)
    ben.page.get_by_label("Text").fill("once")
    ben.page.get_by_role("button").click()
    slow.is_asked()
    ben.page.close(run_before_unload=True)
    in_time(lambda: ben.watch.complaints == ["a dialog: "], ben.page)
    ben.watch.forgives("a dialog")
    slow.answers()
    expect(ben.page.get_by_role("status").last).to_have_text("Said.")
    comes_to(ben, founder)
    assert said_by(founder) == [{"text": "once"}]
