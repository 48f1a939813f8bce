"""PLOVER contexts (why, on what topic) of an event from the words of its sentence."""

from collections import Counter
from collections.abc import Sequence

from crossread.codebook.plover import context_words


def read_contexts(lemmas: Sequence[str], *, most: int = 3) -> tuple[str, ...]:
    """Contexts that the lemmas of a sentence speak for, those with most words first, at most ``most``."""
    table = context_words()
    votes: Counter[str] = Counter()
    for lemma in lemmas:
        votes.update(table.get(lemma, ()))
    return tuple(name for name, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:most])
