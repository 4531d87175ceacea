"""`make bench`: every measurement, one after the other."""

from __future__ import annotations

import sys

from bench import fold, log_load

sys.exit(max(measure.main() for measure in (log_load, fold)))
