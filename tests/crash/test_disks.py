"""P7 on disks that are full, cannot be written, vanish or break: a node says so in one sentence, it
acknowledges nothing that it has not kept, and it goes on once it can."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from random import Random

import pytest

from goround.log.event import Event
from goround.node.home import Home
from goround.store import Store
from tests.crash import mounts
from tests.crash.appending import Appending, Member
from tests.crash.crowd import Crowd, gather
from tests.crash.served import Node, serving
from tests.forked import Terms
from tests.terminals import Said, Terminal

FAULT = " error fault "
YEAR = 365 * 24 * 60 * 60


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    return gather(tmp_path_factory.mktemp("gathered") / "home", 3)


class Scene:
    """A node that serves a home somewhere, and a member who says one thing after the other."""

    def __init__(self, gathered: Crowd, folder: Path, errors: Path) -> None:
        shutil.copytree(gathered.home, folder / "home")
        self.crowd = gathered._replace(home=folder / "home")
        self.errors = errors
        self.member = Member(self.crowd, gathered.keys[1], self.kept(), Random(3))

    def kept(self, home: Path | None = None) -> list[Event]:
        file = Home(home or self.crowd.home).file(self.crowd.collective)
        with Store.open(file) as store:
            return [event for _row, event in store.since()]

    @contextmanager
    def served(self, most: int = 0, clock: Path | None = None) -> Iterator[Node]:
        with serving(self.crowd.home, self.errors, Terms(most, clock)) as node:
            yield node
            node.stop()

    def says_something(self, node: Node) -> tuple[int, str]:
        """Hand over a batch, or the one that was not taken; returns the status, and the reason."""
        line = HTTPConnection(node.address.removeprefix("http://"), timeout=20)
        try:
            status, told = self.member.hand_over(line)
        finally:
            line.close()
        return status, str(told.get("detail", ""))

    def until_refused(self, node: Node, most: int = 300) -> tuple[int, str]:
        """Go on until something is not taken."""
        for _ in range(most):
            status, reason = self.says_something(node)
            if status not in (200, 201):
                return status, reason
        raise AssertionError("everything was taken")

    def check_kept(self, home: Path | None = None) -> None:
        """Check that everything that was acknowledged is in the file, and each batch whole."""
        here = {event.id for event in self.kept(home)}
        assert here.issuperset(self.member.acknowledged)
        unsure = {event.id for event in self.member.unsure}
        assert unsure <= here or not unsure & here

    def shows(self, node: Node) -> int:
        """Ask for what anybody may ask for."""
        line = HTTPConnection(node.address.removeprefix("http://"), timeout=20)
        line.request("POST", f"/c/{self.crowd.collective}/nonce")
        status = line.getresponse().status
        line.close()
        return status

    def log(self) -> str:
        return self.errors.read_text() if self.errors.exists() else ""

    def check_log(self, sentence: str) -> None:
        """Check that the host is told in a sentence, and nothing of whose it was."""
        faults = [line for line in self.log().splitlines() if FAULT in line]
        assert any(sentence in line for line in faults), self.log()
        assert self.crowd.collective not in self.log()
        assert "Traceback" not in self.log()


def one_sentence(said: Said, *parts: str) -> None:
    assert said.code == 3, said
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert all(part in said.err for part in parts), said.err


# Full.


def test_on_a_full_disk_nothing_is_acknowledged_that_is_not_kept(
    gathered: Crowd, tmp_path: Path
) -> None:
    with mounts.in_memory(tmp_path / "disk", "3m") as disk:
        scene = Scene(gathered, disk.folder, tmp_path / "log")
        with scene.served() as node:
            assert scene.says_something(node)[0] == 201
            disk.fill()
            status, reason = scene.until_refused(node)
            assert (status, "whoever runs this node has to look" in reason) == (503, True)
            assert scene.shows(node) == 200
            scene.check_log("The disk is full: make room, and try again")
            disk.make_room()
            assert scene.says_something(node)[0] == 201
        scene.check_kept()


def test_commands_on_a_full_disk_say_so_and_leave_what_was_there(
    gathered: Crowd, tmp_path: Path
) -> None:
    with mounts.in_memory(tmp_path / "disk", "3m") as disk:
        anna = Terminal(disk.folder, "anna")
        anna.does("found", "Bread", "--as", "Anna")
        bundle = disk.folder / "bread.bundle"
        anna.does("bundle", "write", str(bundle))
        before = bundle.read_bytes()
        disk.fill()
        one_sentence(anna.tries("propose", "Rye", "--text", "x" * 20_000), "is the disk full?")
        one_sentence(anna.tries("found", "Soup", "--as", "Anna"), "disk is full")
        one_sentence(anna.tries("bundle", "write", str(bundle)), "disk is full")
        assert "Bread" in anna.does("collectives")
        assert bundle.read_bytes() == before
        disk.make_room()
        anna.does("propose", "Rye", "--text", "x" * 20_000)
        assert len(anna.reads("collectives")) == 1
        assert len(list((anna.home / "keys").iterdir())) == 1


def test_a_node_that_may_write_no_more_acknowledges_no_more(
    gathered: Crowd, tmp_path: Path
) -> None:
    scene = Scene(gathered, tmp_path, tmp_path / "log")
    with scene.served(most=400_000) as node:
        assert scene.until_refused(node)[0] == 503
        assert scene.shows(node) == 200
    scene.check_log("it may be full, or broken")
    with scene.served() as node:
        assert scene.says_something(node)[0] == 201
    scene.check_kept()


# Not to be written.


def test_on_a_disk_that_can_only_be_read_nothing_is_acknowledged_and_all_is_shown(
    gathered: Crowd, tmp_path: Path
) -> None:
    with mounts.image(tmp_path / "disk") as disk:
        scene = Scene(gathered, disk.folder, tmp_path / "log")
        with scene.served() as node:
            assert scene.says_something(node)[0] == 201
        disk.let_it("ro")
        terminal = Terminal(disk.folder, "home")
        one_sentence(terminal.tries("serve", "--port", "0"), "this disk can only be read")
        assert "Rye" in terminal.does("proposals")
        one_sentence(terminal.tries("bundle", "write", str(disk.folder / "b")), "can only be read")
        scene.check_kept()
        disk.let_it("rw")
        with scene.served() as node:
            assert scene.says_something(node)[0] == 201
        scene.check_kept()


# Gone.


def test_a_home_that_is_unmounted_under_a_node_takes_nothing_until_it_is_back(
    gathered: Crowd, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    with mounts.elsewhere(tmp_path / "disk", there) as disk:
        scene = Scene(gathered, disk.folder, tmp_path / "log")
        with scene.served() as node:
            assert scene.says_something(node)[0] == 201
            disk.take_away()
            assert scene.says_something(node)[0] == 503
            assert scene.shows(node) == 503
            scene.check_log("is not there any more")
            scene.check_kept(there / "home")
            assert mounts.run("mount", "--bind", there, disk.folder)
            assert scene.says_something(node)[0] in (200, 201)
            assert scene.says_something(node)[0] == 201
        scene.check_kept()


def test_a_home_that_is_deleted_under_a_node_takes_nothing(gathered: Crowd, tmp_path: Path) -> None:
    scene = Scene(gathered, tmp_path, tmp_path / "log")
    with scene.served() as node:
        assert scene.says_something(node)[0] == 201
        shutil.rmtree(scene.crowd.home)
        assert scene.says_something(node)[0] == 503
        assert scene.shows(node) == 503
    scene.check_log("is not there any more")


@pytest.mark.parametrize("end", ["", "-wal"])
def test_a_file_that_is_taken_away_between_two_events_is_noticed(
    gathered: Crowd, tmp_path: Path, end: str
) -> None:
    scene = Scene(gathered, tmp_path, tmp_path / "log")
    file = Home(scene.crowd.home).file(scene.crowd.collective)
    with scene.served() as node:
        assert scene.says_something(node)[0] == 201
        file.with_name(f"{file.name}{end}").unlink()
        assert scene.says_something(node)[0] == 503


def test_another_file_in_its_place_is_opened_and_its_journal_left_alone(
    gathered: Crowd, tmp_path: Path
) -> None:
    scene = Scene(gathered, tmp_path, tmp_path / "log")
    file = Home(scene.crowd.home).file(scene.crowd.collective)
    older = shutil.copy(file, tmp_path / "older")
    with scene.served() as node:
        assert scene.says_something(node)[0] == 201
        for part in file.parent.glob(f"{file.name}*"):
            part.rename(tmp_path / part.name)
        shutil.copy(older, file)
        with Store.open(file) as store:
            store.set_note("written", "here")
            journal = file.with_name(f"{file.name}-wal").stat().st_ino
            scene.says_something(node)  # it learns of the other file
            assert scene.says_something(node)[0] in (400, 503)  # what it rests on is not in there
            assert file.with_name(f"{file.name}-wal").stat().st_ino == journal
            assert store.note("written") == "here"
    with Store.open(tmp_path / file.name) as store:
        here = {event.id for _row, event in store.since()}
    assert here.issuperset(scene.member.acknowledged)


def test_a_disk_that_breaks_under_a_node_is_said_to_and_what_was_acknowledged_is_on_it(
    gathered: Crowd, tmp_path: Path
) -> None:
    with mounts.image(tmp_path / "disk") as disk:
        scene = Scene(gathered, disk.folder, tmp_path / "log")
        mounts.run("sync", "-f", disk.folder)  # the copy is on it, as if it had been there for long
        with scene.served() as node:
            for _ in range(5):
                assert scene.says_something(node)[0] == 201
            disk.break_down()
            assert scene.says_something(node)[0] == 503
            assert scene.shows(node) in (200, 503)
        assert FAULT in scene.log()
        disk.take_away()
        assert mounts.run("mount", "-o", "loop", disk.folder.with_suffix(".image"), disk.folder)
        scene.check_kept()


# Two nodes, and the clock.


def test_of_two_nodes_of_one_home_one_is_killed_and_the_other_goes_on(
    gathered: Crowd, tmp_path: Path
) -> None:
    scene, chance = Scene(gathered, tmp_path, tmp_path / "log"), Random(4)
    crowd, start = scene.crowd, scene.kept()
    members = [Member(crowd, key, start, chance) for key in crowd.keys]
    with serving(crowd.home) as one, serving(crowd.home) as other:
        first = Appending(members[:1], one.address)
        second = Appending(members[1:], other.address)
        first.wait_for(20)
        second.wait_for(20)
        one.kill()
        first.end()
        told = sum(len(member.acknowledged) for member in members[1:])
        second.wait_for(told + 20)
        other.kill()
        second.end()
    here = {event.id for event in scene.kept()}
    for member in members:
        assert here.issuperset(member.acknowledged)
    with scene.served() as node:
        assert scene.shows(node) == 200


def test_a_clock_that_is_set_back_a_year_changes_nothing(gathered: Crowd, tmp_path: Path) -> None:
    scene, clock = Scene(gathered, tmp_path, tmp_path / "log"), tmp_path / "clock"
    clock.write_text("0")
    with scene.served(clock=clock) as node:
        assert scene.says_something(node)[0] == 201
        clock.write_text(str(-YEAR))
        assert scene.says_something(node)[0] == 201
        assert scene.shows(node) == 200
    with scene.served(clock=clock) as node:
        assert scene.says_something(node)[0] == 201
        assert "at http" in Terminal(tmp_path, "home").does("doctor", "--served")
        node.kill()
    clock.write_text(str(YEAR))
    with scene.served(clock=clock) as node:
        assert scene.says_something(node)[0] == 201
    scene.check_kept()
    assert FAULT not in scene.log()
