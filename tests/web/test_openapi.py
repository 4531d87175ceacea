"""Every answer that is described is given, and is as it is described."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from goround.ids import encode
from goround.log.bundle import encode_line
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.node.nearby import Nearby
from goround.sync.nearby import call
from goround.web.app import make_app
from goround.web.limits import Rate
from goround.web.rights import FoundingRight
from tests.web.callers import LINES, ORIGIN, begins, invites, key_of, newest, share
from tests.web.scene import A_PLACE, Scene, Told, a_digest, begun, without_end
from tests.web.test_founding import founding

DOCUMENT: dict[str, Any] = json.loads((files("goround.web") / "openapi.json").read_bytes())
NONE_LEFT = Rate(burst=0.0, per_second=0.001)
AT = "/c/{collective}"

WRONG = {
    "check": b'{"act":{"type":"back"}}',
    "places": b'{"address":"ftp://bread.example.org","step":"add"}',
}

Case = tuple[str, str, int]
"""A method, a path and a status."""
Driver = Callable[[Scene, str, str], Told]


def described() -> list[Case]:
    return [
        (method, path, int(status))
        for path, item in DOCUMENT["paths"].items()
        for method in ("get", "post")
        if method in item
        for status in item[method]["responses"]
    ]


# What to do to be answered like that: by status, where it is the same everywhere.


def rightly(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        if path.endswith("card"):
            return told_by(caller.card(scene.invitation))
        if path.endswith("session"):
            return told_by(caller.asks_in(key_of(scene.anna)))
        headers = scene.passes(caller, path)
        if path.endswith("live"):
            return begun(caller, scene.at(path), headers)
        if method == "get" and path.endswith("feed"):
            made = caller.client.post(scene.at(path), headers=headers).json()["url"]
            return told_by(caller.client.get(made))
        sent = a_body(scene, path.rpartition("/")[2])
        return scene.asks(caller, method, path, content=sent, headers=headers)


def told_by(answer: Any) -> Told:  # noqa: ANN401 - the client's own response
    return Told(answer.status_code, answer.headers.get("content-type", ""), answer.content)


def a_body(scene: Scene, name: str) -> bytes:
    """Give what is rightly sent to an address of this name."""
    match name:
        case "events":
            return encode_line(newest(scene.anna))
        case "sync":
            return a_digest(scene.ben)
        case "found":
            return encode_line(founding(DeviceKey.generate()))
        case "check":
            return b'{"act":{"type":"away"}}'
        case "places":
            return A_PLACE
        case _:
            return b""


def as_localhost(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        return scene.asks(caller, method, path, headers={"Host": "localhost"})


def somewhere_else(scene: Scene, method: str, path: str) -> Told:
    nowhere = "nowhere" if path == AT else "A" * 43
    with scene.node() as caller:
        return scene.asks(caller, method, path.replace("{collective}", nowhere))


def too_often(scene: Scene, method: str, path: str) -> Told:
    with scene.node(by_address=NONE_LEFT, too_fast_waits=0.0) as caller:
        return scene.asks(caller, method, path)


def without_a_session(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        if path.endswith("session"):
            return told_by(caller.asks_in(key_of(scene.anna), origin="http://evil.example"))
        return scene.asks(caller, method, path, headers={"Content-Type": "application/x-ndjson"})


def as_a_stranger(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        if path.endswith("events"):
            line = encode_line(scene.of_a_stranger())
            return scene.asks(
                caller, method, path, content=line, headers=scene.passes(caller, path)
            )
        if path.endswith("card"):
            return told_by(caller.card(DeviceKey.generate()))
        if path.endswith("session"):
            return told_by(caller.asks_in(DeviceKey.generate()))
    return as_a_retired_device(scene, method, path)


def as_a_retired_device(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        added, headers = scene.added_and_retired(caller, path)
        return scene.asks(caller, method, path, content=added, headers=headers)


def with_nonsense(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        headers = scene.passes(caller, path)
        return scene.asks(caller, method, path, content=b"nonsense\n", headers=headers)


def with_too_much(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        headers = scene.passes(caller, path)
        return scene.asks(caller, method, path, content=b"x" * 9_000_000, headers=headers)


def with_another_kind(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        headers = scene.passes(caller, path) | {"Content-Type": "text/plain"}
        return scene.asks(caller, method, path, content=b"x", headers=headers)


def too_slowly(scene: Scene, _method: str, path: str) -> Told:
    with scene.node(wait=0.05) as caller:
        headers = scene.passes(caller, path)
        return without_end(caller, scene.at(path), headers)


def at_a_bad_time(scene: Scene, method: str, path: str) -> Told:
    """Ask when there is too much coming in, or when the file cannot be read."""
    kept = ("session", "events", "sync", "found", "check", "places", "nearby")
    is_read = method == "get" or not path.endswith(kept)
    with scene.node(budget=100 if path.endswith("session") else 3000, small=0, open=1) as caller:
        headers = {"Content-Type": "application/json"}
        if not path.endswith("session"):
            headers = scene.passes(caller, path)
        if is_read:
            scene.spoil(caller)
        if path.endswith("card"):
            return told_by(caller.card(scene.invitation))
        return scene.asks(caller, method, path, content=b"x" * 4096, headers=headers)


def against_a_rule(scene: Scene, method: str, path: str) -> Told:
    nameless = encode_line(founding(DeviceKey.generate(), {}))
    with scene.node() as caller:
        sent = WRONG.get(path.rpartition("/")[2], nameless)
        headers = scene.passes(caller, path)
        return scene.asks(caller, method, path, content=sent, headers=headers)


BY_STATUS: dict[int, Driver] = {
    200: rightly,
    201: rightly,
    204: rightly,
    307: as_localhost,
    308: rightly,
    400: with_nonsense,
    401: without_a_session,
    403: as_a_stranger,
    404: somewhere_else,
    408: too_slowly,
    413: with_too_much,
    415: with_another_kind,
    422: against_a_rule,
    429: too_often,
    503: at_a_bad_time,
}


def with_something_new(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        line = encode_line(newest(scene.ben))
        return scene.asks(caller, method, path, content=line, headers=scene.passes(caller, path))


def as_equal(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        headers = scene.passes(caller, path)
        return scene.asks(caller, method, path, content=a_digest(scene.anna), headers=headers)


def without_the_founding_link(scene: Scene, method: str, path: str) -> Told:
    right, _secret = FoundingRight.by_link()
    with scene.node(right) as caller:
        return scene.asks(caller, method, path, content=b"x", headers=LINES)


def where_nobody_founds(scene: Scene, method: str, path: str) -> Told:
    with scene.node(FoundingRight.of_nobody()) as caller:
        return scene.asks(caller, method, path, content=b"x", headers=LINES)


def without_a_secret(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        return scene.asks(caller, method, path, params={"key": "guess"})


def once_it_is_there(scene: Scene, method: str, path: str) -> Told:
    with scene.node() as caller:
        mark = caller.client.get(path).headers["etag"]
        return scene.asks(caller, method, path, headers={"If-None-Match": mark})


def twice(scene: Scene, method: str, path: str) -> Told:
    line = encode_line(founding(DeviceKey.generate()))
    with scene.node() as caller:
        scene.asks(caller, method, path, content=line, headers=LINES)
        return scene.asks(caller, method, path, content=line, headers=LINES)


def as_somebody_who_is_joining(scene: Scene, method: str, path: str) -> Told:
    share(scene.anna, scene.ben)
    version, key = invites(scene.anna, scene.ben, name="Cleo")
    cleo = begins(Home(scene.folder / "cleo"), scene.anna, version, key)
    with scene.node() as caller:
        caller.post(newest(cleo))
        told = scene.asks(caller, method, path, headers=caller.opened(key_of(cleo)))
    cleo.close()
    return told


def as_a_neighbour(scene: Scene, method: str, path: str) -> Told:
    scene.home.nearby = Nearby(scene.home, ORIGIN, b"its certificate")
    scene.home.nearby.look()
    nonce = bytes(32)
    named = call(scene.anna.collective, nonce, b"its certificate")
    with scene.node() as caller:
        return scene.asks(caller, method, path, json={"nonce": encode(nonce), "call": named})


def as_somebody_from_elsewhere(scene: Scene, method: str, path: str) -> Told:
    scene.home.nearby = None
    with scene.node() as caller:
        return scene.asks(caller, method, path, json={"nonce": "A" * 43, "call": "A" * 43})


BY_CASE: dict[Case, Driver] = {
    ("post", "/nearby", 200): as_a_neighbour,
    ("post", "/nearby", 404): as_somebody_from_elsewhere,
    ("post", "/found", 200): twice,
    ("get", f"{AT}/joining", 200): as_somebody_who_is_joining,
    ("post", "/found", 401): without_the_founding_link,
    ("post", "/found", 403): where_nobody_founds,
    ("get", f"{AT}/feed", 403): without_a_secret,
    ("get", "/worker.js", 304): once_it_is_there,
    ("post", f"{AT}/events", 201): with_something_new,
    ("post", f"{AT}/sync", 204): as_equal,
}


@pytest.mark.parametrize("case", described(), ids=lambda case: "-".join(map(str, case)))
def test_every_described_answer_is_given_and_is_as_described(case: Case, tmp_path: Path) -> None:
    method, path, status = case
    scene = Scene(tmp_path)
    told = (BY_CASE.get(case) or BY_STATUS[status])(scene, method, path)
    scene.ben.close()
    assert told.status == status, told.body
    assert_fits(told, DOCUMENT["paths"][path][method]["responses"][str(status)])


def assert_fits(told: Told, answer: dict[str, Any]) -> None:
    content = answer.get("content")
    if content is None:
        assert told.body == b""
        return
    if set(content) == {"text/event-stream"}:
        assert told.body.startswith(b"retry: ")
    ((kind, described_as),) = content.items()
    assert told.kind.partition(";")[0] == kind
    if kind.endswith(("/json", "+json")):
        assert_is(told.json(), described_as["schema"])


TYPES = {"object": "dict", "array": "list", "string": "str", "integer": "int"}


def assert_is(value: Any, schema: dict[str, Any]) -> None:  # noqa: ANN401 - any JSON
    """Compare with a schema, as far as the description uses the language of schemas."""
    if "$ref" in schema:
        assert_is(value, DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        return
    assert type(value).__name__ == TYPES[schema["type"]], (value, schema)
    assert value in schema.get("enum", [value])
    assert re.search(schema.get("pattern", ""), value if isinstance(value, str) else "")
    for name in schema.get("required", []):
        assert name in value, (name, value)
    for name, inner in schema.get("properties", {}).items():
        if name in value:
            assert_is(value[name], inner)
    for item in value if "items" in schema else []:
        assert_is(item, schema["items"])


def test_every_address_is_described_and_every_description_has_one(tmp_path: Path) -> None:
    app = make_app(Home(tmp_path), ORIGIN)
    answered = {route.path for route in app.routes if isinstance(route, Route)}
    assert {path for path in answered if not path.startswith("/static/")} == set(DOCUMENT["paths"])


def test_the_description_is_served_as_it_is(tmp_path: Path) -> None:
    with TestClient(make_app(Home(tmp_path), ORIGIN), base_url=ORIGIN) as client:
        assert client.get("/openapi.json").json() == DOCUMENT
