"""Whatever was promised to be measured is measured, and the report has it."""

from __future__ import annotations

import pytest

from bench.__main__ import modules
from bench.promised import PROMISED
from bench.quoting import results
from bench.report import FOLDER


def test_each_promised_figure_has_a_module_that_measures_it() -> None:
    assert {name.partition(".")[0] for name in PROMISED} == set(modules())


@pytest.mark.skipif(not FOLDER.exists(), reason="make bench has not been run yet")
def test_the_report_has_one_row_for_each_promised_figure_and_says_whether_it_was_met() -> None:
    rows = results()
    assert [name for name in PROMISED if name not in rows] == []
    assert {type(rows[name]["met"]) for name in PROMISED} == {bool}
