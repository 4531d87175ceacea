"""Draws the icons by which a device shows the program among its others, from the sign that pages
show. Run it after the sign has changed; the pictures are kept with the code, because a node draws
none."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from tests.browser.profiles import started_with

STATIC = Path(__file__).parents[1] / "src" / "goround" / "web" / "static"
PAPER = "#f2f1ee"


class Icon(NamedTuple):
    """How large a picture is, how much of it the sign takes, and what is behind it."""

    name: str
    size: int
    share: float
    behind: str


ICONS = (
    Icon("192", 192, 1.0, "transparent"),
    Icon("512", 512, 1.0, "transparent"),
    Icon("masked", 512, 0.62, PAPER),
    Icon("touch", 180, 0.78, PAPER),
)
"""`masked` is cut to any shape by a system, `touch` to a rounded square."""


def main() -> None:
    sign = (STATIC / "round.svg").read_text("utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(**started_with())
        for icon in ICONS:
            page = browser.new_page(viewport={"width": icon.size, "height": icon.size})
            page.set_content(drawn(sign, icon))
            path = STATIC / "icons" / f"{icon.name}.png"
            page.screenshot(path=path, omit_background=True)
            print(f"goround: {path.name}, {path.stat().st_size} bytes")
        browser.close()


def drawn(sign: str, icon: Icon) -> str:
    """Return a page that shows nothing but the sign."""
    side = icon.size * icon.share
    rules = f"margin:0;height:100vh;display:grid;place-items:center;background:{icon.behind}"
    style = f"<style>body{{{rules}}}svg{{width:{side}px;height:{side}px}}</style>"
    return f"<!doctype html>{style}{sign}"


if __name__ == "__main__":
    main()
