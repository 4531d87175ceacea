How something passes without those who were not heard
Design 4.2: deadlines are witnessed, not believed; those unheard stay unheard and have a window; only everyday matters pass like that by default.

== Everyday matters pass once the date and the window have passed
-- anna, ben, cleo and dana are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
-- 2 days pass
# Three days of notice have not passed yet: these say nothing.
anna, ben and cleo close stove
=> stove: open
-- 2 days pass
anna, ben and cleo close stove
=> closing stove signed by anna, ben, cleo
=> stove: open
=> stove unheard: dana
# Now the window for dana is open: three more days.
-- 1 day passes
anna, ben and cleo close stove
=> stove: open
-- 3 days pass
anna closes stove
=> stove: open
# The time in the middle of the three counts: with ben's it is late enough.
ben closes stove
=> stove: decided
=> stove unheard: dana
=> positions on stove: anna agree, ben agree, cleo agree

== Half of those who are there are not enough to close
-- anna, ben, cleo and dana are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
-- 40 days pass
anna and ben close stove
-- 40 days pass
anna and ben close stove
=> stove: open

== The date that a proposal names counts, if it is later than its notice
-- anna, ben and cleo are together in "Bread"
anna proposes stove, until day 20: "Buy a wood stove"
anna and ben agree to stove
-- 10 days pass
anna and ben close stove
-- 5 days pass
anna and ben close stove
=> stove: open
-- 6 days pass
anna and ben close stove
-- 3 days pass
anna and ben close stove
=> stove: decided

== One whose clock runs ahead closes nothing early
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
-- ben's clock is 100 days ahead
anna and ben close stove
anna and ben close stove
=> stove: open
=> stove unheard: cleo

== More time that somebody asked for is added
-- anna, ben, cleo and dana are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben agree to stove
cleo asks for more time on stove
-- 5 days pass
anna, ben and cleo close stove
-- 3 days pass
anna, ben and cleo close stove
=> stove: open
-- 3 days pass
anna, ben and cleo close stove
=> stove: open
-- 3 days pass
anna and ben close stove
=> stove: decided
=> positions on stove: anna agree, ben agree, cleo time

== A block counts in the window and after it
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna agrees to stove
ben blocks stove: "Too dear"
-- 4 days pass
anna and ben close stove
-- 4 days pass
anna and ben close stove
=> stove: blocked

== Where nobody agrees, closing decides nothing
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben leave stove to the others
-- 4 days pass
anna and ben close stove
-- 4 days pass
anna and ben close stove
=> stove: open

== Matters of money wait for those unheard, unless the charter says otherwise
-- anna, ben and cleo are together in "Bread"
anna proposes fund (money): "Pay the rent"
anna and ben agree to fund
-- 8 days pass
anna and ben close fund
-- 15 days pass
anna and ben close fund
=> fund: open
=> fund unheard: cleo

== Money passes where the charter says so
-- anna, ben and cleo are together in "Bread", with the rule money_unheard = pass
anna proposes fund (money): "Pay the rent"
anna and ben agree to fund
-- 8 days pass
anna and ben close fund
-- 15 days pass
anna and ben close fund
=> fund: decided

== Members and charter are never closed over anybody's head
-- anna, ben and cleo are together in "Bread"
anna invites dana
ben agrees to dana's invitation
-- 400 days pass
anna closes dana's invitation              !! What this would do belongs to another kind of matter.
anna nevertheless closes dana's invitation   => needless: wrong-matter
=> dana's invitation: open

== What is decided is not closed, and what is no version neither
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben says something on stove: "Yes"
anna and ben agree to stove
anna closes stove                          !! decided
anna closes ben's remark                   !! not-a-version

== Whoever was passed over finds it, and can reopen it
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- cleo is offline
anna and ben agree to stove
-- 4 days pass
anna and ben close stove
-- 4 days pass
anna and ben close stove
=> stove: decided
cleo blocks stove: "We have no chimney"
=> cleo sees stove: blocked
-- cleo syncs
=> stove: decided
=> came in while stove was being decided: cleo block
cleo reopens stove: "We have no chimney"
=> stove: decided

