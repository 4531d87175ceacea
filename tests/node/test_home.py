import errno
import os
import stat
from pathlib import Path

import pytest

from goround.errors import BadUse, Damaged, Refused, Unreachable
from goround.ids import DeviceId
from goround.log.keys import DeviceKey
from goround.node.home import Home
from goround.node.keyring import Keyring, Secrets
from goround.node.serving import served_at, serving
from goround.store import Store


def test_keys_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    Home(tmp_path).found("Bread", "Anna").close()
    (file,) = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_collective_is_found_by_name_and_by_the_start_of_its_id(tmp_path: Path) -> None:
    home = Home(tmp_path)
    bread = home.found("Bread", "Anna").collective
    wine = home.found("Wine", "Anna").collective
    assert home.find("bread") == bread
    assert home.find(wine[:6]) == wine
    assert home.find(wine) == wine
    with pytest.raises(BadUse, match=r"several collectives here \(“.*”, .* and “.*”, .*\)"):
        home.find(None)
    with pytest.raises(BadUse, match="called “Beer”"):
        home.find("Beer")


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "An\u202ena", "A" * 200, "An\nna"])
def test_names_that_cannot_be_read_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused):
        Home(tmp_path).found("Bread", name)
    assert not list(tmp_path.rglob("*.sqlite"))


def test_a_home_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(Unreachable):
        Home(file / "home").found("Bread", "Anna")


def test_a_keyring_keeps_what_it_is_given(tmp_path: Path) -> None:
    keyring, key, invitation = (
        Keyring(tmp_path / "keys" / "a.json"),
        DeviceKey.generate(),
        DeviceKey.generate(),
    )
    assert keyring.secrets == Secrets()
    keyring.keep_device(key, b"line")
    keyring.keep_invitation(invitation)
    assert keyring.device == key
    assert keyring.secrets.first == "line"
    assert keyring.invitation(invitation.public) == invitation
    assert keyring.invitation(DeviceId("A" * 43)) is None
    keyring.forget_first()
    assert (keyring.secrets.first, keyring.device) == ("", key)
    keyring.forget_device()
    assert keyring.secrets.device == ""
    assert keyring.invitation(invitation.public) == invitation


@pytest.mark.parametrize(
    "rubbish",
    [
        b'{"device": 3}',
        b'{"device":"\xff"}',
        b"",
        b"[" * 100_000,
        b'{"x":' + b"[" * 100_000,
        b'{"device":"abc"}',
        b'{"device":"' + b"B" * 43 + b'"}',
    ],
)
def test_a_damaged_keyring_is_said_to_be_one(tmp_path: Path, rubbish: bytes) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(rubbish)
    with pytest.raises(Damaged, match="does not hold keys"):
        _ = Keyring(file).device


def test_where_a_home_is_served_is_known_while_it_is(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with serving(home, "http://127.0.0.1:8420"):
        assert served_at(home) == "http://127.0.0.1:8420"
    with pytest.raises(BadUse, match="not being served"):
        served_at(home)


def test_of_two_nodes_the_other_is_known_once_one_has_stopped(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with serving(home, "http://127.0.0.1:1"):
        with serving(home, "http://127.0.0.1:2"):
            assert served_at(home) in ("http://127.0.0.1:1", "http://127.0.0.1:2")
        assert served_at(home) == "http://127.0.0.1:1"


@pytest.mark.parametrize(
    "left",
    [
        b'{"origin":"http://127.0.0.1:1","pid":4194304999}',
        b'{"origin":"http://127.0.0.1:1","pid":-1}',
        b'{"origin":"http://127.0.0.1:1","pid":0}',
        b'{"origin":"\xff","pid":1}',
        b'{"origin":"\\u001b[2J","pid":1}',
        b'{"x":' + b"[" * 100_000,
    ],
)
def test_a_node_that_died_is_not_there_any_more(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "serving.json").write_bytes(left)
    with pytest.raises(BadUse, match="not being served"):
        served_at(Home(tmp_path))


def test_a_founding_that_fails_leaves_no_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unreachable("The disk is full.")

    monkeypatch.setattr(Store, "create", full)
    with pytest.raises(Unreachable, match="disk is full"):
        Home(tmp_path).found("Bread", "Anna")
    assert not list((tmp_path / "keys").iterdir())


def test_a_full_disk_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unreachable, match="the disk is full; make room"):
        Keyring(tmp_path / "a.json").keep_device(DeviceKey.generate())
    assert not list(tmp_path.iterdir())
