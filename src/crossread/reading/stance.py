"""What a source does by saying something: stance, and whether the content is denied.

The cue's class in the codebook decides first.  A plain report ("said", "believes") takes the stance of its content: an order, an
undertaking, a judgement on somebody, a statement called untrue.  Negation of the cue turns it round.  A cue outside the codebook is
classed by the language model's class of its sentence (verbal conflict or cooperation).
"""

from collections.abc import Sequence
from typing import NamedTuple

from crossread.codebook.cues import Codebook, Cue, blame_forms, cue_codebook, cue_words, verb_forms
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.joining import Joined, Piece
from crossread.vocabulary import Stance

_WORDS = cue_words()
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "without", "nothing", "none", "nobody"))
_SHOULD = frozenset(("should", "must", "ought"))
_FUTURE = frozenset(("will", "would", "'ll", "’ll", "shall", "wo"))
_FORCE = frozenset(("target", "strike", "hit", "bomb", "attack", "fight", "shell", "kill"))
_DEEDS = _FORCE | {
    "fire",
    "use",
    "order",
    "violate",
    "break",
    "launch",
    "kidnap",
    "torture",
    "loot",
    "steal",
    "poison",
    "sabotage",
    "shoot",
}
_DONE = frozenset(("did", "had", "have", "has", "never", "'ve", "’ve"))
_NEEDED = frozenset(("needed", "necessary", "required", "essential", "vital"))
_PERSONAL = frozenset(("i", "we", "he", "she", "they", "it"))
_NOBODY = frozenset(("no", "none", "nobody", "no-one", "neither"))
_UNSAID = _NEGATIONS | {"decline", "refuse"}
_ASKING = frozenset(("ask", "tell", "remind", "advise", "instruct"))
_QUESTIONS = frozenset(("whether", "if", "about", "how", "why", "what", "when", "where", "who", "which"))
_ADVISING = frozenset(("suggest", "propose", "recommend", "advise"))
_WARNING = frozenset(("warn", "caution", "warning"))
_UNDERTAKING = frozenset(
    ("vow", "promise", "pledge", "swear", "threaten", "agree", "undertake", "commit", "resolve", "urge", "ask", "call")
)
_MUTE = frozenset(("comment", "mention", "elaborate", "respond", "specify", "reply"))
_PREDICATES = frozenset(("VERB", "AUX", "ADJ", "NOUN"))
_BESIDE = frozenset(("conj", "parataxis", "ccomp"))
_OF_THE_SPEAKER = frozenset((Stance.SUPPORT, Stance.REJECT, Stance.PROMISE, Stance.THREATEN))
"""What a poll that "found that voters oppose it" does not do."""
_PLAIN = frozenset(("speech", "belief", "finding", "perception"))
_VERBAL_COOPERATION, _VERBAL_CONFLICT = 1, 3
_GIST = 70  # tokens of the content that tell its stance; a long speech wanders
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


def judge(joined: Joined, columns: Columns, *, codebook: Codebook | None = None) -> Verdict:
    """Stance of one attribution."""
    codebook = codebook or cue_codebook()
    words = [i for start, end in joined.cue for i in range(start, end)]
    if _is_silence(words, columns, codebook) or (words and _is_unsaid(joined, columns)):
        return Verdict(Stance.SILENCE, False, None)
    cue = find_cue(words, columns, codebook)
    negated = _cue_negated(words, columns)
    stance = cue.stance if cue is not None else Stance.ASSERT
    denied = (cue is not None and cue.denied) != (negated and stance in (Stance.ASSERT, Stance.DENY))
    if negated:
        stance = _NEGATED.get(stance, stance)
    elif stance is Stance.ASSERT and (cue is None or cue.kind in _PLAIN):
        if not _asks_whether(joined, cue, columns):
            stance = Stance.DEMAND if _asks_to_do(words, cue, columns) else _by_content(joined, columns, cue)
        if stance is Stance.PROMISE and cue is not None and cue.lemma in _WARNING:
            stance = Stance.THREATEN  # "warned that it would cut the gas"
        denied = denied or stance is Stance.DENY
        if cue is None and stance is Stance.ASSERT and words:
            stance = _by_sentence(words[0], columns)
    return Verdict(stance, denied, cue)


