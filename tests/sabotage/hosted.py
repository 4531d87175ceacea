"""Ways to fail whoever hosts, or types a command."""

from __future__ import annotations

from tests.sabotage.breaks import Break

JOURNAL = "tests/web/test_journal.py"
STOPPING = "tests/web/test_stopping.py"
DOCTOR = "tests/cli/test_doctor.py"

HOSTED = [
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
        "take all who come before anybody is heard",
        "web/running.py",
        "backlog=TAKEN",
        "backlog=512",
        "tests/web/test_connections.py::test_whoever_is_here_is_heard_between_those_who_come",
    ),
    Break(
        "look at what is much where all others wait",
        "web/group_commit.py",
        "if _is_much(post) or self._looked_at.keys() & post.devices:",
        "if self._looked_at.keys() & post.devices:",
        "tests/web/test_group_commit.py::test_nobody_waits_while_much_of_somebody_else_is_looked_at",
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
        "store/file.py",
        'if found != "".join(some):',
        "if not found:",
        "tests/node/test_memory.py::test_one_of_another_history_is_not_believed",
    ),
    Break(
        "believe words that are not as they were",
        "node/memory.py",
        "return found if _hash_of(found) == said else _known(replay, store.words())",
        "return found",
        "tests/node/test_memory.py::test_words_that_nobody_wrote_are_damage_here_too",
    ),
    Break(
        "believe what other code judged",
        "node/memory.py",
        "if is_ours and is_whole else None",
        "if is_whole else None",
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
