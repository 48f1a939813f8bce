"""Downloads of stories and originals."""

from starlette.routing import Route

DOWNLOADS: list[Route] = []
FORMATS: dict[str, str] = {}
