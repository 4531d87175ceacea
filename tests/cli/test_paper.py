"""A device on a sheet of paper: it lets in the next device of somebody who lost all others."""

import socket
import stat
from pathlib import Path
from time import monotonic

from goround.ids import encode
from goround.log.paper import key_on, read_paper
from goround.node.home import Home
from tests.forked import Running
from tests.terminals import Terminal, bakery, share

NOWHERE = "http://127.0.0.1:1"


def sheet(ben: Terminal, at: str) -> tuple[str, str]:
    """Let Ben make a sheet; give the address and the words on it."""
    made = ben.reads("device", "paper", "--at", at)
    return str(made["address"]), " ".join(made["words"])


def everything_lost(ben: Terminal) -> None:
    ben.home.rename(ben.home.with_name("river"))


def test_who_lost_every_device_comes_back_by_paper_and_speaks_for_themself_again(
    tmp_path: Path,
) -> None:
    anna, ben, cleo = bakery(tmp_path, "Anna", "Ben", "Cleo")
    assert anna.reads("standing")["single"] == ["Anna", "Ben", "Cleo"]
    with anna.serving() as address:
        place, words = sheet(ben, address)
        share(anna, ben, cleo)
        assert anna.reads("standing")["several"] == ["Ben"]
        everything_lost(ben)
        again = Terminal(tmp_path, "ben")
        said = again.runs("clone", place, text=f"  {words.upper()}\n".encode())
        assert (said.code, said.err) == (0, "")
        assert "This home is a further device of Ben in Bread." in said.out
        again.does("device", "take-over")
        again.does("sync", address)
    seed = encode(key_on(read_paper(words)).seed)
    assert not any(seed in file.read_text("latin-1") for file in again.home.glob("keys/*"))
    anna.does("leave", "--yes")
    share(anna, again, cleo)
    assert [row["name"] for row in cleo.reads("members")] == ["Ben", "Cleo"]


