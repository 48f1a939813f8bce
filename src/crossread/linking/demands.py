"""What some ask somebody to do, and others say will not be done: "cancel the visit", "there is no chance that it will be cancelled"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from crossread.codebook.things import thing_book
from crossread.linking.camps import camps_of
from crossread.linking.common_matters import general_weight
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, plain, position_of, shorten, side_of
from crossread.linking.statements import META, Statement, statements_of_view
from crossread.linking.stems import content_stems, stem, words_of
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind, Stance

_MOST, _VOICES = 3, 12
"""Such differences shown of one story; statements shown on one side of one."""


@dataclass(frozen=True, eq=False)
class _Act:
    """What somebody is asked to do, or will do: its verb (empty where something is to go on or not), what it is done to."""

    statement: Statement
    verb: str
    objects: frozenset[str]
    things: frozenset[str]
    is_done: bool


def demands(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing that some ask for and others say will not be, those on which most have their say first."""
    told = [s for s in statements_of_view(view) if s.attribution is not None and s.speakers and not s.is_question]
    asked = [a for s in told if s.stance in _ASKING and (a := _asked(s)) is not None]
    asked += [a for s in told if s.stance is Stance.PROMISE and (a := _undertaken(s)) is not None and a.is_done]
    answers = [a for s in told if s.stance in _ANSWERING and (a := _undertaken(s)) is not None] if asked else []
    groups: list[tuple[list[_Act], list[_Act]]] = []
    for answer in answers:
        met = [a for a in asked if _meets(view, a, answer)]
        home = next((g for g in groups if any(a in g[0] for a in met)), None)
        if met and home is None:
            groups.append((met, [answer]))
        elif home is not None:
            home[0].extend(a for a in met if a not in home[0])
            home[1].append(answer)
    for ours, theirs in sorted(groups, key=lambda g: (-len(g[0]) - len(g[1]), g[0][0].statement.key))[:_MOST]:
        yield _dispute(view, ours, theirs)


_ASKING = frozenset({Stance.DEMAND, Stance.PROPOSE})
_ANSWERING = frozenset({Stance.PROMISE, Stance.REJECT, Stance.ASSERT, Stance.DENY, Stance.THREATEN})


def _dispute(view: StoryView, asked: Sequence[_Act], answers: Sequence[_Act]) -> Dispute:
    ours, theirs = (sorted((a.statement for a in side), key=lambda s: s.key)[:_VOICES] for side in (asked, answers))
    chief = min(ours, key=lambda s: (s.sentence.is_title, s.key))
    promised = chief.stance is Stance.PROMISE
    why = "some promise what others rule out" if promised else "some ask for what others say will not be done"
    verb = "Promised and ruled out" if promised else "Asked for and refused"
    topic = f"{verb}: {shorten(plain(chief.sentence.text), 90)}"
    sides = (side_of(view.case, ours, position=position_of(chief)), side_of(view.case, theirs))
    return dispute_of(DisputeKind.CLAIM_VS_COUNTERCLAIM, topic, sides, Compatible.UNCLEAR, why)


def _meets(view: StoryView, asked: _Act, answer: _Act) -> bool:
    """Whether an answer says that what is asked for will not be done."""
    if asked.is_done == answer.is_done or asked.verb != answer.verb:
        return False
    if camps_of(view, asked.statement.speakers) & camps_of(view, answer.statement.speakers):
        return False
    names = asked.statement.sentence.name_stems | answer.statement.sentence.name_stems
    shared = (asked.objects & answer.objects) - META
    plainly = shared - names
    if asked.things and answer.things:
        return bool(asked.things & answer.things) and not _of_others(view, asked, answer)
    return len(shared) > 1 and any(general_weight(s) >= _RARITY for s in plainly)


_RARITY = 2.5
"""How rare in news at large a word must be that shows what is asked for."""


def _of_others(view: StoryView, asked: _Act, answer: _Act) -> bool:
    """Whether both name others as those concerned."""
    ours, theirs = asked.statement, answer.statement
    named = [frozenset(s.sentence.name_stems & s.bag) for s in (ours, theirs)]
    parties = [camps_of(view, (*s.about, *s.speakers)) for s in (ours, theirs)]
    return bool(named[0]) and bool(named[1]) and named[0].isdisjoint(named[1]) and parties[0].isdisjoint(parties[1])


# ---------------------------------------------------------------- acts

