"""Ways to break what decides whether an event is genuine."""

from __future__ import annotations

from tests.sabotage.breaks import Break

GENUINE = [
    Break(
        "skip the signature check",
        "log/event.py",
        'if not is_genuine(event.header.device, "event", event.raw, event.signature):',
        "if False:",
        "forging: Nobody signs for somebody else",
    ),
    Break(
        "let anybody change the words of an event",
        "log/event.py",
        "if len(content.words) != header.size or content.commitment() != header.commit:",
        "if False:",
        "forging: Nobody changes what somebody wrote",
    ),
    Break(
        "let a signature for one purpose pass for another",
        "log/keys.py",
        'return b"goround/" + tag.encode("ascii") + b"/1\\0" + message',
        'return b"goround/1\\0" + message',
        "tests/log/test_keys.py::test_a_signature_holds_for_its_key_purpose_and_message_alone",
    ),
    Break(
        "let a chain have gaps",
        "log/graph.py",
        "if prev and (prev.device != header.device or prev.seq + 1 != header.seq):",
        "if False:",
        "tests/log/test_graph.py::test_a_chain_with_a_gap_is_refused",
    ),
    Break(
        "believe any lamport",
        "log/graph.py",
        "if header.lamport != 1 + (newest.lamport if newest else 0):",
        "if False:",
        "tests/log/test_graph.py::test_a_lamport_that_does_not_follow_is_refused",
    ),
    Break(
        "skip the proof of an invitation",
        "replay.py",
        "return proves_invitation(invite.key, self.collective, device, fact.proof)",
        "return True",
        "coming: An acceptance needs the proof that belongs to its link",
    ),
    Break(
        "skip the proof of a new device",
        "replay.py",
        "return proves_device(fact.device, self.collective, device, fact.proof)",
        "return True",
        "devices: A key belongs to one person, and agrees to that",
    ),
]
