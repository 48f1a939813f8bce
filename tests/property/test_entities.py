"""Entities of any text, with or without a parse: spans lie in the text, ids are unique, links resolve, nothing is raised."""

from functools import cache

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from crossread.reading.entities import read_entities
from crossread.reading.entity_index import EntityIndex
from crossread.records import Document, Reading, Span

NEWS = "Mr President Vask Peru Lima the UN rebels in of he their it said “ ” , . Odo Lemke 's Moscow police minister and ( ) US-led - 😀 مرحبا"
WORDS = st.sampled_from([*NEWS.split(), "\n\n", "\u0000", "x" * 40])
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


@cache
def blank():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_any_text_gives_sound_entities(text):
    doc = blank()(text)
    document = Document(id="any", text=text)
    reading = read_entities(document, doc, Reading(document=document))
    known = {e.id for e in reading.entities}
    assert all(0 <= m.span.start < m.span.end <= len(text) and m.entity in known for m in reading.mentions)
    ids = [x.id for x in (*reading.mentions, *reading.entities)]
    assert len(ids) == len(set(ids))
    assert sorted(i for e in reading.entities for i in e.mentions) == sorted(m.id for m in reading.mentions)
    assert all(e.mentions and e.name.strip() for e in reading.entities)


@settings(max_examples=40, deadline=None)
@given(TEXTS.filter(lambda t: t.strip()), st.integers(0, 30), st.integers(1, 40))
def test_any_span_can_be_looked_up_and_added(text, start, length):
    doc = blank()(text)
    document = Document(id="any", text=text)
    reading = read_entities(document, doc, Reading(document=document))
    index = EntityIndex.of(reading, doc)
    start = min(start, len(text) - 1)
    span = Span(start, min(start + length, len(text)))
    added = index.find_or_add(span)
    extended = index.extend(reading)
    assert added in {e.id for e in extended.entities}
    assert index.extend(extended) == extended
