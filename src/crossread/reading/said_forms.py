"""Forms of what is said that tell its stance by themselves: nothing is said after all, somebody should have acted, supplies are needed."""

import re
from collections.abc import Sequence

from crossread.codebook.cues import cue_codebook, cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.vocabulary import Stance

_WORDS = cue_words()
_GIST = 40
"""Tokens of the content in which it is said that nothing will be said."""
_DETAILS = r"(?:[a-z]+ ){0,2}(?:details?|information|comments?|specifics|figures|names)"
_GIVE = r"(?:give|provide|offer|share|disclose|release|reveal)"
_NOTHING_SAID = re.compile(
    r"(?:that |but |and |however |at this stage |for now )*(?:[\w’'.-]+ ){1,5}?(?:"
    r"(?:could|can|would|will|do|does|did|is|are|am|was|were|going|able)(?: [a-z]+)? not "
    r"(?:(?:yet|immediately|currently|going to|able to|in a position to|be) )*"
    rf"(?:comment|elaborate|speculate|dignify|get into|go into|respond to (?:questions|queries)|{_GIVE} {_DETAILS})"
    rf"|(?:is|was|are|were|am|being) unable to (?:comment|elaborate|{_GIVE} {_DETAILS})"
    r"|(?:have|has|had|got|have got|has got) (?:nothing(?: [a-z]+)? to (?:say|add|report)"
    r"|no (?:further |immediate |other |more )?(?:comments?|information|details))"
    r")\b"
)
_NO_COMMENT = re.compile(
    r"(?:we have |i have )?no (?:further |immediate )?comments?\b|(?:i|we) (?:will |would )?leave (?:that|it|this) (?:up )?to\b"
    r"|(?:that|it|this) (?:is )?above my pay grade\b|(?:i|we) (?:am |are )?not going to speculate\b"
    r"|(?:i|we) do not want to (?:speculate|comment|discuss|get into)\b"
)
_HOPING = frozenset(("hope", "hopes", "hoped", "hoping", "if", "whether", "unless", "wish", "pray"))
_WITHIN = 6
"""Words before "not true" in which it is hoped or supposed."""
_SUPPLIES = frozenset(
    ("water", "food", "medicine", "supply", "shelter", "tent", "blanket", "fuel", "equipment", "electricity", "money", "bed", "doctor", "nurse",
     "blood", "drug", "generator", "ambulance", "lorry", "truck", "helicopter", "plane", "clothing", "vaccine", "bandage")
)  # fmt: skip
_NOT_FOUND = frozenset(
    ("sign", "survivor", "injury", "casualty", "death", "fatality", "damage", "victim", "body", "report", "arrest", "word", "trace",
     "warning", "delay", "disruption", "change", "date", "timetable", "suspect", "motive", "indication", "impact", "risk",
     "threat", "agreement", "progress", "breakthrough", "decision", "solution", "water", "food", "electricity", "power", "time", "money",
     "hope", "place")
)  # fmt: skip
"""What a plain report says there is none of, accused of nothing."""
_PROVIDED = frozenset(
    ("send", "deploy", "deliver", "provide", "release", "distribute", "rebuild", "restore", "dispatch", "allocate", "compensate", "reopen",
     "lift", "free", "withdraw", "pay")
)  # fmt: skip
_GIVEN = frozenset(
    ("aid", "assistance", "relief", "convoy", "delivery", "reinforcement", "withdrawal", "truce", "ceasefire", "supply")
)
_BEGINS = frozenset(("begin", "start", "resume", "arrive", "reach", "continue"))
_PLAINLY = frozenset(("say", "add", "tell", "confirm", "declare", "state", "pledge"))
_ADVISING = frozenset(("suggest", "propose", "recommend", "advise"))
_NAMING_TIME = frozenset(("since", "before", "during", "until", "after", "following"))
_BLAMED = frozenset(("he", "she", "they", "you"))


def says_nothing(tokens: Sequence[int], columns: Columns) -> bool:
    """Whether what is said is that nothing will be said: "We don't comment on leaks", "it could not give further details"."""
    phrase = " ".join(_plain(columns.lower[i]) for i in tokens[:_GIST] if columns.lower[i][:1].isalnum())
    phrase = phrase.replace("ca not", "can not").replace("cannot", "can not").replace("wo not", "will not")
    return _NOTHING_SAID.match(phrase) is not None or _NO_COMMENT.match(phrase) is not None


def _plain(word: str) -> str:
    return "not" if word in ("n't", "n’t") else word


def is_supposed(phrase: str, place: int) -> bool:
    """Whether the words before a place of a phrase hope or suppose what stands there ("we hope it is not true")."""
    return not _HOPING.isdisjoint(phrase[:place].split()[-_WITHIN:])


