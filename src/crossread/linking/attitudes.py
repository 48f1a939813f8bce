"""What a voice says it is for or against: a law that it welcomes, a visit that it calls a mistake."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from crossread.codebook.cues import cue_words, inflections
from crossread.codebook.things import thing_book
from crossread.linking.concepts import is_negated
from crossread.linking.sentences import StoryView
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import content_stems
from crossread.records import Span
from crossread.vocabulary import EntityType, Stance


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that one can be for or against: its classes, whose it is, the words that tell it, where they stand in a sentence."""

    sorts: frozenset[str]
    owners: frozenset[str]
    words: frozenset[str]
    start: int
    end: int
    is_refused: bool = False
    """Whether the words tell of a refusal of it: who is against that is for the thing."""


@dataclass(frozen=True, eq=False)
class Attitude:
    """A statement by which somebody is for or against a thing."""

    statement: Statement
    thing: Thing
    is_for: bool


def attitudes(view: StoryView) -> Iterator[Attitude]:
    """What the voices of a story are for and against, in the order of its statements."""
    for statement in statements_of_view(view):
        said = statement.attribution
        if said is None or not statement.speakers or statement.is_question or said.stance is Stance.SILENCE:
            continue
        found = _by_verb(statement) or _by_name(statement) or _by_predicate(statement)
        if found is not None:
            yield found


_PHRASES_FOR = (
    "in favor of", "in favour of", "supportive of", "support for", "called for", "calling for", "calls for", "pushed for", "pushing for",
    "pressed for", "proposed", "proposes", "proposing", "offered", "offers", "offering",
)  # fmt: skip
_PHRASES_AGAINST = (
    "opposition to", "opposed to", "out against", "stand against", "critical of", "disagreement with", "objections to", "objection to",
    "criticism of", "dismissive of", "concerned about", "concern about", "concerns about", "worried about", "alarmed by", "appalled by",
)  # fmt: skip
_GIVING = frozenset(("offered", "offers", "offering"))
_FIRST_PERSON = re.compile(r"\b(?:i|we)(?:'[a-z]{1,2})?(?: (?!to\b)[\w']{1,20}){0,3} $|\bin $")
"""What stands before a verb within a quotation by which its speaker is for or against something."""
_ITSELF = re.compile(r"(?:that )?(?:he|she|they|it)(?: (?!to\b)[\w']{1,20}){0,3} $")
"""The same at the opening of what is told of somebody's words."""


@cache
def _verbs() -> re.Pattern[str]:
    book = thing_book()
    favours, opposes = ("|".join(forms) for forms in ((*book.favouring, *_PHRASES_FOR), (*book.opposing, *_PHRASES_AGAINST)))
    return re.compile(rf"\b(?:(?P<favours>{favours})|(?:{opposes}))\b")


def _by_verb(statement: Statement) -> Attitude | None:
    """Welcomed, defended; opposed, condemned: in the words of saying, or said of oneself."""
    folded = _undotted(statement)
    for match in _verbs().finditer(folded, *_stretch(statement)):
        if not _is_own_verb(statement, folded, match.start()):
            continue
        thing = _thing_after(statement, match.end())
        if thing is not None and not (match.group() in _GIVING and " for " in folded[match.end() : thing.start]):
            return _attitude(statement, thing, (match["favours"] is not None) != is_negated(folded, match.start()))
    return None


def _is_own_verb(statement: Statement, folded: str, at: int) -> bool:
    """Whether the source of a statement is the one that a verb in or before it tells of."""
    first = statement.sentence.span.start
    opening = next((s.start - first for s in statement.spans if s.start - first <= at < s.end - first), None)
    if opening is None:
        return True
    if _FIRST_PERSON.search(folded, max(opening, at - 60), at) is not None:
        return True
    return at - opening < _OPENING and _ITSELF.match(folded, opening, at) is not None and _names_no_other(statement)


def _names_no_other(statement: Statement) -> bool:
    """Whether the words of saying and before name no person for whom a pronoun could stand but the source itself."""
    before = [n for n in statement.sentence.named if n.span.start < statement.spans[0].start and n.type is EntityType.PERSON]
    return all(n.actor in statement.speakers for n in before)


_OPENING = 50
"""Characters at the beginning of a content in which its verb stands."""
_TITLES = re.compile(r"\b(?:mr|mrs|ms|dr|sen|rep|gov|gen|lt|col|st|prof|rev|u\.s|u\.n|u\.k)\.(?= ?\w)")


def _undotted(statement: Statement) -> str:
    """The folded sentence of a statement, without the full stops of titles."""
    return _TITLES.sub(lambda m: m.group().replace(".", " "), statement.sentence.folded)


