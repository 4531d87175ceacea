"""`make bench` finds what measures, runs it alone, and makes figures that can be compared."""

from __future__ import annotations

import math
import re
import subprocess
import sys

import pytest

from bench.__main__ import main, modules
from bench.figure import at_least, at_most
from bench.machine import ROOT

BENCH = ROOT / "bench"
WITHOUT_PEERS = ["growth", "late", "load", "replicas"]
"""Modules that need nothing but what tests have, and are done in seconds."""


def bench(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_whatever_has_a_measure_is_found() -> None:
    having = {path.stem for path in BENCH.glob("*.py") if "\ndef measure(" in path.read_text()}
    assert set(modules()) == having >= set(WITHOUT_PEERS)


@pytest.mark.parametrize("name", WITHOUT_PEERS)
def test_one_runs_alone_with_tiny_sizes_and_the_report_stays_as_it_is(name: str) -> None:
    before = {file: file.read_bytes() for file in BENCH.glob("report/*")}
    done = bench("--quick", name)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"^== (.+)$", done.stdout, re.MULTILINE) == [name]
    lines = re.findall(
        rf"^{name}\.\S+: [\d.,]+ .+ \(.+: (?:met|missed)\)\. .+\.$", done.stdout, re.MULTILINE
    )
    assert len(lines) >= 2, done.stdout
    assert before == {file: file.read_bytes() for file in BENCH.glob("report/*")}


def test_a_name_that_does_not_measure_is_told_what_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["loaf"]) == 2
    said = capsys.readouterr().out
    assert said == f"bench: there is no loaf; there are {', '.join(modules())}\n"


def test_a_target_says_in_words_what_it_asks() -> None:
    assert str(at_least(4, aim=6, unit="times")) == "at least 4 times, aiming at 6"
    assert str(at_most(0.1)) == "at most 0.1"
    assert at_least(4).met_by(4)
    assert not at_least(4).met_by(3.9)
    assert at_most(4).met_by(4)
    assert not at_most(4).met_by(math.nextafter(4, 5))
