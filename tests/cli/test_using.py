import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from goround.cli.app import brought_forward
from goround.cli.main import run
from tests.terminals import Terminal, bakery, signs

NINES = "9" * 5000
EFFECT = ("propose", "A", "--text", "b", "--effect")


def test_options_of_the_program_may_follow_the_command(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    before = anna.does("--json", "members")
    assert anna.does("members", "--json") == before
    assert anna.does("members", "--json", "--in", "bread") == before


def test_what_follows_two_dashes_is_left_alone() -> None:
    given = ["say", "--json", "--", "12", "--json"]
    assert brought_forward(given) == ["--json", "say", "--", "12", "--json"]


@pytest.mark.parametrize(
    ("given", "code", "sentence"),
    [
        (["propose"], 2, "Missing argument 'TITLE'. See: goround propose --help"),
        (["dance"], 2, "No such command 'dance'. See: goround --help"),
        (["show", "7"], 2, "There is no proposal 7 here."),
        (["show", "abc"], 2, "“abc” is neither a number nor four letters of an id."),
        (["position", "1", "maybe"], 2, "maybe"),
        (["--in", "Wine", "members"], 2, "No collective here is called “Wine”."),
        (["propose", "A", "--text", "b", "--effect", "flour"], 2, "An effect is written like"),
        (["propose", "A", "--text", "b", "--effect", '{"do":"sing"}'], 2, "This is no effect"),
        (["propose", "A", "--text", "b", "--matter", "love"], 2, "There is no matter “love”"),
        (["propose", "A", "--text", "b", "--until", "soon"], 2, "“soon” is not a date"),
        (["propose", "A", "--text", "b" * 300_000], 2, "These words are longer than 256 KiB."),
        (["propose", "", "--text", "b"], 2, "The title is empty."),
        (["charter", "--set", "bud_at=900"], 1, "This rule of the charter cannot have that value."),
        (["charter", "--set", "bud_at=900"], 1, "bud_at can be a number from 3 to 24."),
        (["charter", "--set", "everyday_heard=all"], 1, "can be present or everyone."),
        (["take-back", "Zoe"], 2, "“Zoe” is neither a number nor four letters of an id."),
        (["charter", "--set", "bud_at"], 2, "“bud_at” is not written like RULE=VALUE."),
        (["sync", "http://127.0.0.1:1"], 3, "Nobody answers at http://127.0.0.1:1"),
        (["bundle", "read", "/nowhere"], 3, "The file /nowhere could not be read"),
        (["invitation", "Zoe"], 2, "Nobody called “Zoe” was invited here."),
        (["join", "nonsense", "--as", "Zoe"], 2, "This link is not whole"),
        (
            ["serve", "--host", "192.0.2.1", "--port", "0"],
            2,
            "Beyond this machine a node needs TLS",
        ),
        (["serve", "--at", "http://bread.example.org", "--port", "0"], 2, "https"),
        (["take-back", "1"], 2, "“1” invites nobody."),
        (["propose", "A", "--text", "b", "--until", "2020-01-01"], 2, "2020-01-01 has passed"),
        (["propose", "A", "--text", "b", "--review", "2020-01-01"], 2, "2020-01-01 has passed"),
        ([*EFFECT, '{"do":"task","what":"x","by":"2020-01-01"}'], 2, "2020-01-01 has passed"),
        (["charter", "--set", "bud_at=8"], 2, "bud_at is 8 already."),
        (["release", "Anna", "--why", "x"], 2, "To go yourself: goround --home "),
        (["back"], 1, "You are not away."),
        (["carry", "1"], 1, "You carry this proposal already."),
        (["task", "take", "4"], 2, "There is no task 4 here; perhaps sync first."),
        (["say", "1", "two", "words"], 2, "Put several words in quotes."),
        (["propose", "A", "--text", "b", "--by", "2037-01-31"], 2, "add --task TEXT"),
    ],
)
def test_an_error_is_one_plain_sentence(
    tmp_path: Path, given: list[str], code: int, sentence: str
) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.")
    found, said = anna.fails(*given)
    assert found == code
    assert sentence in said


NOT_AN_EFFECT = "An effect is written like"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([*EFFECT, "[" * 100_000], NOT_AN_EFFECT),
        ([*EFFECT, f'{{"do":"charter","set":{{"bud_at":{NINES}}}}}'], NOT_AN_EFFECT),
        ([*EFFECT, '{"do":"task","what":"\\ud800"}'], NOT_AN_EFFECT),
        ([*EFFECT, '{"do":"charter","set":{"é":"é"}}'], "“é” is no rule of a charter."),
        ([*EFFECT, '{"do":"charter","set":{"bud_at":"é"}}'], "“é” is no value of the rule bud_at"),
        ([*EFFECT, '{"do":"task","what":"\udcff"}'], "is not written in UTF-8."),
        (["charter", "--set", "bud_at=\udcff"], "is not written in UTF-8."),
        (["charter", "--set", f"bud_at={NINES}"], "is no value of the rule bud_at"),
        (["charter", "--set", "bud_at=" + "y" * 9000], "is no value of the rule bud_at"),
        (
            [
                "charter",
                *(f"--set=r_{chr(97 + n // 26)}{chr(97 + n % 26)}{'x' * 40}=1" for n in range(300)),
            ],
            "This is too much at once",
        ),
        (["charter", "--set", "é=1"], "“é” is no rule of a charter."),
        (["device", "add", "--at", "http://x", "--name", "\udcff"], "is not written in UTF-8."),
        (["say", "1", "\udcff"], "is not written in UTF-8."),
        (["serve", "--port", "70000"], "A port is a number from 0 to 65535."),
    ],
)
def test_what_cannot_be_read_is_bad_use_and_no_fault(
    tmp_path: Path, given: list[str], sentence: str
) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.")
    code, said = anna.fails(*given)
    assert (code, sentence in said) == (2, True), said
    assert len(said) < 400
    assert "eader" not in said


