"""crossread: what many reports of one story say together, and where they disagree."""

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Reading",
    "Story",
    "__version__",
    "brief",
    "code_relation",
    "link",
    "read",
]

_HOMES = {
    "Document": "crossread.records",
    "Reading": "crossread.records",
    "Story": "crossread.records",
    "brief": "crossread.calls",
    "code_relation": "crossread.calls",
    "link": "crossread.calls",
    "read": "crossread.calls",
}

if TYPE_CHECKING:
    from crossread.calls import brief, code_relation, link, read
    from crossread.records import Document, Reading, Story


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that ``import crossread`` stays cheap."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'crossread' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
