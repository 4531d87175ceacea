"""A card that a node shows is looked at before anything of it is read."""

from typing import Any

import pytest

from goround.errors import NotGenuine
from goround.node.cards import check_card

ID = "A" * 43
INVITATION = {"version": ID, "effect": 0, "name": "Q", "by": "Z", "state": "open"}
CARD = {
    "collective": ID,
    "name": "Bread",
    "purpose": "Bake",
    "charter": ["On everything: all agree."],
    "members": ["Zed"],
    "epoch": ID,
    "heads": [ID],
    "lamport": 1,
    "invitation": INVITATION,
    "others": [],
}


def test_a_card_as_it_should_be_is_read() -> None:
    check_card(CARD)
    closed = INVITATION | {"state": "used", "at": "2027-01-01", "used_by": "Eve"}
    check_card({"collective": ID, "members": ["Z"], "invitation": closed})


@pytest.mark.parametrize(
    "wrong",
    [
        {"members": 5},
        {"members": [5]},
        {"charter": 7},
        {"name": None},
        {"purpose": 5},
        {"invitation": None},
        {"invitation": {}},
        {"invitation": {"state": "used"}},
        {"invitation": INVITATION | {"state": "odd"}},
        {"invitation": INVITATION | {"effect": "x"}},
        {"invitation": INVITATION | {"version": 5}},
        {"lamport": "x"},
        {"lamport": 2**53 - 1},
        {"heads": "x"},
        {"heads": ["zz"]},
        {"heads": [ID] * 5000},
        {"epoch": 5},
        {"others": [5]},
        {"others": [{"name": "a", "version": 5}]},
    ],
)
def test_a_card_of_another_shape_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(NotGenuine, match=r"cannot be read\.$"):
        check_card(CARD | wrong)
