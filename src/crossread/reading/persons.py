"""When two names of persons mean the same one: surnames, given names, initials, misspellings, titles, gender."""

import re
import unicodedata
from dataclasses import dataclass, field

from crossread.codebook.actors import first_names, word_list

_PARTICLES = word_list("name particles")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|an|ad|az|ar|at)[-‐‑–'’ ]", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case without accents."""
    plain = text.casefold()
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts, folded: given names, surname without particles and articles, suffix."""

    given: tuple[str, ...]
    surname: str
    suffix: str = ""
    words: tuple[str, ...] = field(default=(), compare=False)


def parse_name(text: str) -> PersonName:
    """Given names and surname of a name without title.

    >>> parse_name("Bashar al-Assad").surname
    'assad'
    """
    words = [w.rstrip(".") for w in _WORD.findall(fold(text))]
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    full = tuple(words)
    bare = [_ARTICLE.sub("", w) for w in words]
    kept = [w for n, w in enumerate(bare) if n == 0 or n == len(bare) - 1 or w not in _PARTICLES]
    if len(kept) > 1 and kept[0] in _PARTICLES:
        kept = kept[1:]
    if not kept:
        return PersonName((), fold(text).strip(), suffix, full)
    return PersonName(tuple(kept[:-1]), kept[-1], suffix, full)


def distance(a: str, b: str, limit: int) -> int:
    """Edits (a swap of neighbours counts one) between two words; ``limit + 1`` as soon as there are more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        new = [i]
        for j, y in enumerate(b, 1):
            best = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (x != y))
            if before and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            new.append(best)
        if min(new) > limit:
            return limit + 1
        before, row = row, new
    return row[-1]


def is_misspelling(a: str, b: str) -> bool:
    """Whether two words look like one, misspelt: one edit in a word of six letters or more, two from ten on."""
    least = min(len(a), len(b))
    limit = 0 if least < 6 else 1 if least < 10 else 2
    return limit > 0 and a != b and distance(a, b, limit) <= limit


def given_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether given names can be one person's: equal, missing, an initial of the other, or misspelt; middle names may be missing."""
    if not a or not b:
        return True
    first, second = a[0], b[0]
    same = first == second or (min(len(first), len(second)) == 1 and first[0] == second[0]) or is_misspelling(first, second)
    if not same:
        return False
    middle = [x for x in a[1:] if len(b) > 1]
    return all(any(x[0] == y[0] and (len(x) == 1 or len(y) == 1 or x == y) for y in b[1:]) for x in middle)


def gender_of(name: PersonName) -> str:
    """``m`` or ``f`` by the first given name, else an empty string."""
    return first_names().get(name.given[0], "") if name.given else ""


def same_person(known: PersonName, other: PersonName) -> bool:
    """Whether a further name can mean the person of a known one, gender and context aside."""
    if other.suffix and not other.given and not known.suffix:
        return False  # "Renn Jr" beside "Oda Renn"
    if known.suffix != other.suffix and (known.suffix or other.suffix) and other.given and known.given:
        return False
    if known.surname == other.surname:
        return given_agree(known.given, other.given)
    if known.given and other.given:
        if _letters(known) == _letters(other):
            return True  # "Kim Jong-un", "Kim Jong Un"
        return known.given == other.given and is_misspelling(known.surname, other.surname)
    return False


def _letters(name: PersonName) -> str:
    return "".join((*name.given, name.surname)).replace("-", "")
