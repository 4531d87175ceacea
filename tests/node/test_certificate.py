import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from goround.errors import BadUse, Unreachable
from goround.node.certificate import own_certificate
from goround.node.home import Home
from goround.node.trust import accept, accepted, fingerprint

NOW = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp() * 1000)
DAY = 24 * 3600 * 1000


def shown_by(folder: Path, host: str = "127.0.0.1", at: int = NOW) -> str:
    return fingerprint(own_certificate(Home(folder, lambda: at), host).file.read_text("ascii"))


def test_a_home_shows_the_same_certificate_each_time(tmp_path: Path) -> None:
    assert shown_by(tmp_path) == shown_by(tmp_path, at=NOW + 300 * DAY)


def test_two_homes_show_different_ones(tmp_path: Path) -> None:
    assert shown_by(tmp_path / "anna") != shown_by(tmp_path / "ben")


@pytest.mark.parametrize("days", [-400, 370, 4000])
def test_a_certificate_is_made_anew_before_it_ends_or_where_a_clock_was_wrong(
    tmp_path: Path, days: int
) -> None:
    first = shown_by(tmp_path)
    assert shown_by(tmp_path, at=NOW + days * DAY) != first


def test_a_certificate_is_made_anew_for_another_address(tmp_path: Path) -> None:
    first = shown_by(tmp_path)
    assert shown_by(tmp_path, "192.0.2.7") != first
    assert shown_by(tmp_path, "2001:db8::1")


def test_a_damaged_one_is_made_anew(tmp_path: Path) -> None:
    first = shown_by(tmp_path)
    (tmp_path / "certificate-key.pem").write_bytes(b"rubbish")
    assert shown_by(tmp_path) != first


def test_what_a_browser_asks_of_a_certificate_is_there(tmp_path: Path) -> None:
    kept = own_certificate(Home(tmp_path, lambda: NOW), "192.0.2.7")
    made = x509.load_pem_x509_certificate(kept.file.read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(name) for name in names.get_values_for_type(x509.IPAddress)] == ["192.0.2.7"]
    assert (made.not_valid_after_utc - made.not_valid_before_utc).days < 398


def test_its_key_is_for_its_owner_only(tmp_path: Path) -> None:
    kept = own_certificate(Home(tmp_path, lambda: NOW), "127.0.0.1")
    assert stat.S_IMODE(kept.key.stat().st_mode) == 0o600


def test_nothing_is_accepted_that_nobody_compared(tmp_path: Path) -> None:
    assert accepted(Home(tmp_path), "https://192.0.2.7:8420") is None


def test_what_has_no_certificate_has_no_fingerprint(tmp_path: Path) -> None:
    with pytest.raises(BadUse):
        accept(Home(tmp_path), "http://127.0.0.1:8420", "ABCD")


def test_a_node_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="Nobody answers"):
        accept(Home(tmp_path), "https://127.0.0.1:1", "ABCD")
