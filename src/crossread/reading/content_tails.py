"""Where a content ends too late: before what another one says, and before what the speaker did meanwhile."""

from collections.abc import Sequence

from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece

_AGAINST = frozenset(("but", "while", "although", "though", "whereas"))
_LIKEWISE = frozenset(("did", "do", "does", "has", "have", "had"))
_MEANWHILE = frozenset(("as", "while"))
_STILL_TO_COME = frozenset(
    ("will", "would", "must", "should", "may", "might", "can", "could", "has", "have", "is", "are", "'s", "’s")
)
_NEAR = 8
"""Tokens at the head of a content in which an infinitive is looked for."""


def without_tails(found: Sequence[Joined], rules: RuleReader) -> list[Joined]:
    """The attributions, without those tails of their contents; what others say in them stands beside."""
    made, freed = list[Joined](), list[Joined]()
    for joined in found:
        joined = _with_others(joined, rules)
        cut = _cut(joined, rules)
        piece = rules.stripped((joined.content[0][0], cut)) if cut is not None else None
        if cut is None or piece is None:
            made.append(joined)
            continue
        made.append(joined._replace(content=(piece,)))
        freed += (
            j if j.source and j.source[0][0] >= cut else j._replace(source=joined.source)  # no subject of what is said says it
            for j in rules.within(cut, joined.content[0][1])
        )
    cues = {i for j in made for p in j.cue for i in range(*p)}
    return sorted([*made, *(j for j in freed if j.source and j.cue[0][0] not in cues)], key=lambda j: j.cue)


def _with_others(joined: Joined, rules: RuleReader) -> Joined:
    """ "Called for a vote, as did Lind and Arkell": they say it, too."""
    columns, (start, end) = rules.columns, joined.content[-1]
    for i in range(end - 2, start + 1, -1):
        if columns.lower[i] != "as" or columns.lower[i + 1] not in _LIKEWISE or columns.lower[i - 1] != ",":
            continue
        others, piece = rules.stripped((i + 2, end)), rules.stripped((start, i - 1))
        if others is None or piece is None or any(columns.pos[k] == "VERB" for k in range(*others)) or i in rules.quoted:
            return joined
        return joined._replace(source=(*joined.source, others), content=(*joined.content[:-1], piece))
    return joined


def _cut(joined: Joined, rules: RuleReader) -> int | None:
    if len(joined.content) != 1 or joined.content[0][0] in rules.quoted or joined.content[0][0] < joined.cue[-1][1]:
        return None
    found = (_others_turn(joined, rules), _meanwhile(joined, rules.columns))
    return min((at for at in found if at is not None and at > joined.content[0][0]), default=None)


def _others_turn(joined: Joined, rules: RuleReader) -> int | None:
    """Where "but the army said" begins inside the content."""
    columns, (start, end) = rules.columns, joined.content[0]
    verb = columns.head_of(*joined.cue[0])
    for i in range(start + 1, end - 2):
        if columns.lower[i] not in _AGAINST:
            if (columns.lower[i] == "and" and _goes_on(i, verb, rules)) or (
                columns.lower[i] == ";" and _is_said_next(i, end, rules)
            ):
                return i
            continue
        other = columns.heads[i]
        said = i < other < end and columns.pos[other] == "VERB" and rules.is_speech(other)
        subject = next((c for c in columns.children[other] if columns.deps[c] in SUBJECTS), None) if said else None
        beside = columns.deps[other] == "conj" and columns.heads[other] == verb
        if subject is not None and subject > i and (beside or (columns.deps[other] == "advcl" and columns.tags[other] == "VBD")):
            return i
    return None


def _is_said_next(i: int, end: int, rules: RuleReader) -> bool:
    """Whether somebody else says what stands behind a semicolon ("said it had fallen; the army said it had not")."""
    columns = rules.columns
    verb = next((k for k in range(i + 1, end) if columns.pos[k] == "VERB"), end)
    return verb < end and rules.is_speech(verb) and any(columns.deps[c] in SUBJECTS and c > i for c in columns.children[verb])


def _goes_on(i: int, verb: int, rules: RuleReader) -> bool:
    """Whether "and" joins what the speaker did next to the verb of saying ("denied that and accused the clerics")."""
    columns = rules.columns
    other = columns.heads[i]
    above = columns.heads[other]
    same = columns.tags[above] == "VBN" and rules.is_speech(other)  # "said it had not fired and blamed them"
    joined = columns.deps[other] == "conj" and (above == verb or (same and verb < above)) and i < other
    own = any(columns.deps[c] in SUBJECTS for c in columns.children[other])
    return joined and not own and columns.tags[other] == "VBD" == columns.tags[verb]


def _meanwhile(joined: Joined, columns: Columns) -> int | None:
    """Where "as he attended a service" begins behind what is still to come ("said the row would pass as he attended a service")."""
    piece: Piece = joined.content[0]
    start, end = piece
    top = columns.head_of(*piece)
    helpers = {columns.lower[c] for c in columns.children[top]} | {columns.lower[top]}
    to_come = bool(helpers & _STILL_TO_COME) or any(columns.tags[c] == "TO" for c in range(start, min(end, start + _NEAR)))
    for i in range(start + 2, end - 2):
        if columns.lower[i] not in _MEANWHILE or columns.lower[i + 1] not in ("he", "she", "they") or columns.deps[i] != "mark":
            continue
        verb = columns.heads[i]
        acts = any(c == i + 1 and columns.deps[c] in SUBJECTS for c in columns.children[verb])
        own = columns.heads[verb] in range(*joined.cue[0])
        if acts and columns.tags[verb] == "VBD" and columns.deps[verb] == "advcl" and (own or to_come):
            return i
    return None
