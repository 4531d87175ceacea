"""Where the collective lives: whose home it is names places and drops them; a guest sees none."""

from playwright.sync_api import expect

from goround.node.restored import RESTORED
from goround.store import Store
from tests.browser.callers import Founder
from tests.browser.conftest import MakesProfile
from tests.browser.people import Person
from tests.guides.console import free_port

ELSEWHERE = "https://bread.example.org"


def at_home(founder: Founder, profile: MakesProfile, width: int = 1280) -> Person:
    """Give Anna in front of a browser at her own node, with nothing but a keyboard."""
    link = founder.home.prints("device", "add", "--at", founder.address).decode().split()[-1]
    anna = Person("Anna", profile(width=width), keyboard=True)
    anna.hands.opens(link)
    anna.hands.presses("Yes, this device is mine")
    anna.is_home()
    return anna


def test_at_home_a_place_is_named_and_dropped_again(
    founder: Founder, profile: MakesProfile
) -> None:
    anna, nobody = at_home(founder, profile, width=360), f"http://127.0.0.1:{free_port()}"
    anna.goes("Places")
    anna.sees("Only here: if this computer breaks, all of it is gone.")
    anna.sees("This browser keeps a copy of its own, and has all of it.")
    anna.hands.writes("Its address", nobody)
    anna.hands.presses("Name this place")
    anna.sees("It is a place now, and is asked at once.")
    expect(anna.heading(nobody)).to_be_visible()
    anna.sees("Not seen equal yet.")
    assert [place["address"] for place in founder.home.does("places")] == [nobody]
    anna.hands.unfolds("It lives there no more")
    anna.hands.presses("Drop this place")
    anna.sees("Only here: if this computer breaks, all of it is gone.")
    assert founder.home.does("places") == []

    (file,) = founder.home.home.glob("collectives/*.sqlite")
    with Store.open(file) as store:
        store.set_note(RESTORED, "yes")
    anna.page.goto(f"{founder.address}/c/{founder.collective}/?anew")
    anna.hands.follows("Your computer was put back to something older.")
    anna.sees("so it says nothing more")


def test_what_is_no_address_is_said_to_be_none_and_stays_typed(
    founder: Founder, profile: MakesProfile
) -> None:
    anna = at_home(founder, profile)
    anna.goes("Places")
    anna.hands.writes("Its address", "ftp://bread.example.org")
    anna.hands.presses("Name this place")
    anna.sees("is not the address of a node.")
    expect(anna.page.get_by_label("Its address")).to_have_value("ftp://bread.example.org")
    anna.hands.writes("Its address", founder.address)
    anna.hands.presses("Name this place")
    anna.sees("That is this home itself")


def test_a_guest_sees_where_they_read_and_no_address_of_anybody(
    founder: Founder, profile: MakesProfile
) -> None:
    founder.home.does("places", "add", ELSEWHERE)
    ben = Person("Ben", profile()).joins(founder.link_for("Ben"))
    ben.goes("Places")
    ben.sees("You are a guest: what you see comes from the home of Anna")
    ben.sees("This browser keeps a copy of its own")
    assert ELSEWHERE not in ben.page.content()
    told = ben.page.request.post(
        f"{founder.address}/c/{founder.collective}/places",
        data={"address": ELSEWHERE, "step": "drop"},
        headers={"Origin": founder.address},
    )
    assert (told.status, told.json()["reason"]) == (403, "not-at-home")
    assert len(founder.home.does("places")) == 1
