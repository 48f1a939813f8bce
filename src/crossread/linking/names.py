"""Names of persons and bodies across reports: which two spellings are one name, and which surely are not."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from crossread.codebook.actors import first_names

_TOKEN = re.compile(r"[^\W\d_]+(?:['’.\-‐‑–][^\W\d_]+)*\.?")
_PARTICLES = frozenset(
    """al el ul bin bint ibn abu ben de da di del della der den des do dos du la le lo van von ter ten zu af av y e st st. mac mc
    bar""".split()  # noqa: SIM905
)
_TITLES = frozenset(
    """mr mrs ms miss dr prof sir lord lady president minister prime premier chancellor senator sen rep representative congressman
    congresswoman governor gov secretary king queen prince princess pope general gen colonel col captain capt major maj lieutenant
    lt sgt sergeant judge justice sheikh ambassador envoy spokesman spokeswoman spokesperson chairman director chief commander cmdr
    admiral adm bishop archbishop cardinal father rev reverend professor mayor officer detective sheriff coach mp foreign defence
    defense deputy vice state of us u.s u.s. uk un u.n u.n. former acting the leader ruler dictator candidate nominee adviser advisor aide
    coordinator commissioner lawmaker attorney lawyer analyst negotiator pro tem tempore""".split()  # noqa: SIM905
)
_NO_NOUNS = _PARTICLES | frozenset(
    """who whom whose and or but of in on at from to for with by as is was were are has had have said says told the his her himself herself
    themselves also""".split()  # noqa: SIM905
)
_FOR_ANOTHER = frozenset("spokesman spokeswoman spokesperson aide adviser advisor lawyer attorney".split())  # noqa: SIM905
"""Who works for somebody whose name follows."""
_SHORT_STATES = frozenset(["us", "uk", "un"])
"""Titles of bodies only in capitals: "Kim Jong Un" bears a name."""
_SURNAMES = frozenset("king prince pope major judge bishop mayor coach lord dean".split())  # noqa: SIM905
"""Titles that are surnames behind a given name."""
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
_SHORT_FORMS = {
    "bill": "william", "bob": "robert", "rob": "robert", "dick": "richard", "rick": "richard", "jim": "james", "jimmy": "james",
    "joe": "joseph", "mike": "michael", "tom": "thomas", "tony": "anthony", "antony": "anthony", "ted": "edward", "ed": "edward",
    "dave": "david", "dan": "daniel", "chris": "christopher", "steve": "steven", "stephen": "steven", "ken": "kenneth",
    "liz": "elizabeth", "beth": "elizabeth", "kate": "katherine", "kathy": "katherine", "catherine": "katherine", "sue": "susan",
    "nick": "nicholas", "alex": "alexander", "sasha": "alexander", "ben": "benjamin", "bernie": "bernard", "chuck": "charles",
    "charlie": "charles", "andy": "andrew", "greg": "gregory", "jeff": "jeffrey", "jerry": "gerald", "larry": "lawrence",
    "matt": "matthew", "mitch": "mitchell", "pat": "patrick", "pete": "peter", "ron": "ronald", "sam": "samuel", "tim": "timothy",
    "will": "william", "ash": "ashton", "vlad": "vladimir", "muhammad": "mohammed", "mohammad": "mohammed", "mohamed": "mohammed",
}  # fmt: skip


class PersonName(NamedTuple):
    """A person's name in folded words: what comes first and the surname; ``given`` is empty where only one name is printed."""

    given: tuple[str, ...]
    surname: str


