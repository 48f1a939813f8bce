"""What a source does by saying something: stance, and whether the content is denied.

The cue's class in the codebook decides first.  A plain report ("said", "believes") takes the stance of its content: an order, an
undertaking, a judgement on somebody, a statement called untrue.  Negation of the cue turns it round.  A cue outside the codebook is
classed by the language model's class of its sentence (verbal conflict or cooperation).
"""

from collections.abc import Container, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from crossread.codebook.cues import Codebook, Cue, cue_codebook, cue_words, verb_forms
from crossread.reading.columns import Columns
from crossread.reading.content_stance import stance_of_content
from crossread.reading.joining import Joined, Piece
from crossread.reading.judgements import NEGATIONS
from crossread.reading.said_clauses import BACKSHIFTED, SHOULD, Sides
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
_GIVING_UP = frozenset(
    ("cancel", "scrap", "shelve", "drop", "abandon", "ditch", "suspend", "postpone", "delay", "halt", "axe", "withdraw")
)
_WISHING = frozenset(("want", "wish", "like", "hope", "love"))
_DAMPING = frozenset(("dampen", "damp", "dash", "shatter", "crush", "temper", "puncture", "diminish", "quash", "dim", "lower"))
"""What is done to hopes that are not shared."""
_SETTLING = frozenset(("decide", "resolve", "determine", "conclude"))
_GRANTED = frozenset(("recognize", "recognise"))
_WISH = 6
"""Tokens in which somebody is wished something."""
_TAIL = 3
"""Words of a cue between a verb and its particle ("called Friday for")."""
_MUTE = frozenset(
    ("comment", "mention", "elaborate", "respond", "specify", "reply", "disclose", "answer", "divulge", "report", "release", "publish",
     "reveal", "announce", "name", "identify", "detail", "explain", "say")
)  # fmt: skip
_PLAIN = frozenset(("speech", "belief", "finding", "perception"))
_VERBAL_COOPERATION, _VERBAL_CONFLICT = 1, 3
_SURE = 0.6  # probability of the sentence's class above which it decides for a cue outside the codebook
_OWNED_UP = frozenset(("responsibility", "blame", "fault", "guilt"))
_SHRUGGING = frozenset(("shrug off", "brush off", "brush aside", "wave away", "dismiss"))
_NO_STATEMENT = frozenset(
    ("threat", "warning", "sanction", "pressure", "call", "demand", "appeal", "request", "plea", "offer", "proposal")
)
_CHARGES = frozenset(("charge", "claim", "allegation", "accusation", "assertion", "suggestion", "insinuation", "rumour", "rumor"))
_KNOWING = frozenset(("know", "certain", "sure", "confident", "convinced", "optimistic", "clear"))
"""What somebody is not who doubts it."""
_NEGATED = {
    Stance.SUPPORT: Stance.REJECT,
    Stance.DENY: Stance.ASSERT,
    Stance.REJECT: Stance.SUPPORT,
    Stance.PROMISE: Stance.REJECT,
    Stance.DOUBT: Stance.ASSERT,
    Stance.ASSERT: Stance.DENY,
}


class Verdict(NamedTuple):
    """A stance, whether the content is denied, the cue's entry in the codebook (``None`` for cues outside it), and the stances that
    single sentences of the content take, where they differ."""

    stance: Stance
    denied: bool
    cue: Cue | None
    parts: tuple[tuple[Piece, Stance], ...] = ()


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
    if cue is not None and (settled := _settled(cue, words, joined, columns)) is not None:
        return settled
    negated = _cue_negated(words, columns)
    stance = Stance.ASSERT if cue is None else _of_cue(cue, joined, columns, codebook)
    denied = (cue is not None and cue.denied) != (negated and stance in (Stance.ASSERT, Stance.DENY))
    if negated:
        return _turned(stance, cue, joined, columns, denied=denied)
    if stance is not Stance.ASSERT or not (cue is None or cue.kind in _PLAIN):
        return Verdict(stance, denied, cue)
    return _of_plain(words, cue, joined, columns, Sides(quoted, others, ours), denied=denied)


def _settled(cue: Cue, words: Sequence[int], joined: Joined, columns: Columns) -> Verdict | None:
    """What a cue says together with its object or complement: "accepted the blame", "pleaded not guilty", "(a charge) she called absurd"."""
    if cue.lemma == "accept" and any(columns.lemmas[i] in _OWNED_UP for a, b in joined.content for i in range(a, b)):
        return Verdict(Stance.DENY if _cue_negated(words, columns) else Stance.ASSERT, False, cue)
    if cue.lemma == "plead" and (plea := _plea(words, columns)) is not None:
        return Verdict(plea, plea is Stance.DENY, cue)
    if cue.lemma in _WORDS.naming and _is_called_false(words, columns):
        return Verdict(Stance.DENY, True, cue)
    return None


