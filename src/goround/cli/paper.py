"""A device on a sheet of paper, as a terminal prints it: in words, with a picture to scan, and as a
page of its own for whoever has a printer."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from goround.cli.out import Heading, Typed
from goround.log.paper import write_letters, write_words
from goround.pages.names import collective_name, name_of
from goround.sentences import _

if TYPE_CHECKING:
    from goround.pages.reading import Reading

IN_A_ROW = 6


class Sheet(NamedTuple):
    """What stands on the sheet: whose it is, where it leads, the words, and the link to scan."""

    collective: str
    name: str
    address: str
    words: list[str]
    link: str


def sheet_of(reading: Reading, address: str, secret: bytes) -> Sheet:
    """Write a sheet."""
    link = f"{address}#{write_letters(secret)}"
    names = collective_name(reading), name_of(reading, reading.me)
    return Sheet(*names, address, write_words(secret), link)


def as_lines(sheet: Sheet) -> list[str]:
    """Return what is printed for people, with the picture."""
    return [
        Heading(_title(sheet)),
        *_use(sheet),
        "",
        *(Typed(row) for row in _rows(sheet)),
        "",
        *(Typed(row) for row in _drawn(sheet.link).splitlines()),
        _("It is shown once, and kept nowhere."),
    ]


def _title(sheet: Sheet) -> str:
    line = _("A paper device of {name} in {collective}")
    return line.format(name=sheet.name, collective=sheet.collective)


def _use(sheet: Sheet) -> list[str]:
    return [
        _("It lets in your next device when you have lost the others. Keep it like a key."),
        _("Scan the picture, or open {address} and type the words.").format(address=sheet.address),
        _("In a terminal: goround clone {address}").format(address=sheet.address),
    ]


def _rows(sheet: Sheet) -> list[str]:
    words = [f"{number:>2} {word:<9}" for number, word in enumerate(sheet.words, 1)]
    return ["  ".join(words[at : at + IN_A_ROW]) for at in range(0, len(words), IN_A_ROW)]


def _drawn(link: str) -> str:
    import segno  # noqa: PLC0415 - nothing else needs it

    picture = io.StringIO()
    segno.make(link, micro=False).terminal(picture, compact=True)
    return picture.getvalue()


def as_page(sheet: Sheet) -> str:
    """Return the sheet as one page that needs nothing else to be printed."""
    import segno  # noqa: PLC0415 - nothing else needs it

    picture = segno.make(sheet.link, micro=False).svg_inline(scale=5)
    words = "".join(f"<li>{escape(word)}</li>" for word in sheet.words)
    uses = "".join(f"<p>{escape(line)}</p>" for line in _use(sheet))
    style = "body{font:16px sans-serif;margin:2cm}ol{columns:3;font-size:1.3em;line-height:1.8}"
    title = escape(_title(sheet))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{style}</style><h1>{title}</h1>{uses}<ol>{words}</ol>{picture}</html>\n"
    )
