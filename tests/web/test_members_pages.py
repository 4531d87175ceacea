"""The pages about who we are, as each of several people gets them."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path

import pytest

from goround.pages.four_words import four_words
from tests.web.reader import Readers, readers, words

THREE = '-- anna, ben and cleo are together in "Bread"\n'
DANA = THREE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins\n"
HOSTILE = "<script>alert(1)</script>"

Tells = Callable[[str], Readers]


@pytest.fixture
def tells(tmp_path: Path) -> Iterator[Tells]:
    """Give what tells a story, and lets its people read."""
    with ExitStack() as stack:
        yield lambda story: stack.enter_context(readers(tmp_path, story))


def acts(page: str) -> list[str]:
    """Name the acts for which a page has forms."""
    return re.findall(r'data-act="(\w+)"', page)


def fixed(page: str, act: str) -> dict[str, str]:
    """Return what the form for an act holds already."""
    (found,) = re.findall(rf"data-act=\"{act}\" data-fixed='([^']*)'", page)
    read: dict[str, str] = json.loads(unescape(found))
    return read


def at(told: Readers, reader: str, name: str) -> str:
    """Return the address of somebody's page, as the list of members links it."""
    page = told.page(reader, "/members")
    found = re.search(rf'href="[^"]*(/members/[\w-]+)"><bdi class="person">{name}</bdi>', page)
    assert found, page
    return found[1]


# Who we are.


def test_everybody_is_there_with_since_when_and_nothing_that_ranks_them(tells: Tells) -> None:
    said = words(tells(THREE + "cleo goes away").page("anna", "/members"))
    assert "anna · that is you" in said
    assert said.count("since 15 January 2027") == 3
    assert "Away" in said
    assert not re.search(r"\b(last seen|active|score|\d+ (proposals|tasks|answers))\b", said)


def test_who_is_joining_comes_first_with_what_they_wait_for(tells: Tells) -> None:
    told = tells(DANA)
    said = words(told.page("ben", "/members"))
    assert "Waits for one of us to say: I know that this is dana. You can." in said
    assert "dana. ben and cleo can." in words(told.page("anna", "/members"))
    assert "Do you know dana?" in said
    assert "Do you know dana?" not in words(told.page("anna", "/members"))
    assert said.index("Waits for") < said.index("that is you")


def test_who_was_here_before_is_not_forgotten(tells: Tells) -> None:
    told = tells(THREE + "cleo leaves")
    said = words(told.page("anna", "/members"))
    assert "Who was here before" in said
    page = words(told.page("anna", at(told, "anna", "cleo")))
    assert "and left." in page
    assert "Coming back takes a new invitation." in page


def test_nobody_is_there_who_is_not(tells: Tells) -> None:
    assert tells(THREE).get("anna", f"/members/{'A' * 43}")[0] == 404
    assert tells(THREE).get("anna", "/members/-_")[0] == 404


# Welcoming.


def test_a_member_compares_four_words_and_welcomes_in_one_tap(tells: Tells) -> None:
    told = tells(DANA)
    page = told.page("ben", at(told, "ben", "dana"))
    device = told.world.device("dana").key.public
    assert re.findall(r'<li lang="en">(\w+)</li>', page) == four_words(device)
    assert fixed(page, "welcome") == {"device": device}
    assert "I know that this is dana" in words(page)


def test_whoever_welcomed_somebody_finds_that_said_once_they_are_a_member(tells: Tells) -> None:
    told = tells(DANA + "ben welcomes dana\n")
    page = words(told.page("ben", at(told, "ben", "dana")))
    assert "You said that you know who this is, and dana is a member." in page
    page = words(told.page("cleo", at(told, "cleo", "dana")))
    assert "ben: I know who this is." in page
    assert "I know who this is." not in words(told.page("dana", at(told, "dana", "dana")))


def test_the_newcomer_sees_the_same_four_words(tells: Tells) -> None:
    told = tells(DANA)
    page = told.page("dana", at(told, "dana", "dana"))
    assert re.findall(r'<li lang="en">(\w+)</li>', page) == four_words(
        told.world.device("dana").key.public
    )
    assert "welcome" not in acts(page)


def test_whoever_invited_somebody_is_told_that_it_takes_another(tells: Tells) -> None:
    told = tells(DANA)
    page = told.page("anna", at(told, "anna", "dana"))
    assert "welcome" not in acts(page)
    assert "so it takes one of the others to look" in words(page)


# One's own page.


def test_ones_own_page_has_ones_name_being_away_and_leaving(tells: Tells) -> None:
    told = tells(THREE)
    page = told.page("anna", at(told, "anna", "anna"))
    assert acts(page) == ["name", "away", "leave"]
    assert 'value="anna"' in page
    assert acts(told.page("anna", at(told, "anna", "ben"))) == ["propose"]


def test_whoever_is_away_can_say_that_they_are_back(tells: Tells) -> None:
    told = tells(THREE + "anna goes away")
    assert acts(told.page("anna", at(told, "anna", "anna"))) == ["name", "back", "leave"]


