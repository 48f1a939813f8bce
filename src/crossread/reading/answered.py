"""What somebody answers in a clause behind what was said: "..., which the army denies", "..., a charge that she called absurd".

The model takes such a clause for the tail of what is said, or for nothing; grammar says who denies what stands before it.
"""

from collections.abc import Iterator

from crossread.codebook.cues import cue_codebook, cue_words
from crossread.reading.accounts import Account
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece

_WORDS = cue_words()
_ANSWERS = frozenset(("deny", "dispute", "reject", "dismiss", "refute", "contest", "rebuff", "repudiate", "ridicule"))
_CALLING = frozenset(("call", "describe", "brand", "label", "dismiss"))
_SAID = frozenset(
    ("charge", "claim", "allegation", "accusation", "demand", "assertion", "suggestion", "version", "account", "proposal", "request",
     "contention", "complaint", "something", "figure", "verdict", "conclusion")
)  # fmt: skip
"""What a clause before is called where somebody answers it."""
_PARTING = frozenset((",", "-", "–", "—", ";"))
_HELPERS = frozenset(("AUX", "ADV", "PART"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM"))
_LONGEST_SOURCE, _LONGEST_GROUP = 10, 4
"""Tokens that name who answers; helpers and adverbs before the verb."""
_FEWEST = 3
"""Tokens of what is answered."""


def with_answers(accounts: list[Account], rules: RuleReader) -> list[Account]:
    """The accounts, and those of the answers that stand behind what is said in the same sentence."""
    cues = {i for joined, held in accounts for j in (joined, *held) for a, b in j.cue for i in range(a, b)}
    made = [*accounts, *((j, []) for j in _shared_passives(accounts, rules) if j.cue[0][0] not in cues)]
    for parting, answer in _answers(rules):
        if any(i in cues for a, b in answer.cue for i in range(a, b)):
            continue
        said = next((n for n, (joined, _) in enumerate(made) if _reaches(joined, parting, rules)), None)
        if said is None:
            piece = _clause_before(parting, rules)
        else:
            joined, held = made[said]
            made[said] = (_ended(joined, parting), held)
            piece = next((p for p in made[said][0].content if p[1] == parting), None)
        if piece is not None and piece[1] - piece[0] >= _FEWEST:
            made.append((answer._replace(content=(piece,)), []))
    return made


def _shared_passives(accounts: list[Account], rules: RuleReader) -> Iterator[Joined]:
    """What the fishermen do in "was praised by the guild and criticised by the fishermen"."""
    columns = rules.columns
    for joined, _ in accounts:
        for verb in (i for a, b in joined.cue for i in range(a, b) if columns.tags[i] == "VBN"):
            for other in (
                k for k in columns.children[verb] if k > verb and columns.deps[k] in ("conj", "advcl") and columns.tags[k] == "VBN"
            ):
                agent = rules.agent_of(other)
                if agent is not None and agent[0] > other and columns.lemmas[other] in cue_codebook().verbs:
                    yield Joined((agent,), ((other, other + 1),), joined.content)


def _answers(rules: RuleReader) -> Iterator[tuple[int, Joined]]:
    """The comma or dash before each answer, and its source and cue."""
    columns = rules.columns
    for i in range(1, columns.n - 3):
        if columns.lower[i] not in _PARTING or i in rules.quoted:
            continue
        first = _behind_name(rules, i + 1)
        found = _active(rules, first) or _passive(rules, first) if first is not None else None
        if found is not None:
            yield i, found


def _behind_name(rules: RuleReader, start: int) -> int | None:
    """The token behind "which", "a charge" or "an allegation that", ``None`` where nothing of the kind stands there."""
    columns = rules.columns
    if columns.lower[start] == "which":
        return start + 1
    at = start + 1 if columns.pos[start] == "DET" else start
    if at + 2 >= columns.n or columns.lemmas[at] not in _SAID:
        return None
    return at + 2 if columns.lower[at + 1] in ("that", "which") else at + 1


def _active(rules: RuleReader, start: int) -> Joined | None:
    """ "the army has repeatedly denied", "she called absurd"."""
    columns, end = rules.columns, rules.sentence_of(start)[1]
    at = start
    while at < min(end, start + _LONGEST_SOURCE) and (
        columns.pos[at] in _NOMINAL or columns.lower[at] in ("of", "'s", "’s", "and")
    ):
        at += 1
    source = rules.stripped((start, at))
    verb = next((k for k in range(at, min(end, at + _LONGEST_GROUP)) if columns.pos[k] not in _HELPERS), end)
    if source is None or verb >= end or columns.tags[verb] not in ("VBZ", "VBP", "VBD", "VBN"):
        return None
    if columns.lemmas[verb] in _CALLING and (word := _falsity_behind(rules, verb, end)) is not None:
        return Joined((source,), ((verb, word + 1),), ())
    return Joined((source,), ((verb, verb + 1),), ()) if columns.lemmas[verb] in _ANSWERS else None


def _falsity_behind(rules: RuleReader, verb: int, end: int) -> int | None:
    """The word after "called" that says it is not so ("absurd", "a lie")."""
    columns = rules.columns
    near = range(verb + 1, min(end, verb + _LONGEST_GROUP + 1))
    return next(
        (k for k in near if columns.lemmas[k] in _WORDS.falsity | _WORDS.denying or columns.lower[k] in _WORDS.falsity), None
    )


def _passive(rules: RuleReader, start: int) -> Joined | None:
    """ "(a claim) denied by the marchers"."""
    columns = rules.columns
    at = start
    while at < min(columns.n, start + _LONGEST_GROUP) and columns.pos[at] in _HELPERS:
        at += 1
    if at >= columns.n or columns.lemmas[at] not in _ANSWERS or columns.tags[at] != "VBN":
        return None
    agent = rules.agent_of(at)
    return Joined((agent,), ((at, at + 1),), ()) if agent is not None and agent[0] > at else None


def _reaches(joined: Joined, parting: int, rules: RuleReader) -> bool:
    """Whether a content in plain words ends at the parting or runs over it."""
    sentences = rules.columns.sentences
    return any(a < parting <= b and a not in rules.quoted and sentences[a] == sentences[parting] for a, b in joined.content)


def _ended(joined: Joined, parting: int) -> Joined:
    return joined._replace(content=tuple((a, parting if a < parting <= b else b) for a, b in joined.content if a < parting))


def _clause_before(parting: int, rules: RuleReader) -> Piece | None:
    """All that the sentence says before the parting, in the reporter's own words."""
    piece = rules.stripped((rules.sentence_of(parting)[0], parting))
    if piece is None or any(i in rules.quoted for i in range(*piece)):
        return None
    return (piece[0] + 1, piece[1]) if rules.columns.lower[piece[0]] in ("but", "and", "yet") else piece
