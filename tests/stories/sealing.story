How a change of members or charter comes into force
Design 4.1: in rounds, each device nominates and seals once for its member; two thirds settle what comes next, and what somebody sealed is what the next round names.

== A change is in force where two thirds have sealed it
-- anna, ben and cleo are together in "Bread"
-- devices do nothing by themselves
cleo leaves
anna nominates cleo's leaving in round 0
anna seals cleo's leaving in round 0       !! Two thirds have not nominated that in this round.
ben nominates cleo's leaving in round 0
anna seals cleo's leaving in round 0
=> members: anna, ben, cleo
ben seals cleo's leaving in round 0
=> members: anna, ben

== Three of five are not two thirds
-- anna, ben, cleo, dana and emre are together in "Bread"
-- the devices of dana and emre are asleep
cleo leaves
=> members: anna, ben, cleo, dana, emre
-- the device of dana wakes up
=> members: anna, ben, dana, emre

== Nobody nominates what not everybody stands behind
-- anna, ben and cleo are together in "Bread"
-- devices do nothing by themselves
anna proposes slower (charter), with the rule everyday_notice = 9
anna and ben agree to slower
anna nominates slower in round 0           !! Not everybody who has to stand behind this change did.
anna nevertheless nominates slower in round 0   => void: not-ripe
ben nevertheless nominates slower in round 0    => void: not-ripe
anna nevertheless seals slower in round 0  => void: not-nominated
ben nevertheless seals slower in round 0   => void: not-nominated
=> the rule everyday_notice: 3

== Each member nominates once in a round, and seals once
-- anna, ben and cleo are together in "Bread"
-- devices do nothing by themselves
cleo leaves
anna nominates cleo's leaving in round 0
anna nominates cleo's leaving in round 0   !! This member signed that for this round, or a later one.
anna nevertheless nominates cleo's leaving in round 0   => void: signed-already
ben nominates cleo's leaving in round 0
anna seals cleo's leaving in round 0
anna seals cleo's leaving in round 0       !! signed-already

== No round begins before two thirds have finished the one before
-- anna, ben and cleo are together in "Bread"
-- devices do nothing by themselves
cleo leaves
anna nominates cleo's leaving in round 1   !! Two thirds have not finished the round before.
anna nevertheless nominates cleo's leaving in round 1   => void: round-not-open

== What one sealed in a round is what the next one names
-- anna, ben and cleo are together in "Bread"
-- devices do nothing by themselves
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo agree to slower
anna proposes faster (charter), with the rule everyday_notice = 1
anna, ben and cleo agree to faster
-- anna and ben | cleo
anna and ben nominate slower in round 0
cleo nominates faster in round 0
anna seals slower in round 0
# Cleo hears only what ben said before anna sealed, and seals nothing.
-- everyone syncs
cleo seals nothing in round 0              !! not-nominated
cleo seals faster in round 0               !! not-nominated
ben seals slower in round 0
=> the rule everyday_notice: 9

== A lock holds from one round to the next
-- anna, ben and cleo are together in "Bread"
-- devices do nothing by themselves
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo agree to slower
anna proposes faster (charter), with the rule everyday_notice = 1
anna, ben and cleo agree to faster
-- anna | ben | cleo
ben nominates slower in round 0
cleo nominates faster in round 0
# Cleo hears of ben alone: two thirds nominated, and nothing has two thirds.
-- cleo hears from ben
cleo seals nothing in round 0
anna nominates slower in round 0
-- anna hears from ben
anna seals slower in round 0
-- everyone syncs
cleo nominates faster in round 1           !! An earlier round had settled on something else.
cleo nevertheless nominates faster in round 1   => void: not-locked
cleo nominates slower in round 1
-- devices do by themselves what they do
=> the rule everyday_notice: 9
=> slower: decided
=> faster: lapsed
=> everyone sees the same

== Whoever names a past constitution is not heard
-- anna and ben are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9
anna and ben agree to slower
anna nominates slower in round 0 of a past constitution   !! This names another epoch than the one it was signed in.
anna nevertheless seals slower in round 0 of a past constitution   => void: wrong-epoch

