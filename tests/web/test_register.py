"""The decision register: what waits, what is decided, and how it is found again."""

import re

from tests.web.reader import Tells, words

FOUR = '-- anna, ben, cleo and dana are together in "Bread"\n'
STOVE = FOUR + 'anna proposes stove: "Buy a wood stove"\n'
BLOCKED = STOVE + 'anna and cleo agree to stove\nben blocks stove: "Too dear this year"\n'


def groups(page: str) -> list[str]:
    return [words(head) for head in re.findall("<h2[^>]*>(.*?)</h2>", page)]


def test_the_register_begins_with_what_waits_for_whoever_reads(tells: Tells) -> None:
    told = tells(
        STOVE + "anna agrees to stove\n"
        'anna proposes oven: "Mend the oven"\nanna, ben, cleo and dana agree to oven\n'
        'ben proposes salt: "Buy salt"\nben withdraws salt'
    )
    page = told.page("ben", "/proposals")
    assert groups(page) == ["Waiting for you", "Decided", "Over"]
    assert groups(told.page("anna", "/proposals")) == ["Open", "Decided", "Over"]
    assert "Still to be heard: you, cleo and dana." in words(page)


def test_the_register_is_searched_by_words_state_and_matter(tells: Tells) -> None:
    told = tells(
        STOVE + 'anna proposes rota (agreement), adopting it: "We cook in turn"\n'
        "anna, ben, cleo and dana agree to rota"
    )

    def found(asked: str) -> list[str]:
        page = told.page("ben", f"/proposals{asked}")
        return [words(title) for title in re.findall("<h3>(.*?)</h3>", page, re.DOTALL)]

    assert found("?q=WOOD+stove") == ["stove"]
    assert found("?q=anna+turn") == ["rota"]
    assert found("?q=wood+turn") == []
    assert found("?state=decided&matter=agreement") == ["rota"]
    assert "rota" not in found("?state=waiting")
    assert found("?matter=everyday") == ["stove"]
    assert len(found("?state=nonsense&matter=nonsense&page=-1")) == 5
    assert "Nothing here fits what you look for." in told.page("ben", "/proposals?q=nothing+such")


def test_an_empty_register_says_how_to_begin(tells: Tells) -> None:
    page = tells('anna founds "Bread"').page("anna", "/proposals")
    assert "Nothing was put forward yet." in page
    assert "/proposals/new" in page


def test_many_proposals_are_shown_page_by_page(tells: Tells) -> None:
    lines = "\n".join(f'anna proposes p{n}: "Text"' for n in range(45))
    told = tells('anna founds "Bread"\n' + lines)
    first, last = told.page("anna", "/proposals?q=text"), told.page("anna", "/proposals?page=3")
    assert "Page 1 of 3" in first
    assert "q=text&amp;page=2" in first
    assert "p44<" in first
    assert "p0<" in last
    assert "Further<" not in last
    assert told.page("anna", "/proposals?page=99").count("<h3>") == 5


def test_the_register_covers_what_the_page_covers(tells: Tells) -> None:
    told = tells(BLOCKED)
    assert "Blocked by" not in words(told.page("dana", "/proposals"))
    assert "Somebody blocks it" in words(told.page("dana", "/proposals"))
    assert "Blocked by ben" in words(told.page("cleo", "/proposals"))


def test_an_open_concern_is_told_in_the_list_and_leads_to_it(tells: Tells) -> None:
    told = tells(STOVE + 'ben raises a concern about stove: "It smokes"')
    page = told.page("anna", "/proposals")
    assert "One concern is open." in words(page)
    assert f'/proposals/{told.id("stove")}#concerns"' in page


def test_a_concern_that_is_settled_is_not_told_in_the_list(tells: Tells) -> None:
    raised = STOVE + 'ben raises a concern about stove: "It smokes"\n'
    told = tells(raised + "ben calls ben's concern settled\n")
    assert "concern is open" not in words(told.page("anna", "/proposals"))


def test_the_search_can_be_sent_without_a_script_and_nothing_else_can(tells: Tells) -> None:
    told = tells(STOVE)
    for path, policy in (("", "form-action 'self'"), ("/new", "form-action 'none'")):
        answer = told.answer("anna", f"/proposals{path}")
        assert policy in answer.headers["content-security-policy"]
