"""Somebody is invited in a browser: the link is made there, shown there and nowhere else, and where
it is lost, a new one takes its place."""

import re

import pytest
from playwright.sync_api import Locator, Request, expect

from goround.ids import decode, encode
from tests.browser.callers import Founder, device_in, signs
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.browser.profiles import Profile
from tests.browser.reading_qr import read_qr

SQUARES = """(svg) => {
  const size = Number(svg.getAttribute("viewBox").split(" ")[2]);
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d");
  context.fill(new Path2D(svg.querySelector("path").getAttribute("d")));
  const { data } = context.getImageData(0, 0, size, size);
  const rows = [];
  for (let row = 4; row < size - 4; row += 1) {
    let line = "";
    for (let at = 4; at < size - 4; at += 1) line += data[4 * (row * size + at) + 3] > 127 ? 1 : 0;
    rows.push(line);
  }
  return rows;
}"""


@pytest.fixture
def anna(profile: MakesProfile) -> Person:
    """Give Anna, who founded in her browser and is alone."""
    return Person("Anna", profile()).founds("Bread", "We bake for our street.")


@pytest.fixture
def ben(founder: Founder, bens_browser: Profile) -> Person:
    """Give Ben, a member with a browser; Anna has a terminal, at the node."""
    return Person("Ben", bens_browser).is_in(founder.collective)


def card_of(person: Person, guest: str) -> Locator:
    return person.main.get_by_role("article").filter(has=person.heading(guest))


# The link.


def test_alone_somebody_has_decided_it_at_once(anna: Person) -> None:
    anna.invites("Ben", "Ben knows ovens.")
    link = anna.copies_the_link_for("Ben")
    assert re.fullmatch(rf"{anna.profile.address}/c/[\w-]{{43}}/join#[\w-]{{86}}", link)


def test_what_is_scanned_is_the_link(anna: Person) -> None:
    anna.invites("Ben")
    link = anna.copies_the_link_for("Ben")
    picture = card_of(anna, "Ben").get_by_role("img", name="The link for Ben, to scan")
    assert read_qr(picture.evaluate(SQUARES)) == link


def test_the_secret_of_a_link_never_reaches_the_node(anna: Person, profile: MakesProfile) -> None:
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.headers} {request.post_data or ''}")

    ben = Person("Ben", profile())
    for person in (anna, ben):
        person.profile.context.on("request", note)
    anna.invites("Ben")
    link = anna.copies_the_link_for("Ben")
    ben.joins(link)
    secret = link.partition("#")[2]
    seed = encode(decode(secret, 64)[:32])
    assert sent
    assert not any(secret in one or seed[:-1] in one for one in sent)


def test_it_is_copied_by_a_button(anna: Person) -> None:
    anna.profile.context.grant_permissions(["clipboard-read", "clipboard-write"])
    anna.invites("Ben")
    link = anna.copies_the_link_for("Ben")
    anna.sees("Copied.")
    assert anna.page.evaluate("() => navigator.clipboard.readText()") == link


def test_it_is_there_again_when_the_page_is(anna: Person) -> None:
    anna.invites("Ben")
    link = anna.copies_the_link_for("Ben")
    anna.page.reload()
    assert anna.copies_the_link_for("Ben") == link


# Names.


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ANNA", "looks like “Anna”, who is here already"),
        ("\u3164", "A name needs letters that can be seen."),
        ("ben", "ben is invited already: see “Invite Ben”."),
    ],
)
def test_a_name_that_others_would_mistake_is_refused(
    anna: Person, name: str, sentence: str
) -> None:
    anna.invites("Ben")
    anna.hands.writes("Who is it?", name)
    anna.hands.writes("Why?", "They know ovens.")
    anna.hands.presses("Invite")
    anna.sees(sentence)
    expect(anna.page.get_by_label("Why?")).to_have_value("They know ovens.")
    expect(anna.main.get_by_role("article")).to_have_count(1)


# Taking back.


