"""The pictures of the report: what was measured beside its floor, and curves.

Each is an SVG of its own ground, with text that stays text, that turns dark where the reader's
screen is. Shapes differ as well as colours, and each has its sentence as an alternative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from bench.figure import number
from bench.report import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.alone import Run
    from bench.figure import Figure
    from bench.report import Pictures

GROUND, INK, LINE, OURS, THEIRS = "#fdfcf9", "#22262b", "#c9c6bd", "#1f6f5c", "#b5642a"
DARK = {GROUND: "#17191c", INK: "#e8e6e1", LINE: "#4a4e55", OURS: "#6cc5ab", THEIRS: "#e59b66"}
WIDTH = 7.2
WIDE = 30
"""A range of so many times is drawn on a logarithmic axis."""

mpl.rcParams.update(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "goround",
        "font.family": "sans-serif",
        "font.size": 10,
        "axes.edgecolor": LINE,
        "axes.facecolor": GROUND,
        "axes.labelcolor": INK,
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.facecolor": GROUND,
        "text.color": INK,
        "xtick.color": INK,
        "ytick.color": INK,
    }
)


def draw(folder: Path, runs: dict[str, Run]) -> Pictures:
    """Draw what each module found; nothing where there is neither a floor nor a curve."""
    return {name: list(_pictures(folder, name, run.figures)) for name, run in runs.items()}


def _pictures(folder: Path, name: str, figures: list[Figure]) -> Iterator[Picture]:
    straight = [one for one in figures if one.floor is not None and not one.curve]
    for unit in dict.fromkeys(figure.unit for figure in straight):
        beside = [one for one in straight if one.unit == unit]
        file = f"{name}-{''.join(filter(str.isalnum, unit.replace('µ', 'u')))}.svg"
        yield _save(folder, file, _in_words(beside, unit), _bars(beside))
    for figure in figures:
        if figure.curve:
            yield _save(folder, f"{figure.name}.svg", figure.sentence, _curve(figure))


def _in_words(figures: list[Figure], unit: str) -> str:
    """Say what bars show to whoever does not see them."""
    each = (f"{one.name} {number(one.value)}, floor {number(one.floor or 0)}" for one in figures)
    return f"Measured beside its floor, in {unit}: {'; '.join(each)}"


def _bars(figures: list[Figure]) -> Canvas:
    canvas = Canvas(figsize=(WIDTH, 0.9 + 0.7 * len(figures)), layout="constrained")
    axes = canvas.subplots()
    for place, figure in enumerate(figures):
        least, most = figure.spread or (figure.value, figure.value)
        error = [[figure.value - least], [most - figure.value]]
        ours, floor = (place - 0.19, figure.value), (place + 0.19, figure.floor or 0)
        axes.barh(*ours, height=0.34, color=OURS, xerr=error, ecolor=INK, label="measured")
        axes.barh(*floor, height=0.34, color=GROUND, edgecolor=THEIRS, hatch="///", label="floor")
    axes.set_yticks(range(len(figures)), [figure.name for figure in figures])
    axes.invert_yaxis()
    axes.set_xlabel(figures[0].unit)
    handles, labels = axes.get_legend_handles_labels()
    canvas.legend(handles[:2], labels[:2], frameon=False, loc="outside upper right", ncols=2)
    return canvas


def _curve(figure: Figure) -> Canvas:
    canvas = Canvas(figsize=(WIDTH, 3.4), layout="constrained")
    axes = canvas.subplots()
    points = figure.curve or []
    across, up = [x for x, _ in points], [y for _, y in points]
    axes.plot(across, up, color=OURS, marker="o")
    if min(across) > 0 and max(across) >= WIDE * min(across):
        axes.set_xscale("log")
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(figure.axes[0])
    axes.set_title(figure.axes[1] or figure.unit, loc="left", fontsize=10)
    axes.grid(color=LINE, linewidth=0.5)
    return canvas


def _save(folder: Path, file: str, alt: str, canvas: Canvas) -> Picture:
    path = folder / file
    canvas.savefig(path, format="svg", metadata={"Date": None, "Creator": None, "Title": alt})
    path.write_text(_dark_too(path.read_text(encoding="utf-8")), encoding="utf-8")
    return Picture(file, alt)


def _dark_too(svg: str) -> str:
    """Let the colours follow the reader's screen."""
    rules = [f'[fill="{light}"]{{fill:{dark} !important}}' for light, dark in DARK.items()]
    rules += [
        f'[style*="{kind}: {light}"]{{{kind}:{dark} !important}}'
        for light, dark in DARK.items()
        for kind in ("fill", "stroke")
    ]
    style = f"<style>@media (prefers-color-scheme: dark){{{''.join(rules)}}}</style>"
    return svg.replace("<defs>", f"{style}\n <defs>", 1)
