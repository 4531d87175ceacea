"""Draws templates, and says which words and filters they have."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from goround.pages.addressing import plain
from goround.pages.faces import initials, is_long
from goround.pages.wording import lines_of
from goround.sentences import _, listed, ngettext
from goround.sync.origins import is_of_one_computer
from goround.web.assets import asset, script
from goround.web.folding import folding
from goround.web.telling import told
from goround.web.texts import markdown
from goround.web.times import day, that_day, when


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


class _Words(Environment):
    """Templates that have the same words: no template is given any that others do not have.

    The library would look in several places, one after the other, wherever a template begins or
    uses another one.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def _environment() -> Environment:
    made = _Words(
        loader=PackageLoader("goround.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else each page looks at the file of each of its templates
    )
    made.code_generator_class = folding({"_": _, "asset": asset, "script": script})
    made.globals.update(_=_, ngettext=ngettext, listed=listed, asset=asset, script=script)
    made.filters.update(markdown=markdown, filled=filled, lines=plain_lines, people=people)
    made.filters.update(initials=initials, plain=plain, told=told)
    made.filters.update(when=when, that_day=that_day, day=day)
    made.tests.update(of_one_computer=is_of_one_computer, long_name=is_long)
    return made


TEMPLATES = _environment()


def draw(template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Draw a page."""
    return HTMLResponse(TEMPLATES.get_template(template).render(values), status)