def _of_cue(cue: Cue, joined: Joined, columns: Columns, codebook: Codebook) -> Stance:
    """The stance of a cue, as how its content opens bears it out."""
    first = joined.content[0][0] if joined.content else 0
    opening = columns.lower[first] if joined.content else ""
    if cue.lemma == "wish" and not _WORDS.fortune.isdisjoint(
        columns.lemmas[i] for a, b in joined.content[:1] for i in range(a, min(b, a + _WISH))
    ):
        return Stance.SUPPORT  # "wished the hosts success"
    if cue.lemma in _WISHING and opening == "to":
        said = next((codebook.verbs.get(lemma) for lemma in columns.lemmas[first + 1 : first + 2]), None)
        thanked = said is not None and said.kind == "speech" and said.stance in (Stance.SUPPORT, Stance.LAMENT)
        return said.stance if said is not None and thanked else cue.stance  # "wants to thank the crews"
    told = opening == "that" and (cue.lemma in _SETTLING or (cue.lemma == "agree" and not _is_to_come(joined, columns)))
    if told or (cue.lemma == "seek" and opening == "to"):
        return Stance.ASSERT  # "decided that there was no faster way", "sought to play down the row"
    return cue.stance


def _turned(stance: Stance, cue: Cue | None, joined: Joined, columns: Columns, *, denied: bool) -> Verdict:
    """The stance of a negated cue."""
    if cue is not None and cue.lemma in _KNOWING:
        return Verdict(Stance.DOUBT, False, cue)  # "are not yet certain what caused it"
    if cue is not None and cue.lemma in _GRANTED and _names_only(joined, columns):
        return Verdict(Stance.REJECT, False, cue)  # "does not recognise the council"
    if stance is Stance.DEMAND:  # "does not want a strike", "never asked for it"
        return Verdict(Stance.REJECT if cue is not None and cue.lemma in _WISHING else Stance.ASSERT, denied, cue)
    return Verdict(_NEGATED.get(stance, stance), denied, cue)


def _of_plain(words: Sequence[int], cue: Cue | None, joined: Joined, columns: Columns, sides: Sides, *, denied: bool) -> Verdict:
    """The stance that the content of a plain report takes."""
    stance = Stance.ASSERT
    parts: tuple[tuple[Piece, Stance], ...] = ()
    if not _asks_whether(joined, cue, columns):
        asks = _asks_to_do(words, cue, columns)
        stance = Stance.DEMAND if asks else stance_of_content(joined, columns, cue, sides)
        parts = () if asks else _parts_of(joined, columns, cue, sides, whole=stance)
    if stance is Stance.PROMISE and cue is not None and cue.lemma in _WARNING:
        stance = Stance.THREATEN  # "warned that it would cut the gas"
    denied = denied or stance is Stance.DENY
    if cue is None and stance is Stance.ASSERT and words:
        stance = _by_sentence(words[0], columns)
    return Verdict(stance, denied, cue, parts)


def _parts_of(
    joined: Joined, columns: Columns, cue: Cue | None, sides: Sides, *, whole: Stance
) -> tuple[tuple[Piece, Stance], ...]:
    """The sentences of the content with a stance of their own each; none where all take that of the whole."""
    by_sentence = [
        list(group) for start, end in joined.content for _, group in groupby(range(start, end), key=columns.sentences.__getitem__)
    ]
    pieces = [(words[0], words[-1] + 1) for words in by_sentence if any(columns.lower[i][:1].isalnum() for i in words)]
    if len({columns.sentences[start] for start, _ in pieces}) < 2:
        return ()
    found = tuple((piece, stance_of_content(joined._replace(content=(piece,)), columns, cue, sides)) for piece in pieces)
    return found if any(stance is not whole for _, stance in found) else ()


def _is_to_come(joined: Joined, columns: Columns) -> bool:
    """Whether a content looks ahead ("that the envoy would be recalled")."""
    return any(
        columns.lower[i] in BACKSHIFTED | SHOULD | {"to", "shall"} for start, end in joined.content for i in range(start, end)
    )


def _is_called_false(words: Sequence[int], columns: Columns) -> bool:
    """Whether the cue itself holds what something is called, and that is false."""
    return any(columns.lemmas[i] in _WORDS.falsity | _WORDS.denying or columns.lower[i] in _WORDS.falsity for i in words[1:])


def _names_only(joined: Joined, columns: Columns) -> bool:
    """Whether a content is a noun phrase without a clause."""
    return not any(columns.pos[i] in ("VERB", "AUX") for start, end in joined.content for i in range(start, end))


