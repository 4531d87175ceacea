What people answer, and when that decides
Design 4.2: everyone who must be heard stands behind it, somebody agrees, and silence is never agreement.

== Silence is never agreement
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
-- 100 days pass
=> stove: open
=> stove unheard: cleo
cleo agrees to stove
=> stove: decided
=> stove heard by anna, ben, cleo

== A round of leaving it to the others decides nothing
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo leave stove to the others
=> stove: open
=> stove unheard: nobody
# Agreeing with reservations is agreeing.
ben has reservations about stove: "It smokes"
=> stove: decided

== Reservations let it pass
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna agrees to stove
ben has reservations about stove: "It smokes"
cleo leaves stove to the others
=> stove: decided
=> positions on stove: anna agree, ben reservations, cleo leave-it

== Up to a third may stand aside
-- anna, ben, cleo and dana are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
cleo stands aside on stove: "Not mine to stop"
dana stands aside on stove: "Nor mine"
=> stove: open
# Two of four are more than a third: neither counts as consent.
dana agrees to stove
=> stove: decided

== Whoever needs more time is waited for, once per proposal
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna agrees to stove
ben asks for more time on stove: "I want to measure the room"
=> stove: open
=> stove unheard: nobody
ben asks for more time on stove            !! Each person asks for more time once per proposal.
anna changes stove: "Buy a small wood stove"
ben asks for more time on stove            !! time-taken
ben nevertheless asks for more time on stove   => void: time-taken
anna and ben agree to stove
=> stove: decided

== The last word counts
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben blocks stove: "Too dear"
ben agrees to stove
=> positions on stove: ben agree
=> stove: open
anna agrees to stove
=> stove: decided

== Of two words at once from two devices, the more cautious counts
-- anna and ben are together in "Bread"
ben adds a phone
anna proposes stove: "Buy a wood stove"
-- ben's phone | anna and ben
ben agrees to stove
ben's phone blocks stove: "Wait"
-- everyone syncs
=> positions on stove: ben block
=> stove: blocked
anna agrees to stove
=> stove: blocked
ben's phone agrees to stove
=> stove: decided

== The last positions cross on the way, and the next event completes the decision
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
cleo agrees to stove
-- anna | ben | cleo
anna agrees to stove
ben agrees to stove
=> anna and ben see stove: open
-- everyone syncs
=> stove: decided
=> stove heard by anna, ben, cleo
=> everyone sees the same

== What came in while it was being decided is shown beside the decision
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben agree to stove
-- anna and ben | cleo
ben blocks stove: "I was told of a leak"
cleo agrees to stove
=> cleo sees stove: decided
=> ben sees stove: blocked
-- everyone syncs
=> stove: decided
=> came in while stove was being decided: ben block
ben blocks stove: "Still"                  !! This is decided; whoever wants it changed can reopen it.
ben nevertheless blocks stove: "Still"     => void: decided
=> stove: decided

== A small group bears no block, five may bear one
-- anna, ben, cleo and dana are together in "Bread", with the rule everyday_blocks = 2
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
dana blocks stove: "No"
=> stove: blocked
anna invites emre; ben, cleo and dana agree to emre's invitation
emre joins; ben welcomes emre
=> members: anna, ben, cleo, dana, emre
=> stove: open
emre agrees to stove
=> stove: decided
anna proposes shed: "Build a shed"
anna, ben and cleo agree to shed
dana and emre block shed: "No"
=> shed: blocked

== Eight may bear two
-- anna, ben, cleo, dana, emre, fay, gil and hana are together in "Bread", with the rule everyday_blocks = 2
anna proposes stove: "Buy a wood stove"
anna, ben, cleo, dana, emre and fay agree to stove
gil blocks stove: "No"
hana blocks stove: "No"
=> stove: decided
anna proposes shed: "Build a shed"
anna, ben, cleo, dana and emre agree to shed
fay, gil and hana block shed: "No"
=> shed: blocked

== By its charter a group bears none
-- anna, ben, cleo, dana and emre are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben, cleo and dana agree to stove
emre blocks stove: "No"
=> stove: blocked

== Members and charter bear no block, whatever the charter says
-- anna, ben, cleo, dana and emre are together in "Bread", with the rule everyday_blocks = 1
anna invites fay
ben, cleo and dana agree to fay's invitation
emre blocks fay's invitation: "Not now"
=> fay's invitation: blocked

== A position is on words, not on anything else
-- anna and ben are together in "Bread"
anna says something on the founding: "Hello"
ben agrees to anna's remark                !! not-a-version

== Three who take turns asking each for more time
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Rent a wood stove"
anna asks for more time on stove
ben asks for more time on stove
anna, ben and cleo agree to stove
=> stove: decided
