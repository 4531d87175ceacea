"""What can be put forward: the kinds of proposals, each with the matter whose rule it follows and
with what it does by itself once it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from goround.collective.agreements import agreements
from goround.collective.proposals import proposal_of
from goround.pages.charter import rule_beside, rule_in_words
from goround.pages.names import name_of
from goround.sentences import _

if TYPE_CHECKING:
    from goround.pages.reading import Reading

Json = dict[str, Any]


class Kind(NamedTuple):
    """One kind: its name in addresses, what it is called, what it is for, and where it is written.

    `matter` is empty where something else than the form for proposals is used: then `path` says
    where, below the collective's address.
    """

    name: str
    title: str
    meaning: str
    matter: str = ""
    path: str = ""


def kinds() -> list[Kind]:
    """Return all kinds, what people need most first."""
    return [
        Kind(
            "everyday",
            _("Something we do"),
            _("Buy flour, mend the roof, meet on Tuesdays. With tasks, if somebody has to act."),
            "everyday",
        ),
        Kind(
            "agreement",
            _("A text we agree on"),
            _("How we cook, who locks up, what we are for. It holds until we decide otherwise."),
            "agreement",
        ),
        Kind(
            "end",
            _("The end of an agreement"),
            _("A text that we do not need any more."),
            "agreement",
        ),
        Kind("money", _("Something about money"), _("What we spend, lend or share."), "money"),
        Kind(
            "neighbours",
            _("Something with neighbours"),
            _("What we do with other collectives or people around us."),
            "neighbours",
        ),
        Kind(
            "invite",
            _("Inviting somebody"),
            _("They get a link once everybody agrees."),
            path="/invitations",
        ),
        Kind(
            "charter",
            _("How we decide"),
            _("Changing a rule of our charter."),
            path="/charter",
        ),
        Kind(
            "release",
            _("Parting from a member"),
            _("After a hearing, by everybody else. You begin it on the page of that member."),
            path="/members",
        ),
    ]


def offered(reading: Reading) -> list[Json]:
    """Return the kinds that there is something for, each with what its rule has of its own."""
    return [
        {**kind._asdict(), "rule": _rule_beside(reading, kind)}
        for kind in kinds()
        if kind.name != "end" or endable(reading)
    ]


def _rule_beside(reading: Reading, kind: Kind) -> str:
    """Say what differs from the rule for what we do, the kind that stands first."""
    if kind.matter in ("", "everyday"):
        return ""
    epoch = reading.view.epoch
    rule = rule_beside(epoch.charter, kind.matter, "everyday", len(epoch.members))
    if not rule:
        return _("It is decided by the same rule as something we do.")
    return _("Decided like something we do, but {rule}.").format(rule=rule)


def kind_called(name: str) -> Kind | None:
    """Return the kind of a name that is written with the form for proposals."""
    return next(
        (kind for kind in [*kinds(), _erasing()] if kind.name == name and kind.matter), None
    )


def _erasing() -> Kind:
    """Return the kind that begins with words of somebody else, and so is not in the list."""
    return Kind(
        "erase",
        _("Erasing words"),
        _("Words that somebody wrote go from every copy. What was done stays."),
        "agreement",
    )


def erasable(reading: Reading, event: str) -> Json | None:
    """Return words that somebody wrote and that are here, by their event."""
    entry = reading.view.find(event)
    if entry is None or not entry.words or reading.is_erased(entry.id):
        return None
    written = (reading.word(entry.id, field) for field in ("title", "text", "because", "why"))
    return {
        "id": entry.id,
        "by": name_of(reading, reading.view.person(entry)),
        "text": "\n\n".join(filter(None, written)),
    }


def endable(reading: Reading) -> list[Json]:
    """Return the agreements in force, which a proposal could end."""
    return [
        {
            "id": found.version.id,
            "proposal": proposal_of(found.version),
            "title": reading.word(found.version.id, "title"),
        }
        for found in agreements(reading.view)
        if found.state == "in force"
    ]


def rule_of(reading: Reading, matter: str) -> str:
    """Return the rule of a matter in words, for those who are here."""
    epoch = reading.view.epoch
    return rule_in_words(epoch.charter, matter, len(epoch.members))
