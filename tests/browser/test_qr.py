"""A link drawn by our own script is the picture that others draw, module by module, and says the
link again when it is read."""

from collections.abc import Callable
from random import Random

import pytest
import segno

from tests.browser.callers import runs
from tests.browser.conftest import MakesProfile
from tests.browser.reading_qr import read_qr

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:/#."
FULL = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450)
"""How many letters fill each version, from 1 on; there nothing is left to fill up."""

Matrix = list[str]
Draws = Callable[[list[str]], list[Matrix]]


def random_texts(lengths: list[int]) -> list[str]:
    chance = Random(8420)
    return ["".join(chance.choices(LETTERS, k=length)) for length in lengths]


@pytest.fixture
def draws(profile: MakesProfile) -> Draws:
    page = profile().opens("/")
    body = """
      const { qrOf } = await module("qr");
      return given.map((text) => qrOf(text).map((row) => row.map(Number).join("")));
    """
    return lambda texts: runs(page, body, texts)


def test_it_is_the_picture_that_segno_draws(draws: Draws) -> None:
    texts = random_texts(list(FULL) * 3)
    assert draws(texts) == [drawn_by_segno(text) for text in texts]


def drawn_by_segno(text: str) -> Matrix:
    """Draw as segno does; where a version is not full it fills up with one word more of nothing."""
    code = segno.make(text, error="m", mode="byte", boost_error=False, micro=False)
    return ["".join("01"[bit] for bit in row) for row in code.matrix]


def test_it_says_the_same_when_it_is_read(draws: Draws) -> None:
    texts = [*random_texts(list(range(1, 450, 17))), "Où ? – là", "a", "1" * 100]
    assert [read_qr(drawn) for drawn in draws(texts)] == texts


def test_what_is_too_long_for_a_picture_is_refused(profile: MakesProfile) -> None:
    page = profile().opens("/")
    body = """
      const { qrOf } = await module("qr");
      try { return qrOf(given); } catch (error) { return error.message; }
    """
    assert "too long" in runs(page, body, "x" * 451)


def test_the_drawing_on_the_page_has_the_same_squares(profile: MakesProfile) -> None:
    page = profile().opens("/")
    body = """
      const { drawQr } = await module("qr");
      const svg = drawQr(given, "a link");
      return [svg.getAttribute("viewBox"), svg.querySelector("path").getAttribute("d")];
    """
    (text,) = random_texts([180])
    box, path = runs(page, body, text)
    expected = drawn_by_segno(text)
    assert box == f"0 0 {len(expected) + 8} {len(expected) + 8}"
    assert squares(path, len(expected)) == expected


def squares(path: str, size: int) -> Matrix:
    """Fill the squares that a path draws, without the quiet four around them."""
    rows = [["0"] * size for _ in range(size)]
    for run in path.split("z")[:-1]:
        place, length = run.removeprefix("M").split("h")[:2]
        column, row = (int(number) - 4 for number in place.split())
        for at in range(int(length.split("v")[0])):
            rows[row][column + at] = "1"
    return ["".join(row) for row in rows]
