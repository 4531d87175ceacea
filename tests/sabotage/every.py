"""All ways to break the program, one module for each question that a folder answers."""

from __future__ import annotations

from tests.sabotage.decided import DECIDED
from tests.sabotage.genuine import GENUINE
from tests.sabotage.hosted import HOSTED
from tests.sabotage.kept import KEPT
from tests.sabotage.travelling import TRAVELLING
from tests.sabotage.weathered import WEATHERED
from tests.sabotage.who_we_are import WHO_WE_ARE

BREAKS = [*GENUINE, *WHO_WE_ARE, *DECIDED, *KEPT, *TRAVELLING, *HOSTED, *WEATHERED]
