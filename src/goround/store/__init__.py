"""Where is it kept? One SQLite file per collective: a collective is a file that you can copy."""

from goround.store.file import Committed, Store

__all__ = ["Committed", "Store"]
