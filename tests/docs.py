"""Build spaCy ``Doc`` objects by hand, so that reading steps are tested without a model."""

from collections.abc import Sequence

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

Row = tuple[str, str, str, int, str]
"""Word, lemma, tag (Penn), head (1-based index in its sentence, 0 = root), dependency label (UD v2)."""

_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "DT": "DET",
    "IN": "ADP", "TO": "PART", "CD": "NUM", "CC": "CCONJ", "MD": "AUX", "RB": "ADV", "RBR": "ADV", "RP": "ADP", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "POS": "PART", "WDT": "PRON", "WRB": "ADV", "EX": "PRON", "UH": "INTJ",
}  # fmt: skip


def make_doc(*sentences: Sequence[Row], ents: Sequence[tuple[int, int, str]] = (), no_space_before: str = ".,;:!?)”’%") -> Doc:
    """A ``Doc`` of sentences given as rows; ``ents`` are (first token, end token, label) over the whole ``Doc``."""
    words, lemmas, tags, pos, heads, deps, starts = [], [], [], [], [], [], []
    for rows in sentences:
        offset = len(words)
        for n, (word, lemma, tag, head, dep) in enumerate(rows):
            words.append(word)
            lemmas.append(lemma)
            tags.append(tag)
            pos.append(_POS.get(tag, "VERB" if tag.startswith("V") else "PUNCT"))
            heads.append(offset + (head - 1 if head else n))
            deps.append(dep)
            starts.append(n == 0)
    closing = [word in no_space_before or word in ("n't", "'s", "’s") for word in words]
    spaces = [i + 1 < len(words) and not closing[i + 1] and word not in "(“‘" for i, word in enumerate(words)]
    doc = Doc(Vocab(), words=words, spaces=spaces, lemmas=lemmas, tags=tags, pos=pos, heads=heads, deps=deps)
    if ents:
        doc.set_ents([Span(doc, start, end, label=label) for start, end, label in ents])
    return doc
