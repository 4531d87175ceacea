from goround.log.spelling import WORDS
from goround.pages.four_words import four_words
from tests.vectors.people import ANNA, BEN


def test_there_are_256_words_that_nobody_mistakes_on_a_telephone() -> None:
    assert len(set(WORDS)) == 256
    assert sorted(WORDS) == WORDS
    assert all(word.isascii() and word.islower() and 2 < len(word) < 10 for word in WORDS)


def test_a_device_has_the_same_four_words_on_every_screen() -> None:
    assert four_words(ANNA.public) == ["apple", "rabbit", "needle", "valley"]
    assert four_words(ANNA.public) != four_words(BEN.public)