@cache
def _names() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(form for verb in cue_words().naming for form in inflections(verb)))})\b")


_FINDS = re.compile(r"[\"']{0,2}(?:i|we) (?:\w{1,12} )?(?:find|consider|regard|call) ")


def _by_name(statement: Statement) -> Attitude | None:
    """Called good or bad names: "called the law dangerous"."""
    folded, first = _undotted(statement), statement.sentence.span.start
    opening = statement.spans[0].start - first
    finds = _FINDS.match(folded, opening)
    if finds is None and _names().search(statement.cue) is None:
        return None
    thing = _thing_after(statement, opening if finds is None else finds.end())
    if thing is None:
        return None
    verdict = _verdict(folded[thing.end : min(statement.spans[-1].end - first, thing.end + _REACH)])
    return None if verdict is None else _attitude(statement, thing, verdict)


def _attitude(statement: Statement, thing: Thing, finds_good: bool) -> Attitude:
    return Attitude(statement, thing, finds_good != thing.is_refused)


_REACH = 70
"""Characters behind a thing in which it is judged."""
_IS = re.compile(
    r"[^.;:!?,\"]{0,45}? (?:is|was|are|were|would be|will be|has been|had been|marks|marked|represents?|amounts? to|constitutes?)\b"
)
_OPENS_PHRASE = re.compile(r"\b(?:of|for|to|on|by|with|in|from|against|about|over) $")
"""What stands before words that are no subject."""


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(thing_book().nouns, key=lambda n: (-len(n), n)))})\b")


def _by_predicate(statement: Statement) -> Attitude | None:
    """Said to be good or bad: "the invitation was a mistake"."""
    folded, first = _undotted(statement), statement.sentence.span.start
    for span in statement.spans:
        start, end = span.start - first, span.end - first
        for match in _nouns().finditer(folded, start, end):
            thing = _thing_ending(statement, start, match)
            is_ = _IS.match(folded, match.end(), end)
            if is_ is None or _OPENS_PHRASE.search(folded, max(0, thing.start - 12), thing.start):
                continue
            verdict = _verdict(folded[is_.end() : min(end, is_.end() + _REACH)])
            if verdict is not None:
                return _attitude(statement, thing, verdict)
    return None


_WORD = re.compile(r"[\w'-]{1,40}")
_NOT = frozenset(("not", "never", "no", "nothing", "hardly", "neither"))
_JUDGED = 7
"""Words behind "is" among which the one that judges stands."""


def _verdict(folded: str) -> bool | None:
    """Whether the first word that judges finds something good; ``None`` where none does."""
    book, negated = thing_book(), False
    for n, match in enumerate(_WORD.finditer(folded)):
        word = match.group().strip("'")
        if n == _JUDGED or word in _CLAUSE:
            return None
        if word in _NOT or word.endswith("n't"):
            negated = not negated
        if word == "too" and not negated:
            return False
        if word in book.good or word in book.bad or (negated and word in cue_words().fitting):
            return (word not in book.bad) != negated
    return None


_CLAUSE = frozenset("that which who because if when while but as whether how why".split())  # noqa: SIM905
_ENDS = frozenset(
    (
        "who",
        "which",
        "that",
        "because",
        "if",
        "when",
        "after",
        "before",
        "while",
        "but",
        "and",
        "or",
        "as",
        "than",
        "saying",
        "calling",
        "where",
        "since",
        "by",
        "until",
    )
)
_LINKS = frozenset("of on in at with from against about into during to".split())  # noqa: SIM905
_AFTER_HEAD = _LINKS | {"a", "an"}
"""Words behind a thing by which something else begins ("called the plan a mistake")."""
_GIVEN = frozenset(("for", "over"))
"""Words before that for which somebody is praised or blamed."""
_FARTHEST = 110
"""Characters in which the head of a phrase stands."""
_BREAK = re.compile(r"[.;:!?,()]")
_QUOTE = re.compile(r"[\"“”]")


def _thing_after(statement: Statement, at: int) -> Thing | None:
    """The thing whose phrase begins at a place of the sentence of a statement."""
    folded = _undotted(statement)
    last = min(len(folded), at + _FARTHEST, statement.spans[-1].end - statement.sentence.span.start)
    start, head, before = at, None, at
    for match in _WORD.finditer(folded, at, last):
        word, gap = match.group().strip("'"), folded[before : match.start()]
        before = match.end()
        plain = word.removesuffix("'s").removesuffix("'")
        if word in _GIVEN and head is None:
            start = match.end()
            continue
        if (
            _BREAK.search(gap)
            or (head is not None and _QUOTE.search(gap))
            or word in _ENDS
            or (head is not None and word in _AFTER_HEAD)
        ):
            break
        if plain in thing_book().nouns and plain == word:
            head = match
        elif head is None and start > at and plain in thing_book().deeds:
            return _thing(statement, start, match.end(), frozenset({thing_book().deeds[plain]}))
        elif head is None and word in _LINKS:
            return None
    return None if head is None else _with_deed(statement, start, head)


