"""How a browser becomes a device: by founding, with an invitation, or with the link that another
device of the same person made. Whatever breaks off in between, nothing is said twice, and whoever
is refused keeps nothing."""

import pytest
from playwright.sync_api import Page

from goround.collective.charter import DEFAULTS
from tests.browser.callers import SCRIPT, Founder, runs, signs
from tests.browser.conftest import MakesProfile
from tests.browser.nodes import Node
from tests.browser.test_signing import settled


@pytest.fixture
def page(profile: MakesProfile) -> Page:
    return profile().opens("/")


FOUNDS = """
  const { foundCollective } = await module("beginning");
  const words = { name: "Bread", person: "Fay", purpose: "We bake" };
  const replica = await foundCollective(given, words);
  return [replica.collective, replica.device];
"""

READS_CARD = """
  const { readSecret } = await module("proofs");
  const { readCard } = await module("node");
  const [collective, secret] = given;
  const invitation = await readSecret(secret);
  window.card ??= await readCard(collective, invitation);
"""

ACCEPTS = (
    READS_CARD
    + """
  const { acceptInvitation } = await module("beginning");
  const answer = { person: "Ben", behind: [] };
  try {
    const replica = await acceptInvitation(collective, invitation.key, window.card, answer);
    return ["", await replica.waiting()];
  } catch (error) {
    return [error.message, null];
  }
"""
)

BECOMES = """
  const { readSecret } = await module("proofs");
  const { becomeDevice } = await module("beginning");
  try {
    return (await becomeDevice(given[0], await readSecret(given[1]))).device;
  } catch (error) {
    return error.message;
  }
"""

IS_HERE = "return (await (await module('kept')).deviceOf(given)) !== null;"


def is_here(page: Page, founder: Founder) -> bool:
    found: bool = runs(page, IS_HERE, founder.collective)
    return found


def test_a_collective_is_founded_in_a_browser(page: Page, node: Node) -> None:
    collective, device = runs(page, FOUNDS, dict(DEFAULTS))
    assert [row["id"] for row in node.person.does("collectives")] == [collective]
    done = signs(page, collective, {"type": "say", "on": collective}, {"text": "hello"})
    assert done["sent"]
    state = node.person.does(f"--in={collective}", "state")
    assert device in str(state)


def test_a_founding_that_reaches_nobody_goes_out_later(page: Page, node: Node) -> None:
    runs(page, "await module('beginning');")
    node.stop()
    collective, _device = runs(page, FOUNDS, dict(DEFAULTS))
    node.start()
    runs(page, "await (await replicaOf(given)).catchUp();", collective)
    assert [row["id"] for row in node.person.does("collectives")] == [collective]


def test_an_acceptance_that_reaches_nobody_goes_out_later(page: Page, founder: Founder) -> None:
    secret = founder.link_for("Ben").partition("#")[2]
    page.route("**/events", lambda route: route.abort())
    assert runs(page, ACCEPTS, [founder.collective, secret]) == ["", 1]
    page.unroute("**/events")
    assert founder.home.members() == ["Anna"]
    page.goto(f"{founder.address}/c/{founder.collective}/members")
    page.wait_for_selector("html[data-ready]")
    settled(page, founder)
    assert founder.home.members() == ["Anna", "Ben"]


def test_an_acceptance_that_is_refused_leaves_nothing_behind(page: Page, founder: Founder) -> None:
    secret = founder.link_for("Ben").partition("#")[2]
    assert runs(page, ACCEPTS, [founder.collective, secret]) == ["", 0]
    assert founder.home.members() == ["Anna", "Ben"]
    runs(page, "await (await module('kept')).forget(given);", founder.collective)
    sentence, _waiting = runs(page, ACCEPTS, [founder.collective, secret])
    assert "was used" in sentence
    assert not is_here(page, founder)


def test_a_link_from_another_device_makes_a_browser_one(page: Page, founder: Founder) -> None:
    link = founder.home.prints("device", "add", "--at", founder.address).decode().strip()
    given = [founder.collective, link.partition("#")[2]]
    device = runs(page, BECOMES, given)
    assert [row["id"] for row in founder.home.does("device", "list")].count(device) == 1
    act = {"type": "say", "on": founder.collective}
    assert signs(page, founder.collective, act, {"text": "from my other device"})["sent"]
    shown = founder.replica()
    assert shown.replay.record.void == {}
    shown.close()


def test_a_device_link_works_once(page: Page, profile: MakesProfile, founder: Founder) -> None:
    link = founder.home.prints("device", "add", "--at", founder.address).decode().strip()
    given = [founder.collective, link.partition("#")[2]]
    runs(page, BECOMES, given)
    other = profile().opens("/")
    assert "was used already" in runs(other, BECOMES, given)
    assert not is_here(other, founder)


def test_two_tabs_that_accept_at_once_are_one_device(page: Page, founder: Founder) -> None:
    secret = founder.link_for("Ben").partition("#")[2]
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        runs(tab, READS_CARD, [founder.collective, secret])
    for tab in (page, other):
        begun = f"window.all = (async () => {{ {SCRIPT} {ACCEPTS} }})(); return null;"
        runs(tab, begun, [founder.collective, secret])
    sentences = [runs(tab, "return window.all;")[0] for tab in (page, other)]
    assert sorted(sentences) == ["", "This browser speaks for somebody in this collective already."]
    assert founder.home.members() == ["Anna", "Ben"]


def test_leaving_a_device_forgets_everything(page: Page, founder: Founder) -> None:
    secret = founder.link_for("Ben").partition("#")[2]
    runs(page, ACCEPTS, [founder.collective, secret])
    body = """
      const kept = await module("kept");
      await kept.newInvitation(given);
      await kept.setNote(given, "name", "Bread");
      await kept.forget(given);
      const { answered, transact } = await module("database");
      const stores = ["devices", "events", "tips", "outbox", "invitations", "notes"];
      return transact(stores, "readonly", async (store) => {
        const counts = [];
        for (const name of stores) counts.push(await answered(store(name).count()));
        return counts;
      });
    """
    assert runs(page, body, founder.collective) == [0, 0, 0, 0, 0, 0]
