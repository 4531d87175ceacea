"""Every kind of fact that these rules know; `fold` proves that it asks a rule of each."""

from __future__ import annotations

from goround.collective.charter import Found
from goround.collective.closing import Close
from goround.collective.concerns import Concern, Settled
from goround.collective.constitution import Follow, Heard, Nominate, Seal
from goround.collective.devices import DeviceAdd, DeviceRetire, TakeOver
from goround.collective.entry import Malformed, Unknown
from goround.collective.erasure import EraseOwn
from goround.collective.members import Accept, Away, Back, Leave, Name, TakeBack, Welcome
from goround.collective.positions import Position
from goround.collective.proposals import Carry, Propose, Say, Suggest, Version, Withdraw
from goround.collective.release import Hearing
from goround.collective.reopening import Reopen, Review
from goround.collective.repair import Confirm
from goround.collective.tasks import TaskStep

KnownFact = (
    Found
    | Accept
    | Welcome
    | TakeBack
    | Leave
    | Away
    | Back
    | Name
    | DeviceAdd
    | DeviceRetire
    | TakeOver
    | Propose
    | Version
    | Carry
    | Withdraw
    | Say
    | Suggest
    | Concern
    | Settled
    | Position
    | Confirm
    | Close
    | Hearing
    | Reopen
    | Review
    | Nominate
    | Seal
    | Heard
    | Follow
    | EraseOwn
    | TaskStep
)
AnyFact = KnownFact | Unknown | Malformed
