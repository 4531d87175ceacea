import pytest

from goround.pages.faces import initials, is_long


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna", "A"),
        ("anna maria brandt", "AB"),
        ("“Fay” (from the mill)", "FM"),
        ("Émile", "É"),
        ("E\u0301mile", "E\u0301"),
        ("ליאורה בן־דוד", "ל"),
        ("محمد الفارسي", "م"),
        ("王 小明", "王"),
        ("3 of us", "3"),
        ("🌻", "🌻"),
    ],
)
def test_a_token_bears_the_first_letters_of_a_name(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize("name", ["", "   ", "…", "—"])
def test_a_name_without_letters_has_a_dot(name: str) -> None:
    assert initials(name) == "·"


def test_a_long_word_of_a_name_is_told_from_a_name_of_many_words() -> None:
    assert all(map(is_long, ("Konstantin", "Anna Bartholomew", "Wilhelmine-Rosalinde")))
    assert not any(map(is_long, ("Benjamin", "Anna Maria Luisa", "Karl-Heinz Otto", "")))
