"""Who is named in the middle of what they say: "Air strikes killed nine people, a monitor said, two days after the truce collapsed".

The model tags word by word and often takes up only part of the two halves; grammar says that both, whole, are what is said.
"""

from bisect import bisect_left

from crossread.codebook.cues import cue_codebook
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece

_SAYS = frozenset(lemma for lemma, cue in cue_codebook().verbs.items() if cue.kind in ("speech", "belief"))
_MARKS = frozenset('"“”„‟«»')
_TURNS = frozenset(
    (
        "but",
        "and",
        "or",
        "yet",
        "though",
        "although",
        "while",
        "whereas",
        "as",
        "who",
        "which",
        "whose",
        "whom",
        "where",
        "adding",
        "when",
    )
)
"""Words after the second comma that open another thought, or describe who speaks."""
_LONGEST_NAMING = 14


def around_insertion(joined: Joined, rules: RuleReader, starts: list[int]) -> Joined:
    """An attribution whose source and cue stand between commas, with both halves of the sentence as its content.

    ``starts`` are the first tokens of all pieces of all attributions, in order.
    """
    columns = rules.columns
    words = sorted((*joined.source, *joined.cue))
    first, last = words[0][0], words[-1][1]
    if not _is_insertion(joined, first, last, columns):
        return joined
    begin, end = rules.sentence_of(first)
    left = rules.stripped((begin, first - 1))
    if left is None or not _is_plain(left, columns) or not _free(left, joined, starts) or not _is_clause(left, columns):
        return joined
    content: list[Piece] = [left]
    right = _right_half(joined, last, end, rules, starts)
    if right is not None:
        content.append(right)
    others = [p for p in joined.content if p[0] >= last and (right is None or p[0] >= right[1])]
    return joined._replace(content=(*content, *others))


def _is_insertion(joined: Joined, first: int, last: int, columns: Columns) -> bool:
    """Whether a short clause of saying, source first or last, stands between two commas or between a comma and the stop."""
    if not joined.source or not joined.content or first < 3 or last >= columns.n or last - first > _LONGEST_NAMING:
        return False
    verb = columns.head_of(*joined.cue[0])
    closed = columns.lower[last] in (",", ".")
    inside = any(p[0] < last and first < p[1] for p in joined.content)
    return (
        closed
        and not inside
        and columns.lower[first - 1] == ","
        and columns.lemmas[verb] in _SAYS
        and columns.sentences[first] == columns.sentences[last]
    )


def _is_plain(piece: Piece, columns: Columns) -> bool:
    return _MARKS.isdisjoint(columns.lower[piece[0] : piece[1]]) and not any(columns.lower[i] in (";", ":") for i in range(*piece))


def _free(piece: Piece, joined: Joined, starts: list[int]) -> bool:
    """Whether no other attribution has words there."""
    own = sum(piece[0] <= p[0] < piece[1] for role in joined for p in role)
    return bisect_left(starts, piece[1]) - bisect_left(starts, piece[0]) == own


def _is_clause(piece: Piece, columns: Columns) -> bool:
    """Whether a subject and its verb stand there."""
    return any(columns.deps[i] in SUBJECTS and piece[0] <= columns.heads[i] < piece[1] for i in range(*piece))


def _right_half(joined: Joined, last: int, end: int, rules: RuleReader, starts: list[int]) -> Piece | None:
    """What goes on after the second comma; not after "said Loth, the mayor", where it may tell who speaks."""
    columns = rules.columns
    if columns.lower[last] != "," or joined.source[-1][1] > joined.cue[-1][1]:
        return None
    piece = rules.stripped((last + 1, end))
    if piece is None or columns.lower[piece[0]] in _TURNS or (columns.tags[piece[0]] == "VBG" and columns.deps[piece[0]] != "case"):
        return None
    return piece if _is_plain(piece, columns) and _free(piece, joined, starts) else None
