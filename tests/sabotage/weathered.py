"""Ways to break what keeps replicas together, each found within a few seeds of the simulation."""

from __future__ import annotations

from tests.sabotage.breaks import Break

IN_WEATHER = "tests/simulation/test_simulation.py::test_the_promises_hold_in_any_weather[0]"

WEATHERED = [
    Break(
        "let a bare majority seal",
        "collective/constitution.py",
        "return -(-2 * members // 3)",
        "return members // 2 + 1",
        IN_WEATHER,
    ),
    Break(
        "count what a device said after it signed two histories",
        "collective/devices.py",
        "    return fork is not None and entry.seq >= fork",
        "    return fork is not None and entry.seq > 99",
        IN_WEATHER,
    ),
    Break(
        "tell of an event that is not on the disk",
        "node/replica.py",
        "            self.store.append(events)\n",
        "            self.store.append(events[1:])\n",
        IN_WEATHER,
    ),
    Break(
        "call replicas equal that differ",
        "sync/session.py",
        "    return answer == EQUAL\n",
        "    return True\n",
        IN_WEATHER,
    ),
]
