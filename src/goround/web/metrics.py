"""The figures of a running node, as Prometheus reads them: what was asked and how that went, what
is open, how fast the disk is. They are sums: no collective, device or address stands in them, and
no label is a word that anybody could choose. They are read at a port of their own, never where
people come."""

import logging
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from goround.web.journal import What
from goround.web.live import Live
from goround.web.shelf import Shelf

ANSWERED_WITHIN = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
KEPT_WITHIN = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        # When a sum began is told by the start of the process.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        info = Info("goround", "Which Goround this is.", registry=registry)
        info.info({"version": version("goround")})
        self._requests = Counter(
            "goround_requests",
            "Requests that were answered, by address as it is written in the code.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "goround_answer_seconds",
            "Seconds until an answer began.",
            ("route",),
            buckets=ANSWERED_WITHIN,
            registry=registry,
        )
        self._refused = Counter(
            "goround_refused",
            "Requests that were refused because a bound was reached.",
            ("bound",),
            registry=registry,
        )
        self._events = Counter(
            "goround_events_appended", "Events that this process has kept.", registry=registry
        )
        self._commits = Histogram(
            "goround_commit_seconds",
            "Seconds in which the disk took what was kept together.",
            buckets=KEPT_WITHIN,
            registry=registry,
        )
        self._faults = Counter(
            "goround_faults", "Faults that were written into the node's log.", registry=registry
        )

    # What happened, as it is noted (journal.py).

    def noted(self, record: logging.LogRecord) -> None:
        """Count what was noted."""
        if record.levelno >= logging.ERROR:
            self._faults.inc()
        told: Any = getattr(record, "told", {})
        match record.msg:
            case What.REQUEST:
                self._answered(told)
            case What.KEPT:
                self._events.inc(told["events"])
                self._commits.observe(told["ms"] / 1000)
            case What.NO_PLACE:
                self._refused.labels("place").inc()
            case _:
                pass

    def _answered(self, told: Mapping[str, Any]) -> None:
        self._requests.labels(told["method"], told["route"], told["status"]).inc()
        self._seconds.labels(told["route"]).observe(told["ms"] / 1000)
        if "bound" in told:
            self._refused.labels(told["bound"]).inc()

    # What is the case just now.

    def ask(self, shelf: Shelf, live: Live, connections: Callable[[], int]) -> None:
        """Say where the figures come from that go up and down."""
        for name, told, now in (
            ("goround_collectives_open", "Collectives that are open.", shelf.__len__),
            ("goround_live_streams", "Browsers that are told of what is new.", live.__len__),
            ("goround_connections", "Connections of people and programs.", connections),
        ):
            Gauge(name, told, registry=self.registry).set_function(now)

    def app(self) -> Starlette:
        """Return what answers at the port of the figures, and has nothing else."""

        async def figures(_request: Request) -> Response:
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_LATEST)

        return Starlette(routes=[Route("/metrics", figures)])
