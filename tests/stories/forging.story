What does not get through
Promise P3: forging, editing, backdating and unknown or broken acts all fail, each for its reason.

== Nobody signs for somebody else
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
cleo forges "ben agrees to stove"          => refused: signature
=> positions on stove: nobody

== Nobody changes what somebody wrote
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
cleo passes on stove with other words: "!"  => refused: commitment

== A stranger with a copy of the log says nothing here
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
-- mallory gets hold of the log
mallory agrees to stove                    !! Nobody here has let this device in.
mallory nevertheless blocks stove: "No"    => void: stranger
=> positions on stove: nobody
anna welcomes mallory                      !! not-joining

== A collective is founded once
-- anna and ben are together in "Bread"
ben signs a second founding                !! A collective is founded once, by its first event.
ben nevertheless signs a second founding   => void: not-the-founding

== A collective that is judged by newer rules is not guessed at
anna nevertheless founds "Bread" by the rules of a newer Goround   => void: newer-rules

== A collective is founded with a charter that has the rules there are
anna nevertheless founds "Bread", with the rule gravity = 9   => void: malformed

== A collective is founded with values that its rules may have
anna nevertheless founds "Bread", with the rule everyday_notice = 9999   => void: rule-value

== An act from a newer Goround is kept, carried, and not acted on
-- anna and ben are together in "Bread"
ben nevertheless signs an act from a newer Goround   => void: unknown-kind
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
=> stove: decided

== A badly written act counts for nothing and breaks nothing
-- anna and ben are together in "Bread"
ben signs a badly written position         !! This act is not written the way its kind is written.
ben nevertheless signs a badly written position   => void: malformed
anna proposes stove: "Buy a wood stove"
anna and ben agree to stove
=> stove: decided

== Backdating moves nothing
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
=> stove: decided
-- cleo's clock is 100 days behind
cleo blocks stove: "I said no long ago"    !! decided
cleo nevertheless blocks stove: "I said no long ago"   => void: decided
anna changes stove: "Another"              !! decided
=> stove: decided

== Cherry-picking what one has seen brings nobody in
-- anna, ben and cleo are together in "Bread"
anna invites mallory; ben and cleo agree to mallory's invitation
-- mallory gets hold of the log
-- mallory and cleo | anna and ben
# Ben takes the invitation back; cleo pretends not to have heard of that, and lets mallory in.
ben takes back mallory's invitation
mallory joins
cleo welcomes mallory
-- everyone syncs
=> members: anna, ben, cleo
=> joining: nobody
=> changes so far: 3