_TO = re.compile(
    r" (?:to|of) (?P<verb>[\w'-]{1,30})\b"
    r"(?: (?!(?:is|was|are|were|has|had|would|will|could|who|which|that|during|because|after|before|as|while|when)\b)[\w'-]{1,30}){0,6}"
)
_OPEN = frozenset(
    ("decision", "decisions", "move", "choice", "plan", "plans", "proposal", "offer", "offers", "nomination", "appointment", "pick", "refusal",
     "reluctance", "failure", "invitation", "invitations", "request", "position")
)  # fmt: skip
"""Things of which the words behind them tell more: a plan to meet is a meeting to come."""
_EMPTY = frozenset(("decision", "plan", "nomination", "absence", "position"))
"""Classes of things that are what they lead to."""
_REFUSALS = frozenset(("refusal", "reluctance", "failure"))
_TO_MAKE = re.compile(
    r" to (?:sign|pass|approve|adopt|back|introduce|hold|make|impose|build) (?:\w{1,20} ){0,4}?(?P<noun>\w{1,20})\b"
)


def _with_deed(statement: Statement, start: int, head: re.Match[str]) -> Thing:
    """A thing by its head, or by the deed that it is a plan or decision to do."""
    folded = _undotted(statement)
    noun = head.group().strip("'")
    sorts = {thing_book().nouns[noun]}
    after = _TO.match(folded, head.end()) if noun in _OPEN else None
    if after is not None:
        made = next((m for m in _TO_MAKE.finditer(folded, head.end(), after.end()) if m["noun"] in thing_book().nouns), None)
        deed = thing_book().nouns[made["noun"]] if made is not None else thing_book().deeds.get(after["verb"])
        sorts = sorts if deed is None else {deed} if sorts <= _EMPTY else {deed, *sorts}
    thing = _thing(statement, start, head.end(), frozenset(sorts), after.end() if after is not None else head.end())
    return replace(thing, is_refused=after is not None and noun in _REFUSALS)


_PHRASE = re.compile(r"(?:[\w'-]{1,40} ){0,5}$")
_DETERMINER = re.compile(
    r"\b(?:the|this|that|these|those|his|her|its|their|our|my|such|any|a|an) (?!.{0,80}\b(?:the|this|that|his|her|its|their|our|my|such|a|an) )"
)


def _thing_ending(statement: Statement, first: int, head: re.Match[str]) -> Thing:
    """The thing whose phrase ends with a noun."""
    folded = _undotted(statement)
    phrase = _PHRASE.search(folded, max(first, head.start() - 60), head.start())
    start = phrase.start() if phrase is not None else head.start()
    determiner = _DETERMINER.search(folded[start : head.start()])
    return _with_deed(statement, start + (determiner.start() if determiner is not None else 0), head)


_OWNING = frozenset({EntityType.PERSON, EntityType.GPE, EntityType.ORGANIZATION, EntityType.GROUP})
_PLAIN = frozenset(
    content_stems("planned upcoming controversial proposed latest recent current whole entire surprise possible potential")
)
"""Stems of words before a thing that do not tell which it is."""


def _thing(statement: Statement, start: int, end: int, sorts: frozenset[str], last: int | None = None) -> Thing:
    sentence = statement.sentence
    last = end if last is None else last
    start += len(sentence.folded[start:end]) - len(sentence.folded[start:end].lstrip(" \"'"))
    named = [n for n in sentence.named if sentence.span.start + start < n.span.end <= sentence.span.start + last]
    owners = frozenset(n.actor for n in named if n.actor is not None and n.type in _OWNING)
    folded = sentence.folded[start:last]
    return Thing(sorts, owners, frozenset(content_stems(folded)) - sentence.name_stems - _PLAIN, start, last)


def _stretch(statement: Statement) -> tuple[int, int]:
    """Where a statement and its words of saying begin and end in its sentence."""
    sentence, said = statement.sentence, statement.attribution
    cue = [c for c in (said.cue if said is not None else ()) if sentence.span.overlaps(c)]
    spans: list[Span] = [*cue, *statement.spans]
    return max(0, min(s.start for s in spans) - sentence.span.start), max(s.end for s in spans) - sentence.span.start
