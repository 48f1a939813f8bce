"""What a number counts: the noun phrase beside it, and the kind of figure that verbs and nouns around it make of it.

Works on the words of a sentence and uses tags where the ``Doc`` has them.  The kind comes from, in this order: the unit; a cue right before
the number ("killing 12"); a cue after the counted phrase ("12 people were killed"); the noun itself ("12 deaths").  A part of a
breakdown or coordination without a cue takes the kind of its neighbour; `crossread.reading.figures` does that.
"""

import re
from dataclasses import dataclass, field, replace

from crossread.codebook.units import KindWords, Units
from crossread.reading.numbers import Number
from crossread.reading.timewords import Expression
from crossread.records import Span
from crossread.vocabulary import Bound, FigureKind

_BREAKS = re.compile(
    r"[;:“”\"]|\n\s*\n|\n(?=[ \t]*(?-i:[A-Z][a-z]))|\b(?:after|before|when|while|because|but|following|since|until"
    r"|if|although|though|whereas|amid|during|despite|against|said|says|told|where)\b"
    r"|\bto\s+(?:protest|mark|mourn|demand|condemn|honou?r|remember|commemorate)\b",
    re.IGNORECASE,
)
_REPORT_VERBS = frozenset(
    (
        "be",
        "have",
        "remain",
        "get",
        "report",
        "believe",
        "fear",
        "think",
        "say",
        "know",
        "leave",
        "confirm",
        "feel",
        "presume",
        "list",
        "become",
        "do",
        "find",
        "lie",
        "live",
        "suffer",
        "go",
        "continue",
        "end",
        "need",
        "stay",
        "die",
        "kill",
        "injure",
        "wound",
    )
)
_NOT = re.compile(r"(?:\bnot|n[’']t|\bnever)\s+(?:been\s+|yet\s+)?$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.;:,(\n]|\b(?:while|and|but|as|whereas|after|when)\b", re.IGNORECASE)
_FAR = 90
_LOOSE = frozenset(
    (
        "lost",
        "captured",
        "capturing",
        "captures",
        "claim",
        "claimed",
        "claims",
        "claiming",
        "forced",
        "forcing",
        "held",
        "hold",
        "holding",
        "release",
        "releases",
    )
)
_PERSON_KINDS = frozenset((
    FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, FigureKind.MISSING, FigureKind.DETAINED, FigureKind.FREED,
    FigureKind.ESCAPED, FigureKind.ABDUCTED, FigureKind.DISPLACED, FigureKind.TRAPPED, FigureKind.BESIEGED, FigureKind.IN_NEED,
    FigureKind.AFFECTED, FigureKind.ABOARD,
))  # fmt: skip
_THING_KINDS = (FigureKind.BUILDINGS, FigureKind.STRIKES, FigureKind.POSITIONS)


@dataclass(slots=True, eq=False)
class Draft:
    """A number on its way to a figure."""

    number: Number
    start: int
    end: int
    noun: Span | None = None
    head: str = ""
    kind: FigureKind | None = None
    unit: str | None = None
    label: str | None = None
    by: str = ""  # what decided the kind: unit, before, after, toll, noun, tally, part
    cue: Span | None = None
    of: float | None = None
    part_of: "Draft | None" = field(default=None, repr=False)
    resume: int = 0  # where the sentence goes on after a breakdown
    dropped: bool = False
    late: bool = False  # takes up the count of an earlier number
    alone: tuple[Number, int] | None = None  # the number and its start without "a father and his"


# ---------------------------------------------------------------- kinds


