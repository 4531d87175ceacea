"""What is counted in simulated lives, and the table of it in docs/simulation.md.

`python -m tests.simulation --table 400` lives the first 400 seeds and writes it anew. The figures
follow from the seeds and the code alone, so whoever runs that gets the same.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from statistics import median, quantiles

from tests.model.events import bits
from tests.simulation.weather import Weather

PAGE = Path(__file__).parents[2] / "docs" / "simulation.md"
BEGIN, END = "<!-- table: simulation -->\n", "<!-- end -->\n"


class Figures:
    """Sums over many lives."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.rounds: list[int] = []
        self.exchanges: list[int] = []

    def add(self, world: Weather) -> None:
        """Count what happened in a life."""
        self.counts.update(world.counts)
        self.counts["lives"] += 1
        self.counts["events"] += len(world.events)
        self.counts["replicas"] += sum(home.disk is not None for home in world.homes.values())
        self._add_decisions(world)
        self._add_seals(world)

    def _add_decisions(self, world: Weather) -> None:
        rules, history = world.rules, world.rules.history
        done: dict[str, list[int]] = {}
        for i in range(len(history.events)):
            for version in rules.completed[i]:
                done.setdefault(version, []).append(i)
        self.counts["decided"] += len(done)
        for version, places in done.items():
            about = rules.index.get(("position", version), 0)
            said = [i for i in bits(about) if not any(_in_line(world, i, d) for d in places)]
            self.counts["crossed by a position"] += bool(said)
            self.counts["completed in two places"] += len(history.newest(places)) > 1
        forked = {home.id for home in world.homes.values()}
        everything = history.everything()
        self.counts["forked devices"] += sum(
            history.fork(device, everything) is not None for device in forked
        )

    def _add_seals(self, world: Weather) -> None:
        rules = world.rules
        for epoch in rules.epochs.values():
            if not epoch.chain:
                continue
            before, change = epoch.line[-2], epoch.chain[-1]
            sealed = [
                rules.event(i).act["round"]
                for i in bits(rules.index.get(("seal", before), 0))
                if rules.event(i).act["change"] == change
            ]
            named = [
                i
                for i in bits(rules.index.get(("nominate", before), 0))
                if rules.event(i).act["change"] == change
            ]
            force = world.came_into_force(epoch.id)
            if sealed and named and force is not None:
                self.rounds.append(1 + min(sealed))
                self.exchanges.append(force - world.talks_at[named[0]])

    def table(self, command: str) -> str:
        """Write all of it as a table."""
        counts, decided = self.counts, max(1, self.counts["decided"])
        seals = len(self.rounds)
        few = sum(number == 1 for number in self.rounds)
        high = quantiles(self.exchanges, n=20)[-1] if seals > 1 else 0
        rows = {
            "lives, replicas, events": (
                f"{counts['lives']:,}, {counts['replicas']:,}, {counts['events']:,}"
            ),
            "exchanges between replicas": f"{counts['exchanges']:,}",
            "lines that broke, messages that came late": (
                f"{counts['broken lines']:,}, {counts['late messages']:,}"
            ),
            "power cuts, old images put back": (
                f"{counts['power cuts']:,}, {counts['restored images']:,}"
            ),
            "devices that signed two histories": f"{counts['forked devices']:,}",
            "decisions": f"{counts['decided']:,}",
            "… that a position crossed": _share(counts["crossed by a position"], decided),
            "… completed in several places at once": _share(
                counts["completed in two places"], decided
            ),
            "times that a replica showed a decision as open again": (
                f"{counts['reopened by a joining']:,} after somebody joined, "
                f"{counts['reopened otherwise']:,} after a return or a new charter"
            ),
            "changes of members and charter that came into force": f"{seals:,}",
            "… in the first round of seals": _share(few, max(1, seals)),
            "… rounds, at most": f"{max(self.rounds, default=0)}",
            "… exchanges anywhere from the first nomination to being in force": (
                f"median {median(self.exchanges or [0]):g}, 19 of 20 within {high:g}"
            ),
        }
        lines = [f"| {what} | {figure} |" for what, figure in rows.items()]
        return "\n".join([f"| `{command}` | |", "|---|---|", *lines]) + "\n"


def _in_line(world: Weather, i: int, j: int) -> bool:
    history = world.rules.history
    return history.knows(i, j) or history.knows(j, i)


def _share(some: int, every: int) -> str:
    return f"{some:,} ({some / every:.1%})"


def written() -> str:
    """Return the table as it stands in the document."""
    return PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0]


def write(table: str) -> None:
    """Put a table into the document."""
    page = PAGE.read_text("utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{table}{END}{rest.partition(END)[2]}", "utf-8")
