"""What bench/report holds, all of it written from what the last run of each module found.

`runs.json` is what was found, `results.json` the rows that other programs read, `README.md` the
same for people, with a plot where there is a curve or a floor. Nothing in it is typed by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from bench.alone import Run
from bench.figure import number
from bench.promised import PROMISED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.figure import Figure
    from bench.machine import Machine


class Picture(NamedTuple):
    """A file in the report's folder, and what it shows in words."""

    file: str
    alt: str


Pictures = dict[str, list[Picture]]
Drawing = Callable[[Path, dict[str, Run]], Pictures]

FOLDER = Path(__file__).parent / "report"
ROW = ("name", "value", "unit", "floor", "ratio", "target", "met")

OPENING = """# What `make bench` found

Written by `make bench` from its last run; nothing here is typed by hand. A floor is what no program
could do without, measured in the same run on the same machine, so a ratio means the same elsewhere
and a second does not. Values are medians, with the smallest and the largest of the repetitions.
"""


class Report:
    """The last run of each module, by name."""

    def __init__(self, folder: Path = FOLDER, runs: dict[str, Run] | None = None) -> None:
        self.folder, self.runs = folder, runs or {}

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Report:
        """Read what earlier runs left; nothing where there was none."""
        file = folder / "runs.json"
        if not file.exists():
            return cls(folder)
        return cls(folder, msgspec.json.decode(file.read_bytes(), type=dict[str, Run]))

    def figures(self) -> list[Figure]:
        """Return all figures, the promised ones first and in their order."""
        found = [figure for run in self.runs.values() for figure in run.figures]
        places = {name: place for place, name in enumerate(PROMISED)}
        return sorted(found, key=lambda figure: (places.get(figure.name, len(places)), figure.name))

    def write(self, known: Iterable[str], draw: Drawing) -> None:
        """Write all of it anew; a module that is gone is forgotten."""
        self.runs = {name: self.runs[name] for name in known if name in self.runs}
        self.folder.mkdir(exist_ok=True)
        for old in self.folder.glob("*.svg"):
            old.unlink()
        pictures = draw(self.folder, self.runs)
        _write_json(self.folder / "runs.json", self.runs)
        _write_json(self.folder / "results.json", [row(figure) for figure in self.figures()])
        page = "\n".join(self._page(pictures))
        (self.folder / "README.md").write_text(page, encoding="utf-8")

    def _page(self, pictures: Pictures) -> Iterator[str]:
        yield OPENING
        yield from _machines(self.runs)
        yield "| figure | measured | floor or peer | ratio | target | |\n|---|---|---|---|---|---|"
        yield from map(_line, self.figures())
        for name, run in self.runs.items():
            yield f"\n## {name}\n"
            yield from (f"- `{figure.name}`: {figure.sentence}" for figure in run.figures)
            yield from (f"\n![{picture.alt}]({picture.file})" for picture in pictures[name])
        yield ""


def row(figure: Figure) -> dict[str, Any]:
    """Return a figure as it stands in results.json."""
    return {field: _short(getattr(figure, field)) for field in ROW}


def _short(value: object) -> object:
    """Cut what no repetition would find again."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def say(figure: Figure) -> str:
    return f"{number(figure.value)} {figure.unit}"


def spread_of(figure: Figure) -> str:
    if figure.spread is None:
        return ""
    least, most = figure.spread
    return f" ({number(least)} to {number(most)})"


def _line(figure: Figure) -> str:
    floor = "" if figure.floor is None else f"{number(figure.floor)} {figure.unit}"
    ratio = "" if figure.ratio is None else number(figure.ratio)
    met = "met" if figure.met else "**missed**"
    cells = (f"`{figure.name}`", say(figure) + spread_of(figure), floor, ratio, figure.target, met)
    return f"| {' | '.join(cells)} |"


def _machines(runs: dict[str, Run]) -> Iterator[str]:
    """Name each machine that took part, and what ran on it where there are several."""
    machines: dict[Machine, list[str]] = {}
    for name, run in runs.items():
        machines.setdefault(run.machine, []).append(name)
    for machine, names in machines.items():
        what = "Measured" if len(machines) == 1 else f"{', '.join(names)}: measured"
        yield (
            f"{what} on {machine.cores} cores ({machine.processor}), {machine.memory}, "
            f"{machine.system}, {machine.file_system}, Python {machine.python}, "
            f"SQLite {machine.sqlite}.\n"
        )


def _write_json(file: Path, value: object) -> None:
    file.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