def _asks_to_do(words: Sequence[int], cue: Cue | None, columns: Columns) -> bool:
    """Whether somebody is asked or told to do something ("asked voters to wait")."""
    if cue is None or cue.lemma not in _ASKING:
        return False
    for i in words:
        for child in columns.children[i] if columns.lemmas[i] == cue.lemma else ():
            verb = columns.deps[child] in ("xcomp", "ccomp", "advcl") and columns.tags[child] == "VB"
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
        return codebook.nouns.get(lemma) or (verb_forms().get(word) if word.endswith("ed") else None)
    if pos in ("ADJ", "ADV"):
        return codebook.adjectives.get(lemma) or codebook.adverbs.get(word) or verb_forms().get(word)
    return None


def _cue_negated(words: Sequence[int], columns: Columns) -> bool:
    if not words:
        return False
    span = range(max(0, words[0] - 2), words[-1] + 1)
    if columns.lemmas[words[0]] in _UNDERTAKING:  # "vowed never to give up": the undertaking stands, what is undertaken is negated
        span = range(span.start, words[0])
    return any(columns.lower[i] in _NEGATIONS and (i in words or columns.heads[i] in words) for i in span)


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


# ---------------------------------------------------------------- what the content does


def _by_content(joined: Joined, columns: Columns, cue: Cue | None) -> Stance:
    """Stance that the content itself takes under a plain cue such as "said"."""
    content = [i for start, end in joined.content for i in range(start, end)][:_GIST]
    if not content:
        return Stance.ASSERT
    lemmas = {columns.lemmas[i] for i in content}
    if lemmas & _WORDS.falsity and (lemmas & _WORDS.statements or len(content) <= 12):
        return Stance.DENY
    if _opens_with_no(content, columns) and cue is not None and cue.lemma in _WORDS.factual_denial:
        return Stance.DENY
    tops = _clause_heads(joined, columns)
    judged = _judged_at(content, tops, columns)
    for top in tops:
        stance = _by_clause(top, content, joined, columns)
        if stance is Stance.DEMAND and judged is not None and judged < top:
            return Stance.ACCUSE
        if stance is not Stance.ASSERT and not (stance in _OF_THE_SPEAKER and cue is not None and cue.kind == "finding"):
            return stance
    if judged is not None:
        return Stance.ACCUSE
    return Stance.LAMENT if lemmas & _WORDS.loss else Stance.ASSERT


def _clause_heads(joined: Joined, columns: Columns) -> list[int]:
    """Main predicates of the content: what hangs from outside it, and what is coordinated with that."""
    tops: list[int] = []
    for start, end in joined.content:
        for i in range(start, end):
            head = columns.heads[i]
            if columns.pos[i] not in _PREDICATES or columns.deps[i] in SUBJECTS:
                continue
            if head == i or not start <= head < end or (head in tops and columns.deps[i] in _BESIDE):
                tops.append(i)
    return tops


def _by_clause(top: int, content: Sequence[int], joined: Joined, columns: Columns) -> Stance:
    lemma = columns.lemmas[top]
    children = columns.children[top]
    helpers = {columns.lower[c] for c in children if columns.deps[c].startswith(("aux", "advmod", "neg", "cop"))}
    negated = bool(helpers & _NEGATIONS)
    if lemma in _WORDS.refuse or (lemma in _WORDS.endorse and negated) or _has_unacceptable(top, columns):
        return Stance.REJECT
    if lemma in _WORDS.endorse and columns.tags[top] != "VBG" and lemma + columns.pos[top] != "welcomeADJ":
        return Stance.SUPPORT
    if lemma in _FORCE and _own_subject(top, joined, columns) and any(columns.lower[i] == "only" for i in content):
        return Stance.DENY
    if lemma in _DEEDS and helpers & _NEGATIONS and helpers & _DONE and _own_subject(top, joined, columns):
        return Stance.DENY  # "said it had not fired on the port"
    if lemma in _WORDS.doubting or (lemma in ("trust", "believe") and negated):
        return Stance.DOUBT
    if columns.lower[top] in _NEEDED:
        return Stance.PROPOSE
    if _is_subjunctive(top, joined, columns):
        return Stance.PROPOSE
    if lemma == "want" and not negated and columns.tags[top] != "VBD" and _is_wanted_of_others(top, columns):
        return Stance.DEMAND
    if helpers & _SHOULD or lemma == "demand" or _is_order(content, top, columns):
        return Stance.DEMAND
    if lemma in _WORDS.willing and any(columns.deps[c] in ("xcomp", "advcl", "ccomp", "acl") for c in children):
        return Stance.PROMISE
    if helpers & _FUTURE and not negated and _own_subject(top, joined, columns):
        around = {columns.lemmas[i] for i in content}
        return Stance.THREATEN if around & _WORDS.threat else Stance.PROMISE
    return Stance.ASSERT


