"""Breakdowns: which numbers of a sentence are parts of another ("nine people were killed, including four children"), and of what kind."""

import re
from collections.abc import Sequence

from crossread.codebook.units import load_units
from crossread.reading.counted import Draft
from crossread.records import Span
from crossread.vocabulary import FigureKind

_INCLUDING = re.compile(
    r"[\s,(–—-]*(?:(?:of|among)\s+(?:them|whom|those|which)[\s,]*(?:were\s+|are\s+)?|including|comprising|consisting\s+of|made\s+up\s+of|included)\s*"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
_INCLUDING_LATER = re.compile(r"[^.;:“”\"\n]{0,140}[,(–—-]\s*(?:including|among(?:st)?\s+them)[,\s]*(?:the\s+)?", re.IGNORECASE)
_OF_THEM_ARE = re.compile(r"\s*of\s+(?:them|whom)[,\s]+(?:(?:were|was|are)\s+)?(?P<noun>[a-z]+(?:\s[a-z]+)?)\b", re.IGNORECASE)
_FROM = re.compile(r"[\s,]+(?:[\w’']+[\s,]+){0,3}from\s+(?:the\s+)?(?:earlier\s+)?", re.IGNORECASE)
_OF_ALL = re.compile(r"(?:^|[.;,“”\"\n]\s*)(?:out\s+)?of\s+(?:the|those)\s+$", re.IGNORECASE)
_WERE = re.compile(r"\s+(?:were|was|are|is)\s+(?!killed|wounded|injured|arrested|detained|missing)[a-z]", re.IGNORECASE)
_OF_WHICH = re.compile(r"\b(?:of|among)\s+(?:whom|which)\s+$", re.IGNORECASE)
_AND_WHO = re.compile(r"^[^.;:,]{0,40}\band\s+$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,\s*)?(?:and|or|as\s+well\s+as|plus|along\s+with|&|,)\s*(?:the\s+|an?\s+|another\s+)?", re.IGNORECASE)
_AMONG = re.compile(r"\s*(?:were|was|are|is|being)?\s*among\s+(?:the\s+)?", re.IGNORECASE)
_OF_THEM = re.compile(r"\s*of\s+(?:them|whom|those|the\s+(?:victims|dead|injured|wounded|casualties))\b", re.IGNORECASE)
_OF_WHOM_WERE = re.compile(r"\s*of\s+(?:them|whom)\s+(?:were|was|are|is|have|has|had|died)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\s{0,8}[–—(-]\s{0,8}(?:including\s{1,8})?(?:the\s{1,8})?", re.IGNORECASE)
_BY_EACH = re.compile(r"\s+by\s+(?:[\w’'-]+\s+){0,4}[\w’'-]+(?:,|\s+and)\s+(?:and\s+)?(?:at\s+)?", re.IGNORECASE)
_DOWN_FROM = re.compile(r"[\s,]+(?:[\w’']+\s+){0,5}?(?:up|down)\s+from\s+(?:the\s+)?", re.IGNORECASE)
_AND_THEN = re.compile(
    r"(?:\s+(?:on|in|at|near)(?:\s+[\w’'-]+){1,3})?(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?:another\s+|a\s+further\s+)?", re.IGNORECASE
)
_ALSO_THERE = re.compile(r"\s+(?:(?:more|others)\s+)?(?:on|in|at|near)\s", re.IGNORECASE)
_NEW_TOTAL = re.compile(
    r"\b(?:bring(?:s|ing)?|brought|tak(?:es|ing)|took|push(?:es|ing|ed)|rais(?:es|ing|ed))\s+(?:the|its|their)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:total|tally|count|number)\s+(?:[\w’'-]+\s+){0,4}?to\s+$",
    re.IGNORECASE,
)
_ROSE = re.compile(
    r"\b(?P<verb>rose|risen|rising|rises|climb(?:ed|ing|s)|jump(?:ed|ing|s)|increas(?:ed|ing|es)|grew|grown|fell|drop(?:ped|ping|s))\s+(?:further\s+)?to\s+$",
    re.IGNORECASE,
)
_HOW_BADLY = re.compile(r"\s+(?:of\s+them\s+)?(?:critically|seriously|severely|gravely|badly|slightly|lightly)\b", re.IGNORECASE)
PERSONS = frozenset(
    (
        FigureKind.KILLED,
        FigureKind.WOUNDED,
        FigureKind.KILLED_OR_WOUNDED,
        FigureKind.MISSING,
        FigureKind.DETAINED,
        FigureKind.FREED,
        FigureKind.ABDUCTED,
        FigureKind.DISPLACED,
        FigureKind.TRAPPED,
    )
)
"""What befalls persons."""
THINGS = frozenset(
    (
        FigureKind.OTHER,
        FigureKind.TROOPS,
        FigureKind.BUILDINGS,
        FigureKind.STRIKES,
        FigureKind.POSITIONS,
        FigureKind.MEMBERS,
        FigureKind.DISPLACED,
        FigureKind.ABOARD,
        FigureKind.DETAINED,
        FigureKind.ABDUCTED,
    )
)


def last_part(text: str, drafts: Sequence[Draft], n: int) -> int:
    """Index of the last part of the breakdown that follows a draft, the draft's own where none does."""
    if n + 1 >= len(drafts) or not _INCLUDING.fullmatch(text, drafts[n].end, drafts[n + 1].start):
        return n
    last = n + 1
    while last + 1 < len(drafts) and _AND.fullmatch(text, drafts[last].end, drafts[last + 1].start):
        last += 1
    return last


def share_kinds(text: str, drafts: Sequence[Draft]) -> None:
    """Kinds and wholes along breakdowns and coordinations."""
    for n in range(len(drafts) - 1, 0, -1):  # from the right: "five soldiers and three civilians were killed"
        left, right = drafts[n - 1], drafts[n]
        between = left.end, right.start
        if _AMONG.fullmatch(text, *between) and right.kind is not None and not left.by:
            left.kind, left.by, left.cue, left.part_of = right.kind, "part", right.cue, right
        elif (
            not left.by
            and right.by in ("after", "part")
            and right.kind is not None
            and not _says_itself(left, right.kind)
            and (
                (_AND.fullmatch(text, *between) and not _OF_WHOM_WERE.match(text, right.number.end))
                or ((_OF_THEM.match(text, right.number.end) or right.number.unit == "share") and _ASIDE.fullmatch(text, *between))
            )
        ):
            left.kind, left.by, left.cue, left.part_of = right.kind, "part", right.cue, right.part_of
    for n in range(1, len(drafts)):
        left, right = drafts[n - 1], drafts[n]
        whole = _whole(text, drafts, n)
        if whole is not None and whole.kind is not None and right.by in ("", "noun", "after", "before", "part"):
            if right.by == "" or right.kind is None:
                right.kind, right.by, right.cue = whole.kind, "part", None
            if right.kind is whole.kind or _OF_THEM.match(text, right.number.end):
                right.part_of = whole
        elif not right.by and left.by == "toll" and _may_be_people(right) and _FROM.fullmatch(text, left.end, right.start):
            right.kind, right.by, right.cue = left.kind, "toll", left.cue  # "rose to 43 on Thursday from 38"
        elif (
            not right.by
            and left.kind is not None
            and left.by in ("before", "part", "toll")
            and _AND.fullmatch(text, left.end, right.start)
        ):
            right.kind, right.by, right.part_of = left.kind, "part", left.part_of


def later_counts(text: str, drafts: Sequence[Draft], sentence: Span) -> None:
    """Bare numbers that take up an earlier count: "two were killed on Monday and five on Tuesday, bringing the total to 16", "12 by the
    police, 19 by the hospital", "22 are missing, down from 35", "seven wounded (two seriously)"."""
    for n in range(1, len(drafts)):
        left, right = drafts[n - 1], drafts[n]
        if right.number.unit is not None or right.by or left.kind not in PERSONS:
            continue
        between = left.number.end, right.start
        if left.kind is FigureKind.WOUNDED and (badly := _HOW_BADLY.match(text, right.number.end)) is not None:
            right.kind, right.by, right.part_of, right.cue = left.kind, "part", left, Span(*badly.span())
            right.noun, right.head, right.end = None, "", right.number.end
            continue
        if not _may_be_people(right):
            continue
        rose = _ROSE.search(text, max(left.end, right.start - 60), right.start) if left.by == "toll" else None
        if rose is not None:
            right.kind, right.by, right.cue = left.kind, "toll", Span(rose.start(), rose.start() + len(rose["verb"]))
            continue
        later = _NEW_TOTAL.search(text, max(left.end, right.start - 80), right.start)
        listed = left.by in ("toll", "part") and _BY_EACH.fullmatch(text, *between)
        down = _DOWN_FROM.fullmatch(text, max(left.end, left.cue.end if left.cue is not None else 0), right.start)
        told = max(left.end, left.cue.end if left.cue is not None and left.by == "after" else left.end)
        more = left.by in ("after", "before", "part") and not right.head and _AND_THEN.fullmatch(text, told, right.start)
        if later or listed or down or (more and _ALSO_THERE.match(text, right.number.end)):
            right.kind, right.by, right.late = left.kind, "toll" if not more else "part", True


def _says_itself(draft: Draft, kind: FigureKind) -> bool:
    """Whether the counted noun says of another kind what befell them ("22 bodies and 100 wounded")."""
    kinds = load_units().kinds
    return bool(draft.head) and any(k.kind not in (kind, *THINGS) and k.noun.fullmatch(draft.head) for k in kinds)


def _whole(text: str, drafts: Sequence[Draft], n: int) -> Draft | None:
    """The draft that this one is a part of: "40 people, including six nurses and two guards"."""
    left, right = drafts[n - 1], drafts[n]
    if _INCLUDING.fullmatch(text, left.end, right.start) or _OF_WHICH.search(text, left.end, right.start):
        return left
    fits = right.number.best is not None and (left.number.value or 0) >= right.number.best
    if fits and (_OF_THEM.match(text, right.number.end) or _is_included(text, left, right)):
        return left
    if left.part_of is None or (right.by and right.kind is not left.kind) or left.part_of.start > left.start:
        return None
    joined = _AND.fullmatch(text, left.end, right.start) or _AND_WHO.search(text, left.end, right.start)
    return left.part_of if joined else None


def _is_included(text: str, left: Draft, right: Draft) -> bool:
    """ "Nine people were killed in the raid, including four children", "of the nine killed, four were women": persons after what befell
    them all."""
    if left.kind is None or left.kind in THINGS or left.kind is FigureKind.DURATION or right.number.unit is not None:
        return False
    if _OF_ALL.search(text, max(0, left.start - 16), left.start) and _WERE.match(text, right.number.end):
        return True
    return _may_be_people(right) and _INCLUDING_LATER.fullmatch(text, left.end, right.start) is not None


def _may_be_people(draft: Draft) -> bool:
    """Whether a number counts persons, or stands alone."""
    return not draft.head or load_units().people.fullmatch(draft.head) is not None


def name_parts(text: str, drafts: Sequence[Draft]) -> None:
    """ "Three of them children": what the part counts."""
    for n, draft in enumerate(drafts):
        found = _OF_THEM_ARE.match(text, draft.number.end) if draft.noun is None and draft.part_of is not None else None
        of_whom = (
            n and _OF_WHOM_WERE.match(text, draft.number.end) and (drafts[n - 1].number.value or 0) >= (draft.number.value or 0)
        )
        if of_whom and draft.part_of is None:
            draft.part_of = drafts[n - 1]
        if n and draft.part_of is None and not draft.by and draft.number.unit is None:
            between = drafts[n - 1].end, draft.start
            if _OF_WHICH.search(text, *between) or (_may_be_people(draft) and _INCLUDING.fullmatch(text, *between)):
                draft.part_of = drafts[n - 1]
        if found is not None and load_units().people.fullmatch(found["noun"].split()[-1]):
            draft.noun, draft.head = Span(*found.span("noun")), found["noun"].split()[-1]
        elif found is not None and load_units().people.fullmatch(found["noun"].split()[0]):
            head = found["noun"].split()[0]
            draft.noun, draft.head = Span(found.start("noun"), found.start("noun") + len(head)), head