def _plea(words: Sequence[int], columns: Columns) -> Stance | None:
    """What somebody says of a charge in court ("pleaded not guilty"); ``None`` where he pleads for something."""
    behind = columns.lower[words[0] + 1 : words[0] + 5]
    if "innocent" in behind or ("guilty" in behind and "not" in behind):
        return Stance.DENY
    return Stance.ASSERT if "guilty" in behind or behind[:2] == ["no", "contest"] else None


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
            told = any(
                (i < k < child and columns.deps[k] in ("obj", "iobj", "obl")) or columns.deps[k] == "nsubj:pass"
                for k in columns.children[i]
            )
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
    avoided = columns.lemmas[columns.heads[words[0]]] == "avoid" and columns.tags[words[0]] == "VBG"
    if avoided or (columns.lemmas[words[0]] == "avoid" and columns.tags[words[0] + 1 : words[0] + 2] == ["VBG"]):
        return True  # "avoided singling out the leader"
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

    A light verb ("expressed") takes the entry of its object ("regret"), inside the cue or not; a verb of giving up turns round what was
    planned or offered ("scrapped plans to visit").
    """
    found: list[tuple[int, Cue]] = []
    for n, i in enumerate(words):
        entry = _entry(i, words[n + 1 :], columns, codebook)
        found += [(i, entry)] if entry is not None else []
    for i in words:
        if columns.lemmas[i] in _WORDS.light_verbs:
            near = range(i + 1, min(columns.n, i + 4))
            clause = next((k for k in near if columns.lower[k] in ("that", "whether", "how", "why")), near.stop)
            after = {*range(i + 1, clause), *(c for c in columns.children[i] if columns.deps[c] == "obj")}
            found += [
                (j, codebook.nouns[columns.lemmas[j]])
                for j in sorted(after)
                if columns.pos[j] == "NOUN" and columns.lemmas[j] in codebook.nouns
            ]
    if not found:
        return None
    telling = [(i, cue) for i, cue in found if cue.stance is not Stance.ASSERT]
    at, cue = (telling or found)[0]
    if cue.lemma in _WISHING:  # "I want to congratulate you" asks for nothing
        later = [c for i, c in found if i > at and columns.pos[i] == "VERB"]
        cue = next((c for c in later if c.stance is not Stance.ASSERT), next((c for c in later if c.kind == "speech"), cue))
    if columns.lemmas[at] in _WORDS.light_verbs:  # "offered them an ultimatum" offers nothing
        given = (c for i, c in telling if columns.pos[i] == "NOUN" and columns.heads[i] == at and columns.deps[i] == "obj")
        cue = next(given, cue)
    if (
        cue.stance is Stance.DENY
        and cue.lemma in _SHRUGGING
        and any(columns.lemmas[c] in _NO_STATEMENT for c in (*columns.children[at], columns.heads[at]))
    ):
        return cue._replace(stance=Stance.REJECT, denied=False)  # "shrugged off the threat"
    before = [columns.lemmas[k] for k in (columns.heads[at], *columns.children[at]) if k < at]
    if cue.lemma == "reject" and not _CHARGES.isdisjoint(before):
        return cue._replace(stance=Stance.DENY, denied=True)  # "a charge the ministry rejects"
    if cue.stance is Stance.PROMISE and _is_given_up(words, columns):
        return cue._replace(stance=Stance.REJECT)
    if cue.lemma == "hope" and not _DAMPING.isdisjoint(columns.lemmas[i] for i in words):
        return cue._replace(stance=Stance.DOUBT)
    return cue


def _is_given_up(words: Sequence[int], columns: Columns) -> bool:
    """ "Scrapped plans to visit", "put on hold its offer"."""
    lemmas = [columns.lemmas[i] for i in words]
    verbs = [i for i in words if columns.pos[i] == "VERB"]
    return any(columns.lemmas[i] in _GIVING_UP for i in verbs[:1]) or ("on", "hold") in pairwise(lemmas)


def _entry(i: int, after: Sequence[int], columns: Columns, codebook: Codebook) -> Cue | None:
    """The codebook's entry for one word and what follows it in the cue (``after``), or in the text where the cue ends."""
    lemma, word, pos = columns.lemmas[i], columns.lower[i], columns.pos[i]
    following = columns.lower[i + 1 : i + 3] if not after or after[0] == i + 1 else [columns.lower[k] for k in after[:2]]
    if pos in ("VERB", "AUX"):
        forms = verb_forms()
        tails = [" ".join(following[:2]), *following[:1], *(columns.lower[k] for k in after[:_TAIL] if columns.pos[k] == "ADP")]
        known = (book.get(f"{stem} {tail}") for tail in tails for book, stem in ((codebook.verbs, lemma), (forms, word)))
        return next((cue for cue in known if cue is not None), None) or codebook.verbs.get(lemma) or forms.get(word)
    if pos in ("NOUN", "PROPN"):
        if lemma == "condition" and following[:2] == ["of", "anonymity"]:
            return None
        return (
            codebook.nouns.get(f"{lemma} {following[0] if following else ''}")
            or codebook.nouns.get(lemma)
            or (verb_forms().get(word) if word.endswith("ed") else None)
        )
    if pos in ("ADJ", "ADV"):
        known_word = codebook.adjectives.get(lemma) or codebook.adverbs.get(word)
        return known_word or (verb_forms().get(word) if word.endswith("ed") else None)  # not "has long opposed"
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
