"""Building disputes: sides from statements, disputes from sides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import fsum

from crossread.linking.case import Case
from crossread.linking.concepts import is_negative
from crossread.linking.sentences import Sentence
from crossread.linking.statements import Statement
from crossread.linking.stems import fold
from crossread.records import Dispute, Proof, Side, Voice
from crossread.vocabulary import Compatible, DisputeKind

_LONGEST = 220
"""Characters of a position as shown; longer ones are cut at a word."""


_BEFORE = r"[A-Z][A-Z .'’/-]{2,40}(?:, [\w .,'’/-]{1,40})?(?: ?\([^()]{2,40}\))? ?(?:—|–|--|-)"
"""A dateline."""
_DATELINE = re.compile(rf"^{_BEFORE} ?(?=[A-Z\"“])")
_BARE_DATELINE = re.compile(rf"{_BEFORE}\s{{0,3}}")


_CLOCK = re.compile(
    r"^(?:\((?:[A-Z][A-Za-z]{1,15} ?){1,2}\) ?(?:—|–|--?)?"
    r"|(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:\d{1,2} [A-Z][a-z]{2,8}|[A-Z][a-z]{2,8} \d{1,2},?) (?:19|20)\d\d"
    r"(?: \d{1,2}[.:]\d\d(?: ?[ap]m)?)?(?: [A-Z]{2,4})?(?: [|–—-])?) ?(?=[A-Z\"“])"
)
"""A date line, or the name of an agency in brackets, that stands before the first words of a report."""


def is_dateline(text: str) -> bool:
    """Whether a text is a dateline and nothing else ("KARVEL, May 9 (Meridian Press) –")."""
    return _BARE_DATELINE.fullmatch(text) is not None


def plain(text: str) -> str:
    """A sentence on one line, without the dateline or date line before it."""
    words = " ".join(_DATELINE.sub("", text, count=1).split())
    told = _CLOCK.sub("", words)
    return told if " " in told else words


_MIDDLE = re.compile(r"[\s,;:.)–—-]+(?:(?:and|but|or|while|though|although)\s+)?")
"""What stands before words that begin in the middle of a sentence."""


def topic_of(statement: Statement, longest: int = 100) -> str:
    """What a statement is about: its words, without "that" before them, or its whole sentence where these begin in the middle of one."""
    return topic_told(statement.text, statement.sentence.text, longest)


def topic_told(words: str, sentence: str, longest: int = 100) -> str:
    """The words of a statement as a topic, or the whole sentence that holds them."""
    text = words.strip()
    if _THAT.match(text) and len(text.split()) > _LEAST_TOPIC:
        return shorten(text[5].upper() + text[6:], longest)
    whole = not text[:1].islower() and _MIDDLE.match(text) is None and len(text.split()) >= _LEAST_TOPIC
    return shorten(plain(text if whole else sentence), longest)


_THAT = re.compile(
    r"that (?!(?:he|she|it|they|we|i|his|her|its|their|our|my|there|this|these|those|such|both|some|neither|none|any|if|when|as)\b)\w",
    re.IGNORECASE,
)
"""The opening of a clause that can stand by itself."""
_LEAST_TOPIC = 5
"""Words that a statement takes to be a topic; a clause with "that" one more."""


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Text on one line, cut at a word where it is too long."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def side_of(case: Case, statements: Sequence[Statement], *, position: str | None = None) -> Side:
    """A side that some statements take; the position is the words of the one most like the others, the first where none is, unless
    given."""
    ordered = sorted(statements, key=lambda s: s.key)
    return Side(
        position=position or position_of(chief_of(ordered)),
        held_by=tuple(dict.fromkeys(actor for s in ordered for actor in s.speakers)),
        voices=unique_voices(v for s in ordered for v in s.voices(case)),
        evidence=tuple(dict.fromkeys(s.evidence for s in ordered)),
    )


def chief_of(statements: Sequence[Statement]) -> Statement:
    """The statement most like the others of its side; the first of two."""
    return max(statements, key=lambda s: round(_common(s, statements), 6))


def _common(statement: Statement, others: Sequence[Statement]) -> float:
    """How much of its words a statement shares with the other ones of its side."""
    bags = [o.bag for o in others if o is not statement]
    return fsum(len(statement.bag & bag) / max(len(statement.bag | bag), 1) for bag in bags) if len(bags) > 1 else 0.0


@dataclass(frozen=True)
class Passage:
    """A sentence, or the part of it from ``start`` to ``end`` of its text, that tells one side."""

    sentence: Sentence
    start: int = 0
    end: int | None = None

    def speakers(self, case: Case) -> tuple[str, ...]:
        """Those whose words of saying stand in it, or whose words it is a part of; none where only the report speaks."""
        first, end = self.sentence.span.start, len(self.sentence.text) if self.end is None else self.end
        own = [x for x in self.sentence.attributions if any(self.start <= c.start - first < end for c in (x.cue or x.content))]
        if not own:
            around = self.sentence.voice_at(self.start, end)
            own = [around] if around is not None else []
        return tuple(dict.fromkeys(a for x in own for a in case.speaker_of(self.sentence.reading, x.id)))


def side_told(case: Case, passages: Sequence[Passage], position: str) -> Side:
    """A side that passages of reports tell: held by those who say it there, else the reports' own."""
    said = [(p, p.speakers(case)) for p in passages]
    return Side(
        position=position,
        held_by=tuple(dict.fromkeys(s for _, speakers in said for s in speakers)),
        voices=unique_voices(Voice(speaker=s, document=p.sentence.document) for p, speakers in said for s in speakers or (None,)),
        evidence=tuple(dict.fromkeys(p.sentence.evidence() for p in passages)),
    )


