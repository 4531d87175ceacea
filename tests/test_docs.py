"""The documents say what the code does: numbers, reasons, kinds, rules and words are compared."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from goround.cli.app import app
from goround.cli.main import COMMANDS
from goround.collective.charter import MATTERS, RULES, Rule
from goround.collective.reasons import Reason
from goround.wire import EFFECTS, KINDS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCES = ROOT / "src" / "goround"
NUMBERED = {"C": "charter.md", "F": "format.md", "S": "protocol.md", "H": "protocol.md"}
WORDS = """
collective, member, device, node, log, event, act, content, constitution, epoch, seal, way,
charter, agreement, proposal, version, concern, position, agree, reservations, leave it to you,
stand aside, more time, block, heard, unheard, decision, review date, task, rota, skill, thing,
booking, need, offer, kitty, meeting, agenda, go-round, minutes, care, mirror, bud, lineage,
neighbour, letter, council, spoke, mandate, recall
"""


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def sources(folder: str = ".") -> str:
    files = sorted((SOURCES / folder).rglob("*.py"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def defined(letter: str) -> list[str]:
    """Return the numbers of the rules that a page defines, as they stand there."""
    return re.findall(rf"^\*\*({letter}\d+)\*\*", text(NUMBERED[letter]), re.MULTILINE)


def mentioned(letter: str, where: str) -> set[str]:
    """Return the numbers that a text mentions, `F3 to F5` meaning all three."""
    found = set(re.findall(rf"\b{letter}\d{{1,2}}\b", where))
    for first, last in re.findall(rf"\b{letter}(\d+) to {letter}?(\d+)\b", where):
        found |= {f"{letter}{number}" for number in range(int(first), int(last) + 1)}
    return found


def rows(page: str) -> list[list[str]]:
    """Return the cells of every table row of a page."""
    lines = (line for line in text(page).splitlines() if line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def spelled(rule: Rule) -> str:
    return ", ".join(rule.words) if rule.words else f"{rule.low}..{rule.high}"


@pytest.mark.parametrize("letter", NUMBERED)
def test_no_number_is_defined_twice(letter: str) -> None:
    numbers = defined(letter)
    assert numbers
    assert len(numbers) == len(set(numbers))


def test_every_rule_of_the_fold_is_cited_where_it_stands() -> None:
    assert set(defined("C")) <= mentioned("C", sources("collective"))


def test_every_rule_of_the_format_is_cited_in_the_code() -> None:
    assert set(defined("F")) <= mentioned("F", sources())


@pytest.mark.parametrize("letter", NUMBERED)
def test_every_number_that_is_cited_is_defined(letter: str) -> None:
    pages = "\n".join(text(str(name.relative_to(DOCS))) for name in DOCS.rglob("*.md"))
    assert mentioned(letter, sources() + pages) <= set(defined(letter))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_named_in_the_charter(reason: Reason) -> None:
    assert f"`{reason.value}`" in text("charter.md")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_act_is_in_the_format(kind: str) -> None:
    assert [f"`{kind}`"] in [row[:1] for row in rows("format.md")]


@pytest.mark.parametrize("effect", sorted(EFFECTS))
def test_every_effect_is_in_the_format_and_in_the_charter(effect: str) -> None:
    _, effects = text("format.md").split("An **effect** is")
    assert f"\n| `{effect}` |" in effects
    assert f"`{effect}`" in text("charter.md")


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_a_charter_is_documented_with_its_default_and_range(name: str) -> None:
    rule, (matter, _, suffix) = RULES[name], name.partition("_")
    documented = {row[0]: row for row in reversed(rows("charter.md"))}
    if matter in MATTERS:
        names, values = documented["rule"], documented[f"`…_{suffix}`"]
        default, may_be = values[names.index(matter)], values[names.index("may be")]
    else:
        default, may_be = documented[f"`{name}`"][1:3]
    assert (default, may_be) == (str(rule.default), spelled(rule))


def test_no_rule_of_a_charter_is_documented_that_does_not_exist() -> None:
    suffixes = {row[0].strip("`…_") for row in rows("charter.md") if row[0].startswith("`…_")}
    known = {name.partition("_")[2] for name in RULES if name.partition("_")[0] in MATTERS}
    assert suffixes == known


@pytest.mark.parametrize("word", re.split(r",\s", WORDS.strip()))
def test_every_word_of_the_language_is_in_the_glossary(word: str) -> None:
    assert f"**{word}**" in text("glossary.md")


def test_every_link_between_the_documents_leads_somewhere() -> None:
    pages = [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def commands() -> set[str]:
    """Name every command, as it is typed."""
    assert COMMANDS  # each of these modules gives its commands to the program
    root: Any = typer.main.get_command(app)
    found = {name: getattr(command, "commands", {}) for name, command in root.commands.items()}
    return set(found) | {f"{name} {sub}" for name, subs in found.items() for sub in subs}


@pytest.mark.parametrize("command", ["standing", "ways", "device paper", "log", "verify", "forks"])
def test_what_helps_when_something_is_lost_can_be_read_about(command: str) -> None:
    assert command in commands()
    assert f"goround {command}" in text("using.md")


def test_every_page_behind_more_is_in_the_guide() -> None:
    frame = (SOURCES / "web" / "templates" / "frame.html").read_text("utf-8")
    (further,) = re.findall(r"set further = (.*?) %}", frame)
    named = re.findall(r'_\("([^"]+)"\)', further)
    assert len(named) > 6
    guide = text("using.md")
    assert [name for name in named if f"**{name}**" not in guide] == []
