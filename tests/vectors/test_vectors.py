"""What any implementation has to answer; here this one is asked."""

import base64
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from goround.errors import BadUse, NotGenuine
from goround.ids import decode, encode
from goround.log import paper, proofs
from goround.log.bundle import read_bundle
from goround.log.event import Content, Event, check_signature, open_event
from goround.log.graph import Graph
from goround.log.header import decode_header, event_id
from goround.log.keys import is_genuine
from goround.log.passphrase import decrypt
from goround.log.vector import check_vector, digest
from tests.vectors import make

Vector = dict[str, Any]


def asked(name: str) -> pytest.MarkDecorator:
    vectors = json.loads((Path(__file__).parent / f"{name}.json").read_text("ascii"))
    return pytest.mark.parametrize("vector", vectors, ids=[str(v["name"]) for v in vectors])


def verdict(job: Callable[[], object]) -> str:
    try:
        job()
    except NotGenuine as refusal:
        return refusal.reason
    return "ok"


def lax(text: str) -> bytes:
    """Read base64url of any length: a wrong length is what some vectors are about."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def opened(vector: Vector) -> Event:
    salt = lax(vector["salt"])
    words = bytes.fromhex(vector.get("content_hex", "")) or vector["content"].encode()
    content = Content(salt, words) if salt or words else None
    return open_event(vector["header"].encode(), lax(vector["signature"]), content)


def test_the_vectors_are_those_that_the_generator_writes() -> None:
    for name, vectors in make.every().items():
        committed = (make.HERE / f"{name}.json").read_text("ascii")
        assert committed == make.written(vectors), f"run python -m tests.vectors.make: {name}"


@asked("headers")
def test_a_header_gets_its_verdict(vector: Vector) -> None:
    raw = bytes.fromhex(vector.get("header_hex", "")) or vector["header"].encode()
    assert verdict(lambda: decode_header(raw)) == vector["verdict"]
    assert vector.get("id", event_id(raw)) == event_id(raw)


@asked("events")
def test_an_event_gets_its_verdict(vector: Vector) -> None:
    assert verdict(lambda: check_signature(opened(vector))) == vector["verdict"]
    assert event_id(vector["header"].encode()) == vector["id"]


@asked("keys")
def test_a_signature_gets_its_verdict(vector: Vector) -> None:
    message, signature = vector["message"].encode(), lax(vector["signature"])
    assert is_genuine(vector["key"], vector["tag"], message, signature) is vector["genuine"]


@asked("graphs")
def test_a_graph_takes_in_what_its_vector_says(vector: Vector) -> None:
    graph = delivered(vector)
    assert graph.in_order() == vector["order"]
    assert graph.frontier() == vector["frontier"]
    forks = [{**fork._asdict(), "events": list(fork.events)} for fork in graph.forks()]
    assert forks == vector["forks"]
    assert check_vector(vector["vector"]) == graph.vector()
    assert digest(graph.vector()) == vector["digest"]


@asked("graphs")
def test_a_graph_answers_what_lies_in_which_past(vector: Vector) -> None:
    graph = delivered(vector)
    for event_id_, expected in vector["pasts"].items():
        past = graph.past(event_id_)
        assert [other for other in graph.in_order() if other in past] == expected["holds"]
        for device in graph.heads():
            assert list(past.newest(device)) == expected["newest"][device]
            assert past.forked(device) == expected["forked"].get(device)


def delivered(vector: Vector) -> Graph:
    graph = Graph(vector["collective"])
    for step in vector["delivered"]:
        event, size = opened(step), len(graph)
        said = verdict(lambda event=event: graph.add(event))  # type: ignore[misc]
        if said == "ok":
            said = "added" if len(graph) > size else "known"
        assert said == step["verdict"]
    return graph


@asked("bundles")
def test_a_bundle_gets_its_verdict(vector: Vector) -> None:
    lines = vector["text"].encode().splitlines(keepends=True)
    assert verdict(lambda: read_bundle(lines)) == vector["verdict"]


@asked("encrypted")
def test_a_file_with_a_passphrase_gets_its_verdict(vector: Vector) -> None:
    assert verdict(lambda: opened_with(vector)) == vector["verdict"]


def opened_with(vector: Vector) -> None:
    rest = BytesIO(bytes.fromhex(vector["pieces"]))
    try:
        pieces = decrypt(vector["line"].encode(), rest.read, vector["passphrase"])
        assert b"".join(pieces) == b"Bread\n"
    except BadUse:
        raise NotGenuine("wrong", "") from None


@asked("proofs")
def test_a_proof_gets_its_verdict(vector: Vector) -> None:
    assert holds(vector) is vector["holds"]


def holds(vector: Vector) -> bool:
    key, collective, proof = vector["key"], vector["collective"], vector["proof"]
    if vector["tag"] == "invitation":
        return proofs.proves_invitation(key, collective, vector["device"], proof)
    if vector["tag"] == "device":
        return proofs.proves_device(key, collective, vector["device"], proof)
    nonce, origin = decode(vector["nonce"]), vector["origin"]
    check = proofs.proves_session if vector["tag"] == "session" else proofs.proves_card
    return check(key, collective, nonce, origin, proof)


@asked("forks")
def test_the_proof_of_a_fork_gets_its_verdict(vector: Vector) -> None:
    assert verdict(lambda: proofs.read_fork(vector["proof"].encode())) == vector["verdict"]


@asked("papers")
def test_a_sheet_of_paper_gets_its_verdict(vector: Vector) -> None:
    if vector["verdict"] != "ok":
        with pytest.raises(ValueError, match=r".*"):
            paper.read_paper(vector["text"])
        return
    secret = paper.read_paper(vector["text"])
    assert (encode(paper.key_on(secret).seed), paper.key_on(secret).public) == (
        vector["seed"],
        vector["key"],
    )


@asked("secrets")
def test_the_secret_of_a_link_gets_its_verdict(vector: Vector) -> None:
    if vector["verdict"] != "ok":
        with pytest.raises(ValueError, match=r"bytes|spare"):
            proofs.read_secret(vector["secret"])
        return
    key, epoch = proofs.read_secret(vector["secret"])
    assert (encode(key.seed), key.public) == (vector["seed"], vector["key"])
    assert epoch == vector["epoch"]
