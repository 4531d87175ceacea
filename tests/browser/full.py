"""A collective in the middle of its life, with everything on its pages that pages have to bear:
long names, names and texts written from right to left, a block, two versions, concerns, tasks,
agreements, somebody away, somebody joining, somebody who left, and writing that would like to be
markup."""

from pathlib import Path
from typing import NamedTuple

from goround.collective.concerns import Concern, Settled
from goround.collective.effects import Adopt, NameTask, Release, SetCharter
from goround.collective.members import Away, Leave, Name
from goround.collective.positions import Position, Stance
from goround.collective.proposals import Carry, Say, Suggest, Version, Withdraw
from goround.collective.release import Hearing
from goround.collective.repair import Confirm
from goround.collective.tasks import TaskStep
from goround.ids import CollectiveId, EventId, MemberId
from goround.log.keys import DeviceKey
from tests.browser.table import Table
from tests.web.callers import key_of

LONG = "Wilhelmina-Rosalinde Freifrau von Hohenfels zu Wandsbek"
HEBREW = "ליאורה בן־דוד"
ARABIC = "محمد الفارسي"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
MARKUP = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
BY = 1_801_353_600_000
"""The 31st of January 2027."""


class Full(NamedTuple):
    """The collective, whose node is Anna's home, and the ids that its pages are found by."""

    home: Path
    collective: CollectiveId
    key: DeviceKey
    proposals: dict[str, EventId]
    members: dict[str, MemberId]


def fill(folder: Path) -> Full:
    """Let all of it happen."""
    table = Table(
        folder,
        "Bread & Roses – the bakery of our street",
        "We bake for our street: good bread, fair wages, and an oven that everybody may use.",
    )
    try:
        for name in ("Ben", LONG, HEBREW, ARABIC, "Emre", "Jonas"):
            table.lets_in(name)
        told = Told(table)
        for happen in (
            told.a_stove_is_decided,
            told.flour_is_discussed,
            told.a_loan_is_blocked,
            told.an_agreement_is_adopted,
            told.the_charter_may_change,
            told.a_release_is_proposed,
            told.something_is_withdrawn,
            told.people_come_and_go,
        ):
            happen()
        return told.full()
    finally:
        table.close()


