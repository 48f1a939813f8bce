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
    """Attributions where a quotation that runs on over paragraphs or lines goes, as a whole, to who is named on one of them."""
    made = list(found)
    holder = {i: n for n, j in enumerate(made) for p in j.content for i in range(*p)}
    for run in _runs(rules):
        owners = [_named_beside(piece, holder, made, rules) for piece in run]
        holders = [next((holder[i] for i in range(*piece) if i in holder), None) for piece in run]
        owner = next((o for o in owners if o is not None), None)
        owner = owner if owner is not None else holders[0]
        for piece, own, held in zip(run, owners, holders, strict=True):
            owner = own if own is not None else owner
            if owner is None or held == owner:
                continue
            if held is not None:
                rest = tuple(p for p in made[held].content if p[1] <= piece[0] or piece[1] <= p[0])
                if not rest:
                    continue
                made[held] = made[held]._replace(content=rest)
            made[owner] = made[owner]._replace(content=tuple(sorted((*made[owner].content, piece))))
            holder |= dict.fromkeys(range(*piece), owner)
    return made


def _runs(rules: RuleReader) -> list[list[Piece]]:
    """The quotations that run on, each with those that carry it on."""
    runs: list[list[Piece]] = []
    for before, quotation in pairwise(rules.quotations):
        piece = rules.columns.tokens_in(quotation.outer)
        if not quotation.continues or piece[0] >= piece[1]:
            continue
        first = rules.columns.tokens_in(before.outer)
        if runs and runs[-1][-1] == first:
            runs[-1].append(piece)
        elif first[0] < first[1]:
            runs.append([first, piece])
    return runs


def _named_beside(piece: Piece, holder: dict[int, int], found: list[Joined], rules: RuleReader) -> int | None:
    """Number of the attribution that holds a quotation and has its cue on the same line, or before a colon."""
    number = next((holder[i] for i in range(*piece) if i in holder), None)
    if number is None:
        return None
    columns, (start, end) = rules.columns, found[number].cue[0]
    beside = columns.lines[start] in (columns.lines[piece[0]], columns.lines[piece[1] - 1])
    return number if beside or ":" in columns.lower[end - 1 : end + 1] else None


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
