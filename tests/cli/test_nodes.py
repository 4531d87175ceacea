"""Several homes and one node, as real processes over loopback."""

import json
import shutil
import time
from pathlib import Path

from goround.node.home import Home
from goround.node.restored import ASKED_AFTER
from tests.copies import image
from tests.terminals import Terminal, bakery, share


def test_a_collective_comes_together_over_a_node(tmp_path: Path) -> None:
    anna, ben, cleo = (Terminal(tmp_path, name) for name in ("anna", "ben", "cleo"))
    anna.does("found", "Bread", "--as", "Anna", "--purpose", "We bake")
    anna.does("invite", "Ben")
    with anna.serving() as address:
        link = anna.does("invitation", "Ben").strip()
        assert link.startswith(f"{address}/c/")
        said = ben.does("join", link, "--as", "Ben")
        assert "Welcome, Ben: you are a member of Bread." in said
        code, sentence = Terminal(tmp_path, "eve").fails("join", link, "--as", "Eve")
        assert (code, "used on" in sentence, "tell Anna" in sentence) == (1, True, True)
        ben.does("invite", "Cleo")
        ben.does("sync", address)
        anna.does("position", "2", "agree")
        ben.does("sync", address)
        link = ben.does("invitation", "Cleo", "--at", address).strip()
        cleo.does("join", link, "--as", "Cleo")
        anna.does("welcome", "Cleo")
        for person in (ben, cleo, ben, cleo):
            assert person.reads("sync", address)["equal"]
        assert {p.does("state") for p in (ben, cleo)} == {anna.does("state")}
        assert [m["name"] for m in cleo.reads("members")] == ["Anna", "Ben", "Cleo"]
    code, sentence = ben.fails("sync", address)
    assert (code, "Nobody answers" in sentence) == (3, True)
    assert anna.fails("invitation", "Ben")[0] == 1


def test_joining_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    anna, ben = Terminal(tmp_path, "anna"), Terminal(tmp_path, "ben")
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    with anna.serving():
        link = anna.does("invitation", "Ben").strip()
        ben.does("join", link, "--as", "Ben")
        (keys,) = ben.home.glob("keys/*.json")
        (file,) = ben.home.glob("collectives/*.sqlite")
        first = _first_line(ben)
        for part in ben.home.glob("collectives/*"):
            part.unlink()
        keys.write_bytes(keys.read_bytes().replace(b'"first":""', b'"first":' + first))
        assert ben.fails("members")[0] == 2
        ben.does("join", link, "--as", "Ben")
        assert file.exists()
        assert [m["name"] for m in ben.reads("members")] == ["Anna", "Ben"]
        assert ben.reads("state")["forks"] == []


def _first_line(person: Terminal) -> bytes:
    """Return the acceptance as the keyring keeps it until joining is done."""
    from goround.log.bundle import encode_line  # noqa: PLC0415
    from goround.node.home import Home  # noqa: PLC0415

    home = Home(person.home)
    replica = home.replica(home.find(None))
    own = [e for _, e in replica.store.since() if e.header.device == replica.device]
    replica.close()
    line = encode_line(own[0]).decode()
    return json.dumps(line).encode()


