"""What a source does by saying something: stance, and whether the content is denied.

The cue's class in the codebook decides first.  A plain report ("said", "believes") takes the stance of its content: an order, an
undertaking, a judgement on somebody, a statement called untrue.  Negation of the cue turns it round.  A cue outside the codebook is
classed by the language model's class of its sentence (verbal conflict or cooperation).
"""

from collections.abc import Container, Sequence
from typing import NamedTuple

from crossread.codebook.cues import Codebook, Cue, cue_codebook, cue_words, verb_forms
from crossread.reading.columns import Columns
from crossread.reading.content_stance import Sides, stance_of_content
from crossread.reading.joining import Joined, Piece
from crossread.reading.judgements import NEGATIONS
from crossread.vocabulary import Stance

_WORDS = cue_words()
_NOBODY = frozenset(("no", "none", "nobody", "no-one", "neither"))
_UNSAID = NEGATIONS | {"decline", "refuse"}
_ASKING = frozenset(("ask", "tell", "remind", "advise", "instruct"))
_QUESTIONS = frozenset(("whether", "if", "about", "how", "why", "what", "when", "where", "who", "which"))
_WARNING = frozenset(("warn", "caution", "warning"))
_UNDERTAKING = frozenset(
    ("vow", "promise", "pledge", "swear", "threaten", "agree", "undertake", "commit", "resolve", "urge", "ask", "call")
)
_MUTE = frozenset(("comment", "mention", "elaborate", "respond", "specify", "reply", "disclose", "answer", "divulge"))
_PLAIN = frozenset(("speech", "belief", "finding", "perception"))
_VERBAL_COOPERATION, _VERBAL_CONFLICT = 1, 3
_SURE = 0.6  # probability of the sentence's class above which it decides for a cue outside the codebook
_NEGATED = {
    Stance.SUPPORT: Stance.REJECT,
    Stance.DENY: Stance.ASSERT,
    Stance.REJECT: Stance.SUPPORT,
    Stance.PROMISE: Stance.REJECT,
    Stance.DOUBT: Stance.ASSERT,
    Stance.ASSERT: Stance.DENY,
}


class Verdict(NamedTuple):
    """A stance, whether the content is denied, and the cue's entry in the codebook (``None`` for cues outside it)."""

    stance: Stance
    denied: bool
    cue: Cue | None


def judge(
    joined: Joined,
    columns: Columns,
    *,
    codebook: Codebook | None = None,
    quoted: Container[int] = (),
    others: Container[int] = (),
    ours: Container[int] = (),
) -> Verdict:
    """Stance of one attribution; ``quoted`` holds the tokens in quotation marks, ``others`` pronouns that mean somebody else, ``ours``
    names of the speaker's own state."""
    codebook = codebook or cue_codebook()
    words = [i for start, end in joined.cue for i in range(start, end)]
    if _is_silence(words, columns, codebook) or (words and _is_unsaid(joined, columns)):
        return Verdict(Stance.SILENCE, False, None)
    cue = find_cue(words, columns, codebook)
    negated = _cue_negated(words, columns)
    stance = cue.stance if cue is not None else Stance.ASSERT
    if cue is not None and cue.lemma == "seek" and _opens_with_to(joined, columns):
        stance = Stance.ASSERT  # "sought to play down the row"
    denied = (cue is not None and cue.denied) != (negated and stance in (Stance.ASSERT, Stance.DENY))
    if negated:
        stance = _NEGATED.get(stance, stance)
    elif stance is Stance.ASSERT and (cue is None or cue.kind in _PLAIN):
        if not _asks_whether(joined, cue, columns):
            sides = Sides(quoted, others, ours)
            stance = Stance.DEMAND if _asks_to_do(words, cue, columns) else stance_of_content(joined, columns, cue, sides)
        if stance is Stance.PROMISE and cue is not None and cue.lemma in _WARNING:
            stance = Stance.THREATEN  # "warned that it would cut the gas"
        denied = denied or stance is Stance.DENY
        if cue is None and stance is Stance.ASSERT and words:
            stance = _by_sentence(words[0], columns)
    return Verdict(stance, denied, cue)


def _opens_with_to(joined: Joined, columns: Columns) -> bool:
    return bool(joined.content) and columns.lower[joined.content[0][0]] == "to"


def _asks_to_do(words: Sequence[int], cue: Cue | None, columns: Columns) -> bool:
    """Whether somebody is asked or told to do something ("asked voters to wait")."""
    if cue is None or cue.lemma not in _ASKING:
        return False
    for i in words:
        for child in columns.children[i] if columns.lemmas[i] == cue.lemma else ():
            bare = columns.tags[child] == "VB" or any(
                columns.deps[k] == "cop" and columns.tags[k] == "VB" for k in columns.children[child]
            )  # "told him to be careful"
            verb = columns.deps[child] in ("xcomp", "ccomp", "advcl") and bare
            told = any(i < k < child and columns.deps[k] in ("obj", "iobj", "obl") for k in columns.children[i])
            if verb and told and any(columns.lower[k] == "to" for k in columns.children[child]):
                return True
    return False