def by_unit(text: str, draft: Draft, units: Units, expression: Expression | None) -> bool:
    """Whether a unit decides: time, money, a share, a measure."""
    number = draft.number
    if number.currency is not None:
        draft.kind, draft.unit, draft.by = FigureKind.MONEY, number.currency, "unit"
        return True
    if number.form == "half_scale" and text[number.end - 4 : number.end].lower() in ("hour", "tury", "cade"):
        draft.kind, draft.unit, draft.by = FigureKind.DURATION, text[number.core : number.end].split()[-1].lower(), "unit"
        return True
    after = re.compile(r"(?:\s+(?:or\s+so|more|other|consecutive|straight|full|long|of)\s+|[\s-])?").match(text, number.end)
    at = after.end() if after else number.end
    time = units.time.match(text, at)
    if time is not None:
        if (
            _OVER.match(text, number.start)
            and number.start < number.core
            and not _LASTING.search(text, max(0, number.start - 16), number.start)
        ):
            value = number.value
            draft.number = replace(number, start=number.core, bound=Bound.EXACT, low=value, best=value, high=value)
            draft.start = number.core
        draft.kind, draft.unit, draft.by = FigureKind.DURATION, time.lastgroup, "unit"
        draft.noun, draft.head, draft.end = Span(at, time.end()), time[0], time.end()
        return True
    money = units.money.match(text, at)
    if money is not None:
        draft.kind, draft.unit, draft.by = FigureKind.MONEY, money[0].lower(), "unit"
        draft.noun, draft.head, draft.end = Span(at, money.end()), money[0], money.end()
        return True
    measure = units.measures.match(text, at)
    if measure is not None and text[at - 1 : at] in (" ", "-"):
        rate = _RATE.match(text, measure.end())
        end = rate.end() if rate is not None else measure.end()
        draft.kind, draft.unit, draft.by = FigureKind.OTHER, f"{measure.lastgroup}{'/h' if rate else ''}", "unit"
        draft.noun, draft.head, draft.end = Span(at, end), measure[0], end
        return True
    return expression is not None


_OVER = re.compile(r"over\s", re.IGNORECASE)
_LASTING = re.compile(
    r"(?:^|\b(?:for|after|in|of|with|within|lasted|lasting|lasts|took|takes?|taken|taking|than|spent|been|was|is|just|well|waited?|served|[a-z]+ed\s+for))\s*$",
    re.IGNORECASE,
)
"""Before "over five years" where it means more than that; "a deal worth so much over five years" means during."""
_RATE = re.compile(r"\s?(?:per|an)\s+hour\b|/h\b", re.IGNORECASE)


def kind_of(found: re.Match[str]) -> FigureKind:
    """The kind that a combined pattern of the codebook matched."""
    return FigureKind(found.lastgroup or "other")


def by_cues(text: str, draft: Draft, start: int, end: int, tags: dict[int, tuple[str, str]], units: Units) -> None:
    """Decide by cues before and after; ``start`` and ``end`` bound the words that may speak of this number."""
    thing = _thing(draft, units)
    before = units.before.search(text, max(start, draft.start - 60), draft.start)
    if before is not None and (_OTHER_CLAUSE.search(text, before.end(), draft.start) or _befell(text, draft)):
        before = None
    if before is not None and _fits(kind_of(before), before[0], draft, thing, units) and _is_driven(text, before[0], draft):
        draft.kind, draft.by, draft.cue = kind_of(before), "before", Span(*before.span())
        _joined_cue(text, draft, before.start(), start, units)
        return
    toll = units.toll.search(text, max(start, draft.start - 200), draft.start)
    if toll is not None and thing is None and not _BREAKS.search(text, toll.end(), draft.start):
        draft.kind, draft.by, draft.cue = kind_of(toll), "toll", Span(*toll.span())
        return
    hurt = _OF_THE_HURT.match(text, draft.number.end)  # "seven of the injured died"
    resume = max(draft.end, draft.resume, hurt.end() if hurt is not None else 0)
    if hurt is not None and units.after.search(text, resume, min(end, resume + _FAR)) is None:
        resume = max(draft.end, draft.resume)
    active = units.before.search(text, max(resume, end - 60), end)  # "and wounded 40" speaks of the next number
    end = active.start() if active is not None else end
    for found in units.after.finditer(text, resume, min(end, resume + _FAR + 40)):
        kind = kind_of(found)
        if _fits(kind, found[0], draft, thing, units) and _reaches(text, draft, found.start(), tags):
            draft.kind, draft.by, draft.cue = kind, "after", Span(*found.span())
            _either(text, draft, found, end)
            if kind is not FigureKind.ABOARD:  # "guards aboard a bus were killed": what befell them goes first
                return


