"""Two voices that give one happening different causes, or different purposes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crossread.linking.accounts import Account, account_side
from crossread.linking.camps import camps_of
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.statements import Statement, statements_of_view
from crossread.linking.stems import content_stems, fold, stem
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind

CLAUSE_END = re.compile(
    r"[;?!]|(?<!\b\w)(?<!\bmr)(?<!\bmrs)(?<!\bdr)(?<!\bgen)(?<!\bsen)\.(?!\w)"
    r"|, (?=.{0,90}\b(?:said|says|told|claimed|added|reported)\b)|,? but |,? and then "
)
TEMPORAL = re.compile(
    r"^(?:the )?(?:only |just |more than |about |nearly |almost |over |several |a few |many |two |three |four |five |six |seven |eight "
    r"|nine |ten |eleven |twelve |dozens of |\d+ |a |an )*"
    r"(?:day|days|week|weeks|month|months|year|years|hour|hours|minute|minutes|midnight|noon|dawn|weekend|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|which|that|\d)\b"
)
DUE_TO_DO = re.compile(
    r"due to (?:\w+ (?:on|at|in|by|for|to|with|next|this|later|married)|address|answer|appear|arrive|attend|be|become|begin|close|come|decide"
    r"|deliver|depart|discuss|end|expire|face|fly|get|give|go|have|head|hold|host|join|land|last|launch|leave|make|meet|open|pay|play|present"
    r"|publish|reach|receive|release|reopen|report|rest|resume|return|rule|run|see|serve|sign|speak|stand|start|step|take|talk|testify|travel"
    r"|visit|vote|welcome|work)\b"
)
"""What somebody is due to do is no cause."""
_BACKWARD = re.compile(
    rf"\b(?P<sure>because of|because|(?!{DUE_TO_DO.pattern})due to "
    r"|(?<=\bdied )(?:of|from)"
    r"|owing to|on account of|as a result of|in response to|in retaliation for"
    r"|(?:was|were|is|been|being) (?:\w+ly )?(?:caused|triggered|sparked|provoked|brought about|started) by"
    r"|(?:was|were|is) (?:the|a) (?:result|consequence) of|resulted from|stemmed from"
    r"|in order to|so as to"
    r"|to (?=(?:save|protect|prevent|stop|avoid|silence|punish|hide|cover up|distract|divert|deter|make room|win|gain|raise)\b))"
    r"|\b(?P<loose>after|following)\b"
)
"""What follows is the cause of what stands before."""
_FORWARD = re.compile(r"\b(?:had |has |have )?(?:caused|triggered|sparked|brought about|led to|set off)\b(?! by)")
"""What stands before is the cause of what follows."""
_BLAMING = re.compile(r"^(?P<effect>.+?) (?:on|to) (?P<cause>.+)$")
_BLAMING_CUE = re.compile(r"\b(?:blam|attribut|put .* down|pin)")
GENERIC = frozenset(
    stem(w)
    for w in (
        "incident", "accident", "crash", "attack", "tragedy", "event", "disaster", "happened", "case", "matter", "situation", "fact", "thing",
        "it", "this", "that", "them", "these", "those",
    )
)  # fmt: skip
"""Words that point to the happening itself: "died as a result of the crash" gives no cause that "died after a tram overturned" lacks."""
_SAME_EFFECT, RIVAL_CAUSE = 0.6, 0.15
"""Weighted overlap from which two effects are one, and below which two causes are different."""
_FIRST_WORDS = 12
"""Characters before a cause that can hold an effect."""


_CAUSED = re.compile(r"(?:was|were|is|been|being) (?:\w+ly )?(?:caused|triggered|sparked|started) by")
"""Words that tell the cause of what one word names ("the blackout was caused by")."""


@dataclass(frozen=True, eq=False)
class _Told:
    """An effect and the cause that one voice gives for it."""

    account: Account
    effect: frozenset[str]
    cause: frozenset[str]
    words: str
    is_sure: bool
    is_purpose: bool = False
    is_one_of_many: bool = False
    """Whether it only led to the effect, as other things may have."""


def told_causes(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each effect for which voices give different causes, one of them in so many words."""
    told = [t for s in statements_of_view(view) if (t := _told(s)) is not None]
    seen: set[int] = set()
    for i, one in enumerate(told):
        for j in range(i + 1, len(told)):
            other = told[j]
            if i in seen or j in seen or one.account.source == other.account.source or not _rivals(one, other):
                continue
            if camps_of(view, one.account.speakers) & camps_of(view, other.account.speakers):
                continue
            if _one_effect(view, one, other) and view.likeness(one.cause, other.cause) < RIVAL_CAUSE:
                seen |= {i, j}
                yield _dispute(one, other)


