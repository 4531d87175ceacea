"""The page of a proposal, as each of several people gets it."""

import re

import pytest

from tests.web.reader import Tells, forms, words

FOUR = '-- anna, ben, cleo and dana are together in "Bread"\n'
STOVE = FOUR + 'anna proposes stove: "Buy a **wood** stove"\n'
BLOCKED = STOVE + 'anna and cleo agree to stove\nben blocks stove: "Too dear this year"\n'
SCRIPT = "<script>alert(1)</script>"


def test_a_proposal_says_what_is_asked_and_where_everybody_stands(tells: Tells) -> None:
    page = tells(STOVE + "ben agrees to stove").proposal("anna", "stove")
    said = words(page)
    assert "Still to be heard: you, cleo and dana." in said
    assert "You put this forward. Now say where you stand yourself, like everybody." in said
    assert "Buy a <strong>wood</strong> stove" in page
    assert "Everyone who is not away must be heard; one block stops it" in said
    assert "Four of us are asked. At most one can stand aside." in said
    assert "Put forward byanna," in said.replace(" anna", "anna")


def test_each_answer_says_what_it_means_and_what_it_asks(tells: Tells) -> None:
    told = tells(STOVE)
    page = told.proposal("ben", "stove")
    for stance in ("agree", "reservations", "leave-it", "aside", "time", "block"):
        assert f'name="stance" value="{stance}" required>' in page
    assert forms(page, "position") == [{"version": told.id("stove")}]
    said = words(page)
    assert "I cannot support it, but it may go ahead without me." in said
    assert "At most one of us can stand aside; more is no consent." in said
    assert "for that we give ourselves 30 days" in said
    assert "the closing date moves by 7 days" in said


def test_what_is_covered_is_not_sent(tells: Tells) -> None:
    told = tells(BLOCKED)
    covered, shown = told.proposal("dana", "stove"), told.proposal("cleo", "stove")
    assert "You see what others answered once you have taken your own position." in words(covered)
    for secret in ("Too dear", "agrees", "blocks<", 'is-block" viewBox="0 0 24', "cleo agrees"):
        part = covered.partition('id="round"')[2].partition("</section>")[0]
        assert secret not in part
    assert "Too dear" not in covered
    assert "Blocked by" not in covered
    assert "The block by" not in covered
    assert forms(covered, "confirm") == []
    assert "ben blocks" in words(shown)
    assert "Too dear this year" in shown


def test_nothing_is_covered_where_the_charter_says_so(tells: Tells) -> None:
    open_ = '-- anna, ben and cleo are together in "Bread", with the rule hide_positions = no\n'
    told = tells(open_ + 'anna proposes stove: "Buy one"\nben agrees to stove')
    assert "ben agrees" in words(told.proposal("cleo", "stove"))


def test_one_own_answer_can_be_changed(tells: Tells) -> None:
    page = tells(STOVE + "ben asks for more time on stove").proposal("ben", "stove")
    assert "Answer otherwise" in page
    assert "You asked for more time on this already; one can ask once." in page
    assert 'value="time"' not in page


def test_a_block_can_be_understood_by_those_who_do_not_carry(tells: Tells) -> None:
    told = tells(BLOCKED)
    block = told.world.find("ben's block")
    page = told.proposal("cleo", "stove")
    assert forms(page, "confirm") == [{"position": block}]
    assert 'href="#repair"' in page
    fold = page.partition('id="repair"')[2].partition("<form")[0]
    assert '<details class="more" open>' in fold
    assert "can state the concern. Two others are asked to say it in their own words." in words(
        page
    )
    assert forms(told.proposal("anna", "stove"), "confirm") == []
    assert forms(told.proposal("ben", "stove"), "confirm") == []


def test_how_others_understand_a_block_can_be_read(tells: Tells) -> None:
    told = tells(BLOCKED + 'cleo confirms ben\'s block: "ben fears for the rent"')
    said = words(told.proposal("ben", "stove"))
    assert "cleo can state the concern: ben fears for the rent" in said
    assert "Somebody else is asked to say it in their own words." in said
    assert "fears for the rent" not in told.proposal("dana", "stove")


def test_what_was_said_with_other_acts_can_be_read(tells: Tells) -> None:
    told = tells(
        STOVE + "anna, ben, cleo and dana agree to stove\n"
        'ben would not keep stove: "It smokes"\nben reopens stove: "Wood is dear"'
    )
    said = words(told.proposal("anna", "stove"))
    assert "ben would not keep it as it is: It smokes" in said
    assert "ben asks to decide it anew: Wood is dear" in said


