import pytest

from goround.errors import BadUse
from goround.ids import CollectiveId, EpochId, decode, encode
from goround.node import invitations
from goround.node.invitations import NAMED, link, read_link, read_sheet
from tests.chains import device

COLLECTIVE = CollectiveId("A" * 43)
EPOCH = EpochId("B" * 42 + "A")
SECRET = encode(device(1).seed + decode(EPOCH))


def test_a_link_is_read_as_it_was_written() -> None:
    read = read_link(link("http://127.0.0.1:8420", COLLECTIVE, SECRET))
    assert read == ("http://127.0.0.1:8420", COLLECTIVE, device(1), EPOCH)


def test_a_file_stands_in_the_place_of_an_address() -> None:
    read = read_link(f"bread.bundle#{SECRET}")
    assert (read.address, read.collective, read.key) == ("bread.bundle", None, device(1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://x",
        f"http://x/c/{COLLECTIVE}/join#",
        f"http://x/c/{COLLECTIVE}/join#{SECRET[:-1]}",
        f"http://x/c/{COLLECTIVE}/device#{SECRET}",
        f"http://x/c/bread/join#{SECRET}",
        f"http://x#{SECRET}",
    ],
)
def test_a_link_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(BadUse):
        read_link(text)


def test_of_many_strange_words_of_a_sheet_no_more_are_looked_up_than_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_up: list[str] = []

    def counted(word: str) -> str:
        looked_up.append(word)
        return ""

    monkeypatch.setattr(invitations, "likely", counted)
    with pytest.raises(BadUse, match="50 were given"):
        read_sheet(f"http://x/c/{COLLECTIVE}/paper", "strange " * 50)
    assert len(looked_up) == NAMED