def test_standard_input_without_an_end_is_read_no_further_than_fits(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.")
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-m", "goround", "--home", str(anna.home), "say", "1", "-"],
            stdin=endless,
            capture_output=True,
            check=False,
            timeout=30,
        )
    assert (done.returncode, done.stderr) == (2, b"This text is longer than 256 KiB.\n")


@pytest.mark.parametrize("name", ["Anna", "Аnna", "", "An\u200bna", "x" * 61])
def test_an_invitation_by_effect_passes_the_check_of_names(tmp_path: Path, name: str) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    effect = json.dumps({"do": "invite", "name": name})
    assert anna.fails("propose", "A", "--text", "b", "--effect", effect)[0] == 1
    assert anna.reads("proposals") == []


@pytest.mark.parametrize(
    "name", ["Ϲleo", "ϲleo", "Ꮯleo", "ꓚleo", "Cleօ", "CLEՕ", "ⅭLEO", "Cleο", "СLEО", "ꓚꓡꓰꓳ"]
)
def test_a_letter_of_another_script_makes_no_other_name(tmp_path: Path, name: str) -> None:
    (cleo,) = bakery(tmp_path, "Cleo")
    assert "looks like “Cleo”" in cleo.fails("invite", name)[1]


@pytest.mark.parametrize("name", ["8en", "Βen", "ᏴEN", "ꓐen", "Beո"])
def test_a_digit_or_a_capital_of_another_script_makes_no_other_name(
    tmp_path: Path, name: str
) -> None:
    (ben,) = bakery(tmp_path, "Ben")
    assert "looks like “Ben”" in ben.fails("invite", name)[1]


