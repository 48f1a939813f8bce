"""Events that a report tells as background and not as news: PLOVER's auxiliary mode ``historical``.

By the time that the clause names (a day more than `OLD_DAYS` before publication, "in 1994", "last year", "decades ago"), by what it is
said to be ("the 2011 war", "the anniversary of the raid"), or by an adverb of habit ("has long backed").  The past perfect alone is no
sign: news uses it for yesterday.  Where no publication date is known, a year that the text names is taken for an earlier one, as news
leaves the current year unsaid.
"""

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from crossread.reading.governing import WORDS
from crossread.reading.tree import Tree
from crossread.reading.when import as_date
from crossread.vocabulary import Basis, Precision, Status

if TYPE_CHECKING:
    from crossread.reading.predicates import Predicate
    from crossread.records import When

OLD_DAYS = 180
OVER_DAYS = 14
"""Days before publication after which what was going on then is not said to go on now."""
_OPEN_STATES = frozenset({Status.ONGOING, Status.PLANNED, Status.HYPOTHETICAL})
_OLD_WORDS = re.compile(
    r"\b(?:last|previous)\s+(?:year|decade|century)\b|\b(?:years|decades?|centur(?:y|ies))\s+(?:ago|earlier|before)\b"
    r"|\b(?:1[89]|20)\d\d",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:since|until|till|by|from|between|before|over|for|during|in|within)?\s*(?:the\s+)?(?:past|coming|next)\b|^since\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_HABITS = frozenset({"long", "previously", "once", "formerly", "historically", "traditionally", "originally"})
_MEMORIES = frozenset({"anniversary", "commemoration", "memory", "centenary", "history", "legacy", "aftermath"})
_NAMED_WARS = frozenset({"world", "cold"})
_TOLD = frozenset({Status.HAPPENED, Status.ONGOING, Status.ALLEGED, Status.DENIED, Status.NEGATED, Status.CALLED_OFF})


def is_historical(tree: Tree, predicate: "Predicate", status: Status, when: "When | None", published: "When | None") -> bool:
    """Whether an event is background of the report; what is planned or wished for never is."""
    if status not in _TOLD:
        return False
    return _is_old(when, published) or _is_remembered(tree, predicate) or _is_habit(tree, predicate)


def is_long_over(predicate: "Predicate", status: Status, rule: str, when: "When | None", published: "When | None") -> bool:
    """Whether a noun that its clause leaves open or lasting is dated back so far that it is over ("doubts about the raids of 2031")."""
    if predicate.kind != "n" or status not in _OPEN_STATES or rule.startswith(("modifier", "negation", "participle")):
        return False
    if when is None or when.basis is Basis.PUBLICATION or _OPEN.match(when.text or "") or published is None:
        return False
    day, end = as_date(published.start or published.end), as_date(when.end)
    return day is not None and end is not None and when.start is not None and end < day - timedelta(days=OVER_DAYS)


def is_still_to_come(tree: Tree, predicate: "Predicate", status: Status, when: "When | None", published: "When | None") -> bool:
    """Whether a noun or a verb in the present that its clause tells as a fact is dated after publication ("a summit opens on 11 July")."""
    if status not in (Status.HAPPENED, Status.ONGOING) or when is None or when.start is None or published is None:
        return False
    if predicate.sense is None or predicate.sense.type in WORDS:
        return False  # "agreed to meet on 13 July"
    verb = predicate.light if predicate.kind == "n" else predicate.head
    told = verb is not None and tree.tags[verb] in ("VBD", "VBN")
    day, start = as_date(published.end), as_date(when.start)
    return not told and predicate.kind in ("n", "v") and day is not None and start is not None and start > day


def _is_old(when: "When | None", published: "When | None") -> bool:
    if when is None or when.basis is Basis.PUBLICATION or _OPEN.match(when.text or ""):
        return False
    day = as_date(published.start or published.end) if published is not None else None
    end = as_date(when.end)
    if day is not None:
        if end is not None:
            return end < day - timedelta(days=OLD_DAYS) or (end.year < day.year and "year" in (when.text or "").lower())
        return False
    return when.precision in (Precision.YEAR, Precision.UNKNOWN) and _OLD_WORDS.search(when.text or "") is not None


def _is_remembered(tree: Tree, predicate: "Predicate") -> bool:
    """ "The anniversary of the raid", "the 1994 raid", "World War II"."""
    if predicate.kind != "n":
        return False
    head, above = predicate.head, tree.heads[predicate.head]
    if tree.deps[head] == "nmod" and tree.lemmas[above] in _MEMORIES:
        return True
    before = [k for k in tree.kids[head] if k < head and tree.deps[k] in ("compound", "nummod", "amod", "nmod", "nmod:unmarked")]
    return any(tree.lower[k] in _NAMED_WARS or _YEAR.fullmatch(tree.words[k]) for k in before)


def _is_habit(tree: Tree, predicate: "Predicate") -> bool:
    if predicate.kind != "v":
        return False
    kids = tree.kids[predicate.head]
    if any(tree.lower[k] in _HABITS and tree.deps[k] == "advmod" for k in kids):
        return any(tree.lemmas[k] in ("have", "be") and tree.deps[k] in ("aux", "aux:pass") for k in kids) or (
            tree.tags[predicate.head] == "VBD"
        )
    return False
