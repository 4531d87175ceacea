"""Joining that was cut off, and what somebody else then brings on a stick."""

from pathlib import Path

import pytest

from goround.errors import Unreachable
from goround.sync.http import Peer
from tests.terminals import Terminal


@pytest.mark.parametrize("goes_on_with", ["the node", "the file"])
def test_who_reads_a_file_between_two_tries_is_a_member_and_not_restored(
    tmp_path: Path, goes_on_with: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = Terminal(tmp_path, "anna"), Terminal(tmp_path, "ben")
    anna.does("found", "Bread", "--as", "Anna")
    anna.does("invite", "Ben")
    bundle = tmp_path / "bread.bundle"
    anna.does("bundle", "write", str(bundle))
    with anna.serving():
        link = anna.does("invitation", "Ben").strip()
        with monkeypatch.context() as cut:
            cut.setattr(Peer, "post", _gone)
            assert ben.tries("join", link, "--as", "Ben").code == 3
        ben.does("bundle", "read", str(bundle))
        known = link if goes_on_with == "the node" else f"{bundle}#{link.partition('#')[2]}"
        ben.does("join", known, "--as", "Ben")
        ben.does("sync", link.partition("/c/")[0])
        ben.does("propose", "Flour", "--text", "Some.")
        assert [m["name"] for m in ben.reads("members")] == ["Anna", "Ben"]


def _gone(*_: object) -> None:
    raise Unreachable("The network is gone.")
