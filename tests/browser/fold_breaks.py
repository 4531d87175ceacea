"""Ways to break the browser's fold on purpose. Each replaces one piece of text by another in one of
its modules, as a tab gets it; that the histories notice shows that they ask about that rule."""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """What is broken, in words, and how; `file` lies in static/js/fold."""

    what: str
    file: str
    old: str
    new: str


BREAKS = [
    # --- Who speaks?
    Break(
        "whoever adds a device gives it away",
        "fold.js",
        "if (added) return record.signer(added);",
        "if (added) return entry.device;",
    ),
    Break(
        "somebody's leaving opens what passed over somebody else",
        "decisions.js",
        "return isUnheard && !endsKnowing(view, step, completion.event);",
        "return isUnheard;",
    ),
    Break(
        "those who went decide later for those who stayed",
        "decisions.js",
        "return isUnheard && !endsKnowing(view, step, completion.event);",
        "return false;",
    ),
    Break(
        "who sealed the end of an epoch twice knew of it as well",
        "constitution.js",
        "(knew.get(signer) ?? true) && record.pasts.past(seal.id).has(event)",
        "(knew.get(signer) ?? false) || record.pasts.past(seal.id).has(event)",
    ),
    Break(
        "of two, who went seals for both",
        "constitution.js",
        "return size > PAIR && size -",
        "return size -",
    ),
    Break(
        "whoever asked for more time has answered",
        "decisions.js",
        '(said.get(person)?.stance ?? "time") === "time"',
        "!said.has(person)",
    ),
    Break(
        "a late seal has nothing asked about again",
        "waiting.js",
        "[...known, ...late]",
        "known",
    ),
    Break(
        "a repetition agrees to more",
        "members.js",
        'return agreesToMore(view, device, behind) ? "agrees-to-more" : null;',
        "return null;",
    ),
    Break(
        "an invitation is used twice",
        "members.js",
        "if (view.epoch.usedKeys.has(invite.key)) return whyDead(view, fact.version);",
        "",
    ),
    Break(
        "a forked device goes on",
        "judging.js",
        "if (view.past.forked(device) !== null && !isDeparting)",
        "if (false)",
    ),
    Break("a retired device goes on", "judging.js", "if (retired(view, device))", "if (false)"),
    Break(
        "whoever has left goes on",
        "judging.js",
        "if (leaving(view).has(person) && !AFTER_LEAVING.has(fact.type))",
        "if (false)",
    ),
    Break(
        "who is joining does everything",
        "judging.js",
        'return WHILE_JOINING.has(fact.type) ? null : "not-a-member";',
        "return null;",
    ),
    Break("a proof that does not hold is enough", "members.js", "if (!proved)", "if (false)"),
    Break("a device is added without its proof", "devices.js", "if (!proved)", "if (false)"),
    Break(
        "whoever signed an event that is void completes nothing by it",
        "fold.js",
        "if (silenced === null || !SILENCING.has(silenced)) settle",
        "if (reason === null) settle",
    ),
    # --- Who are we?
    Break(
        "a plain majority seals",
        "constitution.js",
        "Math.ceil((2 * members) / 3)",
        "Math.floor(members / 2) + 1",
    ),
    Break(
        "seals of different rounds add up",
        "constitution.js",
        "const own = seals.filter(({ fact }) => fact.round === round);",
        "const own = seals;",
    ),
    Break(
        "of two ways, the first by name goes on",
        "constitution.js",
        "return following.length === 1 ?",
        "return following.length >= 1 ?",
    ),
    Break(
        "no lock between rounds",
        "sealing.js",
        'return locked.includes(change) ? null : "not-locked"',
        "return null",
    ),
    Break(
        "nominate what is not ripe",
        "sealing.js",
        'return named && isRipe(view, named) ? null : "not-ripe";',
        'return named ? null : "not-ripe";',
    ),
    Break(
        "seal what nobody nominated",
        "sealing.js",
        'return fits ? null : "not-nominated";',
        "return null;",
    ),
    Break(
        "a member signs twice for one round",
        "sealing.js",
        "done.some((number) => number >= round)",
        "false",
    ),
    Break(
        "any device of a member seals",
        "sealing.js",
        "if (sealingDevice(view, person) !== entry.device)",
        "if (false)",
    ),
    Break(
        "of two, whoever leaves goes on deciding",
        "sealing.js",
        'return parting(view).includes(person) ? "pair-parted" : null;',
        "return null;",
    ),
    Break(
        "nominate the newest change first",
        "ripeness.js",
        "known.filter((change) => isRipe(view, change)).sort(inOrder)",
        "known.filter((change) => isRipe(view, change)).sort(inOrder).reverse()",
    ),
    Break(
        "nobody has to welcome a newcomer",
        "ripeness.js",
        "return others.length === 0 || others.some((person) => welcomed.has(person));",
        "return true;",
    ),
    Break(
        "let in whoever was shown something else",
        "ripeness.js",
        "    !isStale(view, change)\n",
        "    true\n",
    ),
    Break(
        "let in on an invitation that is being taken back",
        "ripeness.js",
        " || takenBack(view, version.id).length > 0",
        "",
    ),
    Break(
        "accept anew whatever came about meanwhile",
        "keeping.js",
        "if (openInvitations(view).some(isNew)) return null;",
        "",
    ),
    Break(
        "answer what was heard before",
        "keeping.js",
        "return found.length > 0 && !found.some(({ event }) => own.has(event));",
        "return found.length > 0;",
    ),
    # --- Is it decided?
    Break(
        "silence is agreement",
        "decisions.js",
        "(!isWaiting || passesUnheard(view, version))",
        "true",
    ),
    Break(
        "blocks do not count",
        "decisions.js",
        'count("block") <= bears(charter, matter, members.size)',
        "true",
    ),
    Break(
        "however many stand aside",
        "decisions.js",
        'count("aside") <= mayStandAside(charter, matter, must.length)',
        "true",
    ),
    Break(
        "leaving it to the others decides",
        "decisions.js",
        "stances.some((stance) => FOR.has(stance))",
        "true",
    ),
    Break(
        "positions survive a new version",
        "decisions.js",
        "if (current(view, proposal) !== version || withdrawn(view, proposal))",
        "if (withdrawn(view, proposal))",
    ),
    Break(
        "what was withdrawn is decided",
        "decisions.js",
        "if (current(view, proposal) !== version || withdrawn(view, proposal))",
        "if (current(view, proposal) !== version)",
    ),
    Break(
        "a release needs no hearing",
        "decisions.js",
        'return change?.do !== "release" || heardOut(view, version);',
        "return true;",
    ),
    Break(
        "of two words at once, the bolder counts",
        "positions.js",
        "return bolder || inOrder(one.entry, other.entry);",
        "return -bolder || inOrder(one.entry, other.entry);",
    ),
    Break(
        "words of a forked device count",
        "devices.js",
        "return fork !== null && entry.seq >= fork;",
        "return false;",
    ),
    Break(
        "a decision of early members binds whoever joined without finding it",
        "decisions.js",
        'if (fact.type === "accept") return record.pasts.past(id).has(completion.event);',
        'if (fact.type === "accept") return true;',
    ),
    Break(
        "a decision binds whoever was away and did not find it",
        "decisions.js",
        "return backs.some((back) => !isFoundBefore(view, completion, back, person));",
        "return false;",
    ),
    Break(
        "half of those who are there close",
        "closing.js",
        "if (2 * times.size <= present.length)",
        "if (times.size === 0)",
    ),
    Break(
        "whoever is away is asked about everyday matters",
        "decisions.js",
        "said.has(person) || !away(view).has(person)",
        "true",
    ),
    Break(
        "a device asks only about what is new to everybody",
        "waiting.js",
        "return touched.has(proposal) || last.ahead.has(proposal);",
        "return touched.has(proposal);",
    ),
]
