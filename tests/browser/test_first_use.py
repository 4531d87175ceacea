"""Whoever has read the README and nothing else gets from the first page to a decision among three,
in few steps: every tap, every link that is opened and every field that is filled counts as one."""

from collections.abc import Callable

from tests.browser.conftest import MakesProfile
from tests.browser.deciding import Decider

FEW = 40


def test_from_the_first_page_to_a_decision_among_three_in_few_steps(
    profile: MakesProfile, record_property: Callable[[str, object], None]
) -> None:
    anna, ben, cleo = (Decider(name, profile()) for name in ("Anna", "Ben", "Cleo"))
    anna.founds("Bread", "We bake for our street.")
    anna.invites("Ben")
    anna.invites("Cleo")
    ben.joins(anna.copies_the_link_for("Ben"))
    cleo.joins(anna.copies_the_link_for("Cleo"))
    ben.welcomes("Cleo")
    anna.proposes("A wood stove", "We buy a wood stove for at most 300.")
    for person in (anna, ben, cleo):
        if person is not anna:
            person.opens_what_waits("A wood stove")
        person.takes_position("agree")
    for person in (anna, ben, cleo):
        person.sees_where_it_stands("Decided")
    counted = ", ".join(f"{person.name} {person.used}" for person in (anna, ben, cleo))
    record_property("taps and fields from the first page to a decision", counted)
    assert max(person.used for person in (anna, ben, cleo)) < FEW