_OTHER_CLAUSE = re.compile(
    r"(?<!many)(?<!much)(?<!few)\s(?:as|while|after|when|because|once|until|though|if)\s{1,3}$", re.IGNORECASE
)
"""What parts a number from the word before it: "arrested as seven die"."""
_STATE = re.compile(
    r"\s(?:dead|injured|wounded|hurt|missing|killed)\b"
    r"(?!\s(?!(?:in|and|as|by|at|after|on|when|while|or|from|so|but|near|since|during|following|amid|dozens|scores|many|several)\b)[a-z])",
    re.IGNORECASE,
)
"""What became of people, and no word for people behind it ("12 wounded rebels")."""


def _befell(text: str, draft: Draft) -> bool:
    """ "Driver held: seven dead": whether a bare number says at once what became of those that it counts."""
    return not draft.head and _STATE.match(text, draft.number.end) is not None


def _is_driven(text: str, cue: str, draft: Draft) -> bool:
    """Whether "forcing" drives people from where they live: "forcing 30 families to leave", but not "forcing two men to kneel"."""
    return not cue.lower().startswith(("forced ", "forcing ")) or _AWAY.match(text, draft.end) is not None


_AWAY = re.compile(
    r"[^.;:,]{0,30}?\s(?:to\s+(?:flee|leave|move|evacuate|abandon|seek|run|relocate)|out\s+of|from\s+(?:their|the|his|her)|into\s+(?:exile|camps?)|off)\b",
    re.IGNORECASE,
)


def _joined_cue(text: str, draft: Draft, at: int, start: int, units: Units) -> None:
    """ "Killed and wounded 30": two kinds in one."""
    before = text[max(start, at - 24) : at]
    if draft.kind is FigureKind.WOUNDED and re.search(r"\bkill(?:ed|ing|s)?\s+(?:and|or)\s+$", before, re.IGNORECASE):
        draft.kind = FigureKind.KILLED_OR_WOUNDED


def _either(text: str, draft: Draft, found: re.Match[str], end: int) -> None:
    """ "Were killed or injured"."""
    if draft.kind is FigureKind.KILLED and re.match(
        r"\s+or\s+(?:injured|wounded|hurt)\b", text[found.end() : min(end, found.end() + 16)]
    ):
        draft.kind = FigureKind.KILLED_OR_WOUNDED


def _thing(draft: Draft, units: Units) -> FigureKind | None:
    """The kind of thing that the noun names, where it is no person."""
    if not draft.head or units.people.fullmatch(draft.head):
        return None
    for kind in _THING_KINDS:
        if units.of_kind(kind).noun.fullmatch(draft.head):
            return kind
    if units.time.fullmatch(draft.head) or units.measures.fullmatch(draft.head):
        return FigureKind.OTHER
    return None


def _fits(kind: FigureKind, cue: str, draft: Draft, thing: FigureKind | None, units: Units) -> bool:
    if kind not in _PERSON_KINDS:
        return True
    if kind is not FigureKind.KILLED and kind is not FigureKind.MISSING and _REMAINS.fullmatch(draft.head):
        return False  # "twelve bodies were pulled from the river"
    if thing is not None:
        return False
    words = cue.lower().split()
    first, last = words[0], words[-1]
    if last == "lost":
        return draft.head.lower() in ("life", "lives")
    if first in _LOOSE:
        return units.people.fullmatch(draft.head) is not None
    return not (draft.head and draft.number.unit is None and not _may_be_people(kind, draft, units))


