How people go, are away and come back
Design 4.1 and 4.2: leaving asks nobody; only a person calls themself away; a release needs everyone else and a hearing.

== Leaving takes nobody's leave
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
=> stove unheard: cleo
cleo leaves
=> members: anna, ben
=> stove: decided
cleo agrees to stove                       !! Whoever signed this has signed their leaving.
cleo nevertheless says something on stove: "I miss you"   => void: has-left

== From signing their leaving on somebody says nothing more, and is not waited for
-- anna, ben and cleo are together in "Bread"
-- the devices of anna, ben and cleo are asleep
anna proposes stove: "Buy a wood stove"
cleo leaves
=> members: anna, ben, cleo
=> leaving: cleo
cleo agrees to stove                       !! Whoever signed this has signed their leaving.
cleo nevertheless blocks stove: "No"       => void: has-left
anna and ben agree to stove
=> stove: decided
-- the devices of anna, ben and cleo wake up
=> members: anna, ben

== Of two who part, the one who stays goes on alone
-- anna and ben are together in "Bread"
ben leaves
=> members: anna
anna invites cleo
cleo joins
=> members: anna, cleo

== Of two, whoever signed their leaving decides no more changes
-- anna and ben are together in "Bread"
-- devices do nothing by themselves
ben leaves
ben nominates ben's leaving in round 0     !! Of two, whoever signed their leaving decides no more changes.
ben nevertheless nominates ben's leaving in round 0   => void: pair-parted
anna nominates ben's leaving in round 0
=> members: anna, ben
anna seals ben's leaving in round 0
=> members: anna

== Where both of two leave, the collective has ended
-- anna and ben are together in "Bread"
-- anna | ben
anna leaves
ben leaves
-- everyone syncs
=> leaving: anna, ben
=> members: anna, ben
=> everyone sees the same

== The last one leaves
anna founds "Bread"
anna leaves
=> members: nobody

== Somebody is away, and everyday matters do not wait for them
-- anna, ben and cleo are together in "Bread"
cleo comes back                            !! Whoever signed this is not away.
cleo goes away: "until spring"
cleo goes away                             !! Whoever signed this is away already.
=> away: cleo
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
=> stove: decided
=> stove heard by anna, ben
=> stove not yet heard by nobody
cleo comes back
=> away: nobody
=> stove: decided

== Admission and charter wait for those who are away
-- anna, ben and cleo are together in "Bread"
cleo goes away
anna invites dana; ben agrees to dana's invitation
=> dana's invitation: open
=> dana's invitation unheard: cleo
anna proposes slower (charter), with the rule everyday_notice = 9
anna and ben agree to slower
=> slower: open
=> slower unheard: cleo
cleo agrees to slower
=> slower: decided
=> the rule everyday_notice: 9

== A decision that passed somebody by stands from their coming back on only if they found it
-- anna, ben and cleo are together in "Bread"
cleo goes away
-- cleo is offline
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
=> stove: decided
# Cleo comes back without having found it.
cleo comes back
-- cleo syncs
=> stove: open
=> positions on stove: anna agree, ben agree
=> stove unheard: cleo
cleo agrees to stove
=> stove: decided
=> everyone sees the same

== What passed while somebody was away, and they are back without having found it, passes again
-- anna, ben, cleo, dana and emre are together in "Bread"
cleo goes away
-- cleo is offline
anna proposes stove: "Buy a wood stove"
anna, ben and emre agree to stove
-- 4 days pass
anna, ben and emre close stove
-- 4 days pass
anna, ben and emre close stove
=> anna sees stove: decided
cleo comes back
-- anna hears from cleo
# It was open again, and with what anna's device said by itself it is decided anew.
=> anna sees stove: decided
-- everyone syncs
=> stove: decided
=> everyone sees the same

== Of going away and coming back at once, the coming back counts
-- anna and ben are together in "Bread"
ben adds a phone
ben's phone goes away
-- ben's phone | anna and ben
ben comes back
-- everyone syncs
=> away: nobody
-- ben's phone | anna and ben
ben's phone goes away
-- everyone syncs
=> away: ben
-- ben's phone | anna and ben
ben comes back
ben's phone comes back
-- everyone syncs
=> away: nobody

== A release takes everyone else's consent, and a hearing
-- anna, ben, cleo and dana are together in "Bread"
anna proposes to release dana: "We can't go on"
anna, ben and cleo agree to dana's release
=> dana's release: open
dana blocks dana's release: "No"
ben notes the hearing on dana's release
=> members: anna, ben, cleo, dana
=> dana's release: open
anna notes the hearing on dana's release
=> dana's release: open
# Anna carries the proposal, so it takes two who don't.
cleo notes the hearing on dana's release
=> dana's release: decided
=> members: anna, ben, cleo
dana agrees to dana's release              !! not-a-member
dana nevertheless proposes revenge: "Undo it"    => void: not-a-member

== Whoever says that they were heard was heard
-- anna, ben and cleo are together in "Bread"
anna proposes to release cleo
anna and ben agree to cleo's release
=> members: anna, ben, cleo
cleo notes the hearing on cleo's release
=> members: anna, ben

