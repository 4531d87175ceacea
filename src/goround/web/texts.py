"""How text that somebody wrote becomes markup. Whatever people write is Markdown without HTML,
cleaned once more after it was read, so a text can be set in type and can run, load or imitate
nothing. Drawing costs by the letter, and by the mark far more; so a text with many marks is shown
as it was typed, and what was drawn is remembered, as far as there is room, for the next page."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from goround.pages.wording import lines_of
from goround.web.lately import Lately

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LARGEST_MARKDOWN = 64 * 1024
"""Letters of a text that are read as Markdown; a longer one is shown as it was typed."""
MOST_MARKS = 5_000
"""Signs that mean something in Markdown, and lines: each costs as much as a dozen letters."""
MOST_CELLS = 10_000
"""Lines times columns up to which tables are drawn: short rows are filled up to the widest one."""
ROOM = 4 * 1024 * 1024
"""Bytes of markup that are remembered."""
_MARKS = "*_`[]#|>&<\\\n"
_TAGS = {
    *("a", "blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"),
    *("s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_SHALLOWEST = 3
"""Headings of a text stand below those of its page."""
_DEEPEST = 6


def markdown(text: str) -> Markup:
    """Return what somebody wrote as markup that runs nothing and loads nothing."""
    return drawn(text, _drawn)


def drawn(text: str, lately: Lately[Markup]) -> Markup:
    """Return a text as markup, drawn now or lately."""
    name = sha256(text.encode("utf-8", "surrogatepass")).digest()
    known = lately.find(name)
    if known is not None:
        return known
    markup = _draw(text)
    return lately.keep(name, markup, len(markup))


_drawn: Lately[Markup] = Lately(ROOM)


def _draw(text: str) -> Markup:
    plain = "\n".join(lines_of(text))
    if _is_too_much(plain):
        return Markup("<pre>%s</pre>") % plain
    tools = _tools()
    tokens = tools.reader.parse(plain)
    _lower(tokens)
    drawn = tools.reader.renderer.render(tokens, tools.reader.options, {})
    return Markup(tools.clean(drawn))  # noqa: S704 - this is what nh3 is for


def _is_too_much(text: str) -> bool:
    return (
        len(text) > LARGEST_MARKDOWN
        or sum(map(text.count, _MARKS)) > MOST_MARKS
        or _cells(text) > MOST_CELLS
    )


def _cells(text: str) -> int:
    """Return how many cells the tables of a text may have at most, with all that is filled up."""
    lines = text.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


def _lower(tokens: "list[Token]") -> None:
    """Let headings begin below those of the page, and none be more than one below its own."""
    above: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            above = [*(tag for tag in above if tag < token.tag), token.tag]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_DEEPEST, len(above) + _SHALLOWEST - 1)}"


class _Tools(NamedTuple):
    """What reads Markdown, and what cleans markup."""

    reader: "MarkdownIt"
    clean: Callable[[str], str]


@cache
def _tools() -> _Tools:
    """Load what it takes: a node on which nobody reads a text can do without."""
    import nh3  # noqa: PLC0415 - see above
    from markdown_it import MarkdownIt  # noqa: PLC0415 - the same

    # Without references: one long address that is named a thousand times fills a page with it.
    reader = MarkdownIt("commonmark", {"html": False})
    reader.enable("table").disable(["image", "reference"])
    cleaner = nh3.Cleaner(
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return _Tools(reader, cleaner.clean)
