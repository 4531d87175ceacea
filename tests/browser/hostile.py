"""A collective in which a member with a program of their own has written into every field whatever
a page might stumble over. All of it is genuine: it was signed, and every replica keeps it."""

from pathlib import Path

from goround.collective.concerns import Concern, Settled
from goround.collective.devices import DeviceAdd
from goround.collective.effects import Adopt, NameTask
from goround.collective.entry import Fact
from goround.collective.members import Away, Back, Name
from goround.collective.positions import Position
from goround.collective.proposals import Propose, Say, Suggest, Withdraw
from goround.collective.repair import Confirm
from goround.collective.tasks import TaskStep
from goround.ids import EventId
from goround.log.keys import DeviceKey
from goround.log.proofs import prove_device
from goround.node.signing import make_event
from goround.wire import Words
from tests.browser.full import Full
from tests.browser.table import Table
from tests.web.callers import key_of

SCRIPTS = (
    "<script>window.ran = 1; alert(1)</script>",
    '"><img src=x onerror="alert(2)">',
    "'><svg onload='alert(3)'>",
    "</textarea></title></script><iframe src='javascript:alert(4)'></iframe>",
    "{{ 7 * 7 }} {% raw %} ${alert(5)} &lt;script&gt;alert(6)&lt;/script&gt;",
    "[tap](javascript:alert(7)) ![x](http://192.0.2.1/x.png) <http://192.0.2.1/>",
    "<style>* { display: none }</style><meta http-equiv=refresh content='0;url=http://192.0.2.1'>",
    "\u202eevil\u2066 \ufff9a\ufffanever\ufffb \u200b\u0000\ufeff \ud7ff \U000e0041 \r\n\x1b[31m",
)
"""What would like to be markup, and what would like to be unseen."""
ENDLESS = "W" * 10_000
"""One word."""
ALL = " ".join(SCRIPTS)


def spoil(folder: Path) -> Full:
    """Let Ben write all of it everywhere."""
    table = Table(folder, "<script>alert(0)</script><i>", ALL + ENDLESS)
    try:
        table.lets_in("Ben")
        return spoilt(table)
    finally:
        table.close()


def spoilt(table: Table) -> Full:
    """Fill proposals, talk, tasks, agreements, names and devices."""
    proposals = {f"script {number}": proposed(table, text) for number, text in enumerate(SCRIPTS)}
    proposals["endless"] = proposed(table, ENDLESS)
    proposals["all"] = proposed(table, ALL)
    writes(table, Name(), {"person": ALL})
    writes(table, Away(), {"until": ALL + ENDLESS})
    writes(table, Back(), {"person": ENDLESS})
    withdrawn = writes(table, Propose("everyday", (), 0, 0), {"title": ENDLESS})
    writes(table, Withdraw(withdrawn), {"because": ALL + ENDLESS})
    added, ben = DeviceKey.generate(), table.people["Ben"]
    proof = prove_device(added, ben.collective, key_of(ben).public)
    writes(table, DeviceAdd(added.public, proof), {"name": ALL + ENDLESS})
    anna = table.people["Anna"]
    members = {name: table.member(name) for name in table.people}
    return Full(table.home("Anna").path, anna.collective, key_of(anna), proposals, members)


def proposed(table: Table, text: str) -> EventId:
    """Let something be proposed, talked about, blocked, agreed to and done with such words."""
    words = {"title": text, "text": text, "why": text, "effects": [{"what": text}, {}]}
    version = writes(table, Propose("agreement", (NameTask(0), Adopt()), 0, 0), words)
    for fact in (Say(version), Suggest(version), Concern(version), Say(version)):
        said = writes(table, fact, {"text": text, "because": text, "title": text})
        if isinstance(fact, Concern):
            writes(table, Settled(said), {"because": text})
    block = writes(table, Position(version, "block"), {"because": text})
    table.says("Anna", Confirm(block), {"because": text})
    writes(table, Position(version, "aside"), {"because": text})
    table.says("Anna", Position(version, "agree"), {"because": text})
    writes(table, Position(version, "agree"), {"because": text})
    writes(table, TaskStep(f"{version}.0", "take"), {"because": text})
    writes(table, TaskStep(f"{version}.0", "not-done"), {"because": text})
    return version


def writes(table: Table, fact: Fact, words: Words) -> EventId:
    """Let Ben sign something without asking what any rule or form says."""
    ben = table.people["Ben"]
    event = make_event(ben, fact, words)
    ben.receive([event], strangers=True)
    ben.restored.go_on()  # it was said here, and by no copy
    table.all_hear()
    return event.id
