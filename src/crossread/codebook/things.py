"""Things that people are for or against (``things.toml``), and the words that say for and against."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from crossread.codebook.cues import cue_words, inflections


@dataclass(frozen=True, slots=True)
class ThingBook:
    """Classes of things by their nouns and the forms of their verbs, and the words of being for and against them."""

    nouns: dict[str, str]
    deeds: dict[str, str]
    favouring: tuple[str, ...]
    opposing: tuple[str, ...]
    good: frozenset[str]
    bad: frozenset[str]
    charges: frozenset[str]
    going_on: tuple[str, ...]
    calling_off: tuple[str, ...]

    def sort_of(self, word: str) -> str | None:
        """The class of the thing that a folded word names, or of which it tells the deed."""
        return self.nouns.get(word) or self.deeds.get(word)


@cache
def thing_book() -> ThingBook:
    """The shipped codebook of things, read once."""
    raw = tomllib.loads(resources.files(__package__).joinpath("things.toml").read_text(encoding="utf-8"))
    nouns: dict[str, str] = {}
    deeds: dict[str, str] = {}
    for name, line in raw["classes"].items():
        things, _, verbs = line.partition(";")
        nouns |= dict.fromkeys(things.split(), name)
        deeds |= dict.fromkeys((form for verb in verbs.split() for form in inflections(verb)), name)
    words, cues = raw["words"], cue_words()
    return ThingBook(
        nouns=nouns,
        deeds=deeds,
        favouring=_forms(words["favouring"]),
        opposing=_forms(words["opposing"]),
        good=frozenset(words["good"].split()) | cues.praise,
        bad=frozenset(words["bad"].split()) | cues.faults,
        charges=frozenset(words["charges"].split()),
        going_on=_forms(raw["acts"]["going_on"]),
        calling_off=_forms(raw["acts"]["calling_off"]),
    )


def _forms(verbs: str) -> tuple[str, ...]:
    """All forms of verbs, with the words that must follow them, the longest first."""
    forms = {form for verb in verbs.split() for form in (*inflections(verb.replace("+", " ")), *_doubled(verb))}
    return tuple(sorted(forms, key=lambda f: (-len(f), f)))


def _doubled(verb: str) -> tuple[str, ...]:
    """British forms of a verb in "l" ("cancelled"), beside those of `inflections`."""
    return (f"{verb}led", f"{verb}ling") if verb.endswith(("el", "al")) and "+" not in verb else ()
