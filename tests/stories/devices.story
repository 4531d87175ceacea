What people sign with
Design 3 and 4.1: a member has one voice, however many devices; a device that signs two histories is found out, and it is the device that is frozen, never the person.

== Somebody adds a phone, and it speaks for them
-- anna and ben are together in "Bread"
ben adds a phone
=> devices of ben: ben, ben's phone
anna proposes stove: "Buy a wood stove"
anna and ben's phone agree to stove
=> stove: decided
=> positions on stove: anna agree, ben agree

== A phone takes over sealing
-- anna, ben and cleo are together in "Bread"
ben adds a phone
=> ben seals with: ben
ben takes over                             !! This device speaks for its member already.
ben's phone takes over
=> ben seals with: ben's phone
ben's phone takes over                     !! seals-already
-- ben is offline
cleo leaves
=> members: anna, ben
# Two of three sealed it: anna, and ben with the phone.
-- ben syncs
=> members: anna, ben

== Another device of a member seals nothing
-- anna and ben are together in "Bread"
ben adds a phone
-- devices do nothing by themselves
anna leaves
ben's phone nominates anna's leaving in round 0   !! Another device of this member keeps the constitution.
ben's phone nevertheless nominates anna's leaving in round 0   => void: not-sealing
ben nominates anna's leaving in round 0

== A lost phone is retired, and what it says from then on counts for nothing
-- anna and ben are together in "Bread"
ben adds a phone
anna proposes stove: "Buy a wood stove"
ben retires ben's phone
=> devices of ben: ben
ben retires ben's phone                    !! This device was retired already.
anna retires ben                           !! People add and retire devices of their own only.
ben retires ben                            !! This is the only device; whoever wants to go can leave.
ben's phone agrees to stove                !! This device was retired.
ben's phone nevertheless blocks stove: "Ha"   => void: device-retired
=> positions on stove: nobody

== What a lost phone said without knowing of its retirement counts for nothing either
-- anna and ben are together in "Bread"
ben adds a phone
anna proposes stove: "Buy a wood stove"
-- ben's phone | anna and ben
ben retires ben's phone
ben's phone agrees to stove
-- everyone syncs
=> positions on stove: nobody
=> stove unheard: anna, ben

== A leaving that a lost phone signed, unaware of its retirement, is no leaving
-- anna, ben and cleo are together in "Bread"
ben adds a phone
ben retires ben's phone
-- ben's phone is offline
ben adds a tablet
-- ben's tablet is offline
ben retires ben's tablet
ben's tablet leaves
-- everyone syncs
=> members: anna, ben, cleo
=> leaving: nobody

== A key belongs to one person, and agrees to that
-- anna and ben are together in "Bread"
ben adds a phone
anna adds ben's phone                      !! This device belongs to somebody already.
anna adds ben                              !! belongs-to-somebody
anna adds a tablet that did not agree      !! The proof that belongs to this act is not genuine.
anna nevertheless adds a radio that did not agree   => void: not-proved
=> devices of anna: anna

== A copied key signs two histories, and is found out
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- ben's key is copied
ben agrees to stove
ben's copy blocks stove: "No"
=> positions on stove: ben agree
-- everyone syncs
=> two histories were signed by: ben
# Neither word counts, and the person is still a member.
=> positions on stove: nobody
=> members: anna, ben, cleo
anna and cleo agree to stove
=> stove: open
=> stove unheard: ben
=> everyone sees the same

== Whoever forked enrols a new device and goes on
-- anna, ben and cleo are together in "Bread"
ben adds a phone
anna proposes stove: "Buy a wood stove"
-- ben's key is copied
ben says something on stove: "Yes"
ben's copy says something on stove: "No"
-- everyone syncs
=> two histories were signed by: ben
ben's phone agrees to stove
=> positions on stove: ben agree
ben's phone retires ben
ben's phone takes over
=> devices of ben: ben's phone
=> ben seals with: ben's phone
anna and cleo agree to stove
=> stove: decided

== A device that finds its own fork says nothing more, but it can leave
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- ben's key is copied
ben says something on stove: "Yes"
ben's copy says something on stove: "No"
-- everyone syncs
# Anna tells what she has seen, and ben's device signs after that.
anna says something on stove: "Ben's device signed two histories"
ben's copy nevertheless agrees to stove    => void: device-forked
=> positions on stove: nobody

== What was decided with a device that forked later stays decided
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- ben's key is copied
ben agrees to stove
anna and cleo agree to stove
=> stove: decided
ben's copy blocks stove: "No"
-- everyone syncs
=> stove: decided
=> two histories were signed by: ben

== A device that forked still lets its person leave
-- anna, ben and cleo are together in "Bread"
-- ben's key is copied
ben says something on the founding: "Yes"
ben's copy says something on the founding: "No"
-- everyone syncs
ben leaves
=> members: anna, cleo

== Two devices that take over at once: one of them seals
-- anna, ben and cleo are together in "Bread"
ben adds a phone
ben adds a tablet
-- ben's phone | ben's tablet | anna, ben and cleo
ben's phone takes over
ben's tablet takes over
-- everyone syncs
cleo leaves
=> members: anna, ben
=> everyone sees the same
=> two histories were signed by: nobody

== A retired device's voice is gone, and its person seals with another
-- anna, ben and cleo are together in "Bread"
ben adds a phone
ben's phone takes over
ben's phone retires ben
ben nevertheless leaves  => void: device-retired
cleo leaves
=> members: anna, ben

== A joining person adds a phone and takes over with it
-- anna and ben are together in "Bread"
anna invites cleo; ben agrees to cleo's invitation
cleo joins
cleo adds a phone
cleo's phone takes over
ben welcomes cleo
=> members: anna, ben, cleo
=> cleo seals with: cleo's phone
anna leaves
=> members: ben, cleo

== A fork is found out by those who hold both histories, whoever they are
-- anna, ben and cleo are together in "Bread"
-- ben's key is copied
-- ben's copy, anna | ben and cleo
anna proposes stove: "Rent a wood stove"
ben's copy says something on the founding: "One"
ben says something on the founding: "Two"
=> anna sees two histories were signed by: nobody
=> cleo sees two histories were signed by: nobody
-- cleo hears from anna
=> cleo sees two histories were signed by: ben
=> anna sees two histories were signed by: nobody
