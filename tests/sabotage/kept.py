"""Ways to lose what was acknowledged."""

from __future__ import annotations

from tests.sabotage.breaks import Break

EVERY_WRITE = (
    "tests/crash/test_every_write.py::test_whatever_was_being_written_what_was_told_is_kept"
)

GONE = "tests/end_to_end/test_erased_for_good.py"

KEPT = [
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
        "hand on words whose erasing has just come in",
        "node/replica.py",
        "erased(event) if event.id in gone else event for event in events",
        "event for event in events",
        f"{GONE}::test_words_are_handed_to_nobody_once_their_erasing_has_come_in",
    ),
    Break(
        "keep an older file in which erased words live on",
        "store/file.py",
        "older.unlink(missing_ok=True)",
        "older.exists()",
        f"{GONE}::test_no_file_of_any_home_has_a_trace_of_what_was_erased",
    ),
    Break(
        "keep half of a batch that fails",
        "store/file.py",
        'self._connection.execute("ROLLBACK")',
        'self._connection.execute("COMMIT")',
        "tests/contract/test_store.py::test_a_batch_that_fails_leaves_nothing",
    ),
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
]
