"""The rules of deciding, one small function each, over an event and its past."""
