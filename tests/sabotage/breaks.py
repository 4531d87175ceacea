"""Ways to break the program on purpose, and the check that must notice each of them.

Coverage is no promise: a rule that can be taken away without any check noticing is not tested. Each
break replaces one piece of text by another in a copy of the sources. A check is a story
(`blocks: A block needs …`) or a test (`tests/log/test_keys.py::…`).
"""

from __future__ import annotations

from typing import NamedTuple


class Break(NamedTuple):
    """What is broken, in words, and how; `file` lies in src/goround."""

    what: str
    file: str
    old: str
    new: str
    check: str


EVERY_WRITE = (
    "tests/crash/test_every_write.py::test_whatever_was_being_written_what_was_told_is_kept"
)
JOURNAL = "tests/web/test_journal.py"
STOPPING = "tests/web/test_stopping.py"
DOCTOR = "tests/cli/test_doctor.py"

BREAKS = [
    # --- Is it genuine?
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
    # --- Who are we?
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
    # --- Is it decided?
    Break(
        "silence is agreement",
        "collective/decisions.py",
        "(self.closed_over or not (self.unheard or self.waiting))",
        "True",
        "positions: Silence is never agreement",
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
    # --- Where is it kept?
    Break(
        "keep erased words when they arrive again",
        "store/file.py",
        '" WHERE id NOT IN (SELECT id FROM erased) ON CONFLICT DO NOTHING"',
        '" WHERE true ON CONFLICT DO NOTHING"',
        "tests/contract/test_store.py::test_erased_words_are_not_kept_when_they_arrive_again",
    ),
    Break(
        "leave erased words on the disk",
        "store/file.py",
        'self._connection.execute("VACUUM")',
        'self._connection.execute("SELECT 1")',
        "tests/store/test_erasing.py::test_no_order_of_arriving_and_erasing_leaves_traces",
    ),
    Break(
        "keep half of a batch that fails",
        "store/file.py",
        'self._connection.execute("ROLLBACK")',
        'self._connection.execute("COMMIT")',
        "tests/contract/test_store.py::test_a_batch_that_fails_leaves_nothing",
    ),
    # --- Where is it kept?
    Break(
        "say that a file is kept before it is",
        "files.py",
        "os.fsync(file.fileno())",
        "pass",
        f"{EVERY_WRITE}[certificate]",
    ),
    Break(
        "say that a file is kept before its name is",
        "files.py",
        """fresh.replace(path)
        keep_names(path.parent)""",
        "fresh.replace(path)",
        f"{EVERY_WRITE}[certificate]",
    ),
    Break(
        "acknowledge an event before the disk has it",
        "store/schema.py",
        "PRAGMA synchronous = FULL",
        "PRAGMA synchronous = OFF",
        f"{EVERY_WRITE}[say]",
    ),
    # --- What does whoever hosts learn?
    Break(
        "write down who asked for what",
        "web/observing.py",
        'route: str = getattr(scope.get("route"), "path", "")',
        'route: str = scope["path"]',
        f"{JOURNAL}::test_nothing_in_the_log_is_about_anybody",
    ),
    Break(
        "write down words that somebody made up",
        "web/observing.py",
        "return method if method in KNOWN_METHODS else OTHER",
        "return method",
        f"{JOURNAL}::test_nothing_in_the_log_is_about_anybody",
    ),
    Break(
        "write down what libraries say",
        "web/journal.py",
        'return record.name.partition(".")[0] == OURS',
        "return True",
        f"{JOURNAL}::test_what_other_parts_say_is_told_by_its_place_alone",
    ),
    Break(
        "hang up on whoever is just being answered",
        "web/server.py",
        "        self.should_exit, self._told = True, monotonic()\n",
        "        self._leave(0)\n",
        f"{STOPPING}::test_a_request_that_is_under_way_is_finished",
    ),
    Break(
        "let streams hold up the end",
        "web/server.py",
        "app.state.live.close()",
        "pass",
        f"{STOPPING}::test_streams_are_told_that_it_is_over_and_hold_up_nobody",
    ),
    Break(
        "call a forged signature whole",
        "node/doctor.py",
        "check_every(event for _row, event in replica.store.since())",
        "list(replica.store.since())",
        f"{DOCTOR}::test_an_event_whose_signature_is_not_genuine_is_found",
    ),
    Break(
        "call keys that others may read well kept",
        "node/housing.py",
        "path.stat().st_mode & OTHERS",
        "path.stat().st_mode & 0",
        f"{DOCTOR}::test_files_that_others_may_read_are_named_with_how_to_take_that_from_them",
    ),
    Break(
        "believe what was judged of another file",
        "node/memory.py",
        "if not names or [name for _row, name in names] != replay.arrived:",
        "if not names:",
        "tests/node/test_memory.py::test_one_of_a_newer_file_is_not_believed",
    ),
    Break(
        "believe what other code judged",
        "node/memory.py",
        "return written if is_ours and is_whole else None",
        "return written if is_whole else None",
        "tests/node/test_memory.py::test_what_other_code_judged_is_judged_anew",
    ),
    Break(
        "acknowledge what went into a file that is gone",
        "store/file.py",
        "self._file.check_in_place()",
        "pass",
        "tests/crash/test_disks.py::test_a_file_that_is_taken_away_between_two_events_is_noticed",
    ),
    Break(
        "take a copied file for the one that was closed",
        "store/mark.py",
        "return [found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]",
        "return [found.st_size]",
        "tests/store/test_closing.py::test_a_copy_is_another_file_even_with_the_mark_of_the_first",
    ),
    Break(
        "believe a file that nobody closed",
        "store/opening.py",
        "if is_alone and not is_trusted:",
        "if False:",
        "tests/store/test_closing.py::test_what_is_torn_is_found_after_a_kill_and_left_as_it_is",
    ),
    Break(
        "name commands without their home",
        "cli/typed.py",
        "if home is not None:",
        "if False:",
        "tests/cli/test_salvage.py::"
        "test_a_damaged_file_is_salvaged_read_again_and_completed_by_others",
    ),
    Break(
        "salvage what nobody signed",
        "store/carving.py",
        "        check_signature(event)",
        "        pass",
        "tests/node/test_salvage.py::test_what_is_not_genuine_is_not_taken",
    ),
    Break(
        "forget the older file when one is brought up to date",
        "store/upgrading.py",
        "        _keep_as_it_was(path, version)",
        "        pass",
        "tests/store/test_upgrading.py::test_the_older_one_is_kept_and_the_older_program_reads_it",
    ),
]