class Told:
    """What happened, one subject after the other."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.proposals: dict[str, EventId] = {}
        self.members = {name: table.member(name) for name in table.people}

    def takes(self, name: str, version: EventId, stance: Stance, because: str = "") -> EventId:
        words = {"because": because} if because else None
        return self.table.says(name, Position(version, stance), words)

    def a_stove_is_decided(self) -> None:
        """With two tasks, one of them done, and somebody who stood aside."""
        words = {
            "title": "A wood stove for the winter",
            "text": "We buy a second-hand wood stove for at most **200**.\n\n- tall pipe\n- tiles",
            "why": "The hall is cold from November on.",
            "effects": [{"what": "look for a stove"}, {"what": f"ask the {UNBROKEN}"}],
        }
        stove = self.table.proposes("Ben", words, NameTask(BY), NameTask(0))
        self.takes(HEBREW, stove, "aside", "אני לא משתתפת, אבל לא אעצור")
        self.table.all_take(stove, but=HEBREW)
        self.table.says("Emre", TaskStep(f"{stove}.0", "take"))
        self.table.says("Emre", TaskStep(f"{stove}.0", "done"), {"because": "It stands here."})
        self.table.says("Anna", TaskStep(f"{stove}.1", "take"))
        self.proposals["decided"] = stove

    def flour_is_discussed(self) -> None:
        """Two versions, a concern that is settled and one that is not, questions, a suggestion."""
        first = {
            "title": "Rye flour from the mill in Wandsbek",
            "text": "We buy 100 kg of rye flour from the mill every month.\n\nBen fetches it.",
            "why": "The market has become dear.",
        }
        flour = self.table.proposes("Ben", first)
        concern = self.table.says("Emre", Concern(flour), {"text": "100 kg will not keep."})
        self.table.says(LONG, Say(flour), {"text": "Could the mill bring it?\n\n" + UNBROKEN * 4})
        asked = self.table.says(ARABIC, Say(flour), {"text": "كم يكلف الكيلو؟ 100 كغ كثير جدا."})
        self.table.says("Ben", Say(asked), {"text": "One twenty, all told."})
        self.table.says(HEBREW, Suggest(flour), {"text": "We buy **50 kg** every two weeks."})
        self.table.says("Anna", Carry(flour))
        second = first | {
            "text": "We buy 50 kg of rye flour every two weeks.\n\nThe mill brings it."
        }
        newer = self.table.says("Ben", Version(flour, flour, "everyday", (), 0, 0), second)
        self.table.says("Emre", Settled(concern), {"because": "50 kg keep."})
        self.table.says(LONG, Concern(newer), {"text": "Where do we keep it dry?"})
        self.takes("Ben", newer, "agree", "I know the mill.")
        self.takes(HEBREW, newer, "reservations", "רק עד הקיץ")
        self.takes("Emre", newer, "leave-it")
        self.proposals["open"] = flour

    def a_loan_is_blocked(self) -> None:
        """And one of those who do not carry it can state the concern already."""
        words = {
            "title": f"A loan {MARKUP}",
            "text": f"We borrow 5,000 from the bank. {MARKUP}\n\n[click](javascript:alert(3))",
        }
        loan = self.table.proposes(LONG, words)
        block = self.takes("Ben", loan, "block", "We would work for the bank, not for the street.")
        because = "Ben fears that debts decide instead of us."
        self.table.says("Emre", Confirm(block), {"because": because})
        self.takes("Anna", loan, "time", "Until I have seen the figures.")
        self.proposals["blocked"] = loan

    def an_agreement_is_adopted(self) -> None:
        words = {
            "title": "Who locks up",
            "text": "## Doors\n\nThe last one locks up, and *says so*.\n\n> An old rule",
            "effects": [{}],
        }
        doors = self.table.proposes("Anna", words, Adopt(), matter="agreement")
        self.table.all_take(doors)
        self.proposals["agreement"] = doors

    def the_charter_may_change(self) -> None:
        view = self.table.people["Anna"].view()
        words = {"title": "Decide sooner", "text": "We meet every day.", "effects": [{}]}
        effect = SetCharter(view.epoch.charter_id, {"everyday_notice": 1})
        charter = self.table.proposes(ARABIC, words, effect, matter="charter")
        self.takes(ARABIC, charter, "agree")
        self.proposals["charter"] = charter

    def a_release_is_proposed(self) -> None:
        words = {
            "title": "Part from Emre",
            "text": "We have not found a way to work together. We talked on three evenings.",
            "effects": [{}],
        }
        effect = Release(self.members["Emre"])
        release = self.table.proposes("Ben", words, effect, matter="membership")
        self.table.says("Emre", Hearing(release), {"because": "I was heard on Sunday."})
        self.proposals["release"] = release

    def something_is_withdrawn(self) -> None:
        salt = self.table.proposes("Anna", {"title": "Salt", "text": "More."})
        self.table.says("Anna", Withdraw(salt), {"because": "There is enough."})
        self.proposals["withdrawn"] = salt

    def people_come_and_go(self) -> None:
        """One leaves, one is away, one has a new name, one is joining, two are invited."""
        table = self.table
        table.says("Jonas", Leave(), {"because": "I move to the coast."})
        table.people.pop("Jonas").close()
        version, invitation = table.invites("Anna", "Dana")
        table.all_take(version, but="Anna")
        table.accepts("Dana", version, invitation).close()
        open_, _key = table.invites("Anna", UNBROKEN[:40])
        table.all_take(open_, but="Anna")
        self.proposals["invitation"], _key = table.invites("Ben", "Fay")
        table.says(ARABIC, Away(), {"until": "until the spring fair"})
        table.says("Ben", Name(), {"person": "Benjamin"})

    def full(self) -> Full:
        anna = self.table.people["Anna"]
        path = self.table.home("Anna").path
        return Full(path, anna.collective, key_of(anna), self.proposals, self.members)
