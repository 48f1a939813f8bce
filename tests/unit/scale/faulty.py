"""What workers run in the tests: reading without a model, with documents that kill, hang or fail."""

import os
import signal
import time
from collections.abc import Iterator

from crossread.records import Document, Reading, Span


def read(documents: list[Document], model: str | None) -> Iterator[Reading]:
    """One sentence a document; ids that start with kill, hang or fail do so."""
    for document in documents:
        if document.id.startswith("kill"):
            os.kill(os.getpid(), signal.SIGKILL)
        if document.id.startswith("hang"):
            time.sleep(600)
        if document.id.startswith("fail"):
            raise ValueError("odd document")
        time.sleep(0.01 if document.id.endswith("7") else 0)
        yield Reading(document=document, sentences=(Span(0, len(document.text)),))


def never_starts() -> None:
    """Stands for a module that cannot be used."""
