"""The charter in sentences that hold together for somebody who reads them first."""

from goround.pages.charter import in_words, sentence
from goround.pages.kinds import rule_of
from tests.told import reads, told

THREE = '-- anna, ben and cleo are together in "Bread"\n'


def test_silence_is_no_yes_also_where_something_goes_ahead_without_somebody() -> None:
    rule = rule_of(reads(told(THREE), "anna"), "everyday")
    assert rule.endswith(
        "nobody’s silence counts as a yes; after 3 days it can be closed, and another 3 days "
        "later it can go ahead without those who said nothing."
    )


def test_what_waits_for_everybody_needs_no_word_about_silence() -> None:
    rule = rule_of(reads(told(THREE), "anna"), "agreement")
    assert "silence counts" not in rule
    assert rule.endswith("it waits for whoever has not answered yet, however long that takes.")


def test_how_many_may_stand_aside_is_said_for_those_who_are_there() -> None:
    few = rule_of(reads(told('-- anna and ben are together in "Bread"\n'), "anna"), "everyday")
    assert "; nobody can stand aside while there are fewer than 3; " in few
    three = rule_of(reads(told(THREE), "anna"), "everyday")
    assert "; up to one in 3 can stand aside (of 3 people, one); " in three


def test_each_rule_of_the_charter_says_it_too_and_of_another_time_in_general() -> None:
    reading = reads(told(THREE), "anna")
    said = {row["rule"]: row["sentence"] for row in in_words(reading)}
    beyond = "; beyond that it is no consent."
    here = "On money, up to one in 3 can stand aside (of 3 people, one)"
    assert said["money_asides"] == here + beyond
    general = "On money, up to one in 3 can stand aside, and nobody while there are fewer than that"
    assert sentence(reading.view.epoch.charter, "money_asides") == general + beyond
