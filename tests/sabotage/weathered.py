"""Ways to break what keeps replicas together, each found within a few seeds of the simulation."""

from __future__ import annotations

from tests.sabotage.breaks import Break

IN_WEATHER = "tests/simulation/test_simulation.py::test_the_promises_hold_in_any_weather[0]"
PUT_BACK = (
    "tests/simulation/test_simulation.py"
    "::test_a_copy_that_was_put_back_says_nothing_whomever_it_asks[0]"
)

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
    Break(
        "pass over what was said since a device last looked what is decided",
        "collective/waiting.py",
        "horizon.reached = len(outlook.stirred)",
        "horizon.reached = len(outlook.stirred) + 1",
        IN_WEATHER,
    ),
    Break(
        "go on after somebody told a device what it has said and forgot",
        "node/restored.py",
        "event.header.device == device and event.header.seq",
        "event.header.device is None",
        PUT_BACK,
    ),
    Break(
        "say what was asked for in a copy that was put back",
        "node/signing.py",
        "    if replica.restored.is_noticed and not replica.is_forked:\n",
        "    if replica.restored.is_noticed and replica.is_forked:\n",
        PUT_BACK,
    ),
    Break(
        "seal by itself in a copy that was put back",
        "node/replica.py",
        "self.restored.asks_first or self.restored.is_noticed or self.is_forked\n",
        "self.restored.asks_first or self.is_forked\n",
        PUT_BACK,
    ),
    Break(
        "take a copy that was put back for the newest once it has heard from anybody",
        "node/replica.py",
        "            self._add(events)\n",
        "            self._add(events)\n            self.restored.go_on()\n",
        PUT_BACK,
    ),
]
