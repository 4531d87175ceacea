"""Takes a picture of every page, wide and narrow, by day and by night, of a collective that has
just begun and of one that is full of everything, into build/pictures, to be looked at; an index
shows them side by side. A word given to it takes only those whose name holds that word. The few
that the documents show are taken by the test of five people."""

from __future__ import annotations

import re
import sys
from html import escape
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from playwright.sync_api import sync_playwright

from goround.node.home import Home
from tests.browser.full import Full, fill
from tests.browser.nodes import Node
from tests.browser.profiles import started_with
from tests.browser.routes import addresses, templates
from tests.browser.seen import enrolled, settles, shown_as
from tests.web.callers import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FloatRect, Page

    from tests.browser.seen import Scheme

ROOT = Path(__file__).parents[1]
INTO = ROOT / "build" / "pictures"
WIDTHS = (360, 1280)
TALLEST = 6000
"""Of what is taller only the beginning is shown."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


class Shot(NamedTuple):
    """One address of one collective, and what its pictures are called."""

    name: str
    address: str


def main() -> None:
    INTO.mkdir(parents=True, exist_ok=True)
    for old in INTO.glob("*.png"):
        old.unlink()
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(**started_with())
        full = fill(Path(folder) / "full")
        empty = begin(Path(folder) / "empty")
        for told, kind in ((empty, "empty"), (full, "full")):
            take_all(browser, told, kind)
        browser.close()
    index()
    print(f"goround: {len(list(INTO.glob('*.png')))} pictures in {INTO.relative_to(ROOT)}")


def begin(folder: Path) -> Full:
    """Found a collective in which nothing has happened yet."""
    home = Home(folder)
    replica = home.found("Bread", "Anna", "We bake for our street.")
    members = {"Anna": replica.view().epoch.members[replica.person]} if replica.person else {}
    replica.close()
    return Full(folder, replica.collective, key_of(replica), {}, members)


def take_all(browser: Browser, full: Full, kind: str) -> None:
    node = Node(full.home)
    try:
        with enrolled(browser, node, full) as anna:
            for shot in (shot for shot in shots(full, kind) if wanted(shot.name)):
                for width, scheme in product(WIDTHS, SCHEMES):
                    shown_as(anna.page, width, scheme)
                    settles(anna.opens(shot.address))  # as on a phone, and not made narrow later
                    take(anna.page, INTO / f"{shot.name}-{width}-{scheme}.png")
    finally:
        node.stop()


def shots(full: Full, kind: str) -> Iterator[Shot]:
    """Name every address of a collective by what it leads to."""
    told = {**full.members, **full.proposals}
    names = {place: f"{number}-{name}" for number, (name, place) in enumerate(told.items())}
    for template in templates(full.home):
        for address in addresses(template, full):
            inside = address.removeprefix(f"/c/{full.collective}")
            shown = [names.get(part, part) for part in re.split("[/?]", inside) if part]
            place = "home" if inside == "/" and inside != address else "-".join(shown) or "welcome"
            yield Shot(re.sub(r"[^a-zA-Z0-9-]+", "_", f"{kind}-{place}"), address)


def wanted(name: str) -> bool:
    return all(word in name for word in sys.argv[1:])


def take(page: Page, file: Path) -> None:
    page.wait_for_timeout(150)
    width, height = page.evaluate("() => [innerWidth, document.documentElement.scrollHeight]")
    clip: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(height, TALLEST)}
    page.screenshot(path=file, full_page=True, clip=clip)


def index() -> None:
    """Write a page that shows all of them."""
    files = sorted(file.name for file in INTO.glob("*.png"))
    shown = "\n".join(
        f'<figure><figcaption>{escape(name)}</figcaption><img src="{escape(name)}" loading="lazy">'
        for name in files
    )
    style = "img{max-width:30rem;border:1px solid}figure{display:inline-block;vertical-align:top}"
    page = f"<!doctype html><meta charset=utf-8><style>{style}</style>{shown}"
    (INTO / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
