"""News that a model has tagged and parsed itself, for training to keep it there: treebanks alone have little political news.

Attribution learnt further changes the encoder under the parser.  The treebanks hold the parse of their own texts in place, not that of short
sentences on votes, talks and attacks; trained on what it said of these before, the model goes on saying it.
"""

from pathlib import Path

from spacy.tokens import Doc

from crossread.reading.language import load_reader
from training.build import Corpora, tokenized
from training.corpora import Annotated, actor_texts, penta_texts, polnear_documents
from training.lemmas import lemma_rule
from training.windows import IGNORE, Encoded

EVERY = 3
"""One of so many articles of PolNeAR's train portion."""


def kept_documents(corpora: Corpora, folder: Path) -> list[Encoded]:
    """Texts of three corpora with the tags, lemmas, trees and sentences that the shipped kind of weights in ``folder`` gives them."""
    articles = [(a["id"], a["text"]) for a, _ in polnear_documents("train")][::EVERY]
    named = [*articles, *actor_texts(), *penta_texts()]
    documents = load_reader(folder=folder).docs([text for _, text in named])
    found = [annotated(name, doc) for (name, _), doc in zip(named, documents, strict=True)]
    return [corpora.treebank("kept", d) for d in found if d.words]


def annotated(name: str, doc: Doc) -> Annotated:
    """What a ``Doc`` says of its words; white space between them is left out."""
    words, positions, _ = tokenized(lambda _: doc, doc.text)
    number = {t.i: k for k, t in enumerate(t for t in doc if not t.is_space)}
    tokens = [doc[i] for i in number]
    layers = {
        "xpos": [t.tag_ for t in tokens],
        "upos": [t.pos_ for t in tokens],
        "rule": [lemma_rule(t.text, t.lemma_) for t in tokens],
        "label": ["root" if t.head.i == t.i else t.dep_ for t in tokens],
        "head": [-1 if t.head.i == t.i else number.get(t.head.i, IGNORE) for t in tokens],
    }
    starts = sorted({next(number[t.i] for t in s if t.i in number) for s in doc.sents if any(t.i in number for t in s)})
    return Annotated(name, words, positions, starts, layers)