def fold_name(text: str) -> str:
    """Lower case without accents and with plain apostrophes and hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‐", "-").replace("‑", "-").replace("–", "-"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


_POSSESSIVE = re.compile(r"['’]s\b")
_WITH_ARTICLE = re.compile(r"^(?:al|el|ul|as|ash|az|at|an|ar|ad)-(?=\w{3})")
_RELATED = re.compile(r"(?:^|\s)([A-Za-z][\w’'-]+)\s(?:of|for|at|from|with|in|on|to)\s((?:the|a|an)\s)?$")
"""Between a description and the name of what or whom it is of."""
_OF_ANOTHER = re.compile(r"(?<=\w)['’]s (?=[a-z])|(?<=s)['’] (?=[a-z])")
"""Between the name of one person and the words for another ("Renn's lawyer", "Renn's deputy Ada Loth")."""


@lru_cache(maxsize=16384)
def person_name(text: str) -> PersonName | None:
    """The name in words for a person, titles and offices taken off; ``None`` where the words hold no name."""
    run = _name_words(_OF_ANOTHER.split(text)[-1])
    words = [fold_name(w).rstrip(".") for w in run]
    while words and words[-1] in _SUFFIXES | _PARTICLES:
        words.pop()
    if not words:
        return None
    surname = _bare(words[-1])
    given = tuple(w for w in words[:-1] if w not in _PARTICLES)
    return PersonName(given, surname) if len(surname) > 1 else None


def _name_words(text: str) -> list[str]:
    """The first run of capitalised words that no title follows ("Veltish deputy minister Renn" -> Renn), without what an office is of."""
    run: list[str] = []
    of_office, end = False, 0
    text = _POSSESSIVE.sub("", text)
    for match in _TOKEN.finditer(text):
        word, gap, end = match.group(), text[end : match.start()], match.end()
        folded = fold_name(word).rstrip(".")
        if not run and word[0].isupper() and (related := _RELATED.search(text[: match.start()])) is not None:
            of_office = fold_name(related[1]) in _TITLES - _FOR_ANOTHER and not related[2]
            if not of_office:
                return []  # "the driver of the ...", "wife of ...", "a spokeswoman for the ..."
        if len(run) > 1 and gap.isspace() and word.islower() and folded not in _NO_NOUNS:
            run = []  # "a White House official", "the Red Cross worker"
        elif folded in _SURNAMES and len(run) == 1 and word[0].isupper() and fold_name(run[0]) in first_names():
            run.append(word)  # "Steve King"
        elif folded in _TITLES and not (folded in _SHORT_STATES and word[1:].islower()):
            if len(run) > 1:
                break
            run, of_office = [], False
        elif word[0].isupper() or folded in _PARTICLES or _bare(folded) != folded:
            run.append(word)
        elif any(w[0].isupper() for w in run):
            break
        else:
            run = []
    if of_office:  # "minister for Europe Odo Brek", "a spokeswoman for Velm"
        run = run[1:] if len(run) > 2 else []
    return run if any(c.isupper() for w in run for c in w) else []


def _bare(word: str) -> str:
    """A surname without an Arabic article ("al-" and its kin)."""
    return _WITH_ARTICLE.sub("", word) if "-" in word else word


def same_given(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two given names can be one: equal, an initial, a short form, a misspelling, or one part of the other."""
    if not a or not b:
        return True
    first, second = "-".join(a).split("-"), "-".join(b).split("-")
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return _same_word(first[0], second[0])


def _same_word(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if _SHORT_FORMS.get(a, a) == _SHORT_FORMS.get(b, b):
        return True
    return misspelt(a, b)


def misspelt(a: str, b: str) -> bool:
    """Whether two longer words with the same first letter differ by one letter added, dropped, changed, or two swapped."""
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < 5 or len(longer) - len(shorter) > 1 or a[0] != b[0]:
        return a == b
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    rest_a, rest_b = shorter[start:], longer[start:]
    if rest_a[1:] == rest_b[1:] or rest_a == rest_b[1:]:
        return True
    return len(rest_a) == len(rest_b) > 1 and rest_a[0] == rest_b[1] and rest_a[1] == rest_b[0] and rest_a[2:] == rest_b[2:]


def group_full_names(names: Mapping[PersonName, int]) -> dict[PersonName, PersonName]:
    """Full names by the spelling that stands for the person: the most frequent, then the longest.

    A name joins a person only when it fits exactly one of them; "J. Vell" beside Jan and Jora Vell stays alone.
    """
    stands_for: dict[PersonName, PersonName] = {}
    people: list[PersonName] = []
    order = sorted((n for n in names if n.given), key=lambda n: (len(n.given[0]) == 1, -names[n], -len(" ".join(n.given)), n))
    for name in order:
        fitting = [p for p in people if _same_person(name, p)]
        exact = [p for p in fitting if p.surname == name.surname]
        fitting = exact or fitting
        if len(fitting) == 1:
            stands_for[name] = fitting[0]
        else:
            stands_for[name] = name
            people.append(name)
    return stands_for


def _same_person(a: PersonName, b: PersonName) -> bool:
    if a.surname == b.surname:
        return same_given(a.given, b.given)
    if _letters(a) == _letters(b):
        return True  # "Kim Jong-un", "Kim Jong Un"
    alike = misspelt(a.surname, b.surname) and len(a.surname) > 5
    return alike and a.given[0] == b.given[0] and len(a.given[0]) > 2


def _letters(name: PersonName) -> str:
    return "".join((*name.given, name.surname)).replace("-", "")


def initials(words: Iterable[str]) -> str:
    """First letters of the capitalised words."""
    return "".join(w[0] for w in words if w[:1].isupper())


def body_key(text: str) -> str:
    """A body's name in folded words without article, dots and Arabic article."""
    folded = fold_name(text).replace(".", "")
    folded = _POSSESSIVE.sub("", folded)
    words = [_bare(w) for w in re.findall(r"[\w'\-]+", folded)]
    while words and words[0] in ("the", "a", "an", "al", "el"):
        words = words[1:]
    return " ".join(words)
