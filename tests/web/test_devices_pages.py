"""What a device signed, and how the group stands, as pages show them."""

import re

from tests.pages.test_devices import STOLEN
from tests.pages.test_standing import UNSEEN
from tests.web.reader import Tells, words

THREE = '-- anna, ben and cleo are together in "Bread"\n'


def test_everything_that_a_stolen_device_signed_can_be_read(tells: Tells) -> None:
    told = tells(STOLEN)
    phone = told.world.device("ben's phone").key.public
    said = words(told.page("ben", f"/devices/{phone}"))
    assert "ben answered “stove”: I agree." in said
    assert "It was retired." in said
    assert said.count("Signed beside or after its retirement") == 2
    assert f"/devices/{phone}" in told.page("ben", "/devices")
    event = told.world.device("ben's phone").events[-1].id
    assert re.search(r"/devices/[\w-]{43}", told.page("anna", f"/history/{event}"))


def test_others_read_it_too_and_their_answers_stay_covered(tells: Tells) -> None:
    told = tells(THREE + 'anna proposes stove: "Buy a wood stove"\nben agrees to stove\n')
    said = words(told.page("cleo", f"/devices/{told.world.device('ben').key.public}"))
    assert "What a device of ben has signed" in said
    assert "ben answered “stove”." in said
    assert "ben answered “stove”: I agree" not in said


def test_a_device_that_nobody_knows_is_nowhere(tells: Tells) -> None:
    told = tells(THREE)
    for odd in ("A" * 43, "x", "%3Cscript%3E"):
        assert told.get("anna", f"/devices/{odd}")[0] == 404


def test_how_the_group_stands_is_a_page_of_its_own_with_what_helps(tells: Tells) -> None:
    told = tells(UNSEEN)
    said = words(told.page("anna", "/standing"))
    assert "two thirds of our devices say so: 4 of 5" in said
    assert "If two of you lose their only devices" in said
    assert "Not heard from for more than a month: emre." in said
    assert "A second device, or a sheet of paper" in said
    assert ">How we stand</a>" in told.page("anna", "/")
