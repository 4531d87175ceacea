"""`make bench` installs what a node has, with plots and peers beside: it measures what runs."""

from __future__ import annotations

import re

from bench.machine import ROOT


def pinned(lock: str) -> set[str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return set(re.findall(r"^[a-z0-9-]+==[^\s;\\]+", text, re.MULTILINE))


def test_what_a_node_has_is_what_is_measured() -> None:
    assert pinned("requirements.lock") <= pinned("requirements-bench.lock")
    names = {package.partition("==")[0] for package in pinned("requirements-bench.lock")}
    assert {"loro", "matplotlib", "pycrdt"} <= names
