"""Draws templates: which words and filters they have, and how text that somebody wrote becomes
markup. Whatever people write is Markdown without HTML, cleaned once more after it was read, so a
text can be set in type and can run, load or imitate nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import nh3
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from goround.node.addresses import is_of_one_computer
from goround.pages.addressing import plain
from goround.pages.faces import initials
from goround.pages.wording import lines_of
from goround.sentences import _, listed, ngettext
from goround.web.assets import asset, script
from goround.web.telling import told

_TAGS = {
    *("a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"),
    *("s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_SHALLOWEST = 3
"""Headings of a text stand below those of its page."""
_DEEPEST = 6
LARGEST_MARKDOWN = 64 * 1024
"""Letters of a text that are read as Markdown; a longer one is shown as it was typed."""

MOST_CELLS = 10_000
"""Lines times columns up to which tables are drawn: short rows are filled up to the widest one."""

_markdown = (
    MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "reference"])
)
"""Without references: one long address that is named a thousand times fills a page a thousandfold.
"""


def markdown(text: str) -> Markup:
    """Return what somebody wrote as markup that runs nothing and loads nothing."""
    plain = "\n".join(lines_of(text))
    if len(plain) > LARGEST_MARKDOWN or _cells(plain) > MOST_CELLS:
        return Markup("<pre>%s</pre>") % plain
    tokens = _markdown.parse(plain)
    _lower(tokens)
    drawn = _markdown.renderer.render(tokens, _markdown.options, {})
    cleaned = nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaned)  # noqa: S704 - this is what nh3 is for


def _cells(text: str) -> int:
    """Return how many cells the tables of a text may have at most, with all that is filled up."""
    lines = text.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


def _lower(tokens: list[Token]) -> None:
    """Let headings begin below those of the page, and none be more than one below its own."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_DEEPEST, len(above) + _SHALLOWEST - 1)}"


def plain_lines(text: str) -> Markup:
    """Return what somebody wrote as they typed it, line by line."""
    return Markup("<br>").join(escape(line) for line in lines_of(text))


def filled(sentence: str, **values: str) -> Markup:
    """Return a sentence with what people wrote put in, each kept from turning the words around."""
    apart = {name: _apart(value) for name, value in values.items()}
    return escape(sentence).format(**apart)


def people(names: list[str]) -> Markup:
    """Return names as people say them, each apart."""
    return Markup(listed([_apart(name) for name in names]))  # noqa: S704 - each is escaped


def _apart(value: str) -> Markup:
    return value if isinstance(value, Markup) else Markup("<bdi>%s</bdi>") % value


def when(moment: str | None) -> Markup:
    """Return a moment as a time that a script shows in the reader's own zone."""
    if not moment:
        return Markup("")
    read = datetime.fromisoformat(moment).astimezone(UTC)
    shown = f"{read.day} {read:%B %Y, %H:%M} UTC"
    return Markup('<time datetime="%s">%s</time>') % (moment, shown)


def day(moment: str | None) -> Markup:
    """Return the day of a moment."""
    if not moment:
        return Markup("")
    read = datetime.fromisoformat(moment).astimezone(UTC)
    return Markup('<time datetime="%s">%s</time>') % (
        f"{read:%Y-%m-%d}",
        f"{read.day} {read:%B %Y}",
    )


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("goround.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=_, ngettext=ngettext, listed=listed, asset=asset, script=script)
    made.filters.update(markdown=markdown, filled=filled, lines=plain_lines, people=people)
    made.filters.update(initials=initials, plain=plain, told=told)
    made.filters.update(when=when, day=day)
    made.tests.update(of_one_computer=is_of_one_computer)
    return made


_templates = _environment()


def draw(template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Draw a page."""
    return HTMLResponse(_templates.get_template(template).render(values), status)
