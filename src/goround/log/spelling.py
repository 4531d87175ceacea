"""Bytes as words that people can read aloud, compare and type: one of 256 words for each byte. What
is read back may be in any case and broken into lines anyhow, and nothing else is guessed."""

from __future__ import annotations

from difflib import get_close_matches

WORDS = """
acorn almond anchor ankle apple apron arrow attic autumn bakery bamboo banjo barley barrel
basil basket beaver beetle bench berry biscuit blanket blossom boat bonfire bottle bramble
branch bread breeze brick bridge broom brush bubble bucket butter button cabbage cable cactus
camel candle canoe caramel carpet carrot castle cedar cello chalk cherry chimney cinema circle
clover coconut coffee comet copper coral cotton cricket crystal cushion daisy dancer desert
diamond dolphin donkey dragon drum eagle echo elbow elephant ember engine evening falcon
feather fiddle finger flute forest fountain fox freckle garden garlic ginger giraffe glacier
glove goose grape grass guitar hammer harvest hazel hedge helmet heron hill honey horizon
island ivory jacket jasmine jelly jigsaw jungle kettle kitchen kite ladder lagoon lantern
lavender lemon lentil lettuce library lilac linen lobster locket lotus magnet mango maple
marble meadow melon mirror mitten morning mountain muffin mushroom napkin needle nest noodle
oak oasis ocean olive onion orange orchard otter oven owl paddle palm panda paper parsley peach
peanut pebble pencil pepper piano pigeon pillow planet plum pocket pond poppy potato puddle
pumpkin puppet puzzle quartz quilt rabbit radish rainbow raisin raven ribbon rice river robin
rocket rope saddle saffron salad salmon sandal satchel scarf school seed shadow shell silver
slipper snail snow soap sparrow spider spoon squirrel star stove straw sugar summer sunrise
table tailor teapot thimble thunder ticket tiger timber toast tomato tower train trumpet tulip
tunnel turnip turtle umbrella valley velvet village vinegar violet violin walnut water whale
wheat whistle willow window winter wool yarn yogurt zebra zipper
""".split()  # noqa: SIM905 - a list of 256 quoted words is a page that nobody reads
"""256 words that sound unlike each other; their places are fixed: screens compare them, and
sheets of paper hold them."""

_PLACES = {word: place for place, word in enumerate(WORDS)}


def spelled(raw: bytes) -> list[str]:
    """Return the words for some bytes."""
    return [WORDS[byte] for byte in raw]


def unspelled(text: str) -> bytes:
    """Return the bytes that words stand for; ValueError names one that is none of them."""
    words = text.casefold().replace(",", " ").split()
    for word in words:
        if word not in _PLACES:
            raise ValueError(word)
    return bytes(_PLACES[word] for word in words)


def is_word(word: str) -> bool:
    """Tell whether something is one of the words."""
    return word.casefold() in _PLACES


def likely(word: str) -> str:
    """Return the word that something was most likely meant to be; nothing where none is near."""
    return next(iter(get_close_matches(word.casefold(), WORDS, 1)), "")
