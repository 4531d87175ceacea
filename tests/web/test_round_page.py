"""Home, as each of several people gets it."""

import re

import pytest

from tests.web.reader import Readers, Tells, words

THREE = '-- anna, ben and cleo are together in "Bread"\n'
STOVE = THREE + 'anna proposes stove: "Buy a wood stove"\n'
SEAT = re.compile(r'<bdi class="seat-name">([^<]*)</bdi>')


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
