"""The watch itself notices what it is there for; otherwise every other test here shows nothing."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import MakesProfile
from tests.browser.nodes import Node

OWN = "const own = (name, is) => Object.assign(document.createElement(name), is);"


@pytest.mark.parametrize(
    ("done", "noted"),
    [
        ("setTimeout(() => { throw new Error('oh'); })", "oh"),
        ("console.error('bad')", "console: bad"),
        ("setTimeout(() => alert('hello'))", "a dialog: hello"),
        ("fetch('http://192.0.2.1/').catch(() => {})", "http://192.0.2.1/"),
        ("setTimeout(() => Promise.reject(new Error('lost')))", "lost"),
        ("import('/static/missing.js').catch(() => {})", "not loaded: http"),
        ("document.body.append(own('script', {text: 'ran = 1'}))", "Content Security Policy"),
    ],
)
def test_what_must_not_happen_in_a_browser_is_noticed(
    profile: MakesProfile, done: str, noted: str
) -> None:
    anna = profile()
    anna.opens("/")
    anna.page.evaluate(f"() => {{ {OWN} {done}; }}")
    assert_noted(anna.page, anna.watch.complaints, noted)
    assert not anna.page.evaluate("() => 'ran' in window")
    anna.watch.complaints.clear()


def test_a_fault_of_the_node_is_noticed(profile: MakesProfile) -> None:
    anna = profile()
    anna.page.route("**/fault", lambda route: route.fulfill(status=500, body="broken"))
    for asks in ("fetch('/fault')", "location.assign('/fault')"):
        anna.opens("/").evaluate(f"() => {{ {asks}; }}")
        assert_noted(anna.page, anna.watch.complaints, "/fault (Failed to load resource")
        anna.watch.complaints.clear()


def assert_noted(page: Page, complaints: list[str], noted: str) -> None:
    """Wait, within bounds, until something was noted."""
    for _ in range(100):
        if any(noted in complaint for complaint in complaints):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{noted!r} is not among {complaints}")


def test_each_person_has_a_storage_of_their_own(profile: MakesProfile) -> None:
    anna, ben = profile(), profile(width=360, dark=True)
    anna.opens("/").evaluate("() => localStorage.setItem('mine', 'yes')")
    assert ben.opens("/").evaluate("() => localStorage.getItem('mine')") is None
    assert ben.page.evaluate("() => innerWidth") == 360
    assert ben.page.evaluate("() => matchMedia('(prefers-color-scheme: dark)').matches")


def test_a_node_keeps_its_address_when_it_is_started_again(
    profile: MakesProfile, node: Node
) -> None:
    anna = profile()
    anna.opens("/")
    node.kill()
    node.start()
    assert anna.page.reload()
