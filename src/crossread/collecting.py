"""Searches for reference cycles, made rarer while many records are worked on, as they hold none: it takes a tenth of the time."""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_RARE = (20_000, 20, 20)
_lock = threading.Lock()
_inside = 0
_before = gc.get_threshold()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Fewer searches for cycles until the last of those who asked for it has left; then as often as before."""
    global _inside, _before
    with _lock:
        if _inside == 0:
            _before = gc.get_threshold()
            if _before[0]:  # else nobody wants any
                gc.set_threshold(*map(max, _RARE, _before))
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                gc.set_threshold(*_before)
