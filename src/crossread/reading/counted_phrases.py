"""The noun phrase that a number counts: "43 search and rescue teams", "640 injuries" of "640 injuries sustained by troops".

Works on the words of a sentence and uses tags where the ``Doc`` has them.
"""

import re

from crossread.codebook.units import Units
from crossread.reading.numbers import Number, parse_number
from crossread.records import Span

_WORD = re.compile(r"[^\W\d_][\w’'.-]*|[,;:()\"“”–—]|\S")
_LEADING = re.compile(
    r"\s*(?:of\s+)?(?:(?:the|its|their|those|these|his|her|our|my|your|all|such|some|mostly|or)\s+)?(?:(?:more|other|additional|further|so|new|fellow)\s+)?"
    r"(?:[“\"][a-z-]+[”\"]\s+)?",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(r"\s*of\s+(?:whom|them|which|those|these)\b", re.IGNORECASE)
_STRONG = re.compile(r"strong\b(?=[ \t]+[a-z])")
_LOWER_WORD = re.compile(r"(?<![^\s])[a-z][a-z’'-]*[a-z]|[^\s]")
_THOSE = re.compile(r"\s*of\s+(?:those|the|these)\s+(?P<noun>[a-z]+)", re.IGNORECASE)
LINE_END = re.compile(r"\n\s*\n|\n(?=[ \t]*[A-Z][a-z])")  # a line end that is no wrap of running text
_PAIR = re.compile(r"[a-z]+ and (?P<second>[a-z]+) (?P<noun>[a-z]+s)\b")


def noun_phrase(text: str, number: Number, end: int, tags: dict[int, str], units: Units) -> tuple[Span | None, str, int]:
    """(the counted noun phrase, its head word, where it ends) after a number."""
    if _OF_WHOM.match(text, number.end, end) and not _THOSE.match(text, number.end, end):
        return None, "", number.end
    hyphen = re.match(r"-([a-zA-Z]+)", text[number.end : number.end + 24])
    if hyphen:
        at = number.end + 1
        body = _body(text, at, end, tags, units) if _STRONG.match(text, at) else None
        if body is not None:
            return Span(at, body.end()), body[0], body.end()
        return Span(at, at + len(hyphen[1])), hyphen[1], at + len(hyphen[1])
    lead = _LEADING.match(text, number.end, end)
    at = lead.end() if lead else number.end
    words: list[tuple[int, int, str]] = []
    for found in _WORD.finditer(text, at, min(end, at + 80)):
        word = found[0]
        if words and word == "and" and (pair := _PAIR.match(text, words[-1][0], end)) and _is_pair(pair, tags):
            continue  # "43 search and rescue teams"
        if LINE_END.search(text, words[-1][1] if words else number.end, found.start() + 2):
            break
        if len(words) >= 5 or _is_no_part(word, found.start(), words, tags, units):
            break
        clipped = word
        for tail in ("'s", "’s", "s'", "s’", ".", "'"):
            clipped = clipped.removesuffix(tail) if len(tail) < 2 or tail[0] != "s" else clipped
        words.append((found.start(), found.start() + len(clipped), clipped))
        if clipped != word and not word.endswith(".") and number.unit != "share":  # but "half of the charity's staff"
            break
    while words and _adverb(words[-1][2], tags.get(words[-1][0], "")):
        words.pop()
    if not words:
        return None, "", number.end
    return Span(words[0][0], words[-1][1]), words[-1][2], words[-1][1]


def _body(text: str, at: int, end: int, tags: dict[int, str], units: Units) -> re.Match[str] | None:
    """The last noun of those after "-strong" ("an 80-strong youth choir"): how many they are is told of a body of people."""
    noun = last = None
    for word in _LOWER_WORD.finditer(text, at + len("strong"), min(end, at + 80)):
        tag = tags.get(word.start(), "" if tags or last or word[0] in units.stop else "NN")
        if text[word.start() - 1] not in " \t" or not tag.startswith(("JJ", "NN")):
            break
        last = word
        if _noun_tag(tag):
            noun = word
    return noun or last


def _is_pair(pair: re.Match[str], tags: dict[int, str]) -> bool:
    """Whether two nouns together tell what is counted ("search and rescue teams")."""
    places = pair.start(), pair.start("second"), pair.start("noun")
    return [tags.get(at, "") for at in places] == ["NN", "NN", "NNS"]


def _is_no_part(word: str, at: int, words: list[tuple[int, int, str]], tags: dict[int, str], units: Units) -> bool:
    """Whether a word does not belong to the counted phrase that the ``words`` before it begin."""
    if not word[0].isalpha() or word.lower().rstrip(".") in units.stop or _ends(word, at, tags) or parse_number(word) is not None:
        return True
    tag = tags.get(at, "")
    if not words:
        return tag == "VBG" and tags.get(at + len(word) + 1, "") in ("NNP", "NNPS", "DT", "PRP$")  # "a set of 22 showing the camp"
    whole = tags.get(words[-1][0], "") == "NNS" or units.people.fullmatch(words[-1][2])
    if whole and tag in ("VBN", "VBG"):
        return True  # "640 injuries sustained", "one soldier serving in the port"
    return _is_whole(units, words[-1][2]) and not _known(units, word) and not _noun_tag(tag)


def _known(units: Units, word: str) -> bool:
    return units.people.fullmatch(word) is not None or units.time.fullmatch(word) is not None


def _is_whole(units: Units, word: str) -> bool:
    """Whether a word ends a counted phrase: a known plural, so that "fighter jets" goes on but "fighters fled" does not."""
    plural = word.lower().endswith(("s", "men", "people", "children", "police", "troops", "crew", "staff", "personnel"))
    return _known(units, word) and plural


def _noun_tag(tag: str) -> bool:
    return tag.startswith("NN")


def _adverb(word: str, tag: str) -> bool:
    return word.lower().endswith("ly") and not tag.startswith(("NN", "JJ")) and word.lower() not in ("family", "elderly")


def _ends(word: str, at: int, tags: dict[int, str]) -> bool:
    tag = tags.get(at, "")
    return tag in ("VBD", "VBZ", "VBP", "MD", "IN", "TO", "CC", "PRP", "PRP$", "WDT", "WP", "WRB", "EX", "RP")
