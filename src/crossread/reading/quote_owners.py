"""Whose a quotation is that ends in a full stop before "Brek said the road was mined": not Brek's, who has a clause of his own.

It runs on from who was quoted just before: "“We ran,” Brek said outside the clinic. “It was dark.” Brek said the driver had told him to stay."
"""

from itertools import pairwise

from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece

_ENDS = (".", "!", "?", "…")
_SHORTEST = 2
"""Tokens of a clause, less one, that stands beside its cue."""
_MARKS = "\"'”’»"


def quotes_given_back(found: list[Joined], rules: RuleReader) -> list[Joined]:
    """Attributions where such a quotation belongs to the one before; what lies in the clause is left to be found inside it."""
    kept: list[Joined] = []
    clauses: list[Piece] = []
    for joined in found:
        quotes = [p for p in joined.content if _ends_before(p, joined, rules)]
        clause = _own_clause(joined, rules) if quotes and kept else None
        last = kept[-1] if kept else joined
        if clause is None or not _runs_on(last, quotes[0], rules):
            kept.append(joined)
            continue
        kept[-1] = last._replace(content=(*last.content, *(q for q in quotes if q not in last.content)))
        kept.append(joined._replace(content=(clause,)))
        clauses.append(clause)
    return [j for j in kept if not any(a <= j.cue[0][0] < b for a, b in clauses)]


def quotes_carried_on(found: list[Joined], rules: RuleReader) -> list[Joined]:
    """Attributions where a quotation that opens its paragraph because the one before was left open goes to who speaks that one."""
    columns, made = rules.columns, list(found)
    holder = {i: n for n, j in enumerate(made) for p in j.content for i in range(*p)}
    for before, quotation in pairwise(rules.quotations):
        start, end = columns.tokens_in(quotation.outer)
        if not quotation.continues or start >= end:
            continue
        owner = next((holder[i] for i in range(*columns.tokens_in(before.outer)) if i in holder), None)
        other = next((holder[i] for i in range(start, end) if i in holder), None)
        if owner is None or owner == other:
            continue
        if other is not None:
            rest = tuple(p for p in made[other].content if p[1] <= start or end <= p[0])
            if not rest or columns.lines[made[other].cue[0][0]] == columns.lines[start]:
                continue
            made[other] = made[other]._replace(content=rest)
        made[owner] = made[owner]._replace(content=(*made[owner].content, (start, end)))
        holder |= dict.fromkeys(range(start, end), owner)
    return made


def _ends_before(piece: Piece, joined: Joined, rules: RuleReader) -> bool:
    """Whether a piece is a quotation that ends a sentence just before the source."""
    columns = rules.columns
    first = min(role[0][0] for role in (joined.source, joined.cue) if role)
    if piece[0] not in rules.quoted or not 0 <= first - piece[1] <= 1:
        return False
    return columns.text[columns.starts[piece[0]] : columns.ends[piece[1] - 1]].rstrip(_MARKS).endswith(_ENDS)


def _own_clause(joined: Joined, rules: RuleReader) -> Piece | None:
    """The clause that follows the cue as what is said, and is no quotation."""
    columns, end = rules.columns, joined.cue[-1][1]
    beside = next((p for p in joined.content if end <= p[0] <= end + 1 and p[0] not in rules.quoted), None)
    if beside is not None and beside[1] - beside[0] > _SHORTEST:
        return beside
    head = columns.head_of(*joined.cue[0])
    for child in columns.children[head]:
        if child > head and columns.deps[child] == "ccomp":
            words = columns.subtree(child)
            if words[0] > head and words[0] not in rules.quoted:
                return rules.stripped((words[0], words[-1] + 1))
    return None


def _runs_on(last: Joined, quote: Piece, rules: RuleReader) -> bool:
    """Whether the attribution before is a quotation on the same line."""
    start, end = last.content[-1] if last.content else (0, 0)
    return bool(last.source) and start in rules.quoted and rules.columns.lines[max(start, end - 1)] == rules.columns.lines[quote[0]]
