"""Whom to call next is reckoned with a time and a chance that are handed in."""

import pytest

from goround.sync.calling import (
    AT_ONCE,
    BEGINS,
    EACH,
    EVERY,
    FIRST,
    LONGEST,
    SOON,
    Line,
    begun,
    called,
    due,
    missed,
    reached,
    written,
)

CHANCES = [0.0, 0.5, 0.999]


@pytest.mark.parametrize("chance", CHANCES)
def test_every_place_is_called_when_the_node_starts(chance: float) -> None:
    lines = {"a": begun(100.0, chance)}
    assert due(lines, 100.0 + BEGINS) == ["a"]


@pytest.mark.parametrize("chance", CHANCES)
def test_a_place_is_called_soon_after_something_was_written_that_it_lacks(chance: float) -> None:
    line = reached(7, 100.0, chance, 1)
    assert written(line, 7, 101.0, chance) == line
    assert written(line, 8, 101.0, chance).at <= 101.0 + 2 * SOON < line.at


def test_what_is_written_later_does_not_put_off_the_call() -> None:
    line = written(reached(7, 100.0, 0.5, 1), 8, 101.0, 0.5)
    assert written(line, 9, 101.4, 0.999) == line


@pytest.mark.parametrize("chance", CHANCES)
def test_where_nothing_is_written_it_is_called_about_once_a_minute(chance: float) -> None:
    wait = reached(7, 0.0, chance, 1).at
    assert 0.75 * EVERY <= wait <= 1.25 * EVERY


def test_not_all_are_called_at_the_same_moment() -> None:
    assert len({reached(7, 0.0, chance, 1).at for chance in CHANCES}) == len(CHANCES)


def test_many_places_are_called_more_rarely_so_that_a_node_is_not_always_calling() -> None:
    assert reached(7, 0.0, 0.5, 1000).at == 1000 * EACH


def test_a_place_that_does_not_answer_is_called_ever_more_rarely_and_never_given_up() -> None:
    line, waits = begun(0.0, 0.5), []
    for _time in range(100):
        line = missed(line, 0.0, 0.5)
        waits.append(line.at)
    assert waits[:4] == [FIRST, 2 * FIRST, 4 * FIRST, 8 * FIRST]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST


def test_what_is_written_does_not_hurry_the_call_of_a_place_that_does_not_answer() -> None:
    line = missed(begun(0.0, 0.5), 0.0, 0.5)
    assert written(line, 99, 0.1, 0.5) == line


def test_one_that_answers_again_is_called_as_before() -> None:
    line = reached(7, 50.0, 0.5, 1)
    assert line.misses == 0
    assert written(line, 8, 51.0, 0.5).at == 51.0 + SOON


def test_with_one_place_there_is_one_conversation_and_with_all_a_few() -> None:
    lines = {name: Line(float(name)) for name in range(10)}
    first = due(lines, 100.0)
    assert first == list(range(AT_ONCE)), "who waits longest comes first"
    lines |= {name: called(lines[name]) for name in first}
    assert due(lines, 100.0) == []
    lines[0] = reached(7, 100.0, 0.5, 1)
    assert due(lines, 100.0) == [AT_ONCE]


def test_nobody_is_called_before_their_time() -> None:
    assert due({"a": Line(100.0), "b": Line(50.0)}, 99.9) == ["b"]