def position_of(statement: Statement) -> str:
    """The words of a statement; what is denied is said to be, where the words themselves do not."""
    told = telling_of(statement)
    if told is not None:
        return told
    said, before = statement.attribution, _MIDDLE.match(statement.text)
    words = shorten(statement.text[before.end() if before else 0 :])
    told_false = said is not None and said.denied and statement.denies_content and not is_negative(fold(statement.text))
    return f"denied: {words}" if told_false else words


def telling_of(statement: Statement) -> str | None:
    """The words of saying and what they are said of, as printed, where they stand together and the latter tell little without them.

    "Condemned the measure" is a position; "the measure" is none.
    """
    said, sentence = statement.attribution, statement.sentence
    if said is None or not said.cue or _IS_CLAUSE.match(statement.text):
        return None
    before, first = said.cue[-1], said.content[0]
    tells = len(said.cue) == 1 and before.end <= first.start <= before.end + _GAP and sentence.span.covers(before)
    if not tells or first.start != statement.spans[0].start or _ONLY_SAYS.match(fold(before.of(sentence.reading.document.text))):
        return None
    start = before.start - sentence.span.start
    return shorten(sentence.text[start : statement.spans[-1].end - sentence.span.start])


_GAP = 2
"""Characters between words of saying and what is said, where they stand together."""
_IS_CLAUSE = re.compile(r"that\b|[\"“'‘]|.{180}", re.DOTALL)
"""What tells enough by itself: a clause, a quotation, something long."""
_ONLY_SAYS = re.compile(
    r"(?:(?:has|have|had|is|was|were|also|then|later|reportedly|apparently) ){0,3}(?:s(?:aid|ays?|aying)|told|tell(?:s|ing)?|add(?:s|ed|ing)?"
    r"|wrote|writ(?:es|ing)|tweet(?:s|ed|ing)|report(?:s|ed|ing)?|announc(?:es|ed|ing)|according to|stat(?:es|ed|ing)|not(?:es|ed|ing)"
    r"|asked|alleged(?:ly)?|believed)\b"
)
"""Words of saying that tell nothing of where somebody stands."""


def unique_voices(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Voices, each once, in order."""
    return tuple(dict.fromkeys(voices))


OPPOSITES = "opposite statements on one matter"
"""How the reason of a dispute begins that rests on opposite words alone."""


def dispute_of(kind: DisputeKind, topic: str, sides: Sequence[Side], compatible: Compatible, reason: str) -> Dispute:
    """A dispute whose evidence is that of its sides."""
    evidence: Proof = tuple(dict.fromkeys(e for side in sides for e in side.evidence))
    return Dispute(
        id="dispute",
        kind=kind,
        topic=shorten(topic, 120),
        sides=tuple(sides),
        compatible=compatible,
        reason=reason,
        evidence=evidence,
    )