== What passed somebody over stands when somebody else leaves
-- anna, ben, cleo, dana and emre are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- dana is offline
anna, ben and cleo agree to stove
-- 4 days pass
anna, ben and cleo close stove
-- 4 days pass
anna, ben and cleo close stove
=> stove: decided
cleo leaves
=> anna sees members: anna, ben, dana, emre
=> anna sees stove: decided
-- dana syncs
=> members: anna, ben, dana, emre
=> stove: decided

== Those who went decide nothing later for those who stayed
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
anna adds a phone
ben adds a phone
-- anna's phone and ben's phone | anna, ben and cleo
anna leaves
ben leaves
=> cleo sees members: cleo
-- 8 days pass
anna's phone and ben's phone close stove
-- 4 days pass
anna's phone and ben's phone close stove
=> ben's phone sees stove: decided
-- everyone syncs
=> members: cleo
=> cleo sees stove: open

== Nor by sealing the end of what they were in a second time
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
anna adds a phone
ben adds a phone
-- devices do nothing by themselves
-- anna's phone and ben's phone | anna, ben and cleo
-- 8 days pass
anna's phone and ben's phone close stove
-- 4 days pass
anna's phone and ben's phone close stove
=> ben's phone sees stove: decided
anna leaves
-- anna's phone, ben's phone and anna | ben and cleo
ben and cleo nominate anna's leaving in round 0
ben and cleo seal anna's leaving in round 0
ben leaves
cleo nominates ben's leaving in round 0
cleo seals ben's leaving in round 0
=> cleo sees members: cleo
anna's phone takes over
ben's phone takes over
anna's phone and ben's phone nominate anna's leaving in round 0
anna's phone and ben's phone seal anna's leaving in round 0
=> ben's phone sees stove: decided
-- everyone syncs
=> cleo sees members: cleo
=> cleo sees stove: open

== Nor does the one of two who went
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna adds a phone
-- 4 days pass
anna and ben close stove
-- 4 days pass
anna and ben close stove
=> stove: open
-- devices do nothing by themselves
-- anna's phone | anna and ben
anna leaves
ben nominates anna's leaving in round 0
-- anna's phone | anna | ben
ben seals anna's leaving in round 0
=> ben sees members: ben
anna's phone agrees to stove
=> anna's phone sees stove: decided
-- anna's phone and anna | ben
anna's phone takes over
anna's phone nominates anna's leaving in round 0
anna's phone seals anna's leaving in round 0
-- everyone syncs
=> ben sees members: ben
=> ben sees stove: open

== Whoever sealed the end twice can open it again, and those who are left decide it again
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna adds a phone
anna and ben agree to stove
-- 4 days pass
anna, ben and cleo close stove
-- 4 days pass
anna closes stove
-- devices do nothing by themselves
-- anna's phone | anna and cleo | ben
anna leaves
anna and cleo nominate anna's leaving in round 0
-- anna's phone hears from anna
-- anna's phone | anna | cleo | ben
cleo closes stove
=> cleo sees stove: open
ben closes stove
=> ben sees stove: decided
-- anna's phone | anna and ben | cleo
-- ben hears from anna
ben nominates anna's leaving in round 0
ben seals anna's leaving in round 0
-- anna hears from ben
anna seals anna's leaving in round 0
-- anna's phone | anna, ben and cleo
ben says something on stove: "Stands"
=> ben sees stove: decided
-- 400 days pass
anna's phone takes over
anna's phone seals anna's leaving in round 0
-- everyone syncs
=> ben sees stove: open
ben says something on stove: "Stands"
=> ben sees stove: decided

== Whoever asked for more time is passed over like somebody who said nothing
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
cleo asks for more time on stove
anna adds a phone
ben adds a phone
-- anna's phone and ben's phone | anna, ben and cleo
anna leaves
ben leaves
=> cleo sees members: cleo
-- 28 days pass
anna's phone and ben's phone close stove
-- 14 days pass
anna's phone and ben's phone close stove
=> ben's phone sees stove: decided
-- everyone syncs
=> members: cleo
=> cleo sees stove: open

== Whoever speaks up in the window is heard
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
-- 4 days pass
anna and ben close stove
cleo blocks stove: "We have no chimney"
-- 4 days pass
anna and ben close stove
=> stove: blocked
cleo stands aside stove: "Not mine to stop"
=> stove: decided
