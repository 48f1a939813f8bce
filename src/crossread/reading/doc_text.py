"""The text of a spaCy ``Doc``, put together once: ``doc.text`` joins all tokens anew at each call, which costs more than the reading does."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "crossread.text"


def text_of(doc: "Doc") -> str:
    """The whole text of a ``Doc``, kept in its ``user_data`` after the first call."""
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = str(doc.text)
    return text


def made_of(doc: "Doc", text: str) -> "Doc":
    """The ``Doc``, knowing the text that it was tokenized from."""
    doc.user_data[_KEY] = text
    return doc
