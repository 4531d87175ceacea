"""Putting something forward, and other words for it."""

import pytest

from tests.web.reader import Tells, forms, words

FOUR = '-- anna, ben, cleo and dana are together in "Bread"\n'
STOVE = FOUR + 'anna proposes stove: "Buy a wood stove"\n'


def test_the_kinds_of_proposals_say_what_they_are_for(tells: Tells) -> None:
    page = tells(FOUR).page("anna", "/proposals/new")
    assert page.count("?kind=") == 4
    for elsewhere in ("invitations", "charter", "members"):
        assert f'/{elsewhere}"><b>' in page


def test_the_end_of_an_agreement_is_offered_where_there_is_one(tells: Tells) -> None:
    told = tells(
        FOUR + 'anna proposes rota (agreement), adopting it: "We cook in turn"\n'
        "anna, ben, cleo and dana agree to rota"
    )
    assert "kind=end" in told.page("anna", "/proposals/new")


def test_a_kind_says_what_its_rule_has_of_its_own(tells: Tells) -> None:
    page = tells(FOUR).page("anna", "/proposals/new")
    text = words(page.partition("?kind=agreement")[2].partition("</li>")[0])
    assert "Decided like something we do, but it waits for whoever has not answered yet" in text


@pytest.mark.parametrize(
    ("kind", "fixed"),
    [
        ("everyday", {"matter": "everyday"}),
        ("money", {"matter": "money"}),
        ("neighbours", {"matter": "neighbours"}),
        ("agreement", {"matter": "agreement", "effects": [{"do": "adopt"}]}),
        ("end", {"matter": "agreement", "effects": [{"do": "end"}]}),
    ],
)
def test_each_kind_brings_its_matter_and_what_it_does(
    tells: Tells, kind: str, fixed: dict[str, object]
) -> None:
    told = tells(
        FOUR + 'anna proposes rota (agreement), adopting it: "We cook in turn"\n'
        "anna, ben, cleo and dana agree to rota"
    )
    page = told.page("anna", f"/proposals/new?kind={kind}")
    assert forms(page, "propose") == [fixed]
    first = 1 if "effects" in fixed else 0
    assert f'name="effects.{first}.what"' in page
    assert "How this will be decided" in page
    if kind == "end":
        assert f'name="effects.0.agreement" value="{told.id("rota")}" required checked' in page


def test_where_nothing_can_end_that_is_said(tells: Tells) -> None:
    page = tells(FOUR).page("anna", "/proposals/new?kind=end")
    assert "There is no agreement in force that could end." in page


def test_an_unknown_kind_leads_to_the_choice(tells: Tells) -> None:
    assert "What would you like to put forward?" in tells(FOUR).page(
        "anna", "/proposals/new?kind=<b>"
    )


def test_a_next_version_begins_with_what_there_is(tells: Tells) -> None:
    told = tells(
        FOUR + 'anna proposes rota (agreement), adopting it, with the task "carry it" by day 9, '
        'until day 5: "We <b> cook"'
    )
    page = told.page("anna", f"/proposals/{told.id('rota')}/version")
    (fixed,) = forms(page, "version")
    assert fixed["prev"] == fixed["proposal"] == told.id("rota")
    assert fixed["matter"] == "agreement"
    assert [effect["do"] for effect in fixed["effects"]] == ["adopt", "task"]
    assert 'name="effects.1.what" type="text" value="carry it"' in page
    assert "We &lt;b&gt; cook</textarea>" in page
    assert "what was answered was answered to the words before, and lapses" in page


def test_a_charter_s_next_version_keeps_what_it_sets(tells: Tells) -> None:
    told = tells(FOUR + "anna proposes sooner (charter), with the rule everyday_notice = 1")
    page = told.page("anna", f"/proposals/{told.id('sooner')}/version")
    (fixed,) = forms(page, "version")
    assert fixed["effects"] == [
        {"do": "charter", "from": told.world.collective, "set": {"everyday_notice": 1}}
    ]


def test_whoever_does_not_carry_suggests(tells: Tells) -> None:
    told = tells(STOVE)
    page = told.page("ben", f"/proposals/{told.id('stove')}/version")
    assert "data-act=" not in page
    assert "You can carry it too, or suggest a change." in page
    page = told.page("ben", f"/proposals/{told.id('stove')}/version?suggest=1")
    assert forms(page, "suggest") == [{"version": told.id("stove")}]


def test_words_of_somebody_else_are_erased_by_a_decision(tells: Tells) -> None:
    told = tells(STOVE + 'ben says something on stove: "My landlord drinks"')
    remark = told.world.find("ben's remark")
    asked = f"/proposals/new?kind=erase&event={remark}"
    page = told.page("anna", asked)
    assert forms(page, "propose") == [
        {"matter": "agreement", "effects": [{"do": "erase", "event": remark}]}
    ]
    assert "My landlord drinks" in page
    assert asked.replace("&", "&amp;") in told.proposal("anna", "stove", f"?on={remark}")
    assert "kind=erase" not in told.proposal("ben", "stove", f"?on={remark}")
    for nothing in ("", "&event=", f"&event={told.id('stove')[:-1]}"):
        assert forms(told.page("anna", f"/proposals/new?kind=erase{nothing}"), "propose") == []
