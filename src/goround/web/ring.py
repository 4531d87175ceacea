"""The ring of positions: where each seat stands in the drawing, going round from the top with the
clock, and where its name is written so that names keep clear of each other and of the edge."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

from goround.pages.faces import initials
from goround.pages.seats import Seat
from goround.pages.wording import one_line

WIDTH, HEIGHT = 360, 250
RADIUS, NAMES = 80, 100
SHAPE = 24
MOST_NAMES = 12
"""More names than that stand in each other's way; then initials have to do."""
LONGEST = 10


class Place(NamedTuple):
    """Where one seat is drawn, and its name."""

    seat: Seat
    x: float
    y: float
    name: str
    name_x: float
    name_y: float
    anchor: str


class Ring(NamedTuple):
    """A drawing of a round."""

    width: int
    height: int
    radius: int
    places: list[Place]


def ring(seats: Sequence[Seat]) -> Ring:
    """Return where everybody sits."""
    many = len(seats)
    return Ring(WIDTH, HEIGHT, RADIUS, [_place(seat, at, many) for at, seat in enumerate(seats)])


def _place(seat: Seat, at: int, many: int) -> Place:
    turn = 2 * pi * at / max(many, 1) - pi / 2
    across, down = cos(turn), sin(turn)
    name = one_line(seat.name, LONGEST) if many <= MOST_NAMES else initials(seat.name)
    return Place(
        seat,
        round(WIDTH / 2 + RADIUS * across - SHAPE / 2, 1),
        round(HEIGHT / 2 + RADIUS * down - SHAPE / 2, 1),
        name,
        round(WIDTH / 2 + NAMES * across, 1),
        round(HEIGHT / 2 + NAMES * down + 5, 1),
        _anchor(across),
    )


def _anchor(across: float) -> str:
    if abs(across) < 0.2:  # noqa: PLR2004 - at the top and at the bottom
        return "middle"
    return "start" if across > 0 else "end"
