"""What every test shares: how long an example may take, and how much it prints when it fails."""

from hypothesis import settings

# Two cores shared with other work make single examples slow at times; pytest-timeout bounds a test.
settings.register_profile("goround", deadline=None, print_blob=True, max_examples=50)
settings.register_profile("soak", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("goround")
