"""The figures of a node are sums, at a port of their own, and lead to nobody."""

import re
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from goround.node.home import Home
from goround.node.replica import Replica
from goround.web.app import make_app
from goround.web.metrics import Metrics
from tests.end_to_end.people import Person
from tests.web.callers import ORIGIN
from tests.web.hosted import Hosted, hosted
from tests.web.living import found, given_away, live

Figures = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def address_of_figures(node: Hosted) -> str:
    """Give the address of the figures: the second that the node told."""
    assert node.process.stdout
    told = node.process.stdout.readline().decode()
    return next(word for word in told.split() if word.startswith("http"))


def read(text: str) -> Figures:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def summed(figures: Figures, name: str, **labels: str) -> float:
    wanted = set(labels.items())
    return sum(
        value
        for (found, labelled), value in figures.items()
        if found == name and wanted <= set(labelled)
    )


def test_what_happened_is_counted_and_leads_to_nobody(home: Home, tmp_path: Path) -> None:
    story = found(home)
    with hosted(home.path, "--metrics", "0", "--log", "words") as node:
        address = address_of_figures(node)
        used = live(node, story, tmp_path)
        text = httpx2.get(address).text
        figures = read(text)
        assert node.stops() == 0
        lines = node.log.read_text("utf-8")
    story.close()
    assert "/c/{collective}/sync" in lines
    assert not given_away(lines, used)
    assert not given_away("\n".join(re.findall(r'="([^"]*)"', text)), used)
    assert summed(figures, "goround_requests_total", route="/c/{collective}/sync") >= 4
    assert summed(figures, "goround_requests_total", status="4xx", route="nowhere") >= 1
    sums = [("goround_answer_seconds_count", "goround_requests_total")]
    assert all(summed(figures, one) == summed(figures, other) for one, other in sums)
    assert summed(figures, "goround_events_appended_total") >= 3
    assert summed(figures, "goround_commit_seconds_count") >= 2
    assert summed(figures, "goround_collectives_open") == 1
    assert summed(figures, "process_resident_memory_bytes") > 10_000_000
    assert summed(figures, "goround_faults_total") == 0


def test_a_refusal_is_counted_by_the_bound_that_was_reached(home: Home, anna: Replica) -> None:
    with hosted(home.path, "--metrics", "0") as node:
        address = address_of_figures(node)
        kind = {"Content-Type": "application/x-ndjson"}
        url = f"{node.address}/c/{anna.collective}/events"
        told = httpx2.post(url, content=b"x" * 2_200_000, headers=kind)
        figures = read(httpx2.get(address).text)
        assert node.log.read_bytes() == b""
    assert told.status_code == 413
    assert summed(figures, "goround_refused_total", bound="size") == 1


def test_figures_are_not_where_people_come_and_nothing_else_is_where_figures_are(
    home: Home, anna: Replica
) -> None:
    with hosted(home.path, "--metrics", "0") as node:
        address = address_of_figures(node)
        assert httpx2.get(f"{node.address}/metrics").status_code == 404
        beside = address.removesuffix("/metrics")
        for path in ("/", "/healthz", f"/c/{anna.collective}/round", "/openapi.json"):
            assert httpx2.get(beside + path).status_code == 404
        assert beside.startswith("http://127.0.0.1:")
    paths = [getattr(route, "path", "") for route in make_app(home, ORIGIN).routes]
    assert not [path for path in paths if "metrics" in path]


@pytest.mark.parametrize("wanted", ["sesame", "127.0.0.1:", "99999", ":x", ""])
def test_a_port_that_is_none_is_refused_with_a_sentence(home: Home, wanted: str) -> None:
    done = Person("Anna", home.path.parent).tries("serve", "--port", "0", "--metrics", wanted)
    assert done.returncode == 2
    assert b"port" in done.stderr


def test_a_port_that_is_taken_is_told_before_anything_is_served(home: Home, anna: Replica) -> None:
    with hosted(home.path, "--metrics", "0") as node:
        port = address_of_figures(node).split(":")[2].split("/")[0]
        done = Person("Anna", home.path.parent).tries("serve", "--port", "0", "--metrics", port)
    assert done.returncode == 3
    assert b"Nothing can be served at 127.0.0.1" in done.stderr
    assert done.stdout == b""


def test_two_nodes_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    assert one.registry is not other.registry