def test_a_date_beyond_the_calendar_is_said_in_words(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    act = {"type": "propose", "matter": "everyday", "effects": [], "review": 0}
    proposal = signs(anna, act | {"until": 2**53 - 1}, {"title": "Flour", "text": "Some."})
    code, said = anna.fails("close", "--", proposal)
    assert (code, said) == (1, "This can be closed only on a day that no calendar has.")
    assert "This can be closed only on a day that no calendar has." in anna.does(
        "show", "--", proposal
    )


def test_without_a_collective_one_is_told_how_to_begin(tmp_path: Path) -> None:
    zoe = Terminal(tmp_path, "zoe")
    code, said = zoe.fails("members")
    assert (code, said) == (
        2,
        f"There is no collective in {tmp_path / 'zoe'} yet: found one, or join one with a link.",
    )
    assert zoe.reads("collectives") == []


def test_of_two_collectives_one_says_which(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("found", "Wine", "--as", "Anna")
    code, said = anna.fails("members")
    assert code == 2
    assert "“Bread”" in said
    assert "“Wine”" in said
    assert anna.does("members", "--in", "wine")


def test_an_unknown_start_and_an_ambiguous_one_are_told_apart(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    proposal = anna.reads("propose", "Flour", "--text", "Some.")["id"]
    assert anna.reads("show", "--", proposal[:6])["id"] == proposal
    assert anna.fails("show", "zzzzzz")[0] == 2


def test_an_id_may_begin_with_a_dash(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    proposal = ""
    while not proposal.startswith("-"):  # one in 64 does
        proposal = anna.reads("propose", "Flour", "--text", "Some.")["id"]
    anna.does("say", "--", proposal, "Which flour?")
    anna.does("position", "--because", "Good", "--", proposal[:8], "agree")
    assert anna.reads("show", "--", proposal)["status"] == "decided"
    assert anna.fails("show", proposal)[0] == 2


def test_texts_come_from_standard_input(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    said = anna.runs("propose", "Flour", "--text", "-", "--json", text="Mehl für alle\n".encode())
    assert said.code == 0
    assert anna.reads("show", "1")["text"] == "Mehl für alle"
    done = anna.runs("propose", "Flour", "--text", "-", text=b"\xff")
    assert (done.code, done.err) == (3, "This text is not written in UTF-8.\n")


def test_nobody_can_take_over_a_terminal_with_a_text(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Fl\x1b[31mour", "--text", "a\u202eb\x07c")
    shown = anna.does("show", "1")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "abc" in shown


def test_piped_output_has_no_colours(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    anna.does("propose", "Flour", "--text", "Some.")
    assert "\x1b" not in anna.runs("show", "1").out


def test_a_reader_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    command = [sys.executable, "-m", "goround", "--home", str(anna.home), "charter"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_every_command_teaches_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    from goround.cli.app import ORDER  # noqa: PLC0415

    for name in set(ORDER) - {"task", "device", "bundle"}:
        assert run([name, "--help"]) == 0
        shown = capsys.readouterr().out
        assert f"goround {name}" in shown.partition("For example:")[2]


def test_help_lists_every_command_in_a_group(capsys: pytest.CaptureFixture[str]) -> None:
    from typer.main import get_group  # noqa: PLC0415

    from goround.cli.app import GROUPS, app  # noqa: PLC0415

    listed = [name for group in GROUPS.values() for name in group]
    assert sorted(listed) == sorted(get_group(app).commands)
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n{title}:\n" in shown for title in GROUPS)


@pytest.mark.parametrize("group", [[], ["device"], ["bundle"], ["task"], ["places"]])
def test_what_a_command_does_is_said_whole_in_a_list_of_80_columns(
    group: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run([*group, "--help"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert [line for line in lines if line.endswith(("...", "…"))] == [
        "    goround places add https://…"
    ] * (group == ["places"])


def test_reading_writes_nothing(tmp_path: Path) -> None:
    anna, _ben = bakery(tmp_path, "Anna", "Ben")
    anna.does("propose", "Flour", "--text", "Some.")
    for command in ("members", "proposals", "state", "log", "agreements", "tasks", "collectives"):
        before = [f.read_bytes() for f in sorted(anna.home.rglob("*.sqlite"))]
        anna.does(command)
        assert [f.read_bytes() for f in sorted(anna.home.rglob("*.sqlite"))] == before


def test_verify_names_the_first_bad_event(tmp_path: Path) -> None:
    (anna,) = bakery(tmp_path, "Anna")
    proposal = anna.reads("propose", "Flour", "--text", "Some.")["id"]
    anna.reads("say", "1", "From the mill?")
    (file,) = anna.home.glob("collectives/*.sqlite")
    with closing(sqlite3.connect(file)) as database, database:
        forged = "UPDATE event SET signature = zeroblob(64) WHERE id = ?"
        database.execute(forged, (proposal,))
    assert anna.fails("verify") == (3, f"Event {proposal} is not signed by its device.")
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE content SET words = CAST('{}' AS BLOB) WHERE row = 2")
    code, sentence = anna.fails("verify")
    assert (code, "damaged" in sentence) == (3, True)
