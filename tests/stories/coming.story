How somebody comes in
Design 4.1: an invitation needs everyone; whoever accepts is welcomed by somebody else who knows them, and is joining until most have heard.

== Somebody founds a collective and invites a second
anna founds "Bread"
=> members: anna
anna invites ben
=> ben's invitation: decided
ben joins
=> members: anna, ben
=> changes so far: 1
=> everyone sees the same

== An invitation waits for everyone, the newest member too
-- anna, ben and cleo are together in "Bread"
anna invites dana
=> dana's invitation: open
=> positions on dana's invitation: anna agree
ben agrees to dana's invitation
=> dana's invitation unheard: cleo
cleo agrees to dana's invitation
=> dana's invitation: decided
=> members: anna, ben, cleo
dana joins
=> joining: dana
ben welcomes dana
=> members: anna, ben, cleo, dana
=> joining: nobody

== Whoever has the link early is in as soon as everyone agreed
-- anna, ben and cleo are together in "Bread"
anna invites dana; ben agrees to dana's invitation
dana joins
ben welcomes dana
=> joining: dana
cleo agrees to dana's invitation
=> dana's invitation: decided
=> members: anna, ben, cleo, dana

== Somebody besides the inviter has to know who is at the door
-- anna and ben are together in "Bread"
anna invites cleo
ben agrees to cleo's invitation
cleo joins
=> joining: cleo
anna welcomes cleo
=> joining: cleo
=> members: anna, ben
anna welcomes cleo                         !! Whoever signed this has welcomed them already.
ben welcomes cleo
=> members: anna, ben, cleo
ben welcomes cleo                          !! Nobody is joining with this device.

== Whoever is joining is not waited for, and their voice counts from the seal on
-- anna and ben are together in "Bread"
anna invites cleo
ben agrees to cleo's invitation
anna proposes stove: "Buy a wood stove"
cleo joins
cleo says something on stove: "I know somebody who sells one"
cleo agrees to stove
=> positions on stove: nobody
=> stove unheard: anna, ben
anna agrees to stove
ben agrees to stove
=> stove: decided
ben welcomes cleo
# Cleo had not found that decision when she accepted; her device accepts anew by itself.
=> members: anna, ben, cleo
=> stove: decided
=> cleo accepted: 2 times

== Two who are invited join together
-- anna and ben are together in "Bread"
anna invites emre; ben agrees to emre's invitation
anna invites fay; ben agrees to fay's invitation
emre joins; fay joins
ben welcomes emre; ben welcomes fay
=> members: anna, ben, emre, fay

== Whoever does not agree to the other newcomer does not join together with them
-- anna and ben are together in "Bread"
anna invites emre; ben agrees to emre's invitation
anna invites fay; ben agrees to fay's invitation
emre joins without fay's invitation
fay joins without emre's invitation
ben welcomes emre
=> members: anna, ben, emre
# Now emre is a member, and has not been heard about fay; fay was not asked about emre.
ben welcomes fay
=> members: anna, ben, emre
=> joining: fay
emre agrees to fay's invitation
=> members: anna, ben, emre
# Fay sees who is there now, and accepts again herself.
fay joins again
=> members: anna, ben, emre, fay

== Accepting once more agrees to nothing more
-- anna and ben are together in "Bread"
anna invites emre; ben agrees to emre's invitation
anna invites fay; ben agrees to fay's invitation
fay joins without emre's invitation
fay joins again, agreeing to emre's invitation            !! agrees-to-more
fay nevertheless joins again, agreeing to emre's invitation  => void: agrees-to-more

== A decision that came about before the seal is found by accepting anew, by itself
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
anna proposes stove: "Buy a wood stove"
cleo joins
-- cleo is offline
anna and ben agree to stove
ben welcomes cleo
=> members: anna, ben
=> stove: decided
-- cleo syncs
=> members: anna, ben, cleo
=> stove: decided
=> cleo accepted: 2 times

== Whoever finds another charter than they were shown is asked, and not let in by their phone
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
cleo joins
-- cleo is offline
anna proposes slower (charter), with the rule everyday_notice = 9
anna and ben agree to slower
ben welcomes cleo
-- cleo syncs
=> the rule everyday_notice: 9
=> members: anna, ben
=> joining: cleo
cleo joins again
=> members: anna, ben, cleo

== An invitation that was taken back lets nobody in
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
ben takes back cleo's invitation
=> changes so far: 2
cleo joins                                 !! This invitation was taken back.
=> members: anna, ben
=> joining: nobody

