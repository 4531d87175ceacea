"""Ways to break the chain of epochs: who is a member, and what is in force."""

from __future__ import annotations

from tests.sabotage.breaks import Break

WHO_WE_ARE = [
    Break(
        "no lock between rounds",
        "collective/sealing.py",
        "return None if nominate.change in locked else Reason.NOT_LOCKED",
        "return None",
        "sealing: A lock holds from one round to the next",
    ),
    Break(
        "a plain majority seals",
        "collective/constitution.py",
        "return -(-2 * members // 3)",
        "return members // 2 + 1",
        "sealing: Three of five are not two thirds",
    ),
    Break(
        "nominate what is not ripe",
        "collective/sealing.py",
        "return None if change and is_ripe(view, change) else Reason.NOT_RIPE",
        "return None",
        "sealing: Nobody nominates what not everybody stands behind",
    ),
    Break(
        "any device of a member seals",
        "collective/sealing.py",
        "if sealing_device(view, person) != entry.device:",
        "if False:",
        "devices: Another device of a member seals nothing",
    ),
    Break(
        "nobody has to welcome a newcomer",
        "collective/ripeness.py",
        "return not others or bool(welcomed & others)",
        "return True",
        "coming: Somebody besides the inviter has to know who is at the door",
    ),
    Break(
        "let in whoever was shown another charter",
        "collective/ripeness.py",
        "and not is_stale(view, change)",
        "and True",
        "coming: Whoever finds another charter than they were shown",
    ),
    Break(
        "let in on an invitation that is being taken back",
        "collective/ripeness.py",
        "if invite.key in view.epoch.used_keys or taken_back(view, version.id):",
        "if invite.key in view.epoch.used_keys:",
        "coming: Whoever knows that an invitation is being taken back",
    ),
    Break(
        "of two, whoever leaves goes on deciding",
        "collective/sealing.py",
        "return Reason.PAIR_PARTED",
        "return None",
        "going: Of two, whoever signed their leaving decides no more changes",
    ),
    Break(
        "a release needs no hearing",
        "collective/decisions.py",
        "return _enough(view) and heard_out(view, version, release)",
        "return _enough(view)",
        "going: A release takes everyone else's consent, and a hearing",
    ),
    Break(
        "whoever is away is not asked about members and charter",
        "collective/decisions.py",
        'if matter in PROTECTED or view.epoch.charter.word(f"{matter}_heard") == "everyone":',
        "if False:",
        "going: Admission and charter wait for those who are away",
    ),
]
