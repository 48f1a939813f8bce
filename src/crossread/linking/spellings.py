"""Names that reports spell in two ways: one person under two spellings, or two officials taken for one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from crossread.codebook.actors import names
from crossread.linking.names import PersonName, fold_name, person_name
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.records import Dispute, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind, EntityType

_SHORTEST, _LEAST_ALTERED = 3, 5
"""Letters of the shorter of two words that may be two spellings of one name, and of one that may differ by a letter that is heard; of
shorter words many do."""
_MOST = 3
"""Such differences shown of one story."""


def spellings(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each name of which reports print two spellings, the rarer one second."""
    printed: dict[PersonName, dict[str, tuple[str, Sentence]]] = defaultdict(dict)
    for sentence in view.sentences:
        for named in sentence.named:
            words = named.span.of(sentence.reading.document.text)
            name = person_name(words) if named.type is EntityType.PERSON else None
            if name is not None and len(name.given) == 1 and _is_name(name, words):
                printed[name].setdefault(sentence.document, (words, sentence))
    found = [(one, other) for one, other in combinations(sorted(printed), 2) if _one_person(one, other)]
    yield from _of_things(view)
    for one, other in found[:_MOST]:
        if set(printed[one]) & set(printed[other]):
            continue  # one report tells them apart
        sides = sorted((_side(printed[one]), _side(printed[other])), key=lambda s: -len(s.evidence))
        yield dispute_of(
            DisputeKind.WORDING,
            f"How the name is spelt: {sides[0].position}",
            sides,
            Compatible.YES,
            "reports print the name in two spellings",
        )


_LEAST_OF_PLACES, _LEAST_OF_MANY, _LONG, _ENDING = 6, 6, 9, 2
"""Letters of a place's name that may be spelt in two ways, of a word in a longer name, of a word that may differ by two letters; letters of
the end, where words of one place differ ("Trestian")."""
_PLACES = frozenset({EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY})
_THINGS = frozenset({EntityType.ORGANIZATION, EntityType.FACILITY, EntityType.WORK, EntityType.OTHER})
_MOST_WORDS = 5


def _of_things(view: StoryView) -> Iterator[Dispute]:
    """The same for places of one word that no list of states knows, and for bodies, ships and the like."""
    printed: dict[tuple[str, ...], dict[str, tuple[str, Sentence]]] = defaultdict(dict)
    for sentence in view.sentences:
        for named in sentence.named:
            words = named.span.of(sentence.reading.document.text)
            parts = tuple(words.split())
            place = named.type in _PLACES and len(words) >= _LEAST_OF_PLACES and words.isalpha() and words.istitle()
            thing = named.type in _THINGS and len(parts) <= _MOST_WORDS and all(w[:1].isupper() or w.islower() for w in parts)
            if place or (thing and (len(parts) > 1 or len(words) >= _LONG)):
                printed[parts].setdefault(sentence.document, (words, sentence))
    names_ = [parts for parts in sorted(printed) if names().get(" ".join(parts)) is None]
    for one, other in combinations(names_, 2):
        if _one_name(one, other) and not set(printed[one]) & set(printed[other]):
            sides = sorted((_side(printed[one]), _side(printed[other])), key=lambda s: -len(s.evidence))
            why = "reports print the name in two spellings"
            yield dispute_of(DisputeKind.WORDING, f"How the name is spelt: {sides[0].position}", sides, Compatible.YES, why)


def _one_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names differ in one word, and that by its spelling."""
    differing = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(differing) != 1:
        return False
    first, second = differing[0]
    if min(len(first), len(second)) < _LEAST_OF_MANY or not (first.isalpha() and second.isalpha()):
        return False
    if not (first.istitle() and second.istitle()) or _plain_english(first) == _plain_english(second):
        return False
    if first[:3] != second[:3] or first[-_ENDING:] != second[-_ENDING:]:
        return False
    return _nearly(first.lower(), second.lower()) or (
        min(len(first), len(second)) >= _LONG
        and len(first) == len(second)
        and sum(a != b for a, b in zip(first, second, strict=True)) <= 2
    )


def _plain_english(word: str) -> str:
    """A word with what two sides of an ocean write otherwise written in one way ("Centre", "Center")."""
    return re.sub(r"tre$", "ter", word.lower().replace("our", "or").replace("ence", "ense").replace("is", "iz"))


def _is_name(name: PersonName, words: str) -> bool:
    """Whether words end in a full name of which no part is a state or a people."""
    known = [names().get(part.capitalize()) for part in (*name.given, name.surname)]
    return fold_name(words).endswith(f"{name.given[0]} {name.surname}") and known == [None, None]


def _one_person(one: PersonName, other: PersonName) -> bool:
    """Whether two full names share a word and spell the other one nearly alike."""
    if one.given == other.given:
        return _nearly(one.surname, other.surname)
    return one.surname == other.surname and _nearly(one.given[0], other.given[0])


def _nearly(one: str, other: str) -> bool:
    """Whether two words differ by a letter, by two that changed places, or in how one sound is written."""
    if min(len(one), len(other)) < _SHORTEST or one.removesuffix("s") == other.removesuffix("s"):
        return False
    ours, theirs = _sounds(one), _sounds(other)
    if ours == theirs:
        return True
    if len(one) < _LEAST_ALTERED or len(other) < _LEAST_ALTERED:
        return False
    return (one[0] == other[0] and _differ_by_one(one, other)) or (ours[0] == theirs[0] and _differ_by_one(ours, theirs))


_SOUNDS = (
    (re.compile("ph"), "f"), (re.compile("ck|[cq]"), "k"), (re.compile("(?<=[a-z])h"), ""), (re.compile("y|ie|ee"), "i"),
    (re.compile(r"(.)\1"), r"\1"), (re.compile("(?<=..)e$"), ""), (re.compile("z"), "s"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _sounds(word: str) -> str:
    """A word with what sounds alike written in one way."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


def _differ_by_one(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[:2][::-1] and a[2:] == b[2:])


def _side(printed: dict[str, tuple[str, Sentence]]) -> Side:
    ordered = [printed[d] for d in sorted(printed)]
    return Side(
        position=shorten(ordered[0][0]),
        voices=tuple(Voice(document=sentence.document) for _, sentence in ordered),
        evidence=tuple(dict.fromkeys(sentence.evidence() for _, sentence in ordered)),
    )
