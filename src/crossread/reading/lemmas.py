"""Lemmas from the rule that the model chooses for each word."""

from collections.abc import Mapping, Sequence


class Lemmatizer:
    """Applies lemma rules; words seen before with one lemma under their part of speech take that one."""

    def __init__(self, rules: Sequence[str], upos: Sequence[str], irregular: Mapping[str, str]) -> None:
        self._rules = [_parse(rule) for rule in rules]
        self._upos = list(upos)
        self._irregular = irregular
        self._known: dict[tuple[str, int, int], str] = {}

    def __call__(self, words: Sequence[str], rules: Sequence[int], upos: Sequence[int]) -> list[str]:
        """Lemma of each word."""
        known = self._known
        if len(known) > 200_000:
            known.clear()
        out = []
        for key in zip(words, rules, upos, strict=True):
            lemma = known.get(key)
            if lemma is None:
                lemma = known[key] = self._lemma(*key)
            out.append(lemma)
        return out

    def _lemma(self, word: str, rule: int, upos: int) -> str:
        known = self._irregular.get(f"{word.lower()} {self._upos[upos]}")
        if known is not None:
            return known
        case, cut, add = self._rules[rule]
        if case == "=":
            return add
        base = word.lower() if case == "l" else word
        if cut >= len(base):
            return base
        return base[: len(base) - cut] + add


def _parse(rule: str) -> tuple[str, int, str]:
    """(case, letters cut, letters added) of a rule; case "=" means that the lemma itself stands there."""
    if rule.startswith("="):
        return "=", 0, rule[1:]
    case, cut, add = rule.split("|", 2)
    return case, int(cut), add
