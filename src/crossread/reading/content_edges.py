"""Where the content of an attribution ends, by the clauses of its sentence: before what is added, behind "as an icon", around a clause
that somebody else's words stand in.
"""

from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece

_GOING_ON = frozenset(("adding", "saying", "claiming", "arguing", "insisting", "noting", "stressing"))
_CLOSING = frozenset(("”", '"', "’’", "''"))
_HEARSAY = frozenset(("reportedly", "allegedly", "apparently", "supposedly"))
_CONDITIONS = frozenset(("if", "unless", "should"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_PASSIVE = frozenset(("aux:pass", "auxpass"))
_AS = frozenset(("obl", "advcl", "nmod", "xcomp"))
_NEAR = 12
"""Tokens between an object and its "as"."""


def without_expletive(joined: Joined, columns: Columns) -> Joined:
    """ "It was revealed by the police that": what is revealed is the clause, not its "it"."""
    if len(joined.content) < 2:
        return joined
    kept = tuple(p for p in joined.content if not (p[1] - p[0] == 1 and columns.lower[p[0]] == "it" and p[0] < joined.cue[0][0]))
    behind = kept and columns.lower[kept[0][0]] in ("that", "how", "whether", "to")
    return joined._replace(content=kept) if behind and len(kept) < len(joined.content) else joined


def with_agent(joined: Joined, rules: RuleReader) -> Joined:
    """ "Was described by the mayor as a mess", "was called a mess by the mayor": whoever stands behind "by" says it, where the model took
    his name for what is said, or for nothing."""
    columns, last = rules.columns, joined.cue[-1][1]
    if joined.source:
        return joined
    inside = next((p for p in joined.content if p[0] == last), None) if columns.lower[last - 1] == "by" else None
    if inside is None:
        return _with_agent_behind(joined, rules)
    parting = next((i for i in range(*inside) if columns.lower[i] in ("as", "that", "to")), None)
    end = parting or next((i for i in range(*inside) if columns.pos[i] == "PUNCT"), inside[1])
    agent = _agent(last, end, rules)
    rest = tuple((end, p[1]) if p is inside else p for p in joined.content if p is not inside or end < p[1])
    return joined._replace(source=(agent,), content=rest) if agent is not None and rest else joined


def _with_agent_behind(joined: Joined, rules: RuleReader) -> Joined:
    """ "Was accused of murder by the opposition": the last "by" of the words after a passive cue."""
    columns, (start, end) = rules.columns, joined.content[-1]
    if start < joined.cue[0][0] or not _is_passive(joined, columns) or start in rules.quoted:
        return joined
    bys = [i for i in range(start, min(end + 1, columns.n - 1)) if columns.lower[i] == "by" and i not in rules.quoted]
    by = next((i for i in reversed(bys) if columns.lower[i - 1] not in ("and", "or")), None)
    if by is None or any(columns.tags[i] in _FINITE or columns.lower[i] in _CLAUSES for i in range(start, by)):
        return joined  # "was told that the raid was ordered by the king"
    named = next((k for k in range(by + 1, min(columns.n, by + _NEAR)) if columns.pos[k] in ("NOUN", "PROPN")), by)
    behind = [i for i in columns.subtree(named) if i > by]
    stop = next((i for i in range(by + 1, (behind or [by])[-1]) if columns.lower[i] == "," or columns.lower[i] in _RELATIVE), None)
    agent = _agent(by + 1, stop or behind[-1] + 1, rules) if behind and columns.sentences[by] == columns.sentences[start] else None
    head = columns.head_of(*agent) if agent is not None else by
    if agent is None or end > agent[1] + 1 or columns.lemmas[head] in _TIMES or columns.tags[head] == "VBG":
        return joined
    if columns.lemmas[columns.head_of(*joined.cue[0])] == "blame":
        return joined  # "was blamed for the raid by the rebels": theirs may be the raid
    return joined._replace(source=(agent,), content=(*joined.content[:-1], (start, by)))


_RELATIVE = frozenset(("who", "which", "that", "whose", "after", "before", "when"))
_CLAUSES = frozenset(("that", "whether", "if", "which", "who", "where"))
_TIMES = frozenset(
    ("end", "start", "beginning", "time", "day", "week", "month", "year", "midnight", "noon", "dawn", "morning", "evening", "deadline",
     "summer", "autumn", "winter", "spring", "decade", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
)  # fmt: skip
"""By when something is to be done."""


def _is_passive(joined: Joined, columns: Columns) -> bool:
    head = columns.head_of(*joined.cue[0])
    return columns.tags[head] == "VBN" and any(columns.deps[c] in _PASSIVE for c in columns.children[head])


def _agent(start: int, end: int, rules: RuleReader) -> Piece | None:
    """Who is named between two words, where it is a short phrase."""
    columns, agent = rules.columns, rules.stripped((start, end)) if 0 < end - start <= _NEAR else None
    if agent is None:
        return None
    head = columns.head_of(*agent)
    bare = columns.tags[head] == "NN" and agent[1] - agent[0] == 1 and columns.lower[head] != "police"  # "by bus"
    return agent if columns.pos[head] in ("NOUN", "PROPN", "PRON") and not bare else None


def with_subject(joined: Joined, rules: RuleReader) -> Joined:
    """An attribution without a source whose verb has a subject: that of another verb ("condemned the raid and expressed regret"), or its
    own before an adverb ("The envoy reportedly told")."""
    columns = rules.columns
    if joined.source:
        return _with_own_subject(_with_first_of_list(joined, rules), rules)
    head = columns.head_of(*joined.cue[0])
    if columns.pos[head] == "NOUN":
        return _with_owner(joined, head, rules)
    adverb = any(columns.lower[i] in _HEARSAY for a, b in joined.cue for i in range(a, b))
    shared = (columns.deps[head] == "conj" and columns.tags[head] in _FINITE) or (adverb and columns.pos[head] == "VERB")
    if not shared or any(columns.deps[c] in _PASSIVE for c in columns.children[head]):
        return joined
    subject = rules.subject_of(head)
    if subject is None or columns.lower[subject[0]] in ("it", "there", "that", "which"):
        return joined
    taken = {i for role in joined for piece in role for i in range(*piece)}
    return joined if taken & set(range(*subject)) else joined._replace(source=(subject,))


def _with_first_of_list(joined: Joined, rules: RuleReader) -> Joined:
    """All of "Arkell, Lind and nine members of the board called for", where the model took up the last of them only."""
    columns, (start, end) = rules.columns, joined.source[0]
    verb = columns.head_of(*joined.cue[0])
    subject = next((c for c in columns.children[verb] if columns.deps[c] == "nsubj" and c < start), None)
    if subject is None or end > joined.cue[0][0] or columns.pos[subject] not in ("NOUN", "PROPN"):
        return joined
    listed = any(columns.deps[c] == "conj" and start <= c < end for c in columns.children[subject])
    first = columns.subtree(subject)[0]
    taken = {i for role in (joined.cue, joined.content) for a, b in role for i in range(a, b)}
    if not listed or not taken.isdisjoint(range(first, start)) or columns.sentences[first] != columns.sentences[start]:
        return joined
    return joined._replace(source=((first, end), *joined.source[1:]))


def _with_own_subject(joined: Joined, rules: RuleReader) -> Joined:
    """ "The envoy, asked on the programme “Midday” if it was true, said": the envoy, not the programme; and not the figure that the clause
    before her names ("Revising an earlier count, the envoy said")."""
    columns, (start, end) = rules.columns, joined.source[0]
    head = columns.head_of(*joined.cue[0])
    last, first = joined.cue[-1][1], joined.content[0][0]
    if (
        columns.lower[last - 1] == "by" and end <= joined.cue[0][0] and last < first
    ):  # "The visit followed a warning by the envoy that"
        by = rules.stripped((last, first))
        named = by is not None and columns.pos[columns.head_of(*by)] in ("NOUN", "PROPN")
        return joined._replace(source=(by,)) if by is not None and named else joined
    if len(joined.source) != 1 or columns.tags[head] not in _FINITE or not rules.is_speech(head) or end > joined.cue[0][0]:
        return joined
    subject = next((c for c in columns.children[head] if columns.deps[c] == "nsubj" and c < head), None)
    piece = rules.subject_of(head) if subject is not None else None
    if (
        subject is None
        and start
        and columns.tags[start - 1] == "VBG"
        and (start == 1 or columns.sentences[start - 2] != columns.sentences[start - 1])
    ):
        name = next((k + 1 for k in range(start, end - 1) if columns.lower[k] == "," and columns.pos[k + 1] == "PROPN"), None)
        return joined._replace(source=((name, end),)) if name is not None else joined  # where no subject was read
    if subject is None or piece is None or columns.pos[subject] not in ("NOUN", "PROPN"):
        return joined
    taken = {i for p in joined.content for i in range(*p)}
    between = piece[1] <= start and columns.lower[piece[1]] == "," and columns.tags[piece[1] + 1] in ("VBN", "VBD")
    after = start < piece[0] <= subject < end and columns.lower[piece[0] - 1] == "," and columns.tags[start - 1] == "VBG"
    if not (between or after) or taken & set(range(*piece)):
        return joined
    return joined._replace(source=((piece[0], end),) if after else (piece,))


def _with_owner(joined: Joined, noun: int, rules: RuleReader) -> Joined:
    """ "The cabinet's claim that": the cabinet's, where the model took its name for what is claimed."""
    whose = next((c for c in rules.columns.children[noun] if rules.columns.deps[c] == "nmod:poss"), None)
    owner = rules.owner_of(noun) if whose is not None and whose < noun else None
    content = tuple(p for p in joined.content if owner is None or p[1] <= owner[0] or owner[1] <= p[0])
    alone = content and all(owner is None or p in content or owner[0] <= p[0] < p[1] <= owner[1] for p in joined.content)
    return joined._replace(source=(owner,), content=content) if owner is not None and alone else joined


# ---------------------------------------------------------------- statements added on


def with_added_on(found: list[Joined], rules: RuleReader) -> list[Joined]:
    """ "Said that the road was shut, adding that it was mined": two statements of one source."""
    parts = [part for joined in found for part in _parts(joined, rules)]
    kept: dict[int, Joined] = {}
    for part in parts:
        kept.setdefault(part.cue[0][0], part)  # what the model made of "saying" by itself comes after
    return list(kept.values())


def _parts(joined: Joined, rules: RuleReader) -> list[Joined]:
    columns = rules.columns
    start, end = joined.content[-1]
    for i in range(start + 2, end - 1):
        if columns.lower[i] not in _GOING_ON or i in rules.quoted or not joined.source or joined.cue[0][0] >= start:
            continue
        comma = columns.lower[i - 1] == ","
        clause = any(columns.deps[c] == "ccomp" for c in columns.children[i]) or columns.lower[i + 1] == "that"
        own = columns.deps[i] == "advcl" and any(a <= columns.heads[i] < b for a, b in joined.cue)
        own = own or (columns.lower[i - 1] in _CLOSING and columns.lower[i] == "saying")  # "called it a “sham” saying"
        if clause and (own or (comma and columns.lower[i] == "adding")):
            first = joined._replace(content=(*joined.content[:-1], (start, i - comma)))
            return [first, Joined(joined.source, ((i, i + 1),), ((i + 1, end),))]
    return [joined]


# ---------------------------------------------------------------- whole clauses


def whole_contents(found: list[Joined], rules: RuleReader) -> list[Joined]:
    """Contents that reach to the end of their clause, also behind words that another says in it."""
    taken = [(piece, j) for j in found for role in (j.source, j.cue) for piece in role]
    made = []
    for joined in found:
        whole = _with_condition(_with_as(joined, rules.columns), rules) if joined.content else joined
        made.append(_around_others(whole, taken, rules) if len(whole.content) == 1 else whole)
    inner = [j for old, j in zip(found, made, strict=True) if old is not j and old.content != j.content]
    grown = [p for j in inner for p in j.content]
    return [j for j in made if j in inner or not any(_within(j, p) for p in grown)]


def _within(joined: Joined, piece: Piece) -> bool:
    return piece[0] <= joined.cue[0][0] < piece[1]


def _with_as(joined: Joined, columns: Columns) -> Joined:
    """ "Hailed Ana Holm, 16, as an icon": what somebody is called belongs to the content."""
    start, end = joined.content[-1]
    head = columns.head_of(*joined.cue[0])
    if start < joined.cue[0][1] or columns.pos[head] != "VERB":
        return joined
    for child in columns.children[head]:
        words = (
            [w for w in columns.subtree(child) if columns.pos[w] != "PUNCT"] if columns.deps[child] in _AS and child >= end else []
        )
        if words and columns.lower[words[0]] == "as" and 0 <= words[0] - end <= _NEAR:
            if columns.tags[child].startswith("V") or any(columns.deps[c] == "nsubj" for c in columns.children[child]):
                continue  # "hailed the crew as he left"
            return joined._replace(content=(*joined.content[:-1], (start, words[-1] + 1)))
    return joined


def _with_condition(joined: Joined, rules: RuleReader) -> Joined:
    """ "Threatened them with the law if they printed it": the condition belongs to what is threatened."""
    columns, (start, end) = rules.columns, joined.content[-1]
    head = columns.head_of(*joined.cue[0])
    if start < joined.cue[0][1] or columns.pos[head] != "VERB" or start in rules.quoted:
        return joined
    for child in columns.children[head]:
        words = [w for w in columns.subtree(child) if columns.pos[w] != "PUNCT"] if columns.deps[child] == "advcl" else []
        opened = bool(words) and columns.lower[words[0]] in _CONDITIONS and end - 1 <= words[0] <= end
        if opened and words[-1] >= end and columns.sentences[words[-1]] == columns.sentences[start]:
            return joined._replace(content=(*joined.content[:-1], (start, words[-1] + 1)))
    return joined


def _opens(start: int, end: int, clause: int, columns: Columns) -> bool:
    """Whether the words up to ``end`` are the beginning of a clause with its subject, whose verb follows at once."""
    subject = next((c for c in columns.children[clause] if columns.deps[c] in SUBJECTS), None)
    first = columns.subtree(clause)[0]
    near = all(columns.deps[i].startswith(("aux", "advmod", "cop", "punct")) for i in range(end, clause))
    return subject is not None and start <= subject < end and abs(first - start) <= 1 and near


def _around_others(joined: Joined, taken: list[tuple[Piece, Joined]], rules: RuleReader) -> Joined:
    """ "Said the driver, who police said had two passports, had fled": all of the clause, where a relative clause told by others parts it,
    or ends it ("was serious about the plan, which he allegedly dropped")."""
    columns, (start, end) = rules.columns, joined.content[0]
    if start in rules.quoted or start < joined.cue[0][1] or end >= columns.n:
        return joined
    head = columns.head_of(*joined.cue[0])
    clause = next((c for c in columns.children[head] if columns.deps[c] == "ccomp" and c > head), None)
    if clause is None:
        return joined
    last = columns.subtree(clause)[-1] + 1
    if end <= clause and _opens(start, end, clause, columns) and columns.sentences[last - 1] == columns.sentences[start]:
        piece = rules.stripped((start, last))  # "claimed a memo revealed that ...", where the model stopped before "revealed"
        return joined._replace(content=(piece,)) if piece is not None else joined
    hearsay = clause < end < last and columns.tags[end - 1] in ("WP", "WDT") and bool(_HEARSAY & set(columns.lower[end : end + 3]))
    if clause < end and not hearsay:
        return joined
    between = hearsay or any(other is not joined and end - 1 <= piece[0] < clause for piece, other in taken)
    relative = any(columns.tags[i] in ("WP", "WDT") for i in range(max(start, end - 1), min(clause, end + 3)) or (end - 1,))
    if not between or not relative or any(columns.sentences[i] != columns.sentences[start] for i in (last - 1,)):
        return joined
    piece = rules.stripped((start, last))
    return joined._replace(content=(piece,)) if piece is not None else joined
