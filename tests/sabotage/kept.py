"""Ways to lose what was acknowledged."""

from __future__ import annotations

from tests.sabotage.breaks import Break

EVERY_WRITE = (
    "tests/crash/test_every_write.py::test_whatever_was_being_written_what_was_told_is_kept"
)

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
