"""Where erased words are gone: who erased them, and whose devices are known to know of it.

Nobody is asked for an answer, and nothing is signed for this alone: a device that said anything
with the erasing in its past has erased (design 3, format F14), and of one that has been silent
since nobody can tell. So this is what a chain shows anyway, told of members and never of moments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goround.collective.effects import Erase
from goround.collective.erasure import EraseOwn, erased, erases
from goround.collective.members import leaving
from goround.collective.proposals import proposal_of, terms, versions
from goround.collective.record import View
from goround.pages.addressing import apart
from goround.pages.devices import is_paper
from goround.pages.names import name_of
from goround.pages.reading import SHORT, iso
from goround.pages.standing import working_devices
from goround.pages.talk import spoken
from goround.sentences import _, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import Entry, PersonId
    from goround.ids import DeviceId, EventId
    from goround.pages.reading import Reading

Json = dict[str, Any]


def erasure(reading: Reading, event: EventId) -> Json | None:
    """Return by what an event's words are erased, and on whose devices; None where they are not."""
    cause = _cause(reading, event)
    if cause is None:
        return None
    counted = (_copies(reading, who, event, cause) for who in _asked(reading))
    copies = [copy for copy in counted if copy["devices"]]
    by_decision = not isinstance(cause.fact, EraseOwn)
    return {
        "event": event,
        "by": name_of(reading, reading.view.person(cause)),
        "at": iso(cause.at),
        "proposal": proposal_of(cause) if by_decision else None,
        "title": reading.word(cause.id, "title") if by_decision else None,
        "copies": copies,
        "known_by": [c["name"] for c in copies if c["known"] == c["devices"]],
        "not_yet": [c["name"] for c in copies if c["known"] < c["devices"]],
    }


def erasures(reading: Reading, proposal: EventId, shown: Json) -> list[Json]:
    """Return the erasures that a proposal is about: of words in it, and those that it decided."""
    said = [entry.id for entry in spoken(reading.view, proposal)]
    said += [row["id"] for part in ("concerns", "suggestions") for row in shown[part]]
    said += [position["id"] for position in shown["positions"]]
    decided = [effect["event"] for effect in shown["effects"] if effect["do"] == "erase"]
    named = [*(v.id for v in versions(reading.view, proposal)), *said]
    gone = [name for name in named if reading.is_erased(name)]
    found = (erasure(reading, name) for name in dict.fromkeys([*gone, *decided]))
    return [one for one in found if one]


def _cause(reading: Reading, event: EventId) -> Entry | None:
    """Return what erases an event's words here: the author's own act before any decision."""
    view = reading.view
    own = view.said(EraseOwn, event)
    if own:
        return own[0]
    return next((v for v in _versions_about(view, event) if event in erased(view, [v])), None)


def _versions_about(view: View, event: EventId) -> Iterable[Entry]:
    return (
        version
        for version in view.record.all_versions
        if erases(version)
        and any(isinstance(e, Erase) and e.event == event for e in terms(version).effects)
    )


def _asked(reading: Reading) -> list[PersonId]:
    """Name those whose devices hear of it: who has left keeps a copy that hears nothing more."""
    view = reading.view
    return [person for person in view.epoch.members if person not in leaving(view)]


def _copies(reading: Reading, person: PersonId, event: EventId, cause: Entry) -> Json:
    """Count somebody's devices in use, and those of which it is known that they know."""
    view = reading.view
    used = [device for device in working_devices(view, person) if not is_paper(reading, device)]
    known = [device for device in used if _knows(reading, device, event, cause)]
    return {"name": name_of(reading, person), "devices": len(used), "known": len(known)}


def _knows(reading: Reading, device: DeviceId, event: EventId, cause: Entry) -> bool:
    """Tell whether a device said something with the erasing in its past."""
    graph, record = reading.replay.graph, reading.view.record
    for head in graph.heads_of(device):
        past = graph.past(head)
        if cause.id not in past:
            continue
        if isinstance(cause.fact, EraseOwn):
            return True
        epoch = record.epochs[record.epoch_of[head]]
        if event in erased(View(record, past, epoch), [cause]):
            return True
    return False


# --- In sentences ------------------------------------------------------------


def in_words(found: Json) -> list[str]:
    """Say who erased something, where it is known to be gone, and where that is not known."""
    lines = [_who(found)]
    if found["known_by"]:
        line = _("Known to be erased on the devices of {names}.")
        lines.append(line.format(names=_named(found["known_by"])))
    waiting = [_waiting(copy) for copy in found["copies"] if copy["known"] < copy["devices"]]
    if waiting:
        line = _("Not known yet whether they are erased with {names}: nothing came since.")
        lines.append(line.format(names=listed(waiting)))
    return lines


def _who(found: Json) -> str:
    if found["proposal"]:
        return _("These words were erased by decision: “{title}”.").format(
            title=apart(found["title"] or found["proposal"][:SHORT])
        )
    return _("{name} erased these words.").format(name=apart(found["by"]))


def _waiting(copy: Json) -> str:
    name = apart(copy["name"])
    if copy["devices"] == 1:
        return name
    line = _("{name} (known of {known} of {devices} devices)")
    return line.format(name=name, known=copy["known"], devices=copy["devices"])


def _named(names: list[str]) -> str:
    return listed([apart(name) for name in names])
