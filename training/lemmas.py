"""Lemma rules: a lemma as an edit of the lower-cased word, so that a classifier can choose it."""


def lemma_rule(word: str, lemma: str) -> str:
    """The rule that makes the lemma: ``case|cut|add`` for suffix edits, ``=lemma`` for anything else.

    ``case`` is k (keep the word's letters as they are) or l (lower-case first); ``cut`` letters go from the end and ``add`` is put there.
    """
    for case, base in (("l", word.lower()), ("k", word)):
        i = 0
        while i < min(len(base), len(lemma)) and base[i] == lemma[i]:
            i += 1
        cut, add = len(base) - i, lemma[i:]
        if cut <= 5 and len(add) <= 4 and (i > 0 or base == lemma):
            return f"{case}|{cut}|{add}"
    return "=" + lemma
