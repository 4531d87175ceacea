"""Home, as each of several people gets it."""

import re

import pytest

from goround.pages.round import MOST_UNDER_WAY, MOST_WAITS
from tests.web.callers import ORIGIN
from tests.web.reader import Readers, Tells, words

THREE = '-- anna, ben and cleo are together in "Bread"\n'
STOVE = THREE + 'anna proposes stove: "Buy a wood stove"\n'
SEAT = re.compile(r'<bdi class="seat-name(?: long)?">([^<]*)</bdi>')


def home(told: Readers, who: str) -> str:
    return told.page(who, "/")


def test_everybody_sits_in_the_round_and_the_reader_first(tells: Tells) -> None:
    told = tells(THREE)
    assert SEAT.findall(home(told, "anna")) == ["anna", "ben", "cleo"]
    assert SEAT.findall(home(told, "ben")) == ["ben", "cleo", "anna"]
    assert "ben you" in words(home(told, "ben"))


def test_what_waits_stands_in_the_middle_with_its_reason_and_a_link(tells: Tells) -> None:
    told = tells(STOVE + "anna and ben agree to stove")
    page = home(told, "cleo")
    middle = page[page.index('class="middle"') :]
    assert "What waits for you" in middle
    assert f'href="{told.at}/proposals/{told.id("stove")}"' in middle
    assert "You have not been heard yet" in middle
    assert "Nothing waits for you" in home(told, "anna")


def test_what_waits_for_others_says_for_whom(tells: Tells) -> None:
    told = tells(STOVE + "anna agrees to stove")
    assert "waits for ben and cleo" in words(home(told, "anna"))


def test_a_long_name_has_small_letters(tells: Tells) -> None:
    told = tells(THREE + 'ben is now called "Bartholomew"')
    assert '<bdi class="seat-name long">Bartholomew</bdi>' in home(told, "anna")
    assert '<bdi class="seat-name">cleo</bdi>' in home(told, "anna")


def test_somebody_away_is_away_in_words(tells: Tells) -> None:
    assert "cleo away" in words(home(tells(THREE + "cleo goes away"), "anna"))


def test_the_first_one_is_asked_to_invite(tells: Tells) -> None:
    told = tells('anna founds "Bread"')
    page = home(told, "anna")
    assert "You are the first" in page
    assert f'href="{told.at}/invitations"' in page


def test_somebody_at_the_door_is_seen_by_all_and_sees_what_they_wait_for(tells: Tells) -> None:
    told = tells(THREE + "anna invites dana\nben and cleo agree to dana's invitation\ndana joins\n")
    assert "dana is joining" in words(home(told, "ben"))
    assert "Do you know that this is dana?" in words(home(told, "ben"))
    assert "You are joining, dana" in words(home(told, "dana"))


def test_whoever_left_can_read_along_and_put_nothing_forward(tells: Tells) -> None:
    told = tells(THREE + "cleo leaves")
    page = home(told, "cleo")
    assert "You can read along" in page
    assert "/proposals/new" not in page


def test_what_waits_is_said_once_to_whoever_listens(tells: Tells) -> None:
    told = tells(STOVE + "anna and ben agree to stove")
    assert re.search(r'data-part="round" data-says="Waiting for you: stove ', home(told, "cleo"))
    assert 'data-part="round" data-says="Nothing waits for you."' in home(told, "anna")


@pytest.mark.parametrize("who", ["anna", "cleo"])
def test_the_parts_that_change_are_there_also_while_they_are_empty(tells: Tells, who: str) -> None:
    told = tells(STOVE + "anna and ben agree to stove")
    parts = re.findall(r'data-part="([\w-]+)"', home(told, who))
    assert parts == ["round", "further", "comings", "door", "under-way", "lately", "good-to-know"]


def test_a_name_or_a_title_is_never_markup(tells: Tells) -> None:
    told = tells(THREE + 'ben is now called "<b>Ben</b>"\nben proposes stove: "<i>no</i>"')
    page = home(told, "anna")
    assert "<b>Ben" not in page
    assert "&lt;b&gt;Ben" in page


# Much at once.


def test_home_shows_the_first_of_much_and_says_where_the_rest_is(tells: Tells) -> None:
    lines = "\n".join(f'ben proposes p{n}: "Text"' for n in range(45))
    told = tells(THREE + lines)
    page = home(told, "anna")
    assert page.count('<li class="wait">') == MOST_WAITS
    assert f'href="{told.at}/waiting"' in page
    found = [
        re.findall(">\\W*(p\\d+)\\W*</a>", words_in(told.page("anna", f"/waiting?page={n}")))
        for n in (1, 2, 3)
    ]
    assert [len(names) for names in found] == [20, 20, 5]
    assert [name for names in found for name in names] == [f"p{n}" for n in range(45)]
    first, last = told.page("anna", "/waiting"), told.page("anna", "/waiting?page=3")
    assert 'rel="next" href="' + told.at.removeprefix(ORIGIN) in first
    assert 'rel="next"' not in last
    assert told.page("anna", "/waiting?page=99") == last


def test_what_waits_for_others_is_the_first_of_much_too(tells: Tells) -> None:
    lines = "\n".join(f'anna proposes p{n}: "Text"\nanna agrees to p{n}' for n in range(14))
    told = tells(THREE + lines)
    page = home(told, "anna")
    assert page.count("waits for <bdi>") == MOST_UNDER_WAY
    assert f'href="{told.at}/proposals?state=open"' in page


def test_where_nothing_waits_the_page_of_it_says_so(tells: Tells) -> None:
    assert "Nothing waits for you." in words(tells(THREE).page("ben", "/waiting"))


def words_in(page: str) -> str:
    """Return a page without the marks around what people wrote."""
    return page.replace("<bdi>", "").replace("</bdi>", "")
