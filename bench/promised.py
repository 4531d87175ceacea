"""The figures that a whole run must have, each in one row of bench/report/results.json.

A module may measure more; a test fails where one of these is missing, and where a page of the
documents quotes another number than the last run found.
"""

from __future__ import annotations

PROMISED = (
    # load.py: a cold history of 100,000 events by 8 devices, until it can serve
    "load.signatures",
    "load.floor",
    "load.second",
    # append.py: signed and durable, over HTTP, by 16 members at once
    "append.share",
    # pages.py: with 100,000 events behind them
    "pages.home.p50",
    "pages.home.p99",
    "pages.proposal.p50",
    "pages.proposal.p99",
    # live.py: from one member's act to another's open page
    "live.p50",
    "live.p99",
    # memory.py, start.py, many.py
    "memory.open",
    "memory.idle",
    "start.page",
    "many.memory",
    "many.files",
    "many.page",
    # abuse.py: 16 honest members, and a stranger
    "abuse.p99",
    "abuse.memory",
    # late.py: an event placed so many events back
    "late.1000",
    "late.50000",
    # growth.py
    "growth.members",
    "growth.events",
    # peers.py
    "peers.git",
    "peers.pycrdt",
    "peers.loro",
    # unchanged.py: an exchange where nothing is new; catchup.py: 10,000 missing events over HTTP
    "unchanged.requests",
    "unchanged.bytes",
    "catchup.loading",
    "catchup.git",
    "catchup.pycrdt",
    "catchup.loro",
    # replicas.py: a hundred, each syncing with three others
    "replicas.exchanges",
    "replicas.bytes",
)
