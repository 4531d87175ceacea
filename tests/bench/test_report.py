"""The report is written from what was found, whole or in parts, and other programs can read it."""

from __future__ import annotations

import json
import platform
from pathlib import Path

from bench.alone import Run
from bench.figure import Figure, number
from bench.machine import this_machine
from bench.report import Picture, Pictures, Report

FIELDS = ["name", "value", "unit", "floor", "ratio", "target", "met"]
FAST = Figure(
    name="load.fast",
    value=1.5,
    unit="s",
    floor=6.0,
    ratio=4.0,
    target="at least 4",
    met=True,
    sentence="It is fast.",
    spread=(1.25, 1.75),
)
SLOW = Figure(
    name="late.slow",
    value=123456.789,
    unit="ms",
    floor=None,
    ratio=None,
    target="at most 9",
    met=False,
    sentence="It is slow.",
)


def drawn(_folder: Path, runs: dict[str, Run]) -> Pictures:
    return {name: [Picture(f"{name}.svg", f"a picture of {name}")] for name in runs}


def run_of(*figures: Figure) -> Run:
    return Run(this_machine(), 2.0, list(figures))


def written(folder: Path, runs: dict[str, Run]) -> str:
    Report(folder, runs).write(runs, drawn)
    return (folder / "README.md").read_text(encoding="utf-8")


def test_there_is_one_row_for_each_figure(tmp_path: Path) -> None:
    written(tmp_path, {"late": run_of(SLOW), "load": run_of(FAST)})
    found = json.loads((tmp_path / "results.json").read_bytes())
    assert [list(row) for row in found] == [FIELDS, FIELDS]
    slow, fast = found
    assert fast == dict(
        zip(FIELDS, ("load.fast", 1.5, "s", 6.0, 4.0, "at least 4", True), strict=True)
    )
    assert slow["value"] == 123500
    assert slow["met"] is False


def test_the_page_has_each_figure_in_the_table_and_in_words_and_says_which_were_missed(
    tmp_path: Path,
) -> None:
    page = written(tmp_path, {"late": run_of(SLOW), "load": run_of(FAST)})
    assert "| `load.fast` | 1.50 s (1.25 to 1.75) | 6 s | 4 | at least 4 | met |" in page
    assert "| `late.slow` | 123,457 ms |  |  | at most 9 | **missed** |" in page
    assert "- `load.fast`: It is fast." in page
    assert "![a picture of late](late.svg)" in page


def test_the_machine_is_named_and_its_host_is_not(tmp_path: Path) -> None:
    page = written(tmp_path, {"load": run_of(FAST)})
    assert f"Python {platform.python_version()}" in page
    everything = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert platform.node().encode() not in everything


def test_a_single_run_leaves_what_the_others_found(tmp_path: Path) -> None:
    written(tmp_path, {"late": run_of(SLOW), "load": run_of(FAST)})
    report = Report.read(tmp_path)
    report.runs["late"] = run_of(SLOW, FAST)
    report.write(["late", "load"], drawn)
    assert [one.name for one in Report.read(tmp_path).figures()].count("load.fast") == 2


def test_a_module_that_is_gone_is_gone_from_the_report_with_its_pictures(tmp_path: Path) -> None:
    (tmp_path / "late.svg").write_text("<svg/>", encoding="utf-8")
    written(tmp_path, {"late": run_of(SLOW), "load": run_of(FAST)})
    Report.read(tmp_path).write(["load"], drawn)
    assert list(Report.read(tmp_path).runs) == ["load"]
    assert not (tmp_path / "late.svg").exists()


def test_numbers_are_as_long_as_they_mean_something() -> None:
    written_ = [number(value) for value in (123456.7, 42.123, 3.14159, 0.01234, 5.0, 0)]
    assert written_ == ["123,457", "42.1", "3.14", "0.012", "5", "0"]
