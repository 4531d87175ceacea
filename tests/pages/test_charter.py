"""The charter in sentences that hold together for somebody who reads them first."""

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
    assert rule.endswith("it waits for those unheard.")
