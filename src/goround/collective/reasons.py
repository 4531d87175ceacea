"""Why something counts for nothing: every refusal of the rules, with its sentence.

A reason is data beside the state, never an exception. The same reason stops a member
before they sign and voids the act in everybody's replay, so the two cannot drift apart.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Reason(StrEnum):
    """A rule that was not met; `.sentence` says it to a person."""

    sentence: str

    def __new__(cls, slug: str, sentence: str) -> Self:
        """Make a reason whose value is its slug."""
        member = str.__new__(cls, slug)
        member._value_ = slug
        member.sentence = sentence
        return member

    # Who speaks
    MALFORMED = "malformed", "This act is not written the way its kind is written."
    UNKNOWN_KIND = "unknown-kind", "This act is of a kind that only a newer Goround knows."
    NEWER_RULES = "newer-rules", "Only a newer Goround knows the rules of this collective."
    NOT_THE_FOUNDING = "not-the-founding", "A collective is founded once, by its first event."
    STRANGER = "stranger", "Nobody here has let this device in."
    NOT_A_MEMBER = "not-a-member", "Whoever signed this is not a member."
    DEVICE_FORKED = "device-forked", "This device has signed two different histories."
    DEVICE_RETIRED = "device-retired", "This device was retired."
    HAS_LEFT = "has-left", "Whoever signed this has signed their leaving."

    # References
    NOT_KNOWN = "not-known", "This refers to something that it could not have known."
    NOT_A_VERSION = "not-a-version", "This does not refer to a version of a proposal."
    NOT_A_PROPOSAL = "not-a-proposal", "This does not refer to a proposal."

    # Proposals and versions
    NOT_CARRIED = "not-carried", "Only those who carry a proposal put forward its next version."
    CONCERNS_SIGNER = (
        "concerns-signer",
        "Whom a proposal would part from the collective neither carries nor stops it.",
    )
    NOT_CARRYING = "not-carrying", "Only those who carry a proposal can let go of it."
    CARRIES_ALREADY = "carries-already", "Whoever signed this carries the proposal already."
    WRONG_PREVIOUS = "wrong-previous", "A version names an earlier version of the same proposal."
    WITHDRAWN = "withdrawn", "The proposal was withdrawn."
    NEWER_VERSION = "newer-version", "There is a newer version; positions are taken on that."
    DECIDED = "decided", "This is decided; whoever wants it changed can reopen it."
    NOT_DECIDED = "not-decided", "This is not decided yet."
    NOT_REOPENABLE = (
        "not-reopenable",
        "Members and charter are changed by a new proposal, not by reopening an old one.",
    )
    REOPENED_ALREADY = "reopened-already", "This has been reopened already."

    # Effects
    WRONG_MATTER = "wrong-matter", "What this would do belongs to another kind of matter."
    TWO_CHANGES = "two-changes", "One proposal changes members or charter at most once."
    TOO_FEW = "too-few", "This takes three members or more."
    TOO_MANY = "too-many", "The collective is as large as its charter lets it be."
    NO_SUCH_MEMBER = "no-such-member", "This names somebody who is not a member."
    KEY_USED = "key-used", "This invitation's key was used before."
    OTHER_CHARTER = "other-charter", "This would replace a charter that is not in force."
    UNKNOWN_RULE = "unknown-rule", "The charter has no such rule."
    RULE_VALUE = "rule-value", "This rule of the charter cannot have that value."
    NO_AGREEMENT = "no-agreement", "There is no such agreement."

    # Positions
    NEEDS_WORDS = "needs-words", "Blocking and standing aside need a reason in words."
    TIME_TAKEN = "time-taken", "Each person asks for more time once per proposal."
    NOT_A_BLOCK = "not-a-block", "Only a block is confirmed."
    OWN_BLOCK = "own-block", "A block is confirmed by others than its author."
    CARRIER_CONFIRMS = (
        "carrier-confirms",
        "Whoever carries the proposal does not confirm its block.",
    )
    CONFIRMED_ALREADY = "confirmed-already", "Whoever signed this has confirmed it already."

    # Concerns
    NOT_A_CONCERN = "not-a-concern", "This does not refer to a concern."
    NOT_OWN_CONCERN = "not-own-concern", "Only whoever raised a concern can call it settled."
    SETTLED_ALREADY = "settled-already", "This concern was settled already."

    # Coming
    NO_INVITATION = "no-invitation", "This does not refer to an invitation."
    NOT_PROVED = "not-proved", "The proof that belongs to this act is not genuine."
    EPOCH_NOT_IN_FORCE = "epoch-not-in-force", "This names an epoch that was not in force."
    BELONGS_TO_SOMEBODY = "belongs-to-somebody", "This device belongs to somebody already."
    AGREES_TO_MORE = (
        "agrees-to-more",
        "Accepting once more agrees to nothing more; a position can.",
    )
    NOT_JOINING = "not-joining", "Nobody is joining with this device."
    WELCOMED_ALREADY = "welcomed-already", "Whoever signed this has welcomed them already."

    # Going
    TAKEN_BACK = "taken-back", "This invitation was taken back."
    INVITATION_USED = "invitation-used", "This invitation was used."
    AWAY_ALREADY = "away-already", "Whoever signed this is away already."
    NOT_AWAY = "not-away", "Whoever signed this is not away."
    NOT_A_RELEASE = "not-a-release", "Only a proposal to release somebody has a hearing."

    # Devices
    NOT_OWN_DEVICE = "not-own-device", "People add and retire devices of their own only."
    RETIRED_ALREADY = "retired-already", "This device was retired already."
    LAST_DEVICE = "last-device", "This is the only device; whoever wants to go can leave."
    SEALS_ALREADY = "seals-already", "This device speaks for its member already."

    # Sealing
    NOT_SEALING = "not-sealing", "Another device of this member keeps the constitution."
    WRONG_EPOCH = "wrong-epoch", "This names another epoch than the one it was signed in."
    SIGNED_ALREADY = "signed-already", "This member signed that for this round, or a later one."
    NOT_RIPE = "not-ripe", "Not everybody who has to stand behind this change did."
    NOT_LOCKED = "not-locked", "An earlier round had settled on something else."
    ROUND_NOT_OPEN = "round-not-open", "Two thirds have not finished the round before."
    NOT_NOMINATED = "not-nominated", "Two thirds have not nominated that in this round."
    PAIR_PARTED = "pair-parted", "Of two, whoever signed their leaving decides no more changes."

    # Tasks, reviews, erasing
    NOT_A_TASK = "not-a-task", "This does not refer to a task that was decided."
    HOLDS_ALREADY = "holds-already", "Whoever signed this has taken this task already."
    NOT_HOLDING = "not-holding", "Only whoever took a task puts it down or says how it went."
    TASK_FINISHED = "task-finished", "This task is done already."
    NOT_THE_AUTHOR = "not-the-author", "People erase what they wrote themselves."
    NOTHING_TO_ERASE = "nothing-to-erase", "That event carries no words to erase."
