from goround.pages.four_words import _WORDS, four_words
from tests.vectors.people import ANNA, BEN


def test_there_are_256_words_that_nobody_mistakes_on_a_telephone() -> None:
    assert len(set(_WORDS)) == 256
    assert sorted(_WORDS) == _WORDS
    assert all(word.isascii() and word.islower() and 2 < len(word) < 10 for word in _WORDS)


def test_a_device_has_the_same_four_words_on_every_screen() -> None:
    assert four_words(ANNA.public) == ["apple", "rabbit", "needle", "valley"]
    assert four_words(ANNA.public) != four_words(BEN.public)