def test_a_sheet_can_be_used_again_and_never_signs_two_histories(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    with anna.serving() as address:
        place, words = sheet(ben, address)
        share(anna, ben)
        for name in ("first", "second", "third"):
            home = Terminal(tmp_path, name)
            assert home.runs("clone", place, text=words.encode()).code == 0
    assert len(anna.reads("members")[1]["devices"]) == 5
    assert anna.reads("forks") == []


def test_a_retired_sheet_opens_nothing_and_leaves_nothing_behind(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    with anna.serving() as address:
        made = ben.reads("device", "paper", "--at", address)
        assert "on paper" in ben.does("device", "list")
        ben.does("device", "retire", "--", made["device"])
        share(anna, ben)
        thief = Terminal(tmp_path, "thief")
        said = thief.runs("clone", made["link"])
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1
    assert Home(thief.home).collectives() == []


def with_a_file(folder: Path) -> tuple[Terminal, Path, str]:
    """Give Anna, a file of all there is, and the words on a sheet of Ben's."""
    anna, ben = bakery(folder, "Anna", "Ben")
    _place, words = sheet(ben, NOWHERE)
    share(anna, ben)
    file = folder / "bread.bundle"
    anna.does("bundle", "write", str(file))
    return anna, file, words


def test_with_a_file_of_the_collective_a_sheet_needs_no_node(tmp_path: Path) -> None:
    anna, file, words = with_a_file(tmp_path)
    again = Terminal(tmp_path, "again")
    assert again.runs("clone", str(file), text=words.encode()).code == 0
    share(anna, again)
    assert len(anna.reads("members")[1]["devices"]) == 3


def test_who_came_by_paper_and_a_file_makes_themself_known_to_a_node(tmp_path: Path) -> None:
    anna, file, words = with_a_file(tmp_path)
    again = Terminal(tmp_path, "again")
    said = again.runs("clone", str(file), text=words.encode())
    assert (said.code, "before the sheet is used once more" in said.out) == (0, True)
    with anna.serving() as address:
        assert "You are equal" in again.does("sync", address)
    assert len(anna.reads("members")[1]["devices"]) == 3


def test_where_the_page_cannot_be_written_no_device_is_let_in(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    said = anna.fails("device", "paper", "--at", NOWHERE, "--page", str(in_the_way / "paper.html"))
    assert said[0] == 3
    assert len(anna.reads("device", "list")) == 1
    anna.does("leave", "--yes")
    page = tmp_path / "paper.html"
    anna.fails("device", "paper", "--at", NOWHERE, "--page", str(page))
    assert not page.exists()


def test_words_that_were_misread_are_told_from_those_on_the_sheet(tmp_path: Path) -> None:
    _anna, ben = bakery(tmp_path, "Anna", "Ben")
    place, words = sheet(ben, NOWHERE)
    first, *rest = words.split()
    again = Terminal(tmp_path, "again")
    number_2 = "Number 2, “akorn”, stands on no sheet; perhaps it is “acorn”."
    for wrong, why in (
        ("", "A sheet has 18 words, and 0 were given."),
        ("qqqq", "and 1 was given. Number 1, “qqqq”, is none of the words that stand on sheets."),
        (" ".join(rest), "A sheet has 18 words, and 17 were given."),
        (" ".join([first, "akorn", *rest[1:]]), number_2),
        (" ".join([*rest, first]), "not together: one was misread, or two exchanged."),
    ):
        said = again.runs("clone", place, text=wrong.encode())
        assert (said.code, said.out) == (2, ""), wrong
        assert said.err.strip().endswith(why)
        assert said.err.count("\n") == 1
    assert "not whole" in again.fails("clone", place.replace("/paper", "/device"))[1]


def test_a_sheet_is_printed_with_words_and_a_picture_or_written_as_a_page(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    said = anna.does("device", "paper", "--at", NOWHERE)
    assert "A paper device of Anna in Bread" in said
    assert "18 " in said
    assert any(block in said for block in "▀▄█")
    page = tmp_path / "paper.html"
    anna.does("device", "paper", "--at", NOWHERE, "--page", str(page))
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    drawn = page.read_text("utf-8")
    assert drawn.count("<li>") == 18
    assert "<svg" in drawn
    assert (
        "already something"
        in anna.fails("device", "paper", "--page", str(page), "--at", NOWHERE)[1]
    )


def test_a_sheet_says_what_is_wrong_with_its_address(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    assert "no whole address" in anna.fails("device", "paper", "--at", "bread.example.org")[1]
    named = anna.fails("device", "paper", "--at", "https://anna:secret@bread.example.org")[1]
    assert named.endswith("leave it out.")
    alone, unknown = anna.reads("device", "paper", "--at", NOWHERE)["notes"]
    assert "opens on this computer alone" in alone
    assert "does not know of the new device yet" in unknown
    assert f"sync {NOWHERE}" in unknown


def test_a_sheet_is_shown_before_anybody_is_waited_for(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        at = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Running(["--home", str(anna.home), "device", "paper", "--at", at]) as running:
            first = running.stdout.readline()
            assert first == b"A paper device of Anna in Bread\n"
            since = monotonic()
            assert running.wait() == 0
    assert monotonic() - since > 1, "it was shown when the waiting was over"


def test_a_sheet_is_known_at_its_address_at_once(tmp_path: Path) -> None:
    anna, ben = bakery(tmp_path, "Anna", "Ben")
    with anna.serving() as address:
        notes = ben.reads("device", "paper", "--at", address)["notes"]
        assert ["opens on this computer alone" in note for note in notes] == [True]
    devices = [len(member["devices"]) for member in anna.reads("members")]
    assert sorted(devices) == [1, 2]


def test_a_sheet_that_nobody_saw_is_retired_at_once(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    words = ["--home", str(anna.home), "device", "paper", "--at", NOWHERE]
    said = tmp_path / "said"
    with Running(words, out=Path("/dev/full"), err=said) as running:
        assert running.wait() != 0
    assert "it was retired again" in said.read_text()
    assert [row["paper"] for row in anna.reads("device", "list")] == [False]
