import re
from importlib.resources import files

import pytest

SHEET = (files("goround.web") / "static" / "goround.css").read_text("utf-8")


def colours(sheet: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", sheet))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


LIGHT, DARK = SHEET.split("prefers-color-scheme: dark", 1)


@pytest.mark.parametrize("theme", [colours(LIGHT), colours(DARK)], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint", "blush", "code"])
@pytest.mark.parametrize("text", ["ink", "soft", "blue", "red", "reservations", "aside", "time"])
def test_every_text_stands_out_from_every_ground(
    theme: dict[str, str], ground: str, text: str
) -> None:
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [colours(LIGHT), colours(DARK)], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "sheet", "tint", "blush"])
def test_every_outline_stands_out_from_every_ground(theme: dict[str, str], ground: str) -> None:
    assert contrast(theme["edge"], theme[ground]) >= 3


@pytest.mark.parametrize("theme", [colours(LIGHT), colours(DARK)], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["come", "gone"])
def test_what_came_and_what_went_can_be_read(theme: dict[str, str], ground: str) -> None:
    assert contrast(theme["ink"], theme[ground]) >= 7


def test_the_sheet_weighs_under_30_kb() -> None:
    assert len(SHEET.encode()) < 30_000