== Until most have heard of the taking back, it is being taken back
-- anna, ben and cleo are together in "Bread"
anna invites dana; ben and cleo agree to dana's invitation
-- the devices of anna, ben and cleo are asleep
ben takes back dana's invitation
=> changes so far: 2
anna takes back dana's invitation          !! This invitation was taken back.
dana joins; cleo welcomes dana
-- the devices of anna, ben and cleo wake up
=> members: anna, ben, cleo
=> changes so far: 3

== Whoever knows that an invitation is being taken back lets nobody in on it
-- anna, ben and cleo are together in "Bread"
anna invites dana; ben and cleo agree to dana's invitation
-- devices do nothing by themselves
dana joins; cleo welcomes dana
-- cleo is offline
ben takes back dana's invitation
anna nominates dana's joining in round 0               !! not-ripe
anna nevertheless nominates dana's joining in round 0  => void: not-ripe
# Cleo does not know of it yet, and may.
cleo nominates dana's joining in round 0
ben nominates taking back dana's invitation in round 0
-- cleo syncs
# Two thirds nominated, and nothing has two thirds: nothing is sealed, and a new round begins.
-- devices do by themselves what they do
=> members: anna, ben, cleo
=> joining: nobody
=> everyone sees the same

== A link that was used is of no more use
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
cleo joins; ben welcomes cleo
mallory joins with cleo's link             !! This invitation was used.
=> members: anna, ben, cleo
=> joining: nobody
ben agrees to cleo's invitation            !! This invitation was used.
anna takes back cleo's invitation          !! invitation-used
anna proposes gil (membership), inviting gil with cleo's link   !! This invitation's key was used before.

== An acceptance needs the proof that belongs to its link
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
anna proposes stove: "Buy a wood stove"
mallory joins with cleo's link, with a proof of their own making              !! not-proved
mallory joins with cleo's link, naming a constitution that never was          !! epoch-not-in-force
mallory joins with cleo's link by stove                                       !! no-invitation
mallory joins with cleo's link, agreeing to the founding                      !! no-invitation
ben joins with cleo's link                                                    !! belongs-to-somebody
mallory nevertheless joins with cleo's link, with a proof of their own making  => void: not-proved
ben nevertheless joins with cleo's link                                       => void: belongs-to-somebody
=> members: anna, ben
=> joining: nobody
anna takes back stove                      !! no-invitation

== A collective does not grow past its charter when two join at once
anna founds "Bread", with the rule most_members = 3
anna invites ben; ben joins
anna invites cleo; ben agrees to cleo's invitation
anna invites dana; ben agrees to dana's invitation
cleo joins; dana joins
ben welcomes cleo; ben welcomes dana
=> members: anna, ben, cleo

== Whoever joins and thinks better of it leaves
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
cleo joins
=> joining: cleo
cleo leaves
ben welcomes cleo                          !! not-joining
=> joining: nobody
=> members: anna, ben

== A phone of the inviter's is no second person who knows the newcomer
-- anna and ben are together in "Bread"
anna adds a phone
anna invites cleo; ben agrees to cleo's invitation
cleo joins
anna's phone welcomes cleo
=> members: anna, ben
=> joining: cleo

== Somebody is called something else from now on
-- anna and ben are together in "Bread"
ben is now called "Benjamin"
=> members: anna, Benjamin

== An invitation that was withdrawn lets nobody in
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
anna withdraws cleo's invitation
cleo joins; ben welcomes cleo
=> members: anna, ben

== Of an invitation that was taken back people hear that it was
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
ben takes back cleo's invitation
=> changes so far: 2
anna takes back cleo's invitation          !! This invitation was taken back.
ben blocks cleo's invitation: "No"         !! This invitation was taken back.

== Whoever comes with a dead link is told so, and opens nothing with it
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
ben takes back cleo's invitation
cleo joins                                 !! This invitation was taken back.
anna invites dana; ben agrees to dana's invitation
dana joins; ben welcomes dana
mallory joins with dana's link             !! This invitation was used.
mallory nevertheless joins with dana's link   => void: invitation-used
=> joining: nobody

== A link works for one
-- anna, ben and cleo are together in "Bread"
anna invites dana; ben and cleo agree to dana's invitation
mallory joins with dana's link
dana joins
ben welcomes dana
=> members: anna, ben, cleo, dana
ben welcomes mallory                       !! not-joining
=> members: anna, ben, cleo, dana

== Who is joining speaks, and moves nothing that others said
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna agrees to stove
anna invites cleo
cleo joins
=> joining: cleo
cleo says something on stove: "I have one"
cleo agrees to stove
cleo carries stove                         !! not-a-member
cleo nevertheless carries stove            => void: not-a-member
ben agrees to stove
=> stove: decided
