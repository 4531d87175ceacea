For whom a decision stands
Design 4.2: nobody is bound by what they neither took part in nor found; what was decided stays so, unless somebody joined or came back, or the charter changed, while it was being decided.

== A decision of early members does not bind whoever joined without finding it
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
anna invites dana; ben and cleo agree to dana's invitation
-- cleo is offline
dana joins; ben welcomes dana
=> members: anna, ben, cleo, dana
# Cleo, who has not heard that dana is in, completes the decision for the three of them.
cleo agrees to stove
=> cleo sees stove: decided
-- cleo syncs
=> stove: open
=> positions on stove: anna agree, ben agree, cleo agree
=> stove unheard: dana
dana agrees to stove
=> stove: decided
=> everyone sees the same

== A decision that the newcomer found when they accepted binds them too
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
anna invites dana; ben and cleo agree to dana's invitation
dana joins; ben welcomes dana
=> members: anna, ben, cleo, dana
=> stove: decided
=> dana accepted: 1 times

== What was decided stays decided when somebody leaves
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
cleo leaves
=> stove: decided
anna proposes shed: "Build a shed"
anna agrees to shed
=> shed: open
ben leaves
# Ben is not waited for any more, and it is anna alone who decides.
=> members: anna
=> shed: decided

== A change of mind after the decision changes nothing
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
ben blocks stove: "No"                     !! decided
ben nevertheless blocks stove: "No"        => void: decided
=> stove: decided

== An offline month ends with one sync
-- anna, ben and cleo are together in "Bread"
-- cleo is offline
anna proposes rota (agreement), adopting it: "We cook in turn"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
cleo says something on the founding: "Greetings from the train"
-- 30 days pass
anna and ben close stove
-- 4 days pass
anna and ben close stove
ben raises a concern about rota: "I can't cook"
-- cleo syncs
=> stove: decided
=> rota: open
=> everyone sees the same

== A decision that crossed with a new charter is open again for whoever had not found it
-- anna, ben and cleo are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9
anna proposes stove: "Buy a wood stove"
-- anna is offline
# Anna consents to the new charter on the train, while the others decide without her.
anna agrees to slower
ben and cleo agree to stove
-- 4 days pass
ben and cleo close stove
-- 4 days pass
ben and cleo close stove
=> stove: decided
ben and cleo agree to slower
-- anna syncs
=> the rule everyday_notice: 9
=> stove: open
=> stove unheard: anna
anna agrees to stove
=> stove: decided
=> everyone sees the same

== What most have yet to hear
-- anna, ben and cleo are together in "Bread"
-- cleo is offline
anna proposes stove: "Buy a wood stove"
-- cleo syncs
cleo agrees to stove
-- cleo is offline
anna and ben agree to stove
=> stove: decided
=> stove heard by anna, ben
=> stove not yet heard by cleo
-- cleo syncs
=> stove heard by anna, ben, cleo

== A decision needs no chairperson and no host
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Rent a wood stove"
anna, ben and cleo agree to stove
anna leaves
=> members: ben, cleo
ben invites dana; cleo agrees to dana's invitation
dana joins; cleo welcomes dana
=> members: ben, cleo, dana
=> stove: decided
