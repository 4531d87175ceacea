"""Words as long and as varied as people's own, so that contents weigh what they would."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

_COMMON = (
    "the a we to of and in it is for on that with at by this be our not are who can you from "
    "have as one or what if so when there all more do will no how about out up then them only "
    "some "
)

_RARE = (
    "oven dough flour stove wood street kitchen table workshop garden compost ladder drill saw "
    "paint van trailer tyres insurance deposit invoice rent landlord lease roof gutter leak "
    "window hinge lock key shed fence neighbours noise Sunday Monday evening market stall "
    "customers recipe sourdough rye starter basket delivery route bicycle repair brakes chain "
    "budget receipt account balance contribution sliding scale holiday rota cleaning fridge "
    "freezer shelf label allergy nuts children school nursery playground meeting minutes "
    "facilitator agenda concern proposal wording paragraph deadline electricity meter solar "
    "panel battery inverter grant application council permit inspection extinguisher first-aid "
    "training apprentice visitor open-day poster leaflet website newsletter library books "
    "cupboard sewing machine fabric tools inventory borrow return damage orchard apples press "
    "juice bottles crates harvest seedlings greenhouse watering rain barrel hens "
)

_NAMES = (
    "Anna",
    "Ben",
    "Çiğdem",
    "Dana",
    "Emre",
    "Fay",
    "Gökçe",
    "Hal",
    "Ines",
    "Jørn",
    "Kim",
    "Lou",
)

_COMMON_SHARE = 0.55
_SENTENCE = (6, 18)


class Writer:
    """Somebody who always has something to say."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._common, self._rare = _COMMON.split(), _RARE.split()

    def title(self) -> str:
        return self._words(self._chance.randint(2, 6)).capitalize()

    def text(self, fewest: int, most: int) -> str:
        """Write sentences of so many words in all; most texts are on the short side."""
        left = int(self._chance.triangular(fewest, most, fewest))
        sentences: list[str] = []
        while left > 0:
            length = min(left, self._chance.randint(*_SENTENCE))
            sentences.append(f"{self._words(length).capitalize()}.")
            left -= length
        return " ".join(sentences)

    def _words(self, count: int) -> str:
        chance = self._chance
        pick = (
            self._common if chance.random() < _COMMON_SHARE else self._rare for _ in range(count)
        )
        return " ".join(chance.choice(words) for words in pick)


def name(number: int) -> str:
    """Name the members of a collective, the founder first."""
    return _NAMES[number]