def _rivals(one: _Told, other: _Told) -> bool:
    """Whether two reasons can be set against each other: both in so many words, two purposes only where two speakers give them."""
    if one.is_purpose and other.is_purpose:
        return bool(one.account.speakers and other.account.speakers) and not one.cause & other.cause
    if one.is_purpose != other.is_purpose and not (one.account.speakers and other.account.speakers):
        return False
    if one.is_one_of_many and other.is_one_of_many:
        return False
    return one.is_sure and other.is_sure


def _one_effect(view: StoryView, one: _Told, other: _Told) -> bool:
    if one.effect == other.effect and len(one.effect) == 1:
        return True
    return len(one.effect & other.effect) > 1 and view.likeness(one.effect, other.effect) >= _SAME_EFFECT


def _dispute(one: _Told, other: _Told) -> Dispute:
    sides = [account_side([t.account], t.words) for t in (one, other)]
    named = all(side.held_by for side in sides) or one.account.sentence.document != other.account.sentence.document
    return dispute_of(
        DisputeKind.CAUSE,
        f"Why: {shorten(one.account.sentence.text, 90)}",
        sides,
        Compatible.NO if named else Compatible.UNCLEAR,
        "the accounts give different causes for one happening",
    )


def _told(statement: Statement) -> _Told | None:
    """The effect and the cause that a statement tells."""
    found = _blamed(statement) or _backward(statement) or _forward(statement)
    if found is None or statement.is_question or statement.sentence.is_title:
        return None
    effect, cause, words, is_sure = found
    causes, effects = frozenset(content_stems(cause)), frozenset(content_stems(effect))
    if "it" in effect.split() or "its" in effect.split() or "their" in effect.split():
        effects |= statement.source_bag
    if not causes - GENERIC or len(effects) < (1 if _CAUSED.match(words) else 2):
        return None
    account = Account(
        sentence=statement.sentence,
        start=0,
        end=0,
        by=(),
        when=None,
        voice=statement.attribution,
        speakers=statement.speakers,
    )
    said = words.strip(" ,\"'")
    is_purpose = said.startswith(("to ", "in order to", "so as to"))
    return _Told(account, effects, causes, said, is_sure, is_purpose, said.endswith("led to"))


_Found = tuple[str, str, str, bool]


def _blamed(statement: Statement) -> _Found | None:
    """``blamed the crash on the fog``."""
    if statement.attribution is None:
        return None
    document = statement.sentence.reading.document.text
    cue = fold(" ".join(s.of(document) for s in statement.attribution.cue))
    match = _BLAMING.search(statement.folded) if _BLAMING_CUE.search(cue) else None
    return None if match is None else (match["effect"], match["cause"], match.group(), True)


def _backward(statement: Statement) -> _Found | None:
    match = _BACKWARD.search(statement.folded, _FIRST_WORDS)
    if match is None:
        return None
    end = CLAUSE_END.search(statement.folded, match.end())
    clause = statement.folded[match.end() : end.start() if end else len(statement.folded)].strip(" ,\"'")
    if TEMPORAL.match(clause):
        return None
    return statement.folded[: match.start()], clause, f"{match.group().strip()} {clause}", match["sure"] is not None


_NOT_CAUSED = re.compile(r"(?:\b(?:not|never|nobody|no one|who|what|whatever)|n't)\b[^,;]{0,30}$")
"""What stands so before "caused" tells no cause."""


def _forward(statement: Statement) -> _Found | None:
    match = _FORWARD.search(statement.folded)
    if match is None:
        return None
    end = CLAUSE_END.search(statement.folded, match.end())
    effect = statement.folded[match.end() : end.start() if end else len(statement.folded)]
    cause = statement.folded[: match.start()]
    if _NOT_CAUSED.search(cause):
        return None
    return effect, cause, statement.folded[: match.end()], True
