A block opens a repair; it does not end the matter
Design 4.2: a block needs a reason, counts from its signing, and only whoever blocks can change that.

== A block needs a reason, and turns into standing aside by its author alone
anna founds "Bread", with the rule everyday_asides = 2
anna invites ben; ben joins
anna proposes stove: "Buy a wood stove"
ben blocks stove                           !! Blocking and standing aside need a reason in words.
ben stands aside stove                     !! needs-words
ben nevertheless blocks stove              => void: needs-words
ben blocks stove: "Too dear this year"
=> stove: blocked
anna agrees to stove
=> stove: blocked
ben stands aside stove: "Still too dear, but not mine to stop"
=> stove: decided
=> everyone sees the same

== Two others confirm that they can state the concern
-- anna, ben, cleo and dana are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben blocks stove: "Too dear this year"
ben confirms ben's block                   !! own-block
anna confirms ben's block                  !! carrier-confirms
=> ben's block of stove needs 2 who confirm it
cleo confirms ben's block: "ben fears that we can't pay the rent"
cleo confirms ben's block                  !! confirmed-already
dana agrees to stove
dana confirms dana's position              !! not-a-block
dana confirms ben's block
=> ben's block of stove confirmed by cleo, dana
=> stove: blocked