== One who disagrees is enough to keep somebody
-- anna, ben, cleo and dana are together in "Bread"
anna proposes to release dana
anna and ben agree to dana's release
dana notes the hearing on dana's release
cleo blocks dana's release: "I want to go on with dana"
=> dana's release: blocked
=> members: anna, ben, cleo, dana

== A release takes three members, and a member
-- anna and ben are together in "Bread"
anna proposes to release ben               !! This takes three members or more.
anna proposes stove: "Buy a wood stove"
ben notes the hearing on stove             !! Only a proposal to release somebody has a hearing.
-- mallory gets hold of the log
anna proposes to release mallory           !! This names somebody who is not a member.

== Whoever lost everything is invited anew, in their own place
-- anna, ben and cleo are together in "Bread"
-- cleo is offline
anna invites clea in the place of cleo
ben agrees to clea's invitation
=> clea's invitation: decided
clea joins
=> members: anna, ben, cleo
ben welcomes clea
=> members: anna, ben, clea
=> clea was: cleo
-- cleo syncs
=> members: anna, ben, clea
cleo says something on clea's invitation   !! not-a-member

== Whoever is invited in their own place has the tasks in hand that they had
-- anna, ben and cleo are together in "Bread"
anna proposes stove, with the task "buy wood": "Buy a wood stove"
anna, ben and cleo agree to stove
cleo takes "buy wood"
=> tasks: buy wood taken cleo
-- cleo is offline
anna invites clea in the place of cleo; ben agrees to clea's invitation
clea joins
clea has done "buy wood"                   !! not-a-member
ben welcomes clea
=> tasks: buy wood taken clea
ben has done "buy wood"                    !! not-holding
clea has done "buy wood"
=> tasks: buy wood done clea
=> everyone sees the same

== In the place of somebody takes three members
-- anna and ben are together in "Bread"
anna invites benno in the place of ben     !! too-few

== Who left comes back as a new member, by invitation
-- anna and ben are together in "Bread"
ben leaves
anna invites ben
ben joins                                  !! has-left
anna invites benno
benno joins
=> members: anna, benno

== Releasing somebody who left already does nothing, and says so
-- anna, ben, cleo and dana are together in "Bread"
anna proposes to release dana
anna and ben agree to dana's release
dana leaves
=> members: anna, ben, cleo
=> dana's release: lapsed

== A release waits for those who are away
-- anna, ben, cleo and dana are together in "Bread"
cleo goes away
anna proposes to release dana
dana notes the hearing on dana's release
anna and ben agree to dana's release
=> dana's release: open
=> dana's release unheard: cleo
=> members: anna, ben, cleo, dana

== Whoever is away may speak all the same, and is heard
-- anna, ben and cleo are together in "Bread"
cleo goes away
anna proposes stove: "Buy a wood stove"
cleo blocks stove: "We have no chimney"
anna and ben agree to stove
=> stove: blocked
cleo agrees to stove
=> stove: decided

== A release that was put forward by three is not carried out by two
-- anna, ben and cleo are together in "Bread"
anna proposes to release cleo
-- the devices of anna, ben and cleo are asleep
ben leaves
-- the devices of anna, ben and cleo wake up
=> members: anna, cleo
anna agrees to cleo's release
cleo notes the hearing on cleo's release
=> members: anna, cleo
=> cleo's release: open

== Whom a release is about neither carries it nor words it
-- anna, ben and cleo are together in "Bread"
anna proposes to release cleo: "We can't go on"
cleo carries cleo's release                !! concerns-signer
cleo nevertheless carries cleo's release   => void: concerns-signer
ben carries cleo's release
anna and ben agree to cleo's release
cleo notes the hearing on cleo's release
=> members: anna, ben

== What somebody worded anew on their way out, and nobody who sealed it knew, holds up nobody
-- anna, ben, cleo and dana are together in "Bread"
cleo adds a phone
dana adds a phone
anna proposes stove: "Buy a wood stove"
dana carries stove
anna and ben agree to stove
-- anna, cleo's phone and dana's phone | ben, cleo and dana
cleo's phone agrees to stove
dana's phone changes stove: "Buy two"
anna says something on stove: "Two?"
=> anna sees stove: open
dana leaves
=> ben sees members: anna, ben, cleo
-- anna hears from ben
=> anna sees members: anna, ben, cleo
=> anna sees stove: decided
-- everyone syncs
=> stove: decided
=> everyone sees the same

== Who comes back on one device and answers on another is heard, whichever is known first
-- anna, ben and cleo are together in "Bread"
cleo adds a phone
cleo goes away
anna proposes stove: "Buy a wood stove"
-- cleo's phone | cleo | anna and ben
anna and ben agree to stove
=> anna sees stove: decided
cleo's phone agrees to stove
cleo comes back
-- anna hears from cleo's phone
anna says something on stove: "So we are three"
=> anna sees stove: decided
-- anna hears from cleo
=> anna sees stove: decided
-- everyone syncs
=> stove: decided
=> everyone sees the same