def test_what_crossed_stands_beside_the_decision(tells: Tells) -> None:
    told = tells(
        '-- anna and ben are together in "Bread"\nanna proposes stove: "Buy one"\n'
        "ben agrees to stove\n-- ben is offline\nanna agrees to stove\n"
        'ben blocks stove: "No"\n-- ben syncs'
    )
    page = told.proposal("anna", "stove")
    assert "Came in while this was being decided" in page
    assert "ben blocks" in words(page)
    assert forms(page, "reopen") == [{"version": told.id("stove")}]


def test_a_decision_says_who_has_yet_to_hear(tells: Tells) -> None:
    told = tells(
        STOVE + "dana agrees to stove\n-- dana is offline\nanna, ben and cleo agree to stove"
    )
    page = told.proposal("anna", "stove")
    assert "Decided · heard by 3 of 4, not yet: dana." in words(page)
    assert forms(page, "position") == []


def test_concerns_are_settled_by_whoever_raised_them(tells: Tells) -> None:
    told = tells(STOVE + 'ben raises a concern about stove: "It smokes"')
    concern = told.world.find("ben's concern")
    assert forms(told.proposal("ben", "stove"), "settled") == [{"concern": concern}]
    page = told.proposal("cleo", "stove")
    assert forms(page, "settled") == []
    assert "It smokes" in page
    assert forms(page, "concern") == [{"version": told.id("stove")}]


def test_an_answer_names_what_it_answers(tells: Tells) -> None:
    told = tells(
        STOVE + 'ben says something on stove: "Who carries the wood?"\n'
        'cleo says something on ben\'s remark: "I do"'
    )
    page = told.proposal("anna", "stove")
    assert page.index("Who carries") < page.index("I do")
    remark = told.world.find("ben's remark")
    assert f"?on={remark}#say" in page
    assert forms(page, "say") == [{"on": told.id("stove")}]
    assert forms(told.proposal("anna", "stove", f"?on={remark}"), "say") == [{"on": remark}]
    assert forms(told.proposal("anna", "stove", "?on=nothing"), "say") == [{"on": told.id("stove")}]


def test_versions_show_what_changed(tells: Tells) -> None:
    told = tells(
        STOVE + 'anna changes stove: "Rent a **wood** stove"\nanna changes stove: "Rent a stove"'
    )
    page = told.proposal("ben", "stove")
    assert "What changed from version 2 to 3" in page
    assert re.search(r"<del>.*?\*\*wood\*\* .*?</del>", page, re.DOTALL)
    second = told.world.versions["stove"][1]
    assert "What changed from version 1 to 2" in told.proposal("ben", "stove", f"?changed={second}")
    assert "What changed from" not in told.proposal("ben", "stove", f"?changed={told.id('stove')}")


def test_a_suggestion_is_taken_up_by_whoever_carries(tells: Tells) -> None:
    told = tells(STOVE + 'ben suggests something for stove: "At most 200"')
    taken = f"/version?take={told.world.find(chr(98) + 'en' + chr(39) + 's suggestion')}"
    assert taken in told.proposal("anna", "stove")
    assert taken not in told.proposal("cleo", "stove")
    page = told.page("anna", f"/proposals/{told.id('stove')}{taken}")
    assert "Suggested by" in page
    assert "At most 200" in page


def test_erased_words_are_gone_and_that_is_said(tells: Tells) -> None:
    told = tells(
        STOVE + 'ben says something on stove: "My landlord drinks"\nben erases ben\'s remark'
    )
    page = told.proposal("anna", "stove")
    assert "landlord" not in page
    assert "Erased. What was done stays; the words are gone." in page


def test_people_erase_their_own_words_only(tells: Tells) -> None:
    told = tells(STOVE + 'ben says something on stove: "Hm"')
    remark = told.world.find("ben's remark")
    assert {"event": remark} in forms(told.proposal("ben", "stove"), "erase")
    assert {"event": remark} not in forms(told.proposal("cleo", "stove"), "erase")


def test_a_release_has_its_hearing_here(tells: Tells) -> None:
    told = tells(FOUR + 'anna proposes to release dana: "We cannot go on"')
    for who in ("ben", "dana"):
        hearing = forms(told.proposal(who, "dana's release"), "hearing")
        assert hearing == [{"proposal": told.id("dana's release")}]
    page = told.proposal("dana", "dana's release")
    assert forms(page, "position") == []
    assert "This is about you, so you are not asked." in words(page)


def test_a_date_that_has_passed_can_be_witnessed(tells: Tells) -> None:
    told = tells(STOVE + "anna agrees to stove\n-- 4 days pass")
    assert forms(told.proposal("ben", "stove"), "close") == [{"version": told.id("stove")}]
    told.world.now -= 3 * 24 * 3600 * 1000
    assert forms(told.proposal("ben", "stove"), "close") == []


