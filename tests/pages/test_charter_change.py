"""How we decide, as what it can be, what a change would change, and how it came to be so."""

from goround.collective.charter import RULES
from goround.pages.charter_change import former_charters, founded_with, in_force, open_changes
from goround.pages.effects import effects
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'
SLOWER = THREE + "anna proposes slower (charter), with the rule everyday_notice = 9\n"
BEFORE = "On everyday matters, people have 3 days before anything can be closed."
AFTER = "On everyday matters, people have 9 days before anything can be closed."


def test_every_rule_can_be_set_and_every_value_is_a_sentence() -> None:
    now = in_force(reads(told(THREE), "anna"))
    rules = [rule for matter in now["matters"] for rule in matter["rules"]] + now["general"]
    assert {rule["rule"] for rule in rules} == set(RULES)
    assert len(rules) == len(RULES)
    for rule in rules:
        said = [option["sentence"] for option in rule["options"]]
        assert len(set(said)) == len(said)
        assert rule["label"]
        assert said or rule["is_number"]


def test_the_values_that_are_offered_are_those_that_a_rule_may_have() -> None:
    now = in_force(reads(told(THREE), "anna"))
    for rule in [rule for matter in now["matters"] for rule in matter["rules"]]:
        known = RULES[rule["rule"]]
        assert all(known.allows(option["value"]) for option in rule["options"])
        assert rule["value"] in [o["value"] for o in rule["options"]] or not rule["options"]
        assert not rule["is_number"] or (known.allows(rule["low"]) and known.allows(rule["high"]))


def test_a_change_is_told_as_the_sentence_before_and_after() -> None:
    reading = reads(told(SLOWER), "ben")
    (one,) = open_changes(reading)
    assert one["changes"] == [{"rule": "everyday_notice", "before": BEFORE, "after": AFTER}]
    version = reading.view.record.versions[one["proposal"]][0]
    (effect,) = effects(reading, version)
    assert effect["sentence"] == f"Until now: “{BEFORE}” From then on: “{AFTER}”"
    assert effect["set"] == {"everyday_notice": 9}


def test_a_change_in_force_still_says_what_it_changed() -> None:
    reading = reads(told(SLOWER + "anna, ben and cleo agree to slower"), "ben")
    assert open_changes(reading) == []
    (one,) = former_charters(reading)
    assert [(row["before"], row["after"]) for row in one["changes"]] == [(BEFORE, AFTER)]
    assert BEFORE in founded_with(reading)


def test_the_newest_change_comes_first() -> None:
    story = (
        SLOWER + "anna, ben and cleo agree to slower\n"
        "ben proposes slowest (charter), with the rule everyday_notice = 30\n"
        "anna, ben and cleo agree to slowest\n"
    )
    told_of = [one["title"] for one in former_charters(reads(told(story), "cleo"))]
    assert told_of == ["slowest", "slower"]
