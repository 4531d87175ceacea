How the rules are changed
Design 4.1: a charter needs everyone, replaces the one that it was written for, and is in force with its seal.

== Everyone consents to a new charter
-- anna, ben and cleo are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9: "More time for all"
anna and ben agree to slower
=> the rule everyday_notice: 3
cleo agrees to slower
=> slower: decided
=> the rule everyday_notice: 9
cleo blocks slower: "No"                   !! decided
anna reopens slower                        !! Members and charter are changed by a new proposal, not by reopening an old one.
=> everyone sees the same

== It is agreed when everyone agreed, and decided when most have heard
-- anna, ben and cleo are together in "Bread"
-- the devices of ben and cleo are asleep
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo agree to slower
=> slower: agreed
=> the rule everyday_notice: 3
-- the device of ben wakes up
=> slower: decided
=> the rule everyday_notice: 9

== Of two charters for the same place, one comes into force and the other lapses
-- anna and ben are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9
anna proposes faster (charter), with the rule everyday_notice = 1
anna and ben agree to faster
=> the rule everyday_notice: 1
=> slower: lapsed
ben agrees to slower                       !! This would replace a charter that is not in force.
ben nevertheless agrees to slower          => needless: other-charter
anna nevertheless agrees to slower         => needless: other-charter
=> the rule everyday_notice: 1
anna proposes slowest (charter), with the rule everyday_notice = 30, in the place of the rules of the founding   !! This would replace a charter that is not in force.

== A charter has the rules and values that there are
-- anna and ben are together in "Bread"
anna proposes gravity (charter), with the rule gravity = 9       !! The charter has no such rule.
anna proposes never (charter), with the rule everyday_notice = 9999   !! This rule of the charter cannot have that value.
anna nevertheless proposes never (charter), with the rule everyday_notice = 9999   => void: rule-value
anna proposes odd (charter), with the rule everyday_heard = 5    !! rule-value

== A decision under the old charter stands under the new one for those who had found it
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
=> stove: decided
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo agree to slower
=> the rule everyday_notice: 9
=> stove: decided

== Whoever is away keeps everybody from changing the rules
-- anna, ben and cleo are together in "Bread"
cleo goes away
anna proposes slower (charter), with the rule everyday_notice = 9
anna and ben agree to slower
-- 400 days pass
=> slower: open
anna closes slower                         !! wrong-matter
=> the rule everyday_notice: 3

== Everyone must be heard where the charter says so
-- anna, ben and cleo are together in "Bread", with the rule money_heard = everyone
cleo goes away
anna proposes fund (money): "Pay the rent"
anna and ben agree to fund
=> fund: open
=> fund unheard: cleo
cleo agrees to fund
=> fund: decided

== Whoever takes their word back before it is nominated is in time
-- anna, ben and cleo are together in "Bread"
-- the devices of anna, ben and cleo are asleep
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo agree to slower
=> slower: agreed
cleo blocks slower: "Wait"
-- the devices of anna, ben and cleo wake up
=> the rule everyday_notice: 3

== Whoever takes their word back once it is nominated is too late
-- anna, ben and cleo are together in "Bread"
-- the devices of ben and cleo are asleep
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo agree to slower
-- devices do nothing by themselves
ben nominates slower in round 0
cleo blocks slower: "Wait"
-- the devices of ben and cleo wake up
-- devices do by themselves what they do
=> the rule everyday_notice: 9

== A charter that everyone leaves to the others is not agreed
-- anna, ben and cleo are together in "Bread"
anna proposes slower (charter), with the rule everyday_notice = 9
anna, ben and cleo leave slower to the others
=> slower: open
=> the rule everyday_notice: 3
ben stands aside slower: "Not mine"
=> slower: open
anna agrees to slower
=> the rule everyday_notice: 9
