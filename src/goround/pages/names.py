"""What people are called: the last name that they gave themselves.

Names are words, so they can be erased and can be chosen to look like somebody else's.
Two names are alike when what is left of them without case, marks, spaces, invisible and
look-alike letters is the same (Unicode TR 39 names the problem).
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from goround.collective.members import Name
from goround.ids import DeviceId
from goround.pages.recalled import about_people
from goround.pages.wording import LONGEST_NAME, one_line
from goround.sentences import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goround.collective.entry import PersonId
    from goround.pages.reading import Reading

# Letters and digits that are drawn like a Latin letter; i, l, 1 and | are one.
LOOK_ALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝɡαβγεικνορτυχωϲϳвкмнтг018|i"  # Cyrillic, Greek, digits
    "АВЕЗКМНОРСТУХЅІЈԌԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϷ"  # their capitals, of which small letters look otherwise
    "օսհոցզյՕՍԼՏ"  # Armenian
    "ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃᎥᏎ"  # Cherokee
    "ꓮꓐꓚꓓꓰꓝꓖꓧꓲꓙꓗꓡꓟꓠꓳꓑꓣꓢꓔꓴꓦꓪꓫꓬꓜ",  # Lisu
    "aeopcyxljsdhlqwgabyelknoptuxwcjbkmhtrolbll"
    "abe3kmhopctyxsljgqwabezhlkmnoptyxcp"
    "ouhngqjouls"
    "abcdeghjklmprstvwzl4"
    "abcdefghljklmnoprstuvwxyz",
)


@about_people
def collective_name(reading: Reading) -> str:
    """Return what the collective is called."""
    name = reading.word(reading.replay.collective, "name")
    return name or _("a collective without a name")


@about_people
def name_of(reading: Reading, person: PersonId | None) -> str:
    """Return what somebody is called; the start of their id where the words were erased."""
    if person is None:
        return _("somebody unknown")
    record = reading.view.record
    entries = record.by_subject.get((Name, person), ())
    for entry in sorted(entries, key=lambda e: e.order, reverse=True):
        name = reading.word(entry.id, "person") if reading.view.counts(entry) else ""
        if name:
            return name
    firsts = sorted(record.firsts.get(DeviceId(person), ()), key=lambda e: e.order)
    written = (reading.word(entry.id, "person") for entry in firsts)
    return next((name for name in written if name), person[:8])


def names_of(reading: Reading, people: Iterable[PersonId]) -> list[str]:
    """Return what several people are called, in the order in which they came."""
    members = list(reading.view.epoch.members)
    place = {person: number for number, person in enumerate(members)}
    ordered = sorted(people, key=lambda person: (place.get(person, len(place)), person))
    return [name_of(reading, person) for person in ordered]


def skeleton(name: str) -> str:
    """Return what is left of a name when everything that can hide a difference is taken away."""
    drawn = one_line(name).translate(LOOK_ALIKES)  # before NFKD makes another letter, and after
    decomposed = unicodedata.normalize("NFKD", drawn).casefold()
    visible = [c for c in decomposed if unicodedata.category(c)[0] not in "MCZ"]
    return "".join(visible).translate(LOOK_ALIKES)


def alike(name: str, others: Iterable[str]) -> str | None:
    """Return the first other name that looks like this one, if any."""
    wanted = skeleton(name)
    return next((other for other in others if skeleton(other) == wanted), None)


def why_not_name(name: str, others: Iterable[str]) -> str | None:
    """Tell in a sentence why somebody should not be called that here."""
    if not skeleton(name):
        return _("A name needs letters that can be seen.")
    if len(name) > LONGEST_NAME:
        return _("A name is at most {longest} letters long.").format(longest=LONGEST_NAME)
    if _hides_something(name):
        return _("A name cannot have invisible signs or signs that turn the writing around.")
    other = alike(name, others)
    if other is None:
        return None
    return _(
        "“{name}” looks like “{other}”, who is here already; choose a name that nobody mistakes."
    ).format(name=name, other=other)


def _hides_something(name: str) -> bool:
    """Tell whether a name has signs that nobody sees: controls, or letters drawn empty."""
    is_hidden = any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for c in name)
    return is_hidden or one_line(name) != " ".join(name.split())
