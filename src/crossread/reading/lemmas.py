# ruff: noqa: E501  (word lists and tables read better on one line)
"""Lemmas: regular endings by rule against a list of known words, exceptions from a list, the rest by the rule that the model chooses."""

from collections.abc import Callable, Mapping, Sequence

MOST_REMEMBERED = 10_000  # lemmas of words with their tags; forgotten together, so that an archive's names do not pile up
_VOWELS = frozenset("aeiou")
_ENDINGS = {
    ("VERB", "VBZ"): "s", ("AUX", "VBZ"): "s", ("NOUN", "NNS"): "s", ("VERB", "VBG"): "ing", ("AUX", "VBG"): "ing", ("VERB", "VBD"): "ed",
    ("VERB", "VBN"): "ed", ("ADJ", "JJR"): "er", ("ADV", "RBR"): "er", ("ADJ", "JJS"): "est", ("ADV", "RBS"): "est",
}  # fmt: skip

_AS_THEY_ARE = frozenset({
    ("NOUN", "NN"), ("VERB", "VB"), ("VERB", "VBP"), ("AUX", "VB"), ("AUX", "MD"), ("ADJ", "JJ"), ("ADV", "RB"), ("ADV", "WRB"), ("ADP", "IN"),
    ("ADP", "RP"), ("SCONJ", "IN"), ("CCONJ", "CC"), ("DET", "DT"), ("NUM", "CD"), ("PROPN", "NNP"), ("PART", "TO"), ("ADJ", "VBN"), ("ADJ", "VBG"),
})  # fmt: skip


def default_lemma(word: str, upos: str, xpos: str, is_known: Callable[[str], bool]) -> str | None:
    """The lemma that a word has unless it is an exception; ``None`` where its tags allow no guess.

    Proper nouns keep their letters, other words that do not inflect are lower-cased, the rest lose their ending.
    """
    if (upos, xpos) in _AS_THEY_ARE:
        return word if upos == "PROPN" else word.lower()
    if (upos, xpos) == ("PROPN", "NNPS"):
        singular = without_ending(word.lower(), "s", is_known)
        return None if singular is None else word[: len(singular)] if word.lower().startswith(singular) else word[0] + singular[1:]
    return without_ending(word.lower(), _ENDINGS.get((upos, xpos), ""), is_known)


class Lemmatizer:
    """Lemma of a word from its tags and the rule that the model chose."""

    def __init__(
        self,
        rules: Sequence[str],
        upos: Sequence[str],
        xpos: Sequence[str],
        exceptions: Mapping[str, str],
        is_known: Callable[[str], bool],
    ) -> None:
        self._rules = [_parse(rule) for rule in rules]
        self._upos, self._xpos = list(upos), list(xpos)
        self._exceptions = exceptions
        self._is_known = is_known
        self._known: dict[tuple[str, int, int, int], str] = {}

    def __call__(self, words: Sequence[str], rules: Sequence[int], upos: Sequence[int], xpos: Sequence[int]) -> list[str]:
        """Lemma of each word; numbers are those of the lists that the lemmatizer was made with."""
        known = self._known
        if len(known) > MOST_REMEMBERED:
            known.clear()
        out = []
        for key in zip(words, rules, upos, xpos, strict=True):
            lemma = known.get(key)
            if lemma is None:
                lemma = known[key] = self._lemma(*key)
            out.append(lemma)
        return out

    def _lemma(self, word: str, rule: int, upos: int, xpos: int) -> str:
        tags = self._upos[upos], self._xpos[xpos]
        lowered = word.lower()
        found = self._exceptions.get(f"{lowered} {tags[0]} {tags[1]}") or default_lemma(word, *tags, self._is_known)
        if found is not None:
            return found
        case, cut, add = self._rules[rule]
        if case == "=":
            return add
        base = lowered if case == "l" else word
        return base if cut >= len(base) else base[: len(base) - cut] + add


def without_ending(word: str, ending: str, is_known: Callable[[str], bool]) -> str | None:
    """The word that takes a regular ending to become ``word``; ``None`` where the ending is not there or too little is left.

    Of the spellings that the ending allows (``hoped``: hop, hope) the likeliest known word is taken, the likeliest where none is known.
    """
    if not ending or not word.endswith(ending) or len(word) - len(ending) < 2 or not word.isalpha():
        return None
    if ending == "s":
        spellings = _before_s(word)
    else:
        spellings = _before_vowel(word[: -len(ending)])
    return next((s for s in spellings if is_known(s)), spellings[0]) if spellings else None


def _before_s(word: str) -> list[str]:
    """Spellings before -s, likeliest first."""
    if word.endswith("ss"):
        return []
    if word.endswith("ies") and len(word) > 4:
        return [word[:-3] + "y", word[:-1]]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return [word[:-2], word[:-1]]
    if word.endswith("ves"):
        return [word[:-1], word[:-3] + "f", word[:-3] + "fe"]
    return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]


def _before_vowel(base: str) -> list[str]:
    """Spellings before -ing, -ed, -er, -est: as it stands, with e, or without the doubled consonant; likeliest first."""
    if base.endswith("i") and len(base) > 2:
        return [base[:-1] + "y", base, base + "e"]
    if not any(c in _VOWELS or c == "y" for c in base):
        return []
    if len(base) > 2 and base[-1] == base[-2] and base[-1] not in "aeiou":
        return [base, base[:-1]] if base[-1] in "lsfz" else [base[:-1], base]
    with_e, plain = base + "e", base
    return [with_e, plain] if _wants_e(base) else [plain, with_e]


def _wants_e(base: str) -> bool:
    """Whether the base is more likely spelt with a final e (mak-, vot-, induc-, argu-) than without (visit-, open-)."""
    if base.endswith(
        (
            "at",
            "iz",
            "is",
            "uc",
            "dg",
            "rg",
            "ng",
            "nc",
            "rc",
            "lv",
            "rv",
            "iv",
            "av",
            "ov",
            "eiv",
            "u",
            "bl",
            "tl",
            "pl",
            "gl",
            "dl",
            "ur",
            "quir",
            "eav",
        )
    ):
        return True
    syllables = sum(a in _VOWELS and b not in _VOWELS for a, b in zip(base, base[1:] + "-", strict=True))
    if len(base) < 2 or base[-1] in _VOWELS or base[-1] in "wxy" or base[-2] not in _VOWELS:
        return False
    return syllables == 1 and (len(base) < 3 or base[-3] not in _VOWELS or base[-3] == "u")


def _parse(rule: str) -> tuple[str, int, str]:
    """(case, letters cut, letters added) of a rule; case "=" means that the lemma itself stands there."""
    if rule.startswith("="):
        return "=", 0, rule[1:]
    case, cut, add = rule.split("|", 2)
    return case, int(cut), add
