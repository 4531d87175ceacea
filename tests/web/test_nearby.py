"""What a node that serves a room says to others there, and what its page says of them."""

import secrets
from pathlib import Path

import msgspec
import pytest

from goround.ids import CollectiveId, encode
from goround.log.proofs import proves_certificate
from goround.node.nearby import Nearby
from goround.sync.nearby import announce, call, read
from tests.web.callers import ORIGIN, key_of
from tests.web.reader import words
from tests.web.scene import Scene

CERTIFICATE = b"what Anna's node shows"
BEN = "https://192.168.1.7:8420"


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    made = Scene(tmp_path)
    made.home.nearby = Nearby(made.home, "https://192.168.1.5:8420", CERTIFICATE)
    made.home.nearby.look()
    return made


def called(
    scene: Scene, collective: str, certificate: bytes = CERTIFICATE
) -> tuple[int, bytes, bytes]:
    nonce = secrets.token_bytes(32)
    named = call(CollectiveId(collective), nonce, certificate)
    with scene.node() as caller:
        body = {"nonce": encode(nonce), "call": named}
        answer = caller.client.post("/nearby", json=body)
    return answer.status_code, answer.content, nonce


def test_who_knows_the_collective_is_shown_who_stands_behind_the_certificate(scene: Scene) -> None:
    status, body, nonce = called(scene, scene.anna.collective)
    assert status == 200
    said, device = msgspec.json.decode(body), key_of(scene.anna).public
    shown = "https://192.168.1.5:8420", CERTIFICATE
    assert said["device"] == device
    assert proves_certificate(device, scene.anna.collective, nonce, shown, said["proof"])
    assert not proves_certificate(
        device, scene.anna.collective, nonce, (ORIGIN, b"x"), said["proof"]
    )


def test_a_stranger_is_told_the_same_whatever_is_here(scene: Scene) -> None:
    other = called(scene, encode(secrets.token_bytes(32)))
    elsewhere = called(scene, scene.anna.collective, b"another certificate")
    assert other[:2] == elsewhere[:2]
    assert other[0] == 404
    scene.home.nearby = None
    assert called(scene, scene.anna.collective)[:2] == other[:2]


def page(scene: Scene) -> str:
    with scene.node() as caller:
        word = caller.opened(key_of(scene.anna))["Authorization"].removeprefix("Bearer ")
        at = f"{caller.at}/places"
        return words(caller.client.get(at, headers={"Cookie": f"goround={word}"}).text)


def test_the_page_says_who_was_found_and_when_they_were_equal(scene: Scene) -> None:
    assert "None of us is in this network just now" in page(scene)
    announced = read(announce([scene.anna.collective], bytes(32), bytes(32)))
    nearby = scene.home.nearby
    assert announced
    assert nearby
    nearby.appeared("ben", BEN, announced)
    said = page(scene)
    assert f"{BEN} Not seen equal yet." in said
    assert "Only here" not in said
    nearby.note_equal(scene.anna.collective, BEN, 99, scene.home.clock())
    assert f"{BEN} Seen equal a moment ago." in page(scene)


def test_a_node_that_serves_no_room_says_nothing_of_one(scene: Scene) -> None:
    scene.home.nearby = None
    assert "Found nearby" not in page(scene)
