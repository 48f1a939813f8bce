"""What a report goes on to tell of an earlier time: "She was shot last May.  She crawled to a ditch".

News dates such a passage once, in its first sentence, and tells the rest in the simple past; by itself that would be the past of the
day of publication.
"""

from typing import TYPE_CHECKING

import msgspec

from crossread.reading.bearing import in_quotation
from crossread.reading.days import shift
from crossread.reading.doc_text import text_of
from crossread.reading.news_days import SAYING, is_main
from crossread.reading.when import DocumentTimes, as_date
from crossread.records import When
from crossread.vocabulary import Basis

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SENTENCES = 3
"""So many sentences back the day may stand."""
_LATER = frozenset(("later", "subsequently", "eventually", "afterwards", "afterward"))
_NOBODY = frozenset(("i", "we", "you"))


def told_before(times: DocumentTimes, anchor: "Token") -> When | None:
    """The time that the sentence before gives, where this one goes on about the same person or thing."""
    doc = anchor.doc
    if not doc.has_annotation("SENT_START") or in_quotation(text_of(doc), anchor.idx) or not is_main(anchor):
        return None
    sentence = anchor.sent
    if _is_later(sentence):
        return _since(times, _before(sentence))
    for _ in range(_SENTENCES):
        before = _before(sentence)
        if before is None or not _goes_on(sentence, before):
            return None
        when = _dated(times, before)
        if when is not None:
            return when
        if times.expressions(before.start_char, before.end_char):
            return None
        sentence = before
    return None


def _is_later(sentence: "Span") -> bool:
    """Whether a sentence says that it tells of a time after that of the one before ("He later apologised")."""
    return any(c.lower_ in _LATER and c.dep_.lower() == "advmod" for c in sentence.root.children)


def _since(times: DocumentTimes, before: "Span | None") -> When | None:
    """From the time of the sentence before to the day of the report."""
    verb = before.root if before is not None else None
    if before is None or verb is None or verb.tag_ not in ("VBD", "VBN"):
        return None
    from crossread.reading.timing import day_in_sentence

    when, published = day_in_sentence(times, verb), times.published
    start = as_date(when.start) if when is not None else None
    first = as_date(published.start) if published is not None else None
    if when is None or published is None or start is None or first is None or start >= shift(first, -1):
        return None
    return msgspec.structs.replace(when, end=published.end, basis=Basis.CONTEXT)


def _before(sentence: "Span") -> "Span | None":
    """The sentence before, over an empty line."""
    at = sentence.start - 1
    while at >= 0 and not sentence.doc[at].text.strip():
        at -= 1
    return sentence.doc[at].sent if at >= 0 else None


def _goes_on(sentence: "Span", before: "Span") -> bool:
    """Whether a sentence in the past tells more of somebody whom the one before names; not what that person says to the reporter."""
    verb = sentence.root
    subject = next((c for c in verb.children if c.dep_.lower() in ("nsubj", "nsubj:pass")), None)
    if subject is None or verb.lemma_.lower() in SAYING or verb.tag_ not in ("VBD", "VBN"):
        return False
    if subject.tag_ == "PRP":
        return subject.lower_ not in _NOBODY
    return subject.pos_ == "PROPN" and any(t.pos_ == "PROPN" and t.lower_ == subject.lower_ for t in before)


def _dated(times: DocumentTimes, sentence: "Span") -> When | None:
    """The time of the main clause of a sentence, where it lies before what news of the day tells."""
    from crossread.reading.timing import day_in_sentence

    verb = sentence.root
    when = day_in_sentence(times, verb) if verb.lemma_.lower() not in SAYING and verb.tag_ in ("VBD", "VBN") else None
    end = as_date(when.end) if when is not None and when.start is not None else None
    first = as_date(times.published.start) if times.published is not None else None
    if when is None or end is None or first is None or end >= shift(first, -1):
        return None
    return msgspec.structs.replace(when, basis=Basis.CONTEXT)