def test_an_invitation_can_be_taken_back_and_its_link_is_named(tells: Tells) -> None:
    told = tells(FOUR + "anna invites emre\nben, cleo and dana agree to emre's invitation")
    page = told.proposal("ben", "emre's invitation")
    assert forms(page, "take_back") == [{"version": told.id("emre's invitation")}]
    assert '/invitations">Where the link is' in page


def test_whoever_left_can_read_and_is_offered_nothing(tells: Tells) -> None:
    page = tells(STOVE + "dana leaves").proposal("dana", "stove")
    assert "data-act=" not in page


def test_a_hostile_text_is_shown_and_runs_nothing(tells: Tells) -> None:
    told = tells(
        FOUR
        + f'anna proposes stove, with the task "{SCRIPT}": "{SCRIPT} [a](javascript:alert(1))"\n'
        + f'ben says something on stove: "{SCRIPT}\' onmouseover=x"\n'
        + f'ben raises a concern about stove: "{SCRIPT}"\n'
        + f'cleo blocks stove: "{SCRIPT}"\nanna agrees to stove\nanna is now called "{SCRIPT}"\n'
        + f'anna changes stove: "{SCRIPT}{SCRIPT}"\nanna agrees to stove'
    )
    pages = [
        told.proposal("anna", "stove"),
        told.page("anna", f"/proposals?q={SCRIPT}"),
        told.page("anna", f"/proposals/{told.id('stove')}/version"),
        told.page("anna", f"/proposals/{told.id('stove')}/version?suggest=1"),
    ]
    for page in pages:
        assert "<script>" not in page
        assert 'href="javascript:' not in page
        assert "&lt;script&gt;" in page


def test_ids_that_begin_with_a_dash_are_ids(tells: Tells) -> None:
    lines = "\n".join(f'anna proposes p{n}: "Text {n}"' for n in range(150))
    told = tells('-- anna and ben are together in "Bread"\n-- ben is offline\n' + lines)
    found = [name for name in told.world.versions if told.id(name)[0] in "-_"]
    assert found
    for name in found:
        page = told.proposal("anna", name)
        assert f"Text {name[1:]}" in page
        assert forms(page, "position") == [{"version": told.id(name)}]


@pytest.mark.parametrize("path", ["A" * 43, "-", "..%2f..", "new/version", "%00", "A" * 3000])
def test_what_is_no_proposal_is_nowhere(tells: Tells, path: str) -> None:
    assert tells(FOUR).get("anna", f"/proposals/{path}")[0] == 404


def test_another_event_is_no_proposal(tells: Tells) -> None:
    told = tells(STOVE + 'ben says something on stove: "Hm"')
    remark = told.world.find("ben's remark")
    assert told.get("anna", f"/proposals/{remark}")[0] == 404
    assert told.get("anna", f"/proposals/{remark}/version")[0] == 404


def test_a_long_thread_shows_its_end_first(tells: Tells) -> None:
    lines = "\n".join(f'anna says something on stove: "word {n}."' for n in range(70))
    told = tells('anna founds "Bread"\nanna proposes stove: "Buy one"\n' + lines)
    page = told.proposal("anna", "stove")
    assert "word 69." in page
    assert "word 3." not in page
    assert "word 3." in told.proposal("anna", "stove", "?all=yes")


def test_a_deep_thread_stays_on_the_page(tells: Tells) -> None:
    lines = "\n".join('anna says something on anna\'s remark: "deeper"' for _ in range(60))
    told = tells(
        'anna founds "Bread"\nanna proposes stove: "Buy one"\n'
        'anna says something on stove: "first"\n' + lines
    )
    page = told.proposal("anna", "stove")
    assert page.count("<p>deeper</p>") == 60


def test_every_part_has_one_name(tells: Tells) -> None:
    page = tells(BLOCKED).proposal("cleo", "stove")
    parts, ids = re.findall('data-part="([^"]+)"', page), re.findall(r'\bid="([^"]+)"', page)
    assert len(set(parts)) == len(parts) > 5
    assert len(set(ids)) == len(ids)
    assert all("data-says=" in part for part in re.findall("<[^>]*data-part=[^>]*>", page))


def test_versions_put_forward_at_the_same_time_are_all_shown(tells: Tells) -> None:
    told = tells(
        STOVE + 'ben carries stove\n-- ben is offline\nanna changes stove: "Rent one"\n'
        'ben changes stove: "Build one"\n-- ben syncs'
    )
    page = told.proposal("cleo", "stove")
    assert page.count("put forward at the same time as another one, which counts") == 1
    assert [words(n) for n in re.findall("<b>Version .</b>", page)] == [
        *("Version 3", "Version 2", "Version 1"),
    ]
    (position,) = forms(page, "position")
    assert position["version"] in told.world.versions["stove"][1:]