def test_leaving_says_what_it_means_and_asks_once_more(tells: Tells) -> None:
    told = tells(THREE)
    page = told.page("anna", at(told, "anna", "anna"))
    leaving = page[page.index('id="leaving"') :]
    assert "You keep a copy of everything up to now" in leaving
    assert '<input type="checkbox" required>' in leaving
    assert "alone" not in leaving


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ('anna founds "Bread"\n', "You are the only one here"),
        ('-- anna and ben are together in "Bread"\n', "the other one goes on alone"),
    ],
)
def test_of_one_and_of_two_it_says_what_becomes_of_us(
    tells: Tells, story: str, sentence: str
) -> None:
    told = tells(story)
    assert sentence in words(told.page("anna", at(told, "anna", "anna")))


def test_whoever_is_leaving_is_told_so_and_cannot_leave_again(tells: Tells) -> None:
    asleep = "-- the devices of anna, ben and cleo are asleep\n"
    told = tells(THREE + asleep + "anna leaves")
    page = told.page("anna", at(told, "anna", "anna"))
    assert "You have signed your leaving." in words(page)
    assert acts(page) == []


# Parting.


def test_the_way_to_part_begins_with_talking_and_ends_with_consent(tells: Tells) -> None:
    told = tells(THREE)
    page = told.page("anna", at(told, "anna", "ben"))
    said = words(page)
    steps = ("Talk, the two of you.", "Talk with help.", "Go on as two collectives.", "Part.")
    assert [said.index(step) for step in steps] == sorted(said.index(step) for step in steps)
    assert "A hearing: ben is heard" in said
    assert "The consent of everyone else: anna and cleo." in said
    assert fixed(page, "propose") == {"matter": "membership"}
    assert '<input type="hidden" name="effects.0.do" value="release">' in page


def test_of_two_nobody_parts_from_the_other(tells: Tells) -> None:
    told = tells('-- anna and ben are together in "Bread"\n')
    page = told.page("anna", at(told, "anna", "ben"))
    assert "propose" not in acts(page)
    assert "Parting from somebody takes three members" in words(page)
    assert "?replaces=" not in page


def test_whoever_lost_all_devices_can_be_let_in_anew(tells: Tells) -> None:
    told = tells(THREE)
    address = at(told, "anna", "ben")
    assert f"/invitations?replaces={address.rpartition('/')[2]}" in told.page("anna", address)


def test_an_open_parting_is_told_to_the_person_concerned(tells: Tells) -> None:
    told = tells(THREE + "anna proposes to release ben")
    assert "is a proposal to part, and it is open" in words(
        told.page("ben", at(told, "ben", "ben"))
    )


# What people call themselves.


@pytest.mark.parametrize("path", ["/members", "PERSON"])
def test_a_name_runs_nothing_and_turns_nothing_around(tells: Tells, path: str) -> None:
    told = tells(THREE + f'ben is now called "{HOSTILE}"\n')
    person = at(told, "anna", re.escape(HOSTILE.replace("<", "&lt;").replace(">", "&gt;")))
    page = told.page("anna", path.replace("PERSON", person))
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in page


@pytest.mark.parametrize("path", ["/members", "/charter", "/agreements", "/tasks", "/history"])
def test_a_stranger_gets_a_closed_door(tells: Tells, path: str) -> None:
    told = tells(THREE)
    answer = told._caller.client.get(told.at + path)
    assert answer.status_code == 401
    assert "anna" not in answer.text


def test_who_is_let_in_anew_is_not_asked_for_their_own_yes(tells: Tells) -> None:
    told = tells(THREE)
    held = at(told, "anna", "cleo").rpartition("/")[2]
    said = words(told.page("anna", f"/invitations?replaces={held}"))
    assert "The link opens once ben has said yes too." in said
    assert "once ben and cleo have said yes too" in words(told.page("anna", "/invitations"))


def test_what_waits_for_somebody_away_is_what_the_charter_says(tells: Tells) -> None:
    told = tells(THREE + "cleo goes away")
    goes_on = "goes on without waiting: everyday matters, agreements, money and neighbours."
    for reader, name in (("anna", "cleo"), ("anna", "anna")):
        said = words(told.page(reader, at(told, reader, name)))
        assert goes_on in said
        assert "What waits all the same: membership and the charter." in said
    assert goes_on in words(told.page("cleo", "/"))


def test_parting_lies_folded_away_at_the_foot_of_a_members_page(tells: Tells) -> None:
    told = tells(THREE)
    page = told.page("anna", at(told, "anna", "ben"))
    foot = page.index("If they lost every device, or it does not go on together")
    assert page.rindex("<details", 0, foot) > 0
    assert foot < page.index("Lost every device?") < page.index("When it does not go on together")


def test_whoever_invited_reads_why_somebody_else_looks(tells: Tells) -> None:
    told = tells(DANA)
    for path in ("/", "/members", at(told, "anna", "dana")):
        assert "anna invited dana, so somebody else looks." in words(told.page("anna", path))
        assert "so somebody else looks" not in words(told.page("ben", path))
