"""Looking whether all is well here: calm sentences, each with what to do next, if anything."""

from typing import Annotated, Any

import typer

from goround.cli.app import Here, command, here
from goround.cli.out import Heading, Typed, indented, tell
from goround.errors import Unreachable
from goround.ids import CollectiveId
from goround.node import housing
from goround.node.doctor import Looked, look_at
from goround.node.home import Home
from goround.node.serving import running
from goround.pages.finding import Finding, State
from goround.sentences import _, ngettext

NEEDS_SOMETHING, UNREADABLE = 1, 3


@command(
    _(
        "Look whether all is well here. It looks whether everything is whole and genuine, whether "
        "there is a second copy, whom nobody has heard from for long, who may read the files, how "
        "much room there is. Nothing is changed. Its number is 0 where nothing needs you, 1 where "
        "something does, 3 where something could not be read."
    ),
    "doctor",
    "doctor --in Bread",
    "doctor --served",
)
def doctor(
    ctx: typer.Context,
    served: Annotated[
        bool,
        typer.Option(
            "--served",
            help=_("Only tell whether a node serves this home and answers: for a health check."),
        ),
    ] = False,
) -> None:
    if served:
        _tell_whether_served(ctx)
        return
    _check_there(here(ctx).home)
    here(ctx).home.on_mended = None  # that is one of the findings
    looked = [_said_here(here(ctx), one) for one in look_at(here(ctx).home, _wanted(here(ctx)))]
    states = [finding.state for one in looked for finding in one.findings]
    lines = [line for one in looked for line in _in_lines(one)]
    tell(ctx, [*lines, _summed_up(states)], [_as_data(one) for one in looked])
    raise typer.Exit(_number(states))


def _check_there(home: Home) -> None:
    if not home.path.is_dir():
        line = _(
            "There is no home at {path}, so there is nothing to look at: it is made when you found "
            "a collective, or join one."
        )
        raise Unreachable(line.format(path=home.path))


def _said_here(asked: Here, looked: Looked) -> Looked:
    """Return what was found, with each command as it is typed for this home."""
    findings = [
        found._replace(
            says=asked.typed(found.says, looked.collective)
            if found.state is State.UNREAD
            else found.says,
            next=asked.typed(found.next, looked.collective),
        )
        for found in looked.findings
    ]
    return looked._replace(findings=findings)


def _wanted(asked: Here) -> list[CollectiveId]:
    return [asked.home.find(asked.wanted)] if asked.wanted else asked.home.collectives()


def _in_lines(looked: Looked) -> list[str]:
    heading = looked.name if looked.collective else _("This home, {path}").format(path=looked.name)
    lines = [line for finding in looked.findings for line in _finding(finding)]
    return [Heading(heading), *indented(lines), ""]


def _finding(finding: Finding) -> list[str]:
    to_do = [Typed(_("→ {what}").format(what=finding.next))] if finding.next else []
    says = Typed(finding.says) if finding.state is State.UNREAD else finding.says
    return [says, *indented(to_do)]


def _as_data(looked: Looked) -> dict[str, Any]:
    findings = [{**found._asdict(), "next": found.next or None} for found in looked.findings]
    return {"collective": looked.collective, "name": looked.name, "findings": findings}


def _summed_up(states: list[State]) -> str:
    open_ones = sum(state is not State.FINE for state in states)
    if not open_ones:
        return _("Nothing needs you just now.")
    return ngettext(
        "{count} thing needs somebody.", "{count} things need somebody.", open_ones
    ).format(count=open_ones)


def _number(states: list[State]) -> int:
    if State.UNREAD in states:
        return UNREADABLE
    return NEEDS_SOMETHING if State.ATTENTION in states else 0


def _tell_whether_served(ctx: typer.Context) -> None:
    home = here(ctx).home
    answering = [node.origin for node in running(home) if housing.is_answering(home, node)]
    if not answering:
        raise Unreachable(_("No node answers for this home just now."))
    tell(ctx, [_("It is served at {origin}.").format(origin=answering[-1])], answering)
