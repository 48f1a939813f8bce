"""The tokens of a ``Doc`` as plain lists, read from it once and shared by all steps.

A look-up in a list costs a twentieth of a spaCy attribute, and whole columns of numbers come out of a ``Doc`` faster than its
tokens do.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LEMMA, LENGTH, ORTH, POS, SENT_START, TAG

if TYPE_CHECKING:
    from spacy.tokens import Doc

_KEY = "crossread.token_table"
_STRINGS = (ORTH, LEMMA, TAG, POS, DEP)
_NUMBERS = (HEAD, IDX, LENGTH, IS_SPACE, SENT_START)


@dataclass(frozen=True, slots=True)
class TokenTable:
    """One list per property, indexed by token number; nobody changes them.

    ``heads`` holds token numbers (a root is its own head), ``deps`` and ``lemmas`` are lower case, a token without a lemma has its
    word; ``is_word`` says whether it has a letter or digit; ``sentences`` numbers the sentence of each token from 0.
    """

    words: list[str]
    lower: list[str]
    lemmas: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[int]
    ends: list[int]
    is_space: list[bool]
    is_word: list[bool]
    sentences: list[int]
    children: list[list[int]]

    @classmethod
    def of(cls, doc: "Doc") -> "TokenTable":
        """The table of a ``Doc``, made once and kept in its ``user_data``."""
        known = doc.user_data.get(_KEY)
        if known is None:
            known = doc.user_data[_KEY] = _read(doc)
        return known


def _read(doc: "Doc") -> TokenTable:
    strings = doc.vocab.strings
    numbers = doc.to_array(list(_NUMBERS)).T
    head, start, length, space, first = numbers.astype("int64").tolist()  # spaCy gives offsets to heads as unsigned numbers
    orth, lemma, tag, pos, dep = doc.to_array(list(_STRINGS)).T.tolist()
    spelt = {key: strings[key] for key in {*orth, *lemma, *tag, *pos, *dep}}
    lowered = {key: word.lower() for key, word in spelt.items()}
    spoken = {key: spelt[key].isalnum() or any(map(str.isalnum, spelt[key])) for key in set(orth)}
    lower = [lowered[k] for k in orth]
    heads = [i + offset if label else i for i, (offset, label) in enumerate(zip(head, dep, strict=True))]
    sentences, number = [], -1
    for i, opens in enumerate(first):
        number += opens == 1 or i == 0
        sentences.append(number)
    children: list[list[int]] = [[] for _ in heads]
    for i, above in enumerate(heads):
        if above != i:
            children[above].append(i)
    return TokenTable(
        words=[spelt[k] for k in orth],
        lower=lower,
        lemmas=[lowered[k] or word for k, word in zip(lemma, lower, strict=True)],
        tags=[spelt[k] for k in tag],
        pos=[spelt[k] for k in pos],
        deps=[lowered[k] for k in dep],
        heads=heads,
        starts=start,
        ends=[a + n for a, n in zip(start, length, strict=True)],
        is_space=[bool(s) for s in space],
        is_word=[spoken[k] for k in orth],
        sentences=sentences,
        children=children,
    )