def _is_wanted_of_others(top: int, columns: Columns) -> bool:
    """Whether the speaker's side wants something from others: "we want an inquiry", "we want them to leave"."""
    children = columns.children[top]
    subject = next((c for c in children if columns.deps[c] in SUBJECTS), None)
    if subject is None or columns.lower[subject] not in ("we", "i"):
        return False
    wanted = next((c for c in children if c > top and columns.deps[c] in ("obj", "ccomp")), None)
    return wanted is not None and (columns.deps[wanted] == "ccomp" or columns.pos[wanted] == "NOUN")


def _is_subjunctive(top: int, joined: Joined, columns: Columns) -> bool:
    """Whether "suggest" is followed by what should be done: "that observers be sent", "sending observers"."""
    cue = columns.head_of(*joined.cue[0])
    if columns.lemmas[cue] not in _ADVISING:
        return False
    if (
        columns.tags[top] == "VBG"
        and columns.deps[top] in ("xcomp", "ccomp")
        and not any(columns.deps[c].startswith("aux") or columns.deps[c] in SUBJECTS for c in columns.children[top])
    ):
        return True
    bare = [
        c
        for c in (top, *columns.children[top])
        if columns.tags[c] == "VB" and (c == top or columns.deps[c].startswith(("aux", "cop")))
    ]
    helped = any(columns.tags[c] in ("MD", "TO") or columns.lemmas[c] in ("do", "have") for c in columns.children[top])
    return bool(bare) and not helped and any(columns.deps[c] in SUBJECTS for c in columns.children[top])


def _has_unacceptable(top: int, columns: Columns) -> bool:
    return any(columns.lower[i] == "unacceptable" for i in columns.subtree(top))


def _judged_at(content: Sequence[int], tops: Sequence[int], columns: Columns) -> int | None:
    """The first token that judges somebody else, ``None`` where nothing does.

    Needs a word or phrase of blame, and a subject or name besides the speaker.
    """
    forms = blame_forms()
    blamed = (i for i in content if columns.lower[i] in forms or columns.lemmas[i] in forms)
    at = next((i for i in blamed if not _is_negated(i, content[0], columns)), None)
    if at is None:
        phrase = " ".join(columns.lower[i] for i in content)
        place = min((p for judgement in _WORDS.judgements if (p := phrase.find(judgement)) >= 0), default=None)
        if place is None:
            return None
        at = content[phrase.count(" ", 0, place)]
    subjects = [c for top in tops for c in columns.children[top] if columns.deps[c] in SUBJECTS]
    own = [c for c in subjects if columns.lower[c] in _WORDS.first_person]
    return at if len(own) < len(subjects) or not subjects or any(columns.pos[i] == "PROPN" for i in content) else None


def _is_negated(i: int, first: int, columns: Columns) -> bool:
    """Whether a negation stands just before a word, or with a verb above it ("was not recommending criminal charges")."""
    if any(_negates(k, columns) for k in range(max(first, i - 3), i)):
        return True
    for _ in range(3):
        if any(_negates(k, columns) and columns.deps[k] in ("advmod", "neg") for k in columns.children[i]):
            return True
        i = columns.heads[i]
        if i < first:
            break
    return False


def _negates(i: int, columns: Columns) -> bool:
    """Whether a word negates; "not only" and "not just" do not."""
    return columns.lower[i] in _NEGATIONS and columns.lower[i + 1 : i + 2] not in (["only"], ["just"], ["merely"])


def _opens_with_no(content: Sequence[int], columns: Columns) -> bool:
    first = next((columns.lower[i] for i in content if columns.lower[i][:1].isalnum()), "")
    return first == "no" and len(content) > 1


def _is_order(content: Sequence[int], top: int, columns: Columns) -> bool:
    """A bare verb without a subject that opens the content ("Leave the town now")."""
    if columns.tags[top] != "VB" or any(columns.deps[c] in SUBJECTS or columns.lower[c] == "to" for c in columns.children[top]):
        return False
    return not any(columns.deps[c].startswith("aux") for c in columns.children[top]) and top - content[0] <= 2


def _own_subject(top: int, joined: Joined, columns: Columns) -> bool:
    """Whether the subject of the content is the speaker's side: a pronoun, or a word that the source holds too."""
    subject = next((c for c in columns.children[top] if columns.deps[c] in SUBJECTS), None)
    if subject is None:
        return False
    source = {columns.lower[i] for start, end in joined.source for i in range(start, end)}
    return columns.lower[subject] in _PERSONAL or (columns.pos[subject] == "PROPN" and columns.lower[subject] in source)