== A change that nobody can stop any more is sealed without those who sleep
-- anna, ben, cleo and dana are together in "Bread"
-- dana is offline
cleo leaves
=> members: anna, ben, dana
-- dana syncs
=> members: anna, ben, dana
=> everyone sees the same

== Where fewer than two thirds ever wake again, members can't change any more
-- anna, ben, cleo and dana are together in "Bread"
-- cleo and dana are offline
anna leaves
=> anna and ben see members: anna, ben, cleo, dana
=> anna and ben see leaving: anna

== An old majority can't let anybody in without the newest member
-- anna, ben and cleo are together in "Bread"
anna invites dana
ben agrees to dana's invitation
dana joins
-- devices do nothing by themselves
ben welcomes dana
anna nevertheless nominates dana's joining in round 0   => void: not-ripe
ben nevertheless nominates dana's joining in round 0    => void: not-ripe
=> members: anna, ben, cleo

== What comes into force in the meantime waits its turn
-- anna, ben, cleo and dana are together in "Bread"
-- anna and ben | cleo and dana
anna proposes slower (charter), with the rule everyday_notice = 9
anna and ben agree to slower
cleo leaves
-- everyone syncs
=> members: anna, ben, dana
=> slower unheard: dana
dana agrees to slower
=> the rule everyday_notice: 9
=> changes so far: 5

== A way that never was is not followed
-- anna and ben are together in "Bread"
ben follows a way that never was           !! epoch-not-in-force
ben nevertheless follows a way that never was   => void: epoch-not-in-force

== A dormant device of the founder makes a way that nobody follows
anna founds "Bread"
-- anna's key is copied
anna invites ben; ben joins
anna invites cleo; ben agrees to cleo's invitation
cleo joins; ben welcomes cleo
=> members: anna, ben, cleo
# A copy of the founder's key, from when she was alone, lets puppets in.
-- mallory is a puppet of anna's copy
anna's copy invites mallory
mallory joins
=> mallory sees members: anna, mallory
-- everyone syncs
=> ben and cleo see members: anna, ben, cleo
=> ben and cleo see ways: 1
=> mallory sees members: anna, mallory
=> two histories were signed by: anna

== Where too many devices fork there are two ways, and each member can follow the other
-- anna, ben and cleo are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9
-- the devices of anna, ben and cleo are asleep
anna, ben and cleo agree to slower
anna proposes faster (charter), with the rule everyday_notice = 1
anna, ben and cleo agree to faster
-- anna's key is copied
-- ben's key is copied
-- devices do nothing by themselves
-- anna's copy and ben's copy | anna, ben and cleo
anna and ben nominate slower in round 0
anna and ben seal slower in round 0
=> anna, ben and cleo see the rule everyday_notice: 9
anna's copy and ben's copy nominate faster in round 0
anna's copy and ben's copy seal faster in round 0
=> anna's copy sees the rule everyday_notice: 1
cleo acknowledges the founding
-- everyone syncs
=> two histories were signed by: anna, ben
# Cleo keeps the way that she first acknowledged.
=> cleo sees the rule everyday_notice: 9
=> cleo sees ways: 1
ben nevertheless says something on the founding: "Hm"   => void: device-forked
cleo follows the way on which faster came into force
=> cleo sees the rule everyday_notice: 1
cleo says something on the founding: "I am here now"
=> cleo sees the rule everyday_notice: 1
cleo follows the way on which slower came into force
=> cleo sees the rule everyday_notice: 9

== Both of two are needed for a change, and one alone is not enough
-- anna and ben are together in "Bread"
-- ben is offline
anna proposes slower (charter), with the rule everyday_notice = 9
anna agrees to slower
=> slower unheard: ben
-- ben syncs
ben agrees to slower
=> the rule everyday_notice: 9
-- the device of ben is asleep
anna leaves
=> members: anna, ben
-- the device of ben wakes up
=> members: ben
