"""What pages are made of: found under a name that changes with it, and fetched in one go."""

import json
import re
import struct

import pytest
from starlette.testclient import TestClient

from goround.web.assets import asset, modules, script, version

MOST_TAKEN_ALONG = 120_000


def test_a_browser_that_has_a_module_never_asks_again(client: TestClient) -> None:
    answer = client.get(asset("js/page.js"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "max-age=31536000, immutable"


def test_without_the_name_of_a_version_it_is_asked_about_each_time(client: TestClient) -> None:
    answer = client.get("/static/js/page.js")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


def test_what_another_version_was_made_of_is_not_here(client: TestClient) -> None:
    other = version()[::-1]
    assert client.get(f"/static/{other}/js/page.js").status_code == 404


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("goround.css", "text/css; charset=utf-8"),
        ("js/page.js", "text/javascript"),
        ("round.svg", "image/svg+xml"),
    ],
)
def test_a_browser_is_told_what_a_file_is(client: TestClient, path: str, kind: str) -> None:
    assert client.get(asset(path)).headers["content-type"] == kind


def test_nothing_beside_these_files_is_given_out(client: TestClient) -> None:
    for path in ("../app.py", "..%2fapp.py", "%2e%2e/app.py", "js", ""):
        assert client.get(f"/static/{version()}/{path}").status_code == 404


def test_every_module_that_a_page_stands_on_is_there_and_named(client: TestClient) -> None:
    named = re.findall(r'href="([^"]+)"', script("page"))
    assert len(named) == len(modules("js/page.js")) - 1
    assert all(client.get(address).status_code == 200 for address in named)


def test_pages_and_modules_are_packed_where_a_browser_can_unpack_them(client: TestClient) -> None:
    for path in ("/", asset("js/page.js"), asset("goround.css")):
        assert client.get(path).headers["content-encoding"] == "gzip"
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


def test_what_programs_say_to_each_other_is_not_packed(client: TestClient) -> None:
    assert "content-encoding" not in client.get("/openapi.json").headers


def test_what_explains_a_module_stays_where_it_is_written(client: TestClient) -> None:
    written = client.get("/static/js/replica.js").text
    sent = client.get(asset("js/replica.js")).text
    assert len(sent) < 0.8 * len(written)
    assert "/**" in written
    assert "/**" not in sent
    assert [line for line in written.splitlines() if "export " in line] == [
        line for line in sent.splitlines() if "export " in line
    ]


def test_a_file_is_the_same_packed_or_not(client: TestClient) -> None:
    plain = client.get(asset("goround.css"), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == client.get(asset("goround.css")).content


def test_a_worker_loads_nothing_from_elsewhere(client: TestClient) -> None:
    for path in ("js/tending.js", "round.svg"):
        assert client.get(asset(path)).headers["content-security-policy"] == "default-src 'self'"


def test_the_worker_names_every_module_and_is_asked_for_anew(client: TestClient) -> None:
    answer = client.get("/worker.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    assert "connect-src 'self'" in answer.headers["content-security-policy"]
    held = json.loads(answer.text.partition("self.HELD = ")[2].partition(";\n")[0])
    assert {asset(path) for path in modules("js/page.js")} <= set(held["files"])
    assert asset("js/tending.js") in held["files"]
    assert all(client.get(path).status_code == 200 for path in [*held["files"], held["away"]])


def test_all_that_the_worker_takes_along_is_less_than_a_photograph(client: TestClient) -> None:
    read = client.get("/worker.js").text.partition("self.HELD = ")[2].partition(";\n")[0]
    packed = {"Accept-Encoding": "gzip"}
    sizes = [
        int(client.get(path, headers=packed).headers["content-length"])
        for path in json.loads(read)["files"]
    ]
    assert sum(sizes) < MOST_TAKEN_ALONG


def test_a_device_is_told_how_to_show_it_among_its_programs(client: TestClient) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    said = answer.json()
    assert (said["start_url"], said["scope"], said["display"]) == ("/", "/", "standalone")
    for icon in said["icons"]:
        drawn = client.get(icon["src"])
        assert drawn.headers["content-type"] == icon["type"]
        if icon["type"] == "image/png":
            size = "x".join(str(side) for side in struct.unpack(">II", drawn.content[16:24]))
            assert icon["sizes"] == size
    page = client.get("/")
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page.text
    assert "manifest-src 'self'" in page.headers["content-security-policy"]


def test_a_page_is_known_as_one_of_a_node_and_a_file_needs_no_sign(client: TestClient) -> None:
    assert client.get("/").headers["goround"] == version()
    assert "goround" not in client.get(asset("js/page.js")).headers
