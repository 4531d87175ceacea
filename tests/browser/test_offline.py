"""Without a network, and without a node: pages that were seen can be read, what is said is signed
in its order and goes out later, and the page says so."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from goround.web import assets
from tests.browser.callers import Founded, Founder, founded, runs
from tests.browser.conftest import MakesProfile, assert_quiet
from tests.browser.nodes import Node
from tests.browser.people import Person
from tests.browser.profiles import begun, looks
from tests.browser.test_devices import loses_everything, makes_a_link
from tests.browser.using import assert_usable

IS_KEPT = """async () => {
  await navigator.serviceWorker.ready;
  return Boolean(navigator.serviceWorker.controller);
}"""
MOST_PAGES = 80
KEPT = "async () => (await caches.keys()).filter((name) => name.startsWith('goround seen'))"


def is_kept(person: Person) -> None:
    """Wait until the worker of a browser keeps what is seen, and has seen the page in front."""
    person.page.wait_for_function(IS_KEPT)
    person.page.reload()
    person.hands.is_ready()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return founded(tmp_path_factory.mktemp("offline"))


@pytest.fixture(scope="module")
def node(before: Founded) -> Iterator[Node]:
    """Give a node that each test leaves running."""
    started = Node(before.home)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def founder(node: Node, before: Founded) -> Founder:
    return Founder(node, before)


@pytest.fixture(scope="module")
def anybody(chromium: Browser, founder: Founder, node: Node) -> Iterator[Person]:
    """Give Ben, a member whose browser keeps what he sees."""
    with chromium.new_context(**looks(1280, dark=False, keeps=True)) as context:
        ben = Person("Ben", begun(context, node.address)).joins(founder.link_for("Ben"))
        is_kept(ben)
        yield ben


@pytest.fixture
def ben(anybody: Person, founder: Founder) -> Iterator[Person]:
    """Give him at home, with a network; nothing may go wrong."""
    anybody.profile.opens(f"/c/{founder.collective}/")
    anybody.hands.is_ready()
    yield anybody
    assert_quiet(anybody.profile)


@pytest.fixture
def flour(ben: Person, founder: Founder) -> str:
    """Give the address of a proposal that Ben has seen, and not answered."""
    proposal = founder.home.does("propose", "Flour", "--text", "Rye only")["id"]
    address = f"/c/{founder.collective}/proposals/{proposal}"
    ben.profile.opens(address)
    ben.sees("Rye only")
    ben.goes_home()
    return address


def test_a_page_that_was_seen_is_read_and_answered_while_the_node_is_dead(
    ben: Person, founder: Founder, node: Node, flour: str
) -> None:
    node.kill()
    ben.profile.opens(flour)
    ben.sees("Rye only")
    sign = ben.page.locator("#unconnected")
    said = "Nobody answers just now: this is how it was on .* What you say is kept here"
    expect(sign).to_contain_text(re.compile(said))
    ben.hands.chooses("I agree")
    ben.hands.presses("This is where I stand")
    ben.sees("Your answer is kept on this device")
    expect(sign).to_contain_text("One thing that you said waits to be sent.")
    ben.profile.opens(f"/c/{founder.collective}/charter")
    ben.sees("The page that you wanted has not been open in this browser lately")
    ben.hands.follows("Flour", ben.page.locator("#seen"))
    ben.sees("You answered: I agree. Your answer is kept on this device")  # nobody is asked twice
    assert_usable(ben.page)
    node.start()
    expect(sign).to_have_count(0)
    expect(ben.main.get_by_text("Answer otherwise")).to_be_visible()
    shown = founder.home.sees(flour.rpartition("/")[2])
    assert [row["name"] for row in shown["positions"]] == ["Ben"]


def test_what_is_said_without_a_network_goes_out_in_its_order(
    ben: Person, founder: Founder, flour: str
) -> None:
    ben.profile.goes_offline()
    ben.profile.opens(flour)
    sign = ben.page.locator("#unconnected")
    expect(sign).to_contain_text("You are offline: this is how it was on")
    for words in ("Is there enough rye?", "I shall ask the mill."):
        ben.hands.writes("Ask or say something", words)
        ben.hands.presses("Say it")
        ben.sees("Kept on this device; it goes out as soon as there is a network.")
    expect(sign).to_contain_text("2 things that you said wait to be sent.")
    ben.hands.follows("What you can do", sign)
    expect(ben.heading("Where nobody answers")).to_be_visible()
    waiting = ben.page.locator("#waiting").get_by_role("listitem")
    expect(waiting).to_have_text(["Something you said: “Flour”"] * 2)
    assert_usable(ben.page)
    ben.hands.follows("Flour", ben.page.locator("#seen"))
    ben.profile.comes_online()
    expect(sign).to_have_count(0)
    remarks = ben.main.get_by_text(re.compile("enough rye|ask the mill"))
    expect(remarks).to_have_text(["Is there enough rye?", "I shall ask the mill."])


def test_a_node_that_does_not_answer_soon_is_not_waited_for(ben: Person, node: Node) -> None:
    with node.is_held():
        ben.page.reload()
        ben.is_home()
        expect(ben.page.locator("#unconnected")).to_contain_text("Nobody answers just now")
    expect(ben.page.locator("#unconnected")).to_have_count(0)


def test_a_link_from_elsewhere_opens_a_page_that_is_kept(ben: Person, flour: str) -> None:
    ben.page.goto(f"data:text/html,<a href='{ben.profile.address}{flour}'>look</a>")
    ben.hands.follows("look")
    ben.sees("Rye only")
    expect(ben.page.locator("#unconnected")).to_have_count(0)


def test_a_browser_offers_to_put_it_among_the_programs_of_a_device(ben: Person) -> None:
    line = ben.profile.context.new_cdp_session(ben.page)
    assert line.send("Page.getAppManifest")["errors"] == []


# What is kept is bounded, and for this browser alone.


def test_of_many_pages_the_last_are_kept(ben: Person, founder: Founder) -> None:
    looked = """async (path) => {
      for (let at = 0; at < 85; at += 1) {
        await fetch(`${path}/proposals?q=${at}`, { headers: { Accept: "text/html" } });
      }
      const kept = await (await caches.open(`goround seen ${path.split("/")[2]}`)).keys();
      return kept.map(({ url }) => url);
    }"""
    kept = ben.page.evaluate(looked, f"/c/{founder.collective}")
    assert len(kept) == MOST_PAGES
    assert kept[-1].endswith("?q=84")


def test_what_was_seen_is_forgotten_when_a_device_leaves(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    phone = Person("Ben", profile(keeps=True))
    phone.hands.opens(makes_a_link(ben))
    phone.hands.presses("Yes, this device is mine")
    phone.is_home()
    is_kept(phone)
    assert phone.page.evaluate(KEPT) == [f"goround seen {founder.collective}"]
    phone.goes("Devices")
    phone.hands.unfolds("Leave this device")
    phone.hands.presses("Leave this device")
    phone.page.wait_for_url(re.compile(r":\d+/$"))
    assert phone.page.evaluate(KEPT) == []


def test_words_that_were_erased_are_on_no_page_that_was_seen(
    ben: Person, founder: Founder, flour: str
) -> None:
    ben.profile.opens(flour)
    ben.hands.writes("Ask or say something", "My number is 555")
    ben.hands.presses("Say it")
    ben.sees("My number is 555")
    ben.page.reload()
    body = "return (await (await module('kept')).events(given)).at(-1).id;"
    said = runs(ben.page, body, founder.collective)
    founds = "(w) => caches.match(w).then((page) => page.text()).then((t) => t.includes('555'))"
    assert ben.page.evaluate(founds, flour)
    body = "await (await module('kept')).eraseWords(given[0], [given[1]]);"
    runs(ben.page, body, [founder.collective, said])
    assert ben.page.evaluate(KEPT) == []


# What signs.


def test_another_program_than_before_is_said_by_name_once(ben: Person) -> None:
    ben.goes("Devices")
    ben.sees(f"What signs for you here is version {assets.program()}")
    ben.page.evaluate(
        """async () => {
          const notes = await caches.open("goround notes");
          const known = { program: "0123456789abcdef", since: new Date(0).toISOString() };
          await notes.put("/program", new Response(JSON.stringify(known)));
          await (await navigator.serviceWorker.ready).unregister();
        }"""
    )
    devices = ben.page.url
    ben.page.goto("about:blank")  # as long as a page is open, the worker stays as it is
    ben.hands.opens(devices)
    is_kept(ben)
    sign = ben.page.locator("#other-program")
    expect(sign).to_contain_text(f"signs for you here: version {assets.program()}.")
    ben.page.set_viewport_size({"width": 360, "height": 800})
    box = sign.bounding_box()
    assert box
    assert box["height"] < 200, "on a phone there is room for the page"
    ben.page.set_viewport_size({"width": 1280, "height": 800})
    ben.sees("it was version 0123456789abcdef. If nobody of you has brought Goround up to date")
    ben.hands.presses("I have read it", sign)
    ben.page.reload()
    ben.sees(f"What signs for you here is version {assets.program()}")
    expect(sign).to_have_count(0)


# What was cleared.


def test_a_browser_that_cleared_what_it_kept_says_so_and_comes_in_anew(
    ben: Person, founder: Founder, node: Node
) -> None:
    loses_everything(ben)
    node.kill()
    node.start()
    ben.profile.opens(f"/c/{founder.collective}/members")
    ben.sees("This browser was a device of a member here, and has cleared what it kept")
    ben.sees("You have none left?")
