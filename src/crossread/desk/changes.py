"""Changing routes: plain forms, redirects back; documented in `crossread.desk`."""

from starlette.routing import Route

CHANGES: list[Route] = []
