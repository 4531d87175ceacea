"""Every story is true of the product, and every reason that a rule can give has a story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goround.collective.reasons import Reason
from tests.stories.telling import scenes_in, tell

if TYPE_CHECKING:
    from tests.stories.telling import Scene

FILES = sorted(Path(__file__).parent.glob("*.story"))
SCENES = [scene for path in FILES for scene in scenes_in(path)]


def _param(scene: Scene) -> object:
    marks = [pytest.mark.xfail(reason=scene.awaits, strict=True)] if scene.awaits else []
    return pytest.param(scene, id=f"{scene.file}: {scene.title}", marks=marks)


@pytest.mark.parametrize("scene", [_param(scene) for scene in SCENES])
def test_a_story_is_true(scene: Scene) -> None:
    tell(scene)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 6))
@pytest.mark.parametrize("scene", [_param(scene) for scene in SCENES])
def test_a_story_is_true_whatever_the_ids_are(scene: Scene, seed: int) -> None:
    tell(scene, seed)


def test_every_reason_has_a_story() -> None:
    told = {reason for scene in SCENES if not scene.awaits for reason in scene.expected()}
    assert set(Reason) - told == set()


def test_no_two_stories_have_one_title() -> None:
    titles = [(scene.file, scene.title) for scene in SCENES]
    assert len(set(titles)) == len(titles)
