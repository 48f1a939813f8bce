"""``/api/v1``: the store as JSON, for programs; the same rules of access as the pages, or a bearer token."""

from crossread.desk.api.app import api_app

__all__ = ["api_app"]