def is_not_found(first: int, columns: Columns) -> bool:
    """Whether "no" is said of what was looked for or might have come about ("no survivors were found"), and no charge is denied."""
    noun = columns.heads[first]
    return columns.deps[first] == "det" and columns.lemmas[noun] in _NOT_FOUND


def names_a_time(i: int, columns: Columns) -> bool:
    """Whether a word of blame only dates something: "since the invasion of Velland"."""
    return any(columns.deps[c] == "case" and columns.lower[c] in _NAMING_TIME for c in columns.children[i])


def reproach(top: int, subject: int | None, columns: Columns, *, own: bool) -> Stance:
    """ "We should have gone" is regretted, "they should have acted" is held against them, "the bus should have arrived" was expected."""
    if own:
        return Stance.LAMENT
    if subject is None:
        return Stance.ASSERT
    person = columns.pos[subject] == "PROPN" or columns.lower[subject] in _BLAMED or columns.lemmas[subject] in _WORDS.bodies
    told = columns.pos[top] in ("VERB", "AUX", "ADJ")
    return Stance.ACCUSE if person and told else Stance.ASSERT


def are_supplies(subject: int | None, columns: Columns) -> bool:
    """Whether it is goods that "are needed": a want is told of, nothing is proposed."""
    return subject is not None and columns.lemmas[subject] in _SUPPLIES


def is_told_by_others(head: int, own: bool, columns: Columns) -> bool:
    """Whether a verb in what is said tells what somebody else says ("friends had advised that it should wait")."""
    cue = cue_codebook().verbs.get(columns.lemmas[head])
    if cue is None or cue.kind not in ("speech", "belief") or own:
        return False
    subject = next((c for c in columns.children[head] if columns.deps[c] in SUBJECTS), None)
    return subject is not None and columns.pos[subject] in ("NOUN", "PROPN")


def is_sided_with(top: int, subject: int | None, columns: Columns) -> bool:
    """ "We are with the people of Ostrel", "we stand behind the plan"."""
    if subject is None or columns.lower[subject] not in ("i", "we") or columns.pos[top] not in ("NOUN", "PROPN"):
        return False
    below = {columns.lower[c]: columns.deps[c] for c in columns.children[top]}
    copular = any(columns.deps[c] == "cop" and columns.tags[c] in ("VBP", "VBZ") for c in columns.children[top])
    return copular and (below.get("with") == "case" or below.get("behind") == "case")


def is_dark_day(tokens: Sequence[int], columns: Columns) -> bool:
    """ "This is a dark day for the press"."""
    return any(columns.lower[i] == "day" and columns.lower[i - 1] in ("dark", "black", "sad") for i in tokens if i)


def is_announced(top: int, subject: int | None, cue: str, columns: Columns) -> bool:
    """What will be done for others is announced ("food would be sent", "aid would begin"), as is whatever somebody "announced" will be."""
    if cue == "announce":
        return subject is not None and columns.lower[subject] not in ("it", "there")
    if subject is not None and columns.lemmas[subject] in _GIVEN and columns.lemmas[top] in _BEGINS:
        return True
    passive = any(columns.deps[c] == "aux:pass" for c in columns.children[top])
    return passive and columns.lemmas[top] in _PROVIDED and cue in _PLAINLY


def is_spoken_for(top: int, source: Sequence[tuple[int, int]], columns: Columns) -> bool:
    """Whether a spokesman tells what those he speaks for think: "the premier welcomes the plan"."""
    words = {columns.lemmas[i] for start, end in source for i in range(start, end)}
    return columns.tags[top] in ("VBZ", "VBP") and bool(words & {"spokesman", "spokeswoman", "spokesperson"})


def is_subjunctive(top: int, cue: str, columns: Columns) -> bool:
    """Whether "suggest" or "insist" is followed by what should be done: "that observers be sent", "sending observers"."""
    children = columns.children[top]
    if cue not in _ADVISING and cue != "insist":
        return False
    alone = not any(columns.deps[c].startswith("aux") or columns.deps[c] in SUBJECTS for c in children)
    if columns.tags[top] == "VBG" and columns.deps[top] in ("xcomp", "ccomp") and alone:
        return True
    bare = [c for c in (top, *children) if columns.tags[c] == "VB" and (c == top or columns.deps[c].startswith(("aux", "cop")))]
    helped = any(columns.tags[c] in ("MD", "TO") or columns.lemmas[c] in ("do", "have") for c in children)
    return bool(bare) and not helped and any(columns.deps[c] in SUBJECTS for c in children)
