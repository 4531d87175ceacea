"""Everything that Goround stands on is named, with a licence that goes together with its own."""

import re

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.supply.building import ROOT
from tools.licences import PAGE, licence, needed, page

TOGETHER = {
    "Apache-2.0",
    "Apache-2.0 AND BSD-2-Clause",
    "Apache-2.0 OR BSD-3-Clause",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-2.1-or-later",  # "or later" leads to version 3, which goes together with the AGPL
    "MIT",
    "MIT-0",
    "PSF-2.0",
}
"""Licences under which something may be part of a program that is under the AGPL, version 3."""


def test_the_page_of_licences_is_what_the_libraries_say() -> None:
    assert PAGE.read_text("utf-8") == page(), "python -m tools.licences writes it anew"


def test_each_licence_goes_together_with_ours() -> None:
    told = {name: licence(library) for name, (library, _came_with) in needed().items()}
    assert {name: said for name, said in told.items() if said not in TOGETHER} == {}


def test_what_is_needed_is_what_the_lock_lists() -> None:
    assert set(needed()) | set(needed("build")) == locked()


def locked() -> set[str]:
    """Name what the lock has for this machine."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    lines = re.findall(r"^([a-z0-9][^\n\\]*)", text, re.MULTILINE)
    listed = [Requirement(line) for line in lines]
    return {
        canonicalize_name(one.name) for one in listed if not one.marker or one.marker.evaluate()
    }
