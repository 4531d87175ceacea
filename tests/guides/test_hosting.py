"""What whoever hosts reads is what they find: it is typed, and its tables are compared."""

import re
from pathlib import Path

import pytest
from prometheus_client.metrics import MetricWrapperBase

from goround.web.app import ALLOWED
from goround.web.connections import MOST_CONNECTIONS, MOST_OF_ONE
from goround.web.journal import What
from goround.web.limits import Bounds
from goround.web.live import MOST_STREAMS
from goround.web.metrics import Metrics
from goround.web.running import GRACE
from goround.web.server import LONGEST_STOP
from tests.guides.console import follow

ROOT = Path(__file__).parents[2]
ENDS = {"counter": "_total", "info": "_info"}
PAGE = (ROOT / "docs" / "hosting.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the one table under a heading, without its head."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def block(language: str) -> str:
    return PAGE.partition(f"```{language}\n")[2].partition("```")[0]


@pytest.mark.timeout(900)
def test_whoever_follows_the_page_for_hosts_sees_what_it_shows(tmp_path: Path) -> None:
    follow(PAGE, tmp_path)


def test_each_figure_is_on_the_page_with_its_kind_and_labels() -> None:
    shown = [(name.strip("`"), kind, set(re.findall(r"`(\w+)`", by)))
             for name, kind, by, _is in rows("Figures")]  # fmt: skip
    assert sorted(shown, key=str) == sorted(counted(), key=str)


def counted() -> list[tuple[str, str, set[str]]]:
    from starlette.testclient import TestClient  # noqa: PLC0415

    metrics = Metrics()
    metrics.ask([], [], int)  # type: ignore[arg-type]
    assert TestClient(metrics.app()).get("/metrics").status_code == 200
    found = {id(kept): kept for kept in metrics.registry._names_to_collectors.values()}
    ours = [kept for kept in found.values() if isinstance(kept, MetricWrapperBase)]
    kinds = [(kept, str(kept._type)) for kept in ours]
    return [(kept._name + ENDS.get(kind, ""), kind, labels(kept)) for kept, kind in kinds]


def labels(kept: MetricWrapperBase) -> set[str]:
    return set(kept._labelnames) or ({"version"} if kept._type == "info" else set())


def test_everything_that_can_be_written_is_on_the_page() -> None:
    assert [row[0].strip("`") for row in rows("What it writes")] == list(What)


@pytest.mark.parametrize(("language", "file"), [("nginx", "nginx.conf"), ("caddy", "Caddyfile")])
def test_the_examples_on_the_page_are_those_that_are_tried(language: str, file: str) -> None:
    tried = (ROOT / "deploy" / file).read_text("utf-8")
    assert tried.partition("\n\n")[2] == block(language)


def test_the_limits_on_the_page_are_those_of_the_code() -> None:
    part = " ".join(PAGE.partition("\n## Limits\n")[2].split())
    told = [int(number) for number in re.findall(r"(?<![H\d])\d+", part)]
    rate = ALLOWED.by_address
    assert Bounds() == ALLOWED
    assert told == [
        *(MOST_CONNECTIONS, MOST_OF_ONE, rate.burst, rate.per_second),
        *(MOST_STREAMS, ALLOWED.open),
    ]


def test_how_long_a_stop_takes_is_told_as_it_is() -> None:
    part = " ".join(PAGE.partition("\n## Stop it\n")[2].partition("\n## ")[0].split())
    assert ("five seconds" in part, "ten seconds" in part) == (GRACE == 5, LONGEST_STOP == 10)
