Proposals, their versions, and who carries them
Design 4.2: a version names its exact words; consent never outlives the text it was given to.

== A new version lets the positions on older ones lapse
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
anna changes stove: "Buy a used wood stove"
=> stove: open
=> stove version: 2
=> positions on stove: nobody
=> stove unheard: anna, ben, cleo
ben agrees to stove 1                      !! There is a newer version; positions are taken on that.
ben nevertheless agrees to stove 1         => needless: newer-version
cleo nevertheless agrees to stove 1        => needless: newer-version
# All three stand behind the old words now, and those decide nothing.
=> stove: open
ben closes stove 1                         !! newer-version
anna, ben and cleo agree to stove
=> stove: decided
=> stove version: 2

== Putting forward is not agreeing
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
=> positions on stove: nobody
ben agrees to stove
=> stove: open
=> stove unheard: anna

== A version that crossed with the last consent is open beside the decision
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
-- anna and ben | cleo
anna changes stove: "Buy a used wood stove"
cleo agrees to stove
=> cleo sees stove: decided
-- everyone syncs
=> stove: decided
=> stove version: 1

== Only those who carry a proposal change it; others suggest
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben changes stove: "Buy a gas stove"       !! Only those who carry a proposal put forward its next version.
ben nevertheless changes stove: "Buy a gas stove"   => void: not-carried
=> stove version: 1
ben suggests something for stove: "Used ones are cheaper"
=> suggested for stove: ben Used ones are cheaper
ben suggests something for ben's suggestion: "Really"   !! This does not refer to a version of a proposal.
ben withdraws stove                        !! Only those who carry a proposal can let go of it.
ben carries stove
ben carries stove                          !! Whoever signed this carries the proposal already.
=> stove carried by anna, ben
ben changes stove: "Buy a used wood stove"
=> stove version: 2
ben carries stove 2                        !! This does not refer to a proposal.

== Of two versions at once, the later in order is the current one
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben carries stove
-- anna | ben | cleo
anna changes stove: "Buy a used wood stove"
ben says something on stove: "Wait"
ben changes stove: "Buy a tiled stove"
-- everyone syncs
=> stove version: 3
=> everyone sees the same

== It is withdrawn when nobody carries it any more
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben carries stove
anna withdraws stove
=> stove: open
=> stove carried by ben
ben agrees to stove
ben withdraws stove
=> stove: withdrawn
cleo agrees to stove                       !! The proposal was withdrawn.
cleo nevertheless agrees to stove          => needless: withdrawn
cleo closes stove                          !! withdrawn
ben changes stove: "Once more"             !! not-carried
=> stove: withdrawn
# Somebody else may take it up.
cleo carries stove
=> stove: open
=> positions on stove: ben agree, cleo agree

== A version follows one of the same proposal
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna proposes heater: "Buy a heater"
anna changes stove, following heater: "Buy both"   !! A version names an earlier version of the same proposal.
anna nevertheless changes stove, following heater: "Buy both"   => void: wrong-previous

== People talk in one thread, and about what they can know
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben says something on stove: "How loud is it?"
anna says something on ben's remark: "Silent"
=> said on stove: ben How loud is it?, anna Silent
-- cleo is offline
ben says something on stove: "Good"
cleo says something on ben's remark: "What?"    !! This refers to something that it could not have known.
cleo acknowledges ben's remark                  !! not-known
cleo nevertheless says something on ben's remark: "What?"   => void: not-known
-- everyone syncs
=> said on stove: ben How loud is it?, anna Silent, ben Good

== A concern is settled by whoever raised it
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben raises a concern about stove: "Too dear"
=> concerns about stove: ben open
anna calls ben's concern settled           !! Only whoever raised a concern can call it settled.
anna calls stove settled                   !! This does not refer to a concern.
anna raises a concern about ben's concern: "Unclear"   !! not-a-version
anna, ben and cleo agree to stove
# A concern asks for an answer and stops nothing by itself.
=> stove: decided
=> concerns about stove: ben open
ben calls ben's concern settled
ben calls ben's concern settled            !! This concern was settled already.
=> concerns about stove: ben settled

== What a proposal would do belongs to its matter, and changes members or charter at most once
-- anna, ben and cleo are together in "Bread"
anna proposes rota (everyday), adopting it: "We cook in turn"     !! What this would do belongs to another kind of matter.
anna proposes slower (everyday), with the rule everyday_notice = 9   !! wrong-matter
anna proposes swap (membership), inviting dana, releasing cleo    !! One proposal changes members or charter at most once.
anna nevertheless proposes swap (membership), inviting dana, releasing cleo   => void: two-changes
anna proposes rota (agreement), ending an agreement that never was   !! There is no such agreement.
anna proposes party (festive): "Dance"     !! This act is not written the way its kind is written.

== A collective is as large as its charter lets it be
anna founds "Bread", with the rule most_members = 2
anna invites ben; ben joins
anna invites cleo                          !! The collective is as large as its charter lets it be.
anna nevertheless invites cleo             => void: too-many

== A suggestion taken up makes a new version, with new consent
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna agrees to stove
ben suggests something for stove: "A used one"
anna changes stove: "Buy a used wood stove"
ben agrees to stove
=> stove: open
anna agrees to stove
=> stove: decided
=> stove 2 words: Buy a used wood stove
