"""Votes: "eleven of 15 in favour, only two against", "by 13 votes to one with one abstention", "a 13-1 vote"."""

import re
from collections.abc import Sequence

from crossread.reading.counted import Draft
from crossread.reading.numbers import Number, parse_number
from crossread.records import Span
from crossread.vocabulary import FigureKind

_N = r"(?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|none|no)"
_VOTING = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|in\s+favou?r|abstain\w*|abstentions?|veto\w*|resolution|motion|referendum|draft|bill|parliament"
    r"|members\s+(?:back|support|approve|endorse|oppose|reject)(?:d|s|ed)?)\b",
    re.IGNORECASE,
)
_DASHED = re.compile(
    r"\b(?P<f>\d{1,4})\s?[-–]\s?(?P<a>\d{1,4})(?:\s?[-–]\s?(?P<x>\d{1,4}))?(?![\d-])(?P<tail>\s+(?:vote|majority|margin|ruling|decision|party-line))?",
    re.IGNORECASE,
)
_DASH_CUE = re.compile(
    r"\b(?:vot(?:e|ed|ing)|pass(?:ed|es)?|approv(?:ed|es)|adopt(?:ed|s)|reject(?:ed|s)|ruled|defeated|backed|decided|confirmed)\b[^.;\n]{0,60}$",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"\b(?:by\s+|voted\s+|vote\s+of\s+|vote\s+was\s+)(?P<f>{_N})\s*(?:votes?\s+)?(?:to|against)\s+(?P<a>{_N})\b"
    rf"(?:[\s,]+(?:with\s+|and\s+)?(?P<x>{_N})\s+(?:(?:countries|members|states|lawmakers|others)\s+)?(?:abstentions?|abstain\w*))?",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:[\s,]+[\w’'-]+){0,2}?(?:[\s,]+(?:of|out\s+of)\s+(?:the\s+|its\s+)?[\w-]+)?(?:[\s,]+[\w’'-]+){0,3}?[\s,]+(?:voted\s+|votes?\s+|were\s+|was\s+|came\s+out\s+)?"
    r"(?:in\s+favou?r\b|yes\b|for\s+(?:it|the|a)\b|(?:back|support|approve|endorse)(?:d|s|ed)?\s+(?:it|the|this|a)\b|votes?\s+for\b)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:[\s,]+[\w’'-]+){0,2}?(?:[\s,]+(?:of|out\s+of)\s+(?:the\s+|its\s+)?[\w-]+)?(?:[\s,]+[\w’'-]+){0,3}?[\s,]+(?:voted\s+|votes?\s+|were\s+|was\s+|came\s+out\s+)?"
    r"(?:against\b|opposed?\b|no\s+votes?\b|reject(?:s|ed)?\s+(?:it|the|this|a)\b)",
    re.IGNORECASE,
)
_ABSTAIN = re.compile(r"(?:[\s,]+[\w’'-]+){0,3}?(?:\s*,[^,;.\d]{1,60},)?[\s,]+(?:abstain\w*|abstentions?)\b", re.IGNORECASE)
_TOTAL_OF = re.compile(
    r"\b(?:of|out\s+of)\s+(?:the\s+|its\s+|a\s+(?:total\s+of\s+)?)?(?:(?:[\w-]+\s+){0,3}[\w-]+[’'](?:s\s+|\s+))?$", re.IGNORECASE
)
_BEFORE_TOTAL = 48
"""Characters in which "of the council's" may stand before the size of a body."""
_MEMBERS_AFTER = re.compile(
    r"[\s-](?:nation|member|country|state|seat|strong)s?\b|\s+(?:council\s+)?(?:members|countries|states|nations|seats)\b",
    re.IGNORECASE,
)


_WHOLE_VOTE = re.compile(r"\s+(?:for|against|in\s+favou?r)\b", re.IGNORECASE)


def has_votes(text: str, sentence: Span) -> bool:
    """Whether a sentence speaks of voting."""
    return _VOTING.search(text, sentence.start, sentence.end) is not None


def dashed_votes(text: str, sentence: Span) -> list[Draft]:
    """Figures of tallies that are written with a dash or with "to": these words are no numbers of their own elsewhere."""
    made: list[Draft] = []
    for found in _TO.finditer(text, sentence.start, sentence.end):
        made += _tally(found)
    taken = [d.start for d in made]
    for found in _DASHED.finditer(text, sentence.start, sentence.end):
        cue = _DASH_CUE.search(text, max(sentence.start, found.start() - 80), found.start())
        if found.start("f") not in taken and (found["tail"] or cue):
            made += _tally(found)
    return made


def _tally(found: re.Match[str]) -> list[Draft]:
    kinds = {"f": FigureKind.VOTES_FOR, "a": FigureKind.VOTES_AGAINST, "x": FigureKind.ABSTENTIONS}
    drafts = []
    for group, kind in kinds.items():
        words = found[group]
        if not words:
            continue
        value = 0.0 if words.lower() in ("none", "no") else parse_number(words)
        if value is None:
            continue
        start, end = found.span(group)
        number = Number(start, end, start, "tally", value, value, value, written=not words[0].isdigit())
        drafts.append(Draft(number, start, end, kind=kind, by="tally"))
    return drafts


def read_votes(text: str, drafts: Sequence[Draft], sentence: Span) -> None:
    """Decide which of the numbers are votes for, against and abstentions, and which the size of the body that votes."""
    for n, draft in enumerate(drafts):
        if draft.by or draft.number.unit is not None or (draft.head.lower() == "votes" and not _WHOLE_VOTE.match(text, draft.end)):
            continue
        end = drafts[n + 1].start if n + 1 < len(drafts) else sentence.end
        total = draft.number.best is not None and (
            _TOTAL_OF.search(text, max(sentence.start, draft.start - _BEFORE_TOTAL), draft.start)
            or _MEMBERS_AFTER.match(text, draft.number.end)
        )
        following = drafts[n + 1] if n + 1 < len(drafts) else None
        if (
            following is not None
            and _TOTAL_OF.search(text, draft.number.end, following.start)
            and len(text[draft.number.end : following.start]) < 40
        ):
            end = drafts[n + 2].start if n + 2 < len(drafts) else sentence.end
        for pattern, kind in (
            (_AGAINST, FigureKind.VOTES_AGAINST),
            (_FOR, FigureKind.VOTES_FOR),
            (_ABSTAIN, FigureKind.ABSTENTIONS),
        ):
            found = (
                None
                if total and _TOTAL_OF.search(text, max(sentence.start, draft.start - _BEFORE_TOTAL), draft.start)
                else pattern.match(text, draft.number.end, end)
            )
            if found is not None:
                draft.kind, draft.by, draft.cue = kind, "tally", Span(*found.span())
                draft.end = max(draft.end, draft.number.end)
                break
        if not draft.by and total:
            draft.kind, draft.by = FigureKind.MEMBERS, "tally"
    _share_total(drafts)


def _share_total(drafts: Sequence[Draft]) -> None:
    """Votes of one sentence are votes of the one body whose size it gives."""
    totals = [d.number.best for d in drafts if d.kind is FigureKind.MEMBERS and d.number.best is not None]
    votes = [d for d in drafts if d.kind in (FigureKind.VOTES_FOR, FigureKind.VOTES_AGAINST, FigureKind.ABSTENTIONS)]
    if len(totals) == 1:
        for draft in votes:
            if draft.number.best is not None and draft.number.best <= totals[0]:
                draft.of = totals[0]
