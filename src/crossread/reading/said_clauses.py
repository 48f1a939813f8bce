"""What a source says, clause by clause: the main predicates of the content, their subjects, and whose they are."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from crossread.codebook.cues import Cue
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.joining import Joined
from crossread.reading.said_forms import is_told_by_others

SHOULD = frozenset(("should", "must", "ought"))
FUTURE = frozenset(("will", "'ll", "’ll", "shall", "wo"))
BACKSHIFTED = FUTURE | {"would", "'d", "’d"}
OURS = frozenset(("i", "we"))
_SINGLE = frozenset(("he", "she", "i"))
_OWNING = frozenset(("his", "her", "its", "their", "our", "my"))
_PREDICATES = frozenset(("VERB", "AUX", "ADJ", "NOUN"))
_BESIDE = frozenset(("conj", "parataxis", "ccomp"))
_ONCE_THOUGHT = frozenset(("think", "wonder", "assume", "figure", "guess"))
"""What came to mind then ("I thought, 'He should brake'") is not what is said of it now."""


class Sides(NamedTuple):
    """Whose words are whose: the tokens in quotation marks, pronouns that mean somebody else than the speaker, names of his own state."""

    quoted: Container[int] = ()
    others: Container[int] = ()
    ours: Container[int] = ()


class SaidClauses:
    """What is said, token by token, and who says it."""

    def __init__(self, joined: Joined, columns: Columns, cue: Cue | None, sides: Sides, tokens: Sequence[int]) -> None:
        self.joined = joined
        self.columns = columns
        self.cue = cue
        self.lemma = cue.lemma if cue is not None else ""
        self.quoted, self.others, self.ours = sides
        self.tokens = tokens
        self.lemmas = {columns.lemmas[i] for i in tokens}

    def clause_heads(self) -> list[int]:
        """Main predicates of the content: what hangs from outside it, and what is coordinated with that."""
        columns, tops = self.columns, list[int]()
        for start, end in self.joined.content:
            for i in range(start, min(end, self.tokens[-1] + 1)):
                head = columns.heads[i]
                cut_off = columns.deps[i] == "csubj" and not start <= head < end  # a clause of this content that hangs elsewhere
                if columns.pos[i] not in _PREDICATES or (columns.deps[i] in SUBJECTS and not cut_off):
                    continue
                beside = head in tops and columns.deps[i] in _BESIDE
                if beside and columns.deps[i] == "ccomp":
                    once_thought = columns.tags[head] == "VBD" and columns.lemmas[head] in _ONCE_THOUGHT
                    if once_thought or is_told_by_others(head, self.is_own(head), columns):
                        continue
                if head == i or not start <= head < end or beside:
                    tops.append(i)
        return tops

    def is_first(self, top: int) -> bool:
        """Whether a predicate stands in the first sentence of the content."""
        return self.columns.sentences[top] == self.columns.sentences[self.tokens[0]]

    def subject(self, top: int) -> int | None:
        """The subject of a predicate."""
        return next((c for c in self.columns.children[top] if self.columns.deps[c] in SUBJECTS), None)

    def is_own(self, top: int) -> bool:
        """Whether the subject of the clause is the speaker's side: a pronoun, its own somebody, or a word that the source holds too.

        Inside quotation marks only "I", "we" and the speaker's own state are.
        """
        columns, subject = self.columns, self.subject(top)
        if subject is None:
            return False
        word, owners = (
            columns.lower[subject],
            {columns.lower[c] for c in columns.children[subject] if columns.deps[c] == "nmod:poss"},
        )
        if word in OURS or owners & {"our", "my"} or subject in self.ours:
            return True
        source = {columns.lower[i] for start, end in self.joined.source for i in range(start, end)}
        if subject in self.quoted or subject in self.others or any(c in self.others for c in columns.children[subject]):
            return False
        if word in ("they", "it"):
            return not source & _SINGLE
        return word in ("he", "she") or bool(owners & _OWNING) or (columns.pos[subject] == "PROPN" and word in source)

    def has_to(self, top: int) -> bool:
        """Whether an infinitive with "to" hangs from a predicate."""
        columns = self.columns
        open_clauses = [c for c in columns.children[top] if columns.deps[c] == "xcomp"]
        return any(columns.tags[k] == "TO" for c in open_clauses for k in columns.children[c])
