"""Tasks: nobody assigns one to anybody; people take them, put them down, and say how it went."""

from typing import Annotated, Literal

import typer

from goround.cli import refs
from goround.cli.app import app, command
from goround.cli.out import tell
from goround.cli.room import because, entered
from goround.collective.tasks import TaskStep
from goround.pages.tasks import tasks
from goround.sentences import _

task = typer.Typer(rich_markup_mode=None, help=_("Take tasks, and say how they went."))
app.add_typer(task, name="task")

Ref = Annotated[str, typer.Argument(metavar="REF", help=_("A task: its number in `tasks`, or id."))]
Because = Annotated[str, typer.Option("--because", help=_("In your words."))]


@command(_("Take a task. Several people can hold one together."), "task take 3", to=task)
def take(ctx: typer.Context, ref: Ref) -> None:
    _step(ctx, ref, "take", "", _("You took it: {what}."))


@command(
    _("Put a task down again, so that somebody else can take it."),
    "task put-down 3",
    name="put-down",
    to=task,
)
def put_down(ctx: typer.Context, ref: Ref, because_: Because = "") -> None:
    _step(ctx, ref, "put-down", because_, _("You put it down: {what}."))


@command(_("Say that a task of yours is done."), "task done 3", to=task)
def done(ctx: typer.Context, ref: Ref, because_: Because = "") -> None:
    _step(ctx, ref, "done", because_, _("Done: {what}. Thank you."))


@command(
    _("Say that a task of yours was not done, and why."),
    'task not-done 3 --because "The shop was shut"',
    name="not-done",
    to=task,
)
def not_done(ctx: typer.Context, ref: Ref, because_: Because = "") -> None:
    _step(ctx, ref, "not-done", because_, _("Not done: {what}."))


def _step(
    ctx: typer.Context,
    ref: str,
    step: Literal["take", "put-down", "done", "not-done"],
    why: str,
    line: str,
) -> None:
    with entered(ctx) as room:
        found = refs.task(room.reading(), ref)
        room.sign(TaskStep(found, step), because(why))
        row = next(t for t in tasks(room.reading()) if t["id"] == found)
        tell(ctx, [line.format(what=row["what"])], row)