def _may_be_people(kind: FigureKind, draft: Draft, units: Units) -> bool:
    """Whether the head may name people: a known word, a name of a people, a number standing alone; of the killed, hurt or taken also
    a noun that ends like those for people."""
    head = draft.head
    if not head or units.people.fullmatch(head):
        return True
    if any(k.noun.fullmatch(head) for k in units.kinds if k.kind in _PERSON_KINDS or k.kind is FigureKind.TROOPS):
        return True
    if head[:1].isupper() and not head.isupper():
        return True
    return kind in _BODILY and _PERSON_ENDING.search(head) is not None


_BODILY = frozenset((FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED, FigureKind.DETAINED, FigureKind.ABDUCTED))
_OF_THE_HURT = re.compile(
    r"\s+of\s+(?:the|those)\s+(?:injured|wounded|hospitali[sz]ed|detained|arrested|missing|displaced|abducted|kidnapped)\b",
    re.IGNORECASE,
)
_REMAINS = re.compile(r"bod(?:y|ies)|corpses?|remains", re.IGNORECASE)
_PERSON_ENDING = re.compile(
    r"(?:ers?|ors?|ists?|ants?|ians?|ans|ees?|eers?|men|man|women|woman|mates?|folk|ese|ics|ards|ents|ives?|cians?|leftists?)$",
    re.IGNORECASE,
)


_HELPED_QUOTE = re.compile(r"(\b(?:would|will|had|has|have|was|were|are|been|be)\s)[“\"]", re.IGNORECASE)
"""Where a quotation goes on with the verb of its clause (would "be released")."""


def _reaches(text: str, draft: Draft, at: int, tags: dict[int, tuple[str, str]]) -> bool:
    """Whether a cue after the counted phrase speaks of it: near, in the same clause, no other finite verb between."""
    first = max(draft.end, draft.resume)
    gap = _HELPED_QUOTE.sub(r"\1", text[first:at])
    if _NOT.search(gap) or len(gap) > _FAR or _BREAKS.search(gap) or gap.count(",") > 2:
        return False
    for place, (tag, lemma) in tags.items():
        if first <= place < at and tag in ("VBD", "VBZ", "VBP", "VB") and lemma not in _REPORT_VERBS:
            return False
    if draft.resume > draft.end and re.match(r"\s*,?\s*(?:were|was|have|had|died|are)\b", text[draft.resume : draft.resume + 12]):
        return True
    return not re.search(r"\b(?:and|,)\s+(?:[a-z]+ing|the|an?)\s[^,]*$", gap) or len(gap) < 12


def by_noun(text: str, draft: Draft, sentence: Span, units: Units) -> None:
    """Decide by the counted noun."""
    if not draft.head or draft.kind is not None:
        return
    for kind in units.kinds:
        found = _noun_match(text, draft, kind)
        if found and (kind.needs is None or kind.needs.search(text, sentence.start, sentence.end)):
            draft.kind, draft.by = kind.kind, "noun"
            return


def _noun_match(text: str, draft: Draft, kind: KindWords) -> bool:
    if draft.noun is not None and draft.noun.of(text).endswith("House"):
        return False  # "a dozen House members", whatever is taken for the noun
    if kind.noun.fullmatch(draft.head):
        return True
    if draft.noun is None:
        return False
    words = draft.noun.of(text).split()
    return len(words) > 1 and kind.noun.fullmatch(" ".join(words[-2:])) is not None


def label_of(text: str, draft: Draft, sentence: Span, units: Units) -> str | None:
    """``hospitalised``, ``critical``, ``serious``, ``slight``, or several of them: how the wounded are, as said beside the number."""
    if draft.kind is not FigureKind.WOUNDED or draft.cue is None:
        return None
    first, last = min(draft.start, draft.cue.start), max(draft.end, draft.cue.end)
    close = _CLAUSE_END.search(text, last, min(sentence.end, last + 40))
    near = text[first : close.start() if close else min(sentence.end, last + 40)]
    return ", ".join(name for name, words in units.labels if words.search(near)) or None
