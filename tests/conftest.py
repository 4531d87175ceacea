"""What every test shares: how long it and an example may take, and what it prints when it fails."""

import pytest
from hypothesis import settings

LONG_SEARCH = 3600
"""Seconds that a search of the soak may take: its examples bound it, this is for what hangs."""

# Two cores shared with other work make single examples slow at times; pytest-timeout bounds a test.
settings.register_profile("goround", deadline=None, print_blob=True, max_examples=32)
settings.register_profile("soak", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("goround")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give searches the time that they need; cut off in the middle, one would look like a find."""
    for item in items:
        if item.get_closest_marker("soak") and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(LONG_SEARCH))
