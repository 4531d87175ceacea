"""Ways to break the rules by which something is decided."""

from __future__ import annotations

from tests.sabotage.breaks import Break

DECIDED = [
    Break(
        "silence is agreement",
        "collective/decisions.py",
        "(self.closed_over or not (self.unheard or self.waiting))",
        "True",
        "going: Admission and charter wait for those who are away",
    ),
    Break(
        "leaving it to the others decides",
        "collective/decisions.py",
        "and any(given.stance in FOR for given in self.answers.values())",
        "and True",
        "positions: A round of leaving it to the others decides nothing",
    ),
    Break(
        "blocks do not count",
        "collective/decisions.py",
        "and self.blocks <= self.borne",
        "and True",
        "blocks: A block needs a reason",
    ),
    Break(
        "however many stand aside",
        "collective/decisions.py",
        "and self.asides <= self.most_asides",
        "and True",
        "positions: Up to a third may stand aside",
    ),
    Break(
        "positions survive a new version",
        "collective/decisions.py",
        "if current(view, proposal) != version or withdrawn(view, proposal):",
        "if withdrawn(view, proposal):",
        "proposals: A new version lets the positions on older ones lapse",
    ),
    Break(
        "of two versions at once, the one that arrived last is current",
        "collective/proposals.py",
        "max((v for v in known if is_known(view, v)), key=lambda v: v.order, default=None)",
        "([None] + [v for v in known if is_known(view, v)])[-1]",
        "proposals: Of two versions at once",
    ),
    Break(
        "members and charter bear blocks",
        "collective/charter.py",
        "if matter in PROTECTED:\n            return 0",
        'if matter in PROTECTED:\n            return self.number("everyday_blocks")',
        "positions: Members and charter bear no block",
    ),
    Break(
        "of two words at once, the bolder counts",
        "collective/positions.py",
        "(CAUTION.index(given.stance), given.entry.order)",
        "(-CAUTION.index(given.stance), given.entry.order)",
        "positions: Of two words at once from two devices",
    ),
    Break(
        "block without a reason",
        "collective/positions.py",
        "if position.stance in NEED_WORDS and not entry.words:",
        "if False:",
        "blocks: A block needs a reason",
    ),
    Break(
        "a decision of early members binds whoever joined without finding it",
        "collective/decisions.py",
        "return completion.event in view.record.pasts.past(change.id)",
        "return True",
        "standing: A decision of early members does not bind",
    ),
    Break(
        "a decision binds whoever was away and did not find it",
        "collective/decisions.py",
        "return any(not _found_before(view, completion, back, person) for back in backs)",
        "return False",
        "going: A decision that passed somebody by",
    ),
    Break(
        "positions of a forked device count",
        "collective/devices.py",
        "return fork is not None and entry.seq >= fork",
        "return False",
        "devices: A copied key signs two histories",
    ),
    Break(
        "a forked device goes on",
        "collective/judging.py",
        "if view.past.forked(entry.device) is not None and not departing:",
        "if False:",
        "devices: A device that finds its own fork says nothing more",
    ),
    Break(
        "a retired device goes on",
        "collective/judging.py",
        "if devices.retired(view, entry.device):",
        "if False:",
        "devices: A lost phone is retired",
    ),
    Break(
        "half of those who are there close",
        "collective/closing.py",
        "if 2 * len(times) <= len(present):",
        "if not times:",
        "closing: Half of those who are there are not enough to close",
    ),
    Break(
        "believe the clock that is furthest ahead",
        "collective/closing.py",
        "sorted(times.values())[(len(times) - 1) // 2]",
        "max(times.values())",
        "closing: One whose clock runs ahead closes nothing early",
    ),
    Break(
        "anybody calls a concern settled",
        "collective/concerns.py",
        "return Reason.NOT_OWN_CONCERN",
        "return None",
        "proposals: A concern is settled by whoever raised it",
    ),
    Break(
        "anybody erases anybody's words",
        "collective/erasure.py",
        "return Reason.NOT_THE_AUTHOR",
        "return None",
        "afterwards: People erase what they wrote themselves",
    ),
]
