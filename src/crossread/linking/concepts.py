"""What a stretch of text affirms or negates, in the concepts of the codebook, and which concepts exclude each other."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crossread.linking.phrases import compile_phrases

_NEGATED = re.compile(
    r"(?<![\w'])(?:not|no|never|none|nobody|no one|nothing|neither|nor|without|cannot|\w+n't|den(?:y|ied|ies|ying)|fail(?:ed|s|ing)? to"
    r"|refus(?:ed|es|ing)? to|reject(?:ed|s|ing)? (?:the )?(?:claim|report|accusation|allegation|suggestion)s?|far from|ruled out"
    r"|false(?:ly)?|untrue|contrary to)(?![\w'])"
)
_WINDOW = re.compile(r"(?:[\w'-]+[^\w;:.?!\"]+){0,5}$")


@dataclass(frozen=True, slots=True)
class Touch:
    """A concept that a text touches: where, and whether it is negated there."""

    concept: str
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class Wording:
    """A matter on which different words say different things, and the words of each sense."""

    name: str
    matter: str
    senses: tuple[tuple[str, re.Pattern[str]], ...]


@dataclass(frozen=True, slots=True)
class ConceptBook:
    """Concepts, pairs that exclude each other, and wordings."""

    concepts: tuple[tuple[str, re.Pattern[str]], ...]
    opposites: frozenset[frozenset[str]]
    wordings: tuple[Wording, ...]


@cache
def concept_book() -> ConceptBook:
    """The shipped codebook of concepts."""
    table = tomllib.loads(files("crossread.codebook").joinpath("concepts.toml").read_text("utf-8"))
    concepts = {name: compile_phrases(phrases) for name, phrases in table["concepts"].items()}
    pairs = [frozenset(pair.split()) for pair in table["opposites"]["pairs"]]
    unknown = {name for pair in pairs for name in pair} - set(concepts)
    if unknown:
        raise ValueError(f"concepts.toml: opposites name unknown concepts {', '.join(sorted(unknown))}")
    wordings = tuple(
        Wording(name, rule["matter"], tuple((sense, compile_phrases(p)) for sense, p in rule.items() if sense != "matter"))
        for name, rule in table["wordings"].items()
    )
    return ConceptBook(tuple(concepts.items()), frozenset(pairs), wordings)


def touches(folded: str) -> tuple[Touch, ...]:
    """All concepts that folded text touches, in the order of the codebook."""
    found = []
    for name, pattern in concept_book().concepts:
        for match in pattern.finditer(folded):
            found.append(Touch(name, match.start(), match.end(), is_negated(folded, match.start())))
    return tuple(found)


def is_negated(folded: str, start: int) -> bool:
    """Whether a negation stands within five words before a place in folded text, in the same clause."""
    before = _WINDOW.search(folded, max(0, start - 90), start)
    if before is None:
        return False
    return len(_NEGATED.findall(before.group())) % 2 == 1


def opposition(one: tuple[Touch, ...], other: tuple[Touch, ...]) -> tuple[Touch, Touch] | None:
    """The first pair of touches by which two texts exclude each other: the same concept affirmed and negated, or opposites."""
    opposites = concept_book().opposites
    for a in one:
        for b in other:
            if a.concept == b.concept and a.negated != b.negated:
                return a, b
            if frozenset((a.concept, b.concept)) in opposites and a.concept != b.concept and not a.negated and not b.negated:
                return a, b
    return None


def sense_of(wording: Wording, folded: str) -> str | None:
    """The one sense of a wording that folded text uses; ``None`` for none or for several."""
    used = [sense for sense, pattern in wording.senses if pattern.search(folded)]
    return used[0] if len(used) == 1 else None
