"""What a source does by saying something: stance, and whether the content is denied.

The cue's class in the codebook decides first; then what the content says (an order, an undertaking, a negation of an
accusation), and negation of the cue itself.
"""

from collections.abc import Sequence
from typing import NamedTuple

from crossread.codebook.cues import Codebook, Cue, cue_codebook, cue_words
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.joining import Joined
from crossread.vocabulary import Stance

_WORDS = cue_words()
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without", "nothing", "none"))
_SHOULD = frozenset(("should", "must", "ought"))
_FUTURE = frozenset(("will", "would", "'ll", "’ll", "shall", "wo", "going"))


class Verdict(NamedTuple):
    """A stance, whether the content is denied, and the cue's entry in the codebook (``None`` for cues outside it)."""

    stance: Stance
    denied: bool
    cue: Cue | None


def judge(joined: Joined, columns: Columns, *, codebook: Codebook | None = None) -> Verdict:
    """Stance of one attribution."""
    codebook = codebook or cue_codebook()
    words = [i for start, end in joined.cue for i in range(start, end)]
    phrase = " ".join(columns.lower[i] for i in words)
    if _is_silence(phrase, words, columns, codebook):
        return Verdict(Stance.SILENCE, False, None)
    cue = find_cue(words, columns, codebook)
    negated = _cue_negated(words, columns)
    content = [i for start, end in joined.content for i in range(start, end)]
    stance = cue.stance if cue is not None else Stance.ASSERT
    denied = (cue is not None and cue.denied) != (negated and stance in (Stance.ASSERT, Stance.DENY))
    if negated:
        stance = _NEGATED.get(stance, stance)
        if stance is Stance.SILENCE:
            return Verdict(stance, False, cue)
    if stance is Stance.ASSERT and (cue is None or cue.kind == "speech"):
        stance = _by_content(content, words, columns, cue)
        denied = denied or stance is Stance.DENY
    return Verdict(stance, denied, cue)


_NEGATED = {
    Stance.SUPPORT: Stance.REJECT, Stance.DENY: Stance.ASSERT, Stance.REJECT: Stance.SUPPORT, Stance.PROMISE: Stance.REJECT,
    Stance.DOUBT: Stance.ASSERT, Stance.ASSERT: Stance.DENY, Stance.DEMAND: Stance.REJECT,
}  # fmt: skip


def _is_silence(phrase: str, words: Sequence[int], columns: Columns, codebook: Codebook) -> bool:
    if any(p in phrase for p, cue in codebook.phrases.items() if cue.stance is Stance.SILENCE):
        return True
    lemmas = {columns.lemmas[i] for i in words}
    around = lemmas | {columns.lemmas[i] for i in range(max(0, words[0] - 4), words[0])} if words else lemmas
    mute = bool(lemmas & {"comment", "mention", "elaborate", "respond", "specify", "reply"}) or "mention" in lemmas
    return mute and bool(around & (_NEGATIONS | {"decline", "refuse"}))


def find_cue(words: Sequence[int], columns: Columns, codebook: Codebook) -> Cue | None:
    """The codebook's entry for the words of a cue; one that is not a plain report wins."""
    found: list[Cue] = []
    for n, i in enumerate(words):
        lemma = columns.lemmas[i]
        following = columns.lower[words[n + 1]] if n + 1 < len(words) else columns.lower[i + 1] if i + 1 < columns.n else ""
        pos = columns.pos[i]
        if pos in ("VERB", "AUX"):
            entry = codebook.verbs.get(f"{lemma} {following}") or codebook.verbs.get(lemma)
        elif pos in ("NOUN", "PROPN"):
            entry = codebook.nouns.get(lemma)
        elif pos in ("ADJ", "ADV"):
            entry = codebook.adjectives.get(lemma) or codebook.adverbs.get(lemma) or codebook.verbs.get(lemma)
        else:
            entry = None
        if entry is not None:
            found.append(entry)
    if not found:
        return None
    telling = [c for c in found if c.stance is not Stance.ASSERT]
    return (telling or found)[0]


def _cue_negated(words: Sequence[int], columns: Columns) -> bool:
    if not words:
        return False
    span = range(max(0, words[0] - 2), words[-1] + 1)
    return any(columns.lower[i] in _NEGATIONS and (i in words or columns.heads[i] in words) for i in span)


def _by_content(content: Sequence[int], cue_words: Sequence[int], columns: Columns, cue: Cue | None) -> Stance:
    """Stance that the content itself takes under a plain cue such as "said"."""
    if not content:
        return Stance.ASSERT
    lemmas = {columns.lemmas[i] for i in content}
    top = columns.head_of(content[0], content[-1] + 1)
    modal = {columns.lower[c] for c in columns.children[top] if columns.deps[c] in ("aux", "advmod")}
    if columns.lemmas[top] in _WORDS.endorse:
        return Stance.SUPPORT
    if lemmas & _WORDS.refuse and columns.lemmas[top] in _WORDS.refuse:
        return Stance.REJECT
    if (
        modal & _SHOULD
        or columns.lemmas[top] in ("need", "demand", "urge", "necessary", "needed")
        or _is_order(content, top, columns)
    ):
        return Stance.DEMAND
    if modal & _FUTURE and _own_subject(top, columns):
        return Stance.THREATEN if lemmas & _WORDS.threat else Stance.PROMISE
    if lemmas & _WORDS.blame:
        return Stance.ACCUSE
    if lemmas & _WORDS.loss:
        return Stance.LAMENT
    if columns.lemmas[top] in _WORDS.doubting:
        return Stance.DOUBT
    first = columns.lower[content[0]] if columns.lower[content[0]].isalnum() or len(content) < 2 else columns.lower[content[1]]
    if first == "no" and cue is not None and cue.lemma in _WORDS.factual_denial:
        return Stance.DENY
    return Stance.ASSERT


def _is_order(content: Sequence[int], top: int, columns: Columns) -> bool:
    """A bare verb without a subject that opens the content ("Leave the town now")."""
    if columns.tags[top] != "VB" or any(columns.deps[c] in SUBJECTS or columns.lower[c] == "to" for c in columns.children[top]):
        return False
    return not any(columns.deps[c].startswith("aux") for c in columns.children[top]) and top - content[0] <= 2


def _own_subject(top: int, columns: Columns) -> bool:
    """Whether the subject of the content is the speaker's side: first person, or a pronoun."""
    subject = next((c for c in columns.children[top] if columns.deps[c] in SUBJECTS), None)
    return subject is not None and columns.lower[subject] in ("i", "we", "he", "she", "they", "it")
