"""No parse, however wrong, makes the event step raise or point outside the text."""

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from crossread.reading.events import read_events
from crossread.records import Document, Reading

WORDS = [
    "Ruritania",
    "attacked",
    "veto",
    "talks",
    "called",
    "off",
    "to",
    "the",
    "of",
    "by",
    "who",
    "said",
    "not",
    "would",
    "-",
    "“",
    "𝔘",
    "her",
]
TAGS = ["NNP", "VBD", "VBN", "NN", "NNS", "VBG", "IN", "TO", "DT", "PRP", "PRP$", "RB", "MD", "JJ", "RP", "CD", "."]
DEPS = [
    "root", "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss", "acl", "acl:relcl", "advcl", "ccomp", "xcomp",
    "conj", "cc", "compound", "compound:prt", "case", "mark", "aux", "aux:pass", "amod", "advmod", "appos", "punct", "det", "parataxis",
]  # fmt: skip
LEMMAS = {"attacked": "attack", "talks": "talk", "called": "call", "said": "say"}


@st.composite
def parses(draw: st.DrawFn) -> Doc:
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
    n = len(words)
    tags = draw(st.lists(st.sampled_from(TAGS), min_size=n, max_size=n))
    deps = draw(st.lists(st.sampled_from(DEPS), min_size=n, max_size=n))
    heads = [draw(st.integers(0, i)) for i in range(n)]  # no cycles: heads lie before their dependents
    order = draw(st.booleans())
    if order:
        heads = [n - 1 - h for h in reversed(heads)]
    pos = ["VERB" if t.startswith("VB") else "NOUN" if t.startswith("NN") else "X" for t in tags]
    return Doc(Vocab(), words=words, lemmas=[LEMMAS.get(w, w) for w in words], tags=tags, pos=pos, deps=deps, heads=heads)


@settings(max_examples=150, deadline=None)
@given(parses())
def test_any_parse_is_read(doc: Doc) -> None:
    document = Document(id="d", text=doc.text)
    reading = read_events(document, doc, Reading(document=document))
    for event in reading.events:
        for span in (*event.anchor, event.sentence, *(p.span for p in (*event.actors, *event.recipients) if p.span)):
            assert 0 <= span.start < span.end <= len(doc.text)
            assert span.of(doc.text).strip()
        assert 0 <= event.confidence <= 1
    known = {e.id for e in reading.entities}
    assert all(p.entity in known for e in reading.events for p in (*e.actors, *e.recipients) if p.entity)


@settings(max_examples=30, deadline=None)
@given(parses())
def test_reading_twice_gives_the_same(doc: Doc) -> None:
    document = Document(id="d", text=doc.text)
    start = Reading(document=document)
    assert read_events(document, doc, start) == read_events(document, doc, start)
