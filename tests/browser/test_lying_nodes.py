"""What a node can do to a browser by lying in data: nothing of the lie is kept, whoever sits there
reads one sentence about it, and goes on as soon as honest answers come again."""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.callers import Founder, lines_in, runs, signs
from tests.browser.profiles import Profile

SAY = {"text": "one"}
TENDED = """
  window.faults = 0;
  window.worker = new Worker("/static/js/tending.js", { type: "module", name: given });
  window.worker.addEventListener("error", () => (window.faults += 1));
"""


@pytest.fixture
def ben(bens_browser: Profile) -> Iterator[Profile]:
    """Give Ben, until whatever his browser asked last was answered."""
    yield bens_browser
    bens_browser.page.unroute_all(behavior="wait")


def says(page: Page, founder: Founder) -> dict[str, str]:
    act = {"type": "say", "on": founder.collective}
    done: dict[str, str] = signs(page, founder.collective, act, SAY)
    return done


def count_at(founder: Founder) -> int:
    """Count what was said and reached the node."""
    return sum(event["type"] == "say" for event in founder.home.does("log", "--all"))


def bundled(first: str, lines: list[str]) -> str:
    """Write a bundle as an honest node would, whatever its lines are."""
    body = "".join(f"{line}\n" for line in (first, *lines))
    hashed = urlsafe_b64encode(sha256(body.encode()).digest()).decode().rstrip("=")
    return f"{body}{json.dumps([len(lines), hashed], separators=(',', ':'))}\n"


def tampered(change: Callable[[list[str]], list[str]]) -> Callable[[str], str]:
    """Change the events of an answer, and count and hash them anew."""

    def told(answer: str) -> str:
        said, first, *lines = answer.splitlines()
        return f"{said}\n{bundled(first, change(lines[:-1]))}"

    return told


def resigned(line: str) -> str:
    header, signature, *rest = json.loads(line)
    other = ("B" if signature[0] == "A" else "A") + signature[1:]
    return json.dumps([header, other, *rest], ensure_ascii=False)


def aged(line: str) -> str:
    header, *rest = json.loads(line)  # another time than the one that was signed
    return json.dumps([re.sub(r"\d(?=,\{)", lambda at: str(9 - int(at[0])), header), *rest])


def swollen(line: str) -> str:
    *rest, content = json.loads(line)
    return json.dumps([*rest, content + " " * 3_000_000])


