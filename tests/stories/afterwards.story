What becomes of a decision: agreements, tasks, review, reopening, erasing
Design 4.2: only decisions have effects; what was decided stays decided until a new decision changes it.

== An agreement is in force with its decision
-- anna and ben are together in "Bread"
anna proposes rota (agreement), adopting it: "We cook in turn"
anna agrees to rota
=> agreements: nothing
ben agrees to rota
=> rota: decided
=> agreements: rota

== A decision ends an agreement
-- anna and ben are together in "Bread"
anna proposes rota (agreement), adopting it: "We cook in turn"
anna and ben agree to rota
anna proposes no-rota (agreement), ending rota: "We all cook when we like"
anna and ben agree to no-rota
=> agreements: nothing
=> former agreements: rota ended
=> rota: ended

== A reopened agreement stays in force until its next version is decided
-- anna, ben and cleo are together in "Bread"
anna proposes rota (agreement), adopting it: "We cook in turn"
anna changes rota: "We never cook"
anna, ben and cleo agree to rota
=> agreements: rota 2
ben reopens rota 1                         !! This is not decided yet.
anna changes rota: "We order pizza"        !! This is decided; whoever wants it changed can reopen it.
ben reopens rota: "I am hungry"
ben reopens rota                           !! This has been reopened already.
ben changes rota: "We order pizza"         !! not-carried
ben carries rota
ben changes rota: "We order pizza"
=> agreements: rota 2
=> rota: decided
anna, ben and cleo agree to rota
=> agreements: rota 3
anna reopens rota 2                        !! newer-version
=> former agreements: rota 2 superseded
=> everyone sees the same

== What is not decided is not reopened
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna reopens stove                         !! This is not decided yet.
anna would keep stove                      !! not-decided
anna nevertheless reopens stove            => void: not-decided
ben says something on stove: "Hm"
anna reopens ben's remark                  !! not-a-version
anna would keep ben's remark               !! not-a-version

== On its review date people look at a decision again
-- anna and ben are together in "Bread"
anna proposes stove, to be reviewed on day 30: "Rent a wood stove"
anna and ben agree to stove
=> review of stove: 2027-02-14
anna would keep stove
ben would not keep stove: "It smokes"
=> reviews of stove: anna keep, ben not keep
=> stove: decided
ben would keep stove
=> reviews of stove: anna keep, ben keep

== Tasks are named by a decision, and taken and put down by people themselves
-- anna, ben and cleo are together in "Bread"
anna proposes stove, with the task "buy wood" by day 9, with the task "carry it": "Buy a wood stove"
ben takes "buy wood"                       !! This does not refer to a task that was decided.
=> tasks: nothing
anna, ben and cleo agree to stove
=> tasks: buy wood open, carry it open
ben takes "buy wood"
ben takes "buy wood"                       !! Whoever signed this has taken this task already.
cleo takes "buy wood"
=> tasks: buy wood taken ben cleo, carry it open
cleo puts down "buy wood": "My back"
cleo puts down "buy wood"                  !! Only whoever took a task puts it down or says how it went.
anna has done "carry it"                   !! not-holding
ben has not done "buy wood": "The shop was closed"
=> tasks: buy wood not-done ben, carry it open
ben has done "buy wood"
=> tasks: buy wood done ben, carry it open
anna takes "buy wood"                      !! This task is done already.
anna takes "sweep"                         !! not-a-task

== People erase what they wrote themselves
-- anna and ben are together in "Bread"
anna proposes stove: "Buy a wood stove"
ben says something on stove: "My landlord drinks"
=> ben's remark words: My landlord drinks
anna erases ben's remark                   !! People erase what they wrote themselves.
anna nevertheless erases ben's remark      => void: not-the-author
ben erases ben's remark
=> ben's remark words: erased
anna agrees to stove
anna erases anna's position                !! That event carries no words to erase.
ben raises a concern about stove: "It smokes"
=> everyone sees the same

== Nobody erases what they could not know
-- anna and ben are together in "Bread"
-- ben is offline
anna says something on the founding: "Hello"
ben erases anna's remark                   !! not-known

== A decision erases words; what was done stays
-- anna, ben and cleo are together in "Bread"
anna proposes stove: "Buy a wood stove"
anna, ben and cleo agree to stove
ben says something on stove: "The landlord lives at number nine"
anna proposes forget, erasing ben's remark: "We should not keep that"  !! wrong-matter
anna proposes forget (agreement), erasing ben's remark: "We should not keep that"
anna, ben agree to forget
=> ben's remark words: The landlord lives at number nine
cleo agrees to forget
=> ben's remark words: erased
=> stove: decided
anna invites dana; ben and cleo agree to dana's invitation
dana joins; ben welcomes dana
=> members: anna, ben, cleo, dana
=> ben's remark words: erased
=> stove: decided
=> everyone sees the same

== Two decisions of one day both stand, and the later text prevails
-- anna and ben are together in "Bread"
anna proposes rota (agreement), adopting it: "We cook in turn"
anna and ben agree to rota
anna proposes early (agreement), ending rota, adopting it: "We cook at six"
ben proposes late (agreement), ending rota, adopting it: "We cook at nine"
-- anna | ben
anna agrees to early; anna agrees to late
ben agrees to late; ben agrees to early
-- everyone syncs
=> early: decided
=> late: decided
=> former agreements: rota superseded
=> everyone sees the same

== Nothing is erased by a decision before everybody who is here has heard of it
-- anna, ben and cleo are together in "Bread"
ben says something on the founding: "The landlord lives at number nine"
anna proposes forget (agreement), erasing ben's remark: "We should not keep that"
anna and ben agree to forget
anna invites dana; ben and cleo agree to dana's invitation
-- cleo is offline
dana joins; ben welcomes dana
cleo agrees to forget
=> cleo sees forget: decided
=> cleo sees ben's remark words: The landlord lives at number nine
-- cleo syncs
# Dana joined meanwhile and has not found it: it is open again, and nothing was lost.
=> forget: open
=> ben's remark words: The landlord lives at number nine
dana agrees to forget
=> forget: decided
=> ben's remark words: erased

== Without a date of its own a decision is looked at again when the charter says
-- anna and ben are together in "Bread", with the rule everyday_review = 6
anna proposes stove: "Rent a wood stove"
anna and ben agree to stove
=> review of stove: 2027-07-15