def test_an_agreed_charter_shows_every_word_that_still_counts(tells: Tells) -> None:
    told = tells(
        FOUR
        + "-- the devices of ben, cleo and dana are asleep\n"
        + "anna proposes sooner (charter), with the rule everyday_notice = 1\n"
        + 'anna, ben, cleo and dana agree to sooner\nben blocks sooner: "Too soon"'
    )
    page = told.proposal("anna", "sooner")
    said = words(page)
    assert "Agreed by all; most of us have yet to hear." in said
    assert "It cannot come about while this is the word of ben." in said
    assert "Came in while" not in said
    assert len(forms(page, "position")) == 1


def test_a_block_on_the_words_before_is_not_forgotten(tells: Tells) -> None:
    told = tells(BLOCKED + 'anna changes stove: "Rent a stove"\nanna agrees to stove')
    line = "Version 1 was blocked by ben: “Too dear this year”"
    assert line in words(told.proposal("anna", "stove"))
    assert line in words(told.proposal("cleo", "stove"))
    assert "was blocked by" not in told.proposal("dana", "stove")


def test_a_concern_that_is_open_after_the_decision_says_what_becomes_of_it(tells: Tells) -> None:
    told = tells(
        STOVE + 'ben raises a concern about stove: "It smokes"\n'
        "anna, ben, cleo and dana agree to stove"
    )
    still = "It was still open when this was decided."
    assert f"{still} You can call it settled" in words(told.proposal("ben", "stove"))
    assert f"{still} ben can call it settled" in words(told.proposal("cleo", "stove"))


def test_what_follows_and_who_looks_after_it_is_said_in_plain_words(tells: Tells) -> None:
    said = words(
        tells(
            FOUR + 'anna proposes rack, with the task "fetch the rack": "We keep our bikes in it"'
        ).proposal("ben", "rack")
    )
    assert "What follows once it is decided To do: fetch the rack." in said
    assert "That is who looks after it: those who carry it write its next version." in said


def test_the_parts_of_a_long_page_are_linked_at_its_top(tells: Tells) -> None:
    page = tells(STOVE).proposal("ben", "stove")
    nav = page.partition('<nav aria-label="On this page">')[2].partition("</nav>")[0]
    leads = re.findall('href="#([^"]+)"', nav)
    assert leads == ["words", "concerns", "talk"], "the way to the answer stands above"
    assert all(page.count(f' id="{name}"') == 1 for name in leads)


def test_one_way_leads_to_where_one_answers(tells: Tells) -> None:
    told = tells(f"{STOVE}ben agrees to stove\n")
    assert told.proposal("cleo", "stove").count('href="#answer"') == 1
    assert told.proposal("ben", "stove").count('href="#answer"') == 1
    assert 'id="asked" data-part="asked" data-says="" hidden' in told.proposal("cleo", "stove")


WORRIED = STOVE + 'ben raises a concern about stove: "It <b>smokes</b>"\n'


def test_an_open_concern_is_told_at_the_top(tells: Tells) -> None:
    told = tells(WORRIED)
    top = told.proposal("anna", "stove").partition('<nav aria-label="On this page"')[0]
    assert "A concern is open: “It &lt;b&gt;smokes&lt;/b&gt;”" in words(top)
    concern = told.world.find("ben's concern")
    assert f'href="#said-{concern}"' in top


def test_of_several_open_concerns_it_is_told_how_many(tells: Tells) -> None:
    told = tells(WORRIED + 'cleo raises a concern about stove: "Dear"\n')
    assert '<a href="#concerns">2 concerns are open.</a>' in told.proposal("anna", "stove")


def test_a_concern_that_is_settled_is_not_told_at_the_top(tells: Tells) -> None:
    told = tells(WORRIED + "ben calls ben's concern settled\n")
    assert "concern is open" not in words(told.proposal("anna", "stove"))


def test_what_a_phone_folds_is_sent_open_and_nothing_that_is_asked_for(tells: Tells) -> None:
    folded = re.compile(r'<details class="fold" open data-fold><summary><h2 id="(\w+)-title"')
    told = tells(STOVE + "-- 4 days pass\n")
    assert folded.findall(told.proposal("ben", "stove")) == ["versions", "facts"]
    told.world.now -= 3 * 24 * 3600 * 1000
    assert folded.findall(told.proposal("ben", "stove")) == ["versions", "facts", "further"]


def test_who_is_waited_for_is_led_to_where_they_answer_and_nobody_else(tells: Tells) -> None:
    leads = 'href="#answer">Say where you stand</a>'
    told = tells(f"{STOVE}ben agrees to stove\n")
    assert leads in told.proposal("cleo", "stove")
    assert leads not in told.proposal("ben", "stove")