def test_a_device_is_cloned_over_a_node(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    with anna.serving() as address:
        link = anna.does("device", "add").strip()
        phone = Terminal(tmp_path, "phone")
        phone.does("clone", link)
        assert Terminal(tmp_path, "thief").fails("clone", link)[0] == 1
        phone.does("propose", "Flour", "--text", "Some.")
        phone.does("sync", address)
        assert anna.reads("show", "1")["by"] == "Anna"


def test_a_copied_home_is_found_out_and_signs_nothing_more(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    image(ben.home, tmp_path / "twin")
    twin = Terminal(tmp_path, "twin")
    ben.does("propose", "Flour", "--text", "Some.")
    twin.does("propose", "Sugar", "--text", "Some.")
    with anna.serving() as address:
        ben.does("sync", address)
        code, sentence = twin.fails("sync", address)
        assert code == 1
        assert sentence.startswith("This device has signed two different histories")
        assert twin.fails("say", "1", "hello")[0] == 1
        assert len(anna.reads("state")["forks"]) == 1


def test_a_copied_home_says_nothing_unless_its_person_is_sure(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    shutil.copytree(anna.home, tmp_path / "copy")
    copy = Terminal(tmp_path, "copy")
    code, sentence = copy.fails("propose", "Flour", "--text", "Some.")
    assert (code, copy.typed("device go-on") in sentence) == (1, True)
    assert "put back to something older" in copy.tries("doctor").out
    assert copy.fails("device", "go-on")[0] == 2
    copy.does("device", "go-on", "--yes")
    copy.does("propose", "Flour", "--text", "Some.")
    assert anna.fails("device", "go-on", "--yes")[0] == 2


def test_an_older_copy_says_nothing_whoever_it_is_equal_with(tmp_path: Path) -> None:
    anna, ben, cleo = bakery(tmp_path, "Anna", "Ben", "Cleo")
    backup = tmp_path / "backup.bundle"
    ben.does("bundle", "write", str(backup))
    ben.does("propose", "Flour", "--text", "Some.")
    share(ben, cleo)
    for part in ben.home.glob("collectives/*"):
        part.unlink()
    ben.does("bundle", "read", str(backup))
    for lags_or_not in (anna, cleo):
        with lags_or_not.serving() as address:
            assert ben.typed("device go-on") in ben.does("sync", address)
        assert ben.fails("propose", "Sugar", "--text", "Some.")[0] == 1
    ben.does("device", "go-on", "--yes")
    ben.does("propose", "Sugar", "--text", "Some.")
    share(ben, cleo, anna)
    assert anna.reads("state")["forks"] == []


def test_a_disk_that_was_put_back_is_noticed_by_a_place_before_it_signs(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    with anna.serving() as address:
        ben.does("sync", address)
        image(ben.home, tmp_path / "image")
        ben.does("propose", "Flour", "--text", "Some.")
        ben.does("sync", address)
        put_back = Terminal(tmp_path, "image")
        started_anew(put_back)
        code, sentence = put_back.fails("propose", "Sugar", "--text", "Some.")
        assert (code, "put back" in sentence) == (1, True)
    assert [row["title"] for row in put_back.reads("proposals")][-1] == "Flour"


def test_a_backup_that_was_written_over_a_file_is_noticed_by_a_place(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    (file,) = ben.home.glob("collectives/*.sqlite")
    with anna.serving() as address:
        ben.does("sync", address)
        backup = file.read_bytes()
        ben.does("propose", "Flour", "--text", "Some.")
        ben.does("sync", address)
        file.write_bytes(backup)  # and the file was born when it was
        code, sentence = ben.fails("propose", "Sugar", "--text", "Some.")
        assert (code, "put back" in sentence) == (1, True)
        ben.does("device", "go-on", "--yes")
        ben.does("propose", "Sugar", "--text", "Some.")
        ben.does("sync", address)
        assert anna.reads("state")["forks"] == []


def test_a_laptop_without_a_network_signs_after_it_was_started(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    with anna.serving() as address:
        ben.does("sync", address)
    started_anew(ben)
    ben.does("propose", "Flour", "--text", "Some.")


def test_a_node_that_was_started_signs_by_itself_once_each_place_was_tried(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    number = anna.reads("propose", "Flour", "--text", "Some.")["ref"]
    anna.does("position", number, "agree")
    share(anna, ben)
    anna.does("places", "add", "http://127.0.0.1:1")
    started_anew(anna)
    ben.does("position", number, "agree")
    with anna.serving() as address:
        ben.does("sync", address)
        until = time.monotonic() + 20
        while "Anna" not in anna.reads("show", number)["decided"]["heard_by"]:
            assert time.monotonic() < until
            time.sleep(0.2)


def started_anew(person: Terminal) -> None:
    """Let somebody's machine have been started since anybody was asked."""
    home = Home(person.home)
    replica = home.replica(home.find(None))
    replica.store.set_note(ASKED_AFTER, "before")
    replica.close()