def test_an_invitation_is_taken_back_and_its_link_is_dead(
    anna: Person, profile: MakesProfile
) -> None:
    anna.invites("Ben")
    link = anna.copies_the_link_for("Ben")
    anna.hands.unfolds("Take it back")
    anna.hands.presses("Take it back")
    expect(anna.main.get_by_role("article")).to_have_count(0)
    anna.sees("Nobody is invited just now.")
    ben = Person("Ben", profile())
    ben.hands.opens(link)
    expect(ben.heading("This invitation was taken back")).to_be_visible()


# Among several.


def test_it_waits_for_the_others_and_says_for_whom(ben: Person, founder: Founder) -> None:
    ben.invites("Cleo")
    card = card_of(ben, "Cleo")
    expect(card).to_contain_text("Not decided yet: Anna has not been heard.")
    expect(card.get_by_role("img")).to_have_count(0)
    (row,) = [p for p in founder.home.does("proposals") if p["title"] == "Invite Cleo"]
    founder.home.does("position", row["ref"], "agree")
    ben.page.reload()
    expect(card.get_by_role("textbox", name="The link")).to_be_visible()
    expect(card).to_contain_text("once somebody other than Ben says: I know that this is Cleo")


def test_a_link_that_is_elsewhere_is_said_to_be_with_whoever_made_it(
    ben: Person, founder: Founder
) -> None:
    founder.home.does("invite", "Cleo")
    (row,) = [p for p in founder.home.does("proposals") if p["title"] == "Invite Cleo"]
    agrees(ben, founder, row["version"])
    ben.goes("Invitations")
    card = card_of(ben, "Cleo")
    expect(card).to_contain_text("The link is with Anna")
    expect(card.get_by_role("img")).to_have_count(0)


def agrees(person: Person, founder: Founder, version: str) -> None:
    act = {"type": "position", "version": version, "stance": "agree"}
    assert signs(person.page, founder.collective, act, {})["sent"]


def test_a_link_that_was_lost_makes_way_for_a_new_one(ben: Person, founder: Founder) -> None:
    founder.home.does("invite", "Cleo", "--why", "She sings.")
    (row,) = [p for p in founder.home.does("proposals") if p["title"] == "Invite Cleo"]
    agrees(ben, founder, row["version"])
    ben.goes("Invitations")
    ben.hands.presses("The link is lost: make a new one")
    card = card_of(ben, "Cleo")
    expect(card).to_contain_text("Not decided yet: Anna has not been heard.")
    old, new = [p for p in founder.home.does("proposals") if p["title"] == "Invite Cleo"]
    assert (old["status"], new["status"], founder.home.sees(new["id"])["text"]) == (
        "ended",
        "open",
        "She sings.",
    )
    founder.home.does("position", new["ref"], "agree")
    ben.page.reload()
    expect(card.get_by_role("textbox", name="The link")).to_be_visible()


def test_whoever_lost_every_device_is_invited_in_their_own_place(
    ben: Person, founder: Founder, profile: MakesProfile
) -> None:
    cleo = invited_and_welcomed(ben, founder, profile, "Cleo")
    assert founder.home.members() == ["Anna", "Ben", "Cleo"]
    (lost,) = [row["id"] for row in founder.home.does("members") if row["name"] == "Cleo"]
    ben.profile.opens(f"/c/{founder.collective}/invitations?replaces={lost}")
    expect(ben.page.get_by_label("Who is it?")).to_have_value("Cleo")
    ben.sees("Whoever lost every device comes in once more")
    ben.hands.presses("Invite")
    expect(card_of(ben, "Cleo")).to_contain_text("In the place of Cleo, who lost every device.")
    again = [p for p in founder.home.does("proposals") if p["title"] == "Invite Cleo"][-1]
    assert again["effects"][0]["replaces"] == lost
    cleo.page.close()


def invited_and_welcomed(ben: Person, founder: Founder, profile: MakesProfile, name: str) -> Person:
    founder.home.does("invite", name)
    (row,) = [p for p in founder.home.does("proposals") if p["title"] == f"Invite {name}"]
    agrees(ben, founder, row["version"])
    link = founder.home.prints("invitation", name, "--at", founder.address).decode().strip()
    guest = Person(name, profile()).joins(link)
    device = device_in(guest.page, founder.collective)
    signs(ben.page, founder.collective, {"type": "welcome", "device": device}, {})
    expect(guest.heading(f"You are joining, {name}")).to_have_count(0)
    return guest