LIES: dict[str, Callable[[str], str]] = {
    "cut short": lambda answer: answer[: len(answer) // 2],
    "endless": lambda answer: answer + "x" * 9_000_000,
    "a wrong signature": tampered(lambda lines: [*lines[:-1], resigned(lines[-1])]),
    "another header": tampered(lambda lines: [*lines[:-1], aged(lines[-1])]),
    "too large": tampered(lambda lines: [*lines[:-1], swollen(lines[-1])]),
    "out of order": tampered(lambda lines: lines[::-1]),
    "twice": tampered(lambda lines: lines + lines),
}


NOTHING = {
    "rubbish": "}{\n",
    "null": "null\n",
    "empty": "",
    "a page": "<h1>For sale</h1>",
    "of another kind": '{"ok":true}',
    "that took none": '{"events":[]}',
}
"""What no node answers; whoever does is as good as nobody."""


def always(page: Page, answer: str) -> None:
    """Answer the same, whatever is asked."""
    for path in ("**/sync", "**/events"):
        page.route(path, lambda route: route.fulfill(body=answer))


def lying(page: Page, lie: Callable[[str], str]) -> None:
    def answers(route: Route) -> None:
        answer = route.fetch()
        is_events = '"have"' in answer.text()
        route.fulfill(response=answer, body=lie(answer.text()) if is_events else answer.text())

    page.unroute_all()
    page.route("**/sync", answers)


def test_nothing_of_a_lie_is_kept_and_honest_answers_are_taken_after_it(
    ben: Profile, founder: Founder
) -> None:
    founder.home.does("propose", "Flour", "--text", "Rye only")
    founder.home.does("propose", "Yeast", "--text", "Rye too")
    before = lines_in(ben.page, founder.collective)
    for name, lie in LIES.items():
        lying(ben.page, lie)
        done = says(ben.page, founder)
        assert done.get("error") == "NotGenuine", (name, done)
        assert "node" in done["sentence"], (name, done)
        assert lines_in(ben.page, founder.collective) == before, name
    lying(ben.page, tampered(lambda lines: lines[1:]))  # the parent of what is left is missing
    says(ben.page, founder)
    ben.page.unroute("**/sync")
    assert says(ben.page, founder)["sent"]
    assert len(lines_in(ben.page, founder.collective)) >= len(before) + 3


def test_whoever_answers_nonsense_is_as_good_as_nobody(ben: Profile, founder: Founder) -> None:
    founder.home.does("propose", "Flour", "--text", "Rye only")
    before = lines_in(ben.page, founder.collective)
    again = """
      const replica = await replicaOf(given);
      const said = await replica.catchUp().catch(({ name }) => name);
      return [said, await replica.waiting()];
    """
    for count, (kind, answer) in enumerate(NOTHING.items(), 1):
        ben.page.unroute_all()
        always(ben.page, answer)
        assert not says(ben.page, founder)["sent"], kind
        assert runs(ben.page, again, founder.collective) == ["NotANode", count], kind
        kept = lines_in(ben.page, founder.collective)
        assert kept[: len(before)] == before, kind
        assert len(kept) == len(before) + count, kind  # what was said, and nothing else
    ben.page.unroute_all()
    assert says(ben.page, founder)["sent"]
    assert count_at(founder) == len(NOTHING) + 1  # all went out as soon as a node answered


def took(route: Route) -> None:
    """Answer for each event as if it was kept."""
    lines = (route.request.post_data or "").splitlines()
    route.fulfill(json={"events": [{"id": "A" * 43} for _ in lines]})


def test_what_a_node_says_it_took_and_did_not_keep_is_handed_over_again(
    ben: Profile, founder: Founder
) -> None:
    ben.page.route("**/sync", lambda route: route.fulfill(status=204))  # nothing is new, ever
    ben.page.route("**/events", lambda route: route.fulfill(status=204))
    assert not says(ben.page, founder)["sent"]
    ben.page.unroute("**/events")
    ben.page.route("**/events", took)
    assert says(ben.page, founder)["sent"]
    assert count_at(founder) == 0
    ben.page.unroute_all()
    assert says(ben.page, founder)["sent"]
    assert count_at(founder) == 3


def test_a_page_that_follows_stays_calm_when_nonsense_comes_and_tells_of_a_lie(
    ben: Profile, founder: Founder
) -> None:
    ben.page.goto(f"{founder.address}/c/{founder.collective}/")
    always(ben.page, NOTHING["a page"])
    assert not says(ben.page, founder)["sent"]  # and so there is something that waits to go out
    with ben.page.expect_response("**/events"):
        founder.home.does("propose", "Flour", "--text", "Rye only")
    expect(ben.page.get_by_role("link", name="Flour")).to_be_visible()
    expect(ben.page.get_by_role("alert")).to_have_count(0)
    lying(ben.page, LIES["a wrong signature"])
    founder.home.does("propose", "Yeast", "--text", "Rye too")
    expect(ben.page.get_by_role("alert")).to_contain_text("Nothing of it was kept here")


def test_a_lie_does_not_end_what_a_browser_signs_by_itself(ben: Profile, founder: Founder) -> None:
    founder.home.does("propose", "Flour", "--text", "Rye only")
    lying(ben.page, LIES["a wrong signature"])
    with ben.page.expect_response("**/sync"):
        runs(ben.page, TENDED, founder.collective)
    ben.page.wait_for_timeout(700)
    assert ben.page.evaluate("window.faults") == 0
    ben.page.evaluate("window.worker.terminate()")


def test_a_storage_emptied_under_an_open_tab_says_so_and_stays_empty(
    ben: Profile, founder: Founder
) -> None:
    body = """
      const replica = await replicaOf(given);
      await (await module("kept")).forget(given);
      let sentence = "";
      await replica.sign({ type: "say", on: given }, { text: "x" }).catch((error) => {
        sentence = error.message;
      });
      return sentence;
    """
    assert "has lost what it kept here" in runs(ben.page, body, founder.collective)
    assert lines_in(ben.page, founder.collective) == []
