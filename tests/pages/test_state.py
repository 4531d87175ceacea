"""The folded state is that of one moment, also where others say something while it is written."""

from itertools import islice

import pytest

from goround.log.event import Event
from goround.pages.state import state_bytes, state_parts
from goround.replay import Replay
from tests.stories.telling import Scene, scenes_in, tell
from tests.stories.test_stories import FILES

SCENES = [scene for path in FILES for scene in scenes_in(path)]
AT_ONCE = 3
"""Parts that are written until somebody says something."""


def replayed(events: list[Event]) -> Replay:
    replay = Replay.of(events[0].collective)
    replay.add_all(events)
    return replay


@pytest.mark.parametrize("scene", [pytest.param(scene, id=scene.title) for scene in SCENES[::8]])
def test_what_arrives_while_it_is_written_changes_nothing_of_it(scene: Scene) -> None:
    devices = tell(scene).devices.values()
    events = max((device.events for device in devices), key=len)
    for known in range(1 + len(events) // 3, len(events), 7):
        replay, later = replayed(events[:known]), iter(events[known:])
        before, parts = state_bytes(replay), state_parts(replay)
        written: list[bytes] = []
        while some := list(islice(parts, AT_ONCE)):
            written += some
            replay.add_all(islice(later, 1))
        assert b"".join(written) == before
        replay.add_all(later)
        assert state_bytes(replay) == state_bytes(replayed(events))