_SKIPPED = r"(?:(?:also|now|just|still|immediately|finally|instead|at least|simply|then|always|\w{3,20}ly) ){0,2}"
_SHOULD = re.compile(
    rf"\b(?:should|must|ought to|needs? to|ha(?:s|ve) to)(?P<not> not|n't| never)? {_SKIPPED}(?P<be>be )?{_SKIPPED}(?P<rest>\w.{{0,200}})"
)
_TO = re.compile(rf"(?:^|\b)(?P<not>not )?to {_SKIPPED}(?P<be>be )?(?P<rest>\w.{{0,200}})")
_FORMS_OF_WILL = (
    r"(?:will|would|(?:is|are|was|were)(?: not|n't)? going to|plans? to|planned to|intends? to|intended to|vow(?:s|ed)? to|pledg(?:es|ed) to"
    r"|refus(?:es|ed) to|declin(?:es|ed) to|(?:has|have|had) no (?:plans?|intention) (?:to|of)|won't|wouldn't|rul(?:es|ed) out)"
)
_WILL = re.compile(rf"\b(?P<will>{_FORMS_OF_WILL})(?P<not> not| never)? {_SKIPPED}(?P<be>be )?{_SKIPPED}(?P<rest>\w.{{0,200}})")
_REFUSING = re.compile(r"refus|declin|no plan|no intention|won't|wouldn't|rul|(?:not|n't) going")
_NO_CHANCE = re.compile(r"\b(?:zero|no|little|not a)[\"']? (?:chance|possibility|prospect|question|way)\b[^.;:]{0,90}$")
_IMPERATIVE = re.compile(r"^[\"'\s]{0,3}(?:please )?(?P<not>don't |do not |never )?(?P<rest>\w.{0,200})")
_LONGEST = 160
"""Characters of a clause that are read for an act."""


def _asked(statement: Statement) -> _Act | None:
    """What a statement asks for."""
    folded = _unquoted(statement)
    none = _NONE.search(folded)
    if none is not None:
        return _act(statement, "", none["what"], is_done=False)
    match = _SHOULD.search(folded)
    if match is not None:
        return _read(statement, match, folded[: match.start()])
    match = _TO.search(folded)
    if match is not None and match.start() <= _NEAR_OPENING:
        return _read(statement, match, "")
    match = _IMPERATIVE.match(folded)
    return _read(statement, match, "") if match is not None else None


def _unquoted(statement: Statement) -> str:
    """The folded words of a statement without quotation marks."""
    return " ".join(statement.folded.replace('"', " ").split())


_NEAR_OPENING = 60
_NONE = re.compile(r"\b(?:should|must) be no (?P<what>[^.;:!?]{3,100})")


def _undertaken(statement: Statement) -> _Act | None:
    """What a statement says will, or will not, be done."""
    folded = _unquoted(statement)
    match = _WILL.search(folded)
    if match is None:
        return None
    before = folded[: match.start()]
    refuses = _REFUSING.match(match["will"]) is not None or _NO_CHANCE.search(before) is not None
    return _read(statement, match, before, turned=refuses)


@cache
def _verbs() -> tuple[tuple[re.Pattern[str], bool], ...]:
    book = thing_book()
    forms = [(form, is_on) for is_on, side in ((True, book.going_on), (False, book.calling_off)) for form in side]
    joined = [(re.compile(rf"(?:{'|'.join(form for form, on in forms if on is is_on)})\b"), is_on) for is_on in (True, False)]
    return tuple(joined)


def _read(statement: Statement, match: re.Match[str], before: str, *, turned: bool = False) -> _Act | None:
    """The act of a clause, from its verb on; ``before`` is its subject."""
    rest = match["rest"][:_LONGEST]
    passive = "be" in match.re.groupindex and match["be"] is not None
    is_done = (match["not"] is None) != turned
    for pattern, is_on in _verbs():
        on = pattern.match(rest)
        if on is not None:
            tail = _CLAUSE.split(rest[on.end() :])[0]
            what = before if passive or not content_stems(tail) else tail
            return _act(statement, "", what, is_done=is_done == is_on)
    words = words_of(_CLAUSE.split(rest)[0])
    if not words or passive or words[0] in _AUXILIARY:
        return None
    sort = thing_book().deeds.get(words[0])
    if sort == "meeting":
        return _act(statement, "", " ".join(words), is_done=is_done)
    return _act(statement, stem(words[0]), " ".join(words[1:]), is_done=is_done)


_AUXILIARY = frozenset(("be", "been", "have", "has", "had", "do", "not"))
_CLAUSE = re.compile(
    r"[.;:!?]|, (?:and|but|or|so|because|while)\b|\b(?:because|if|unless|until|when|after|before|so that|in order to)\b"
)


def _act(statement: Statement, verb: str, what: str, *, is_done: bool) -> _Act:
    book = thing_book()
    words = [w.removesuffix("'s") for w in words_of(what)]
    things = frozenset(t for t in (book.nouns.get(w) if verb else book.sort_of(w) for w in words) if t is not None)
    return _Act(statement, verb, frozenset(content_stems(what)), things, is_done)
