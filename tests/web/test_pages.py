import re

import pytest
from starlette.testclient import TestClient

from goround.node.replica import Replica


@pytest.fixture
def door(anna: Replica) -> str:
    return f"/c/{anna.collective}/join"


def test_the_first_page_says_what_this_is_and_how_to_join(client: TestClient) -> None:
    page = client.get("/").text
    assert "Decide together, as equals" in page
    assert "goround join" in page
    assert "http://127.0.0.1:8420" in page


def test_the_first_page_tells_nothing_about_collectives(client: TestClient, anna: Replica) -> None:
    page = client.get("/").text
    assert anna.collective not in page
    assert "Anna" not in page


def test_a_link_opened_in_a_browser_says_how_to_go_on(client: TestClient, door: str) -> None:
    page = client.get(door)
    assert page.status_code == 200
    assert f"goround join &#39;http://127.0.0.1:8420{door}" in page.text.replace("'", "&#39;")


def test_a_device_link_does_too(client: TestClient, anna: Replica) -> None:
    assert "goround clone" in client.get(f"/c/{anna.collective}/device").text


def test_an_address_that_is_nowhere_is_a_page_for_whoever_reads_pages(client: TestClient) -> None:
    page = client.get("/nowhere/at/all", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, "There is nothing here" in page.text) == (404, True)
    assert client.get("/nowhere/at/all").headers["content-type"] == "application/problem+json"


def test_a_link_to_nothing_is_a_page_that_says_so(client: TestClient) -> None:
    page = client.get(f"/c/{'A' * 43}/join")
    assert (page.status_code, "There is nothing here" in page.text) == (404, True)


def test_an_address_cannot_bring_markup_into_a_page(client: TestClient) -> None:
    assert "<script>" not in client.get("/c/<script>alert(1)</script>/join").text


@pytest.mark.parametrize("path", ["/", "DOOR"])
def test_a_page_runs_and_loads_only_what_is_ours(client: TestClient, door: str, path: str) -> None:
    page = client.get(path.replace("DOOR", door))
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "form-action 'none';" in policy
    assert "unsafe" not in policy
    assert page.headers["referrer-policy"] == "no-referrer"
    scripts = re.findall(r"<script[^>]*>[^<]*</script>", page.text)
    assert len(scripts) == page.text.count("<script")
    assert all(
        re.fullmatch(
            r'<script type="module" src="/static/[0-9a-f]{16}/js/[a-z]+\.js"></script>', script
        )
        for script in scripts
    )
    assert not re.search(r"<[a-z][^>]* on[a-z]+=", page.text)
    assert " style=" not in page.text
    assert all(
        link.startswith("/") for link in re.findall(r'(?:href|src)="([^#][^"]*)"', page.text)
    )


@pytest.mark.parametrize("path", ["/", "DOOR"])
def test_a_page_can_be_read_by_a_screen_reader(client: TestClient, door: str, path: str) -> None:
    page = client.get(path.replace("DOOR", door)).text
    assert '<html lang="en" dir="ltr">' in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert len(re.findall("<h1>", page)) == 1
    assert re.search("<title>[^<]+ – Goround</title>", page)
    assert '<main id="main">' in page
    assert 'href="#main"' in page
    assert all(" alt=" in image for image in re.findall("<img[^>]*>", page))


def test_a_page_weighs_under_100_kb_all_told(client: TestClient) -> None:
    parts = ("/", "/static/goround.css", "/static/round.svg")
    assert sum(len(client.get(part).content) for part in parts) < 100_000


def test_localhost_is_sent_to_where_keys_belong(client: TestClient, door: str) -> None:
    for host in ("localhost:8420", "LOCALHOST"):
        answer = client.get(f"{door}?a=b", headers={"Host": host}, follow_redirects=False)
        assert answer.status_code == 307
        assert answer.headers["location"] == f"http://127.0.0.1:8420{door}?a=b"


def test_an_address_with_one_slash_too_many_is_nowhere(client: TestClient, door: str) -> None:
    client.headers["Host"] = "evil.example"
    answer = client.get(f"{door}/", follow_redirects=False)
    assert answer.status_code == 404
    assert "evil.example" not in str(answer.headers)


def test_a_collective_without_its_last_slash_is_sent_home_and_nowhere_else(
    client: TestClient, anna: Replica
) -> None:
    at = f"/c/{anna.collective}"
    answer = client.get(f"{at}?q=1", headers={"Host": "evil.example"}, follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"{at}/?q=1"
    for wrong in ("/c/%2F%2Fevil.example", "/c/evil.example"):
        assert client.get(wrong, follow_redirects=False).status_code == 404


def test_another_host_is_not_believed(client: TestClient, door: str) -> None:
    page = client.get(door, headers={"Host": "evil.example"})
    assert "evil.example" not in page.text
