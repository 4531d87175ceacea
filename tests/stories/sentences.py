"""What people do in a story: each sentence and the act that it comes to.

A sentence is found by its words, without who does it and without the text in quotes after a
colon. Reading this file from top to bottom is reading the whole language of what can be done.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from goround.collective.closing import Close
from goround.collective.concerns import Concern, Settled
from goround.collective.constitution import Follow, Heard, Nominate, Seal
from goround.collective.devices import DeviceAdd, DeviceRetire, TakeOver
from goround.collective.erasure import EraseOwn
from goround.collective.keeping import open_invitations
from goround.collective.members import Accept, Away, Back, Leave, Name, TakeBack, Welcome
from goround.collective.positions import Position
from goround.collective.proposals import Carry, Propose, Say, Suggest, Version, Withdraw
from goround.collective.release import Hearing
from goround.collective.reopening import Reopen, Review
from goround.collective.repair import Confirm
from goround.collective.tasks import TaskStep
from goround.ids import EpochId, encode
from goround.log.proofs import prove_device, prove_invitation
from tests.stories import putting
from tests.stories.world import Act

if TYPE_CHECKING:
    from collections.abc import Callable

    from goround.collective.positions import Stance
    from goround.collective.tasks import Step
    from tests.stories.world import Device, World

SPOKEN = (Propose, Version, Say, Suggest, Concern)
"""What is written to be read by itself; the words of everything else say why."""
SENTENCES: list[tuple[re.Pattern[str], Callable[..., Act]]] = []


def sentence(pattern: str) -> Callable[[Callable[..., Act]], Callable[..., Act]]:
    """Let a function make the act of the sentences that fit a pattern."""

    def keep(make: Callable[..., Act]) -> Callable[..., Act]:
        SENTENCES.append((re.compile(pattern + r"\Z"), make))
        return make

    return keep


def act_for(world: World, device: Device, said: str, text: str) -> Act:
    """Return what a sentence comes to when this device says it."""
    for pattern, make in SENTENCES:
        found = pattern.match(said)
        if found:
            act = make(world, device, **found.groupdict())
            if text:
                act.words["text" if isinstance(act.fact, SPOKEN) else "because"] = text
            return act
    message = f"no story knows what it is when somebody {said!r}"
    raise LookupError(message)


# --- Putting forward -----------------------------------------------------------------------------


@sentence(r"proposes to release (?P<whom>[\w-]+)")
def _release(world: World, device: Device, whom: str) -> Act:
    clause = f", releasing {whom}"
    return putting.propose(world, device, f"{whom}'s release", "membership", clause)


@sentence(r"proposes (?P<name>[^,(]+?)(?: \((?P<matter>\w+)\))?(?P<clauses>,.*)?")
def _propose(world: World, device: Device, name: str, matter: str | None, clauses: str) -> Act:
    return putting.propose(world, device, name, matter or "everyday", clauses or "")


@sentence(r"invites (?P<whom>[\w-]+)(?: in the place of (?P<lost>[\w-]+))?")
def _invite(world: World, device: Device, whom: str, lost: str | None) -> Act:
    clause = f", inviting {whom}" + (f" in the place of {lost}" if lost else "")
    return putting.propose(world, device, f"{whom}'s invitation", "membership", clause)


@sentence(r"changes (?P<name>[^,(]+?)(?: \((?P<matter>\w+)\))?(?P<clauses>,.*)?")
def _change(world: World, device: Device, name: str, matter: str | None, clauses: str) -> Act:
    return putting.change(world, device, name, matter, clauses or "")


@sentence(r"carr(?:y|ies) (?P<what>.+)")
def _carry(world: World, device: Device, what: str) -> Act:
    return Act(Carry(world.find(what)))


@sentence(r"withdraws? (?P<what>.+)")
def _withdraw(world: World, device: Device, what: str) -> Act:
    return Act(Withdraw(world.find(what)))


# --- Talking -------------------------------------------------------------------------------------


@sentence(r"says? something on (?P<what>.+)")
def _say(world: World, device: Device, what: str) -> Act:
    return Act(Say(world.find(what)), name=f"{device.name}'s remark")


@sentence(r"suggests? something for (?P<what>.+)")
def _suggest(world: World, device: Device, what: str) -> Act:
    return Act(Suggest(world.version(what, device.view())), name=f"{device.name}'s suggestion")


@sentence(r"raises? a concern about (?P<what>.+)")
def _concern(world: World, device: Device, what: str) -> Act:
    fact = Concern(world.version(what, device.view()))
    return Act(fact, name=f"{device.name}'s concern")


@sentence(r"calls? (?P<what>.+) settled")
def _settled(world: World, device: Device, what: str) -> Act:
    return Act(Settled(world.find(what)))


# --- Positions -----------------------------------------------------------------------------------


def _position(world: World, device: Device, what: str, stance: Stance) -> Act:
    name = f"{device.name}'s {'block' if stance == 'block' else 'position'}"
    return Act(Position(world.version(what, device.view()), stance), name=name)


@sentence(r"agrees? (?:to )?(?P<what>.+)")
def _agree(world: World, device: Device, what: str) -> Act:
    return _position(world, device, what, "agree")


@sentence(r"ha(?:s|ve) reservations about (?P<what>.+)")
def _reservations(world: World, device: Device, what: str) -> Act:
    return _position(world, device, what, "reservations")


@sentence(r"leaves? (?P<what>.+) to the others")
def _leave_it(world: World, device: Device, what: str) -> Act:
    return _position(world, device, what, "leave-it")


@sentence(r"stands? aside (?:on )?(?P<what>.+)")
def _aside(world: World, device: Device, what: str) -> Act:
    return _position(world, device, what, "aside")


@sentence(r"asks? for more time on (?P<what>.+)")
def _time(world: World, device: Device, what: str) -> Act:
    return _position(world, device, what, "time")


@sentence(r"blocks? (?P<what>.+)")
def _block(world: World, device: Device, what: str) -> Act:
    return _position(world, device, what, "block")


@sentence(r"confirms? (?P<what>.+)")
def _confirm(world: World, device: Device, what: str) -> Act:
    return Act(Confirm(world.find(what)))


# --- Deciding ------------------------------------------------------------------------------------


@sentence(r"closes? (?P<what>.+)")
def _close(world: World, device: Device, what: str) -> Act:
    return Act(Close(world.version(what, device.view())))


@sentence(r"notes? the hearing on (?P<what>.+)")
def _hearing(world: World, device: Device, what: str) -> Act:
    return Act(Hearing(world.find(what)))


@sentence(r"reopens? (?P<what>.+)")
def _reopen(world: World, device: Device, what: str) -> Act:
    return Act(Reopen(world.version(what, device.view())))


@sentence(r"would (?P<no>not )?keep (?P<what>.+)")
def _review(world: World, device: Device, no: str | None, what: str) -> Act:
    return Act(Review(world.version(what, device.view()), not no))


@sentence(r"erases? (?P<what>.+)")
def _erase(world: World, device: Device, what: str) -> Act:
    return Act(EraseOwn(world.find(what)))


# --- Tasks ---------------------------------------------------------------------------------------

STEPS: dict[str, Step] = {
    "takes": "take",
    "puts down": "put-down",
    "has done": "done",
    "has not done": "not-done",
}


@sentence(r'(?P<step>takes|puts down|has done|has not done) "(?P<task>[^"]+)"')
def _task(world: World, device: Device, step: str, task: str) -> Act:
    return Act(TaskStep(world.tasks.get(task, f"{encode(bytes(32))}.0"), STEPS[step]))


# --- Coming and going ----------------------------------------------------------------------------


@sentence(
    r"joins(?P<again> again)?(?: with (?P<link>[\w-]+)'s link)?(?: by (?P<by>[^,]+))?"
    r"(?: without (?P<without>[\w' -]+))?(?:, agreeing to (?P<more>[^,]+))?(?P<trick>, .*)?"
)
def _join(world: World, device: Device, **how: str | None) -> Act:
    key, version = world.links[how["link"] or device.name]
    version = world.find(how["by"]) if how["by"] else version
    view, trick = device.view(), how["trick"] or ""
    left_out = {world.find(how["without"])} if how["without"] else set()
    added = {world.find(how["more"])} if how["more"] else set()
    behind = set() if how["again"] else open_invitations(view) - {version} - left_out
    holder = device.key if "with a proof of their own making" in trick else key
    proof = prove_invitation(holder, world.collective, device.key.public)
    never = EpochId(encode(world.draw("epoch")))
    epoch = never if "naming a constitution that never was" in trick else view.epoch.id
    fact = Accept(version, 0, epoch, proof, tuple(sorted(behind | added)))
    return Act(fact, {"person": device.name}, f"{device.name}'s joining")


@sentence(r"welcomes? (?P<whom>[\w-]+)")
def _welcome(world: World, device: Device, whom: str) -> Act:
    return Act(Welcome(world.device(whom).key.public))


@sentence(r"takes back (?P<what>.+)")
def _take_back(world: World, device: Device, what: str) -> Act:
    return Act(TakeBack(world.version(what, device.view())), name=f"taking back {what}")


@sentence(r"leaves?")
def _leave(world: World, device: Device) -> Act:
    return Act(Leave(), name=f"{device.name}'s leaving")


@sentence(r"goe?s? away")
def _away(world: World, device: Device) -> Act:
    return Act(Away())


@sentence(r"comes? back")
def _back(world: World, device: Device) -> Act:
    return Act(Back())


@sentence(r'is now called "(?P<name>[^"]+)"')
def _name(world: World, device: Device, name: str) -> Act:
    return Act(Name(), {"person": name})


# --- Devices -------------------------------------------------------------------------------------


@sentence(r"adds (?:a (?P<new>\w+)|(?P<old>[\w-]+'s \w+|[\w-]+))(?P<forged> that did not agree)?")
def _add(world: World, device: Device, **how: str | None) -> Act:
    name = f"{device.name}'s {how['new']}" if how["new"] else str(how["old"])
    added = world.device(name) if name in world.devices else world.make(name, device.group)
    prover = device.key if how["forged"] else added.key
    proof = prove_device(prover, world.collective, device.key.public)
    return Act(DeviceAdd(added.key.public, proof))


@sentence(r"retires (?P<which>.+)")
def _retire(world: World, device: Device, which: str) -> Act:
    return Act(DeviceRetire(world.device(which).key.public))


@sentence(r"takes over")
def _take_over(world: World, device: Device) -> Act:
    return Act(TakeOver())


# --- What devices do by themselves, done by hand -------------------------------------------------


def _epoch(device: Device, former: str | None) -> EpochId:
    epoch = device.view().epoch
    return epoch.predecessor.id if former and epoch.predecessor else epoch.id


@sentence(r"nominates? (?P<what>.+?) in round (?P<number>\d+)(?P<former> of a past constitution)?")
def _nominate(world: World, device: Device, what: str, number: str, former: str | None) -> Act:
    return Act(Nominate(_epoch(device, former), int(number), world.find(what)))


@sentence(r"seals? (?P<what>.+?) in round (?P<number>\d+)(?P<former> of a past constitution)?")
def _seal(world: World, device: Device, what: str, number: str, former: str | None) -> Act:
    change = "" if what == "nothing" else world.find(what)
    return Act(Seal(_epoch(device, former), int(number), change))


@sentence(r"acknowledges (?P<what>.+)")
def _heard(world: World, device: Device, what: str) -> Act:
    return Act(Heard(world.version(what, device.view())))


@sentence(r"follows the way of (?P<whom>.+)")
def _follow(world: World, device: Device, whom: str) -> Act:
    return Act(Follow(world.device(whom).view().epoch.id))


@sentence(r"follows the way on which (?P<what>.+) came into force")
def _follow_change(world: World, device: Device, what: str) -> Act:
    change, epochs = world.find(what), device.replay.record.epochs.values()
    return Act(Follow(next(epoch.id for epoch in epochs if epoch.change == change)))


@sentence(r"follows a way that never was")
def _follow_nothing(world: World, device: Device) -> Act:
    return Act(Follow(EpochId(encode(world.draw("way")))))


# --- What nobody would do ------------------------------------------------------------------------

ODD: dict[str, dict[str, Any]] = {
    "an act from a newer Goround": {"type": "dance", "with": "everybody"},
    "a badly written position": {"type": "position", "version": 7, "stance": "agree"},
    "a second founding": {
        "type": "found",
        "charter": {},
        "nonce": "A" * 43,
        "rules": 1,
    },
}


@sentence(r"signs (?P<what>.+)")
def _odd(world: World, device: Device, what: str) -> Act:
    return Act(None, raw=ODD[what])
