"""A card as a node may show it: whoever joins has no reason yet to trust what answers there, so
its shape is looked at once, before anything of it is read."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from goround.errors import NotGenuine
from goround.log.header import LARGEST_INTEGER, MOST_SEEN

_Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$")]
_Short = Annotated[str, Meta(max_length=2000)]
_Names = Annotated[list[_Short], Meta(max_length=1000)]


class _Invitation(msgspec.Struct, frozen=True):
    """An invitation, and how it stands; when it was used and by whom, where it was."""

    version: _Id
    effect: Annotated[int, Meta(ge=0, le=31)]
    name: _Short
    by: _Short
    state: _Short = ""
    at: _Short = ""
    used_by: _Short = ""


class _Closed(msgspec.Struct, frozen=True):
    """What a link shows that is not open."""

    collective: _Id
    invitation: _Invitation
    members: _Names


class _Open(_Closed, frozen=True):
    """What is shown to somebody who can accept."""

    name: _Short
    purpose: str
    charter: _Names
    epoch: _Id
    heads: Annotated[list[_Id], Meta(min_length=1, max_length=MOST_SEEN)]
    lamport: Annotated[int, Meta(ge=1, lt=LARGEST_INTEGER)]
    others: Annotated[list[_Invitation], Meta(max_length=1000)]


_STATES = ("open", "used", "taken back", "undecided")


def check_card(found: dict[str, Any]) -> None:
    """Raise NotGenuine unless this has the shape of a card."""
    try:
        state = msgspec.convert(found, _Closed).invitation.state
        if state == "open":
            msgspec.convert(found, _Open)
    except (msgspec.ValidationError, RecursionError):
        state = ""
    if state not in _STATES:
        raise NotGenuine("card", "What answers there shows a card that cannot be read.")