def _asks_whether(joined: Joined, cue: Cue | None, columns: Columns) -> bool:
    """Whether the content is a question ("asked whether he would resign"), which promises and demands nothing."""
    first = next((columns.lower[i] for start, end in joined.content for i in range(start, end) if columns.pos[i] != "PUNCT"), "")
    return cue is not None and cue.lemma == "ask" and first in _QUESTIONS


def _is_silence(words: Sequence[int], columns: Columns, codebook: Codebook) -> bool:
    if not words:
        return False
    own = len(" ".join(columns.lower[i] for i in words))
    phrase = " ".join(columns.lower[words[0] : words[-1] + 4])  # "declined" may be marked without its "to comment"
    told = codebook.silence.search(phrase)
    if told is not None and told.start() < own:
        return True
    if _MUTE.isdisjoint([columns.lemmas[i] for i in words]):
        return False
    return not _UNSAID.isdisjoint(columns.lemmas[max(0, words[0] - 3) : words[-1] + 1])


def _is_unsaid(joined: Joined, columns: Columns) -> bool:
    """Whether nobody says it ("Neither the army nor the rebels claimed it"), or nothing is said ("She would say nothing")."""
    content = [columns.lower[i] for start, end in joined.content for i in range(start, end) if columns.pos[i] != "PUNCT"]
    if content[:1] == ["nothing"] and content[1:2] in ([], ["about"], ["of"], ["on"]):
        return True
    if not joined.source or joined.source[0][0] > joined.cue[0][0]:
        return False
    return names_nobody(joined.source[0], columns)


def names_nobody(source: Piece, columns: Columns) -> bool:
    """Whether a source says that nobody is the source ("No group", "None of the witnesses", "Neither side")."""
    return columns.lower[source[0]] in _NOBODY and columns.lower[source[0] : source[0] + 2] != ["no", "."]


def find_cue(words: Sequence[int], columns: Columns, codebook: Codebook) -> Cue | None:
    """The codebook's entry for the words of a cue; one that is not a plain report wins.

    A light verb ("expressed") takes the entry of its object ("regret"), inside the cue or not.
    """
    found = [
        entry for n, i in enumerate(words) if (entry := _entry(i, words[n + 1] if n + 1 < len(words) else i + 1, columns, codebook))
    ]
    for i in words:
        if columns.lemmas[i] in _WORDS.light_verbs:
            after = range(i + 1, min(columns.n, i + 4))
            found += [
                codebook.nouns[columns.lemmas[j]] for j in after if columns.pos[j] == "NOUN" and columns.lemmas[j] in codebook.nouns
            ]
    if not found:
        return None
    telling = [c for c in found if c.stance is not Stance.ASSERT]
    return (telling or found)[0]


def _entry(i: int, following: int, columns: Columns, codebook: Codebook) -> Cue | None:
    lemma, word, pos = columns.lemmas[i], columns.lower[i], columns.pos[i]
    after = columns.lower[following] if following < columns.n else ""
    if pos in ("VERB", "AUX"):
        forms = verb_forms()
        return (
            codebook.verbs.get(f"{lemma} {after}") or codebook.verbs.get(lemma) or forms.get(f"{word} {after}") or forms.get(word)
        )
    if pos in ("NOUN", "PROPN"):
        return (
            codebook.nouns.get(f"{lemma} {after}")
            or codebook.nouns.get(lemma)
            or (verb_forms().get(word) if word.endswith("ed") else None)
        )
    if pos in ("ADJ", "ADV"):
        known = codebook.adjectives.get(lemma) or codebook.adverbs.get(word)
        return known or (verb_forms().get(word) if word.endswith("ed") else None)  # not "has long opposed"
    return None


def _cue_negated(words: Sequence[int], columns: Columns) -> bool:
    if not words:
        return False
    span = range(max(0, words[0] - 2), words[-1] + 1)
    if columns.lemmas[words[0]] in _UNDERTAKING:  # "vowed never to give up": the undertaking stands, what is undertaken is negated
        span = range(span.start, words[0])
    return any(columns.lower[i] in NEGATIONS and (i in words or columns.heads[i] in words) for i in span)


def _by_sentence(token: int, columns: Columns) -> Stance:
    """Stance by the language model's class of the cue's sentence, where it is sure."""
    penta = getattr(columns.doc.user_data.get("crossread"), "penta", None)
    sentence = columns.sentences[token]
    if penta is None or sentence >= len(penta):
        return Stance.ASSERT
    row = penta[sentence]
    if row[_VERBAL_CONFLICT] > _SURE:
        return Stance.ACCUSE
    return Stance.SUPPORT if row[_VERBAL_COOPERATION] > _SURE else Stance.ASSERT
