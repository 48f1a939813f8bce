"""``/api/v1``: the store as JSON."""

from fastapi import FastAPI


def api_app() -> FastAPI:
    """The API as an application of its own."""
    return FastAPI(title="crossread", version="1", docs_url=None, redoc_url=None)
