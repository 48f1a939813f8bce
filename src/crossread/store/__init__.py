"""The store: one SQLite file with documents, readings, sentences for search, and stories.

All access goes through `Store`; nothing outside this room knows a table.
"""

from crossread.store.repository import Found, Hit, State, Store, Versions, open_store

__all__ = ["Found", "Hit", "State", "Store", "Versions", "open_store"]
