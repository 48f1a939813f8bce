"""The shipped model as a component of spaCy pipelines: ``nlp.add_pipe("crossread_reader")``."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from crossread.reading.encoder import load_encoder
from crossread.reading.language import Reader


class CrossreadReader:
    """Adds sentences, tags, lemmas, trees, names and `Layers` to documents of any English tokenizer."""

    def __init__(self, nlp: Language, *, threads: int = 1) -> None:
        self._reader = Reader(load_encoder(threads=threads), nlp)

    def __call__(self, doc: Doc) -> Doc:
        """One document, changed in place."""
        return next(self._reader.fill([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Many documents, in order; how many are read together follows from their length, not from ``batch_size``."""
        yield from self._reader.fill(stream)


@Language.factory(
    "crossread_reader",
    default_config={"threads": 1},
    assigns=["token.tag", "token.pos", "token.lemma", "token.dep", "token.head", "token.is_sent_start", "doc.sents", "doc.ents"],
)
def make_crossread_reader(nlp: Language, name: str, threads: int = 1) -> CrossreadReader:
    """Factory that spaCy calls; registered as an entry point of the group ``spacy_factories``."""
    return CrossreadReader(nlp, threads=threads)
