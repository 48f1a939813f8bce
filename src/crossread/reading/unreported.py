"""What only looks like a report of speech or thought: what a law requires, what is supposed to be, what somebody would do or did not do.

The model also tags acts and states of affairs ("the law requires a licence", "they would then review the list"); where the cue is no
word of speech, grammar tells some of them.
"""

from crossread.codebook.cues import Cue, cue_codebook
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined
from crossread.reading.speakers import type_of
from crossread.reading.stance import find_cue
from crossread.vocabulary import EntityType, Stance

_MODALS = frozenset(("would", "could", "should", "can", "may", "might", "must", "'d", "’d"))
_PASSIVE = frozenset(("aux:pass", "auxpass"))
_STANDING = frozenset(("suppose", "require", "intend", "pressure", "oblige", "allow"))
"""Passives of how things are meant to be ("is supposed to open")."""
_CLAUSES = frozenset(("ccomp", "parataxis"))
_ZONES = frozenset(("gmt", "bst", "est", "edt", "utc", "cet", "pst", "pdt", "et"))
_AMID = frozenset(("amid", "amidst", "despite"))
_TAKEN = frozenset(("life", "victim", "casualty"))
"""What a disaster claims."""
_ARMED = frozenset(
    (
        "plot",
        "plan",
        "stage",
        "mount",
        "carry",
        "conduct",
        "prepare",
        "wage",
        "unleash",
        "order",
        "thwart",
        "foil",
        "repel",
        "survive",
    )
)
_ATTITUDES = frozenset(("belief", "perception", "speech"))


def is_no_report(joined: Joined, rules: RuleReader) -> bool:
    """Whether an attribution reports nothing that anybody said or thought."""
    columns = rules.columns
    words = [i for start, end in joined.cue for i in range(start, end)]
    if any(start in rules.quoted for start, _ in joined.content) or not words:
        return False
    head = columns.head_of(*joined.cue[0])
    cue = find_cue(words, columns, cue_codebook())
    if columns.lower[head] == "apparently" or columns.lemmas[head] == "require" or _is_asked_who(joined, head, columns):
        return True
    if columns.lemmas[head] == "claim" and any(
        columns.deps[c] in ("obj", "dobj") and columns.lemmas[c] in _TAKEN for c in columns.children[head]
    ):
        return True  # "the flood claimed nine lives"
    if _is_withheld(head, columns) or _is_attack(words, columns) or _is_no_saying(joined, head, cue, columns):
        return True
    passive = any(columns.deps[c] in _PASSIVE for c in columns.children[head])
    if not joined.source and passive and columns.lemmas[head] in _STANDING:
        return True
    if (
        columns.lemmas[head] == "rule"
        and passive
        and not any(columns.deps[c] in ("ccomp", "xcomp") for c in columns.children[head])
    ):
        return True  # "the country was ruled by a council"
    if cue is not None and cue.kind == "speech" and cue.stance.value == "assert":
        return False
    return _is_unreal(head, words[0], cue, columns)


def _is_asked_who(joined: Joined, head: int, columns: Columns) -> bool:
    """Whether it is open who says or asks it ("it was not clear who had ordered the raid")."""
    alone = len(joined.source) == 1 and columns.lower[joined.source[0][0] : joined.source[0][1]] in (["who"], ["what"])
    return alone and columns.deps[head] in ("csubj", "ccomp", "xcomp") and columns.lemmas[columns.heads[head]] in _OPEN


def _is_no_saying(joined: Joined, head: int, cue: Cue | None, columns: Columns) -> bool:
    """Whether no one says anything: "asked by reporters to comment", "the law aims to protect", "cast a shadow over the talks", "was invited
    by the mayor", "the visit challenged the town"."""
    lemma = columns.lemmas[head]
    first = columns.lemmas[joined.content[0][0] : joined.content[0][0] + 2]
    if lemma == "ask" and columns.tags[head] == "VBN" and first[:1] == ["to"] and first[1:] and first[1] in _COMMENTING:
        return True
    if lemma == "cast" and any(columns.lemmas[c] == "shadow" for c in columns.children[head]):
        return True
    if cue is None or not joined.source or cue.stance is Stance.ASSERT:
        return False
    source = columns.head_of(*joined.source[0])
    kind = type_of(columns.lemmas[source], columns.lower[source], columns.tags[source])
    if kind is EntityType.WORK and cue.kind == "intention" and columns.lemmas[source] in _BINDING:
        return True
    plain = not any(columns.pos[i] in ("VERB", "AUX") for a, b in joined.content for i in range(a, b))
    named = columns.pos[columns.head_of(*joined.content[0])] in ("PROPN", "PRON")
    if plain and (cue.lemma == "invite" or (cue.lemma == "challenge" and named)):
        return True
    return cue.stance is Stance.DEMAND and plain and kind is EntityType.OTHER and columns.pos[source] == "NOUN"


_OPEN = frozenset(("clear", "unclear", "known", "unknown", "sure", "certain", "say", "know", "ask", "explain", "reveal"))
_COMMENTING = frozenset(("comment", "respond", "react", "elaborate", "reply", "explain", "answer", "clarify"))
_BINDING = frozenset(("law", "bill", "order", "resolution", "act", "rule", "program", "programme"))


def _is_withheld(head: int, columns: Columns) -> bool:
    """Whether something is kept from somebody: "denied them citizenship"."""
    given = [c for c in columns.children[head] if columns.deps[c] in ("obj", "iobj")]
    return columns.lemmas[head] == "deny" and len(given) > 1


def _is_attack(words: list[int], columns: Columns) -> bool:
    """Whether an attack of arms is made or planned: "plotted revenge attacks on"."""
    verbs = {columns.lemmas[i] for i in words if columns.pos[i] == "VERB"}
    return bool(verbs & _ARMED) and any(columns.lemmas[i] in ("attack", "assault", "threat") for i in words)


def _is_unreal(head: int, first: int, cue: Cue | None, columns: Columns) -> bool:
    """A purpose ("to defend the law"), a possibility ("could review the list"), or an act not done ("did not address it")."""
    if columns.pos[head] not in ("VERB", "AUX"):
        return False
    helpers = {
        columns.lower[c] for c in columns.children[head] if c < head and columns.deps[c].startswith(("aux", "mark", "advmod"))
    }
    clause = any(columns.deps[c] in _CLAUSES for c in columns.children[head])
    attitude = cue is not None and cue.kind in _ATTITUDES
    if columns.lower[first] == "to" and not clause:
        return True
    if helpers & _MODALS and not (attitude or clause):
        return True
    return bool(helpers & {"not", "n't", "n’t"}) and "did" in helpers and not attitude


def is_heard_of(joined: Joined, columns: Columns) -> bool:
    """Whether the source does not say it: "the mayor stayed away amid claims that", or the hour of a report's first line ("14.30 GMT")."""
    if not joined.source:
        return False
    words = [i for start, end in joined.source for i in range(start, end)]
    if all(columns.lower[i] in _ZONES or columns.pos[i] in ("NUM", "PUNCT", "SPACE") for i in words):
        return True
    if _is_stirred(joined, columns):
        return True
    noun = columns.head_of(*joined.cue[0])
    if columns.pos[noun] != "NOUN" or not any(columns.lower[c] in _AMID for c in columns.children[noun]):
        return False
    return any(columns.deps[c] in SUBJECTS and c in words for c in columns.children[columns.heads[noun]])


_STIRRING = frozenset(
    ("fuel", "spark", "prompt", "trigger", "provoke", "stir", "stoke", "cause", "renew", "invite", "attract", "draw", "face", "court", "ignite",
     "suffer", "endure", "weather", "avoid", "escape", "deflect", "win", "earn", "garner", "receive")
)  # fmt: skip
_STIRRED = frozenset(
    ("criticism", "condemnation", "anger", "outrage", "concern", "praise", "fear", "protest", "outcry", "rebuke", "scorn", "speculation",
     "accusation", "doubt", "alarm", "threat", "suspicion", "applause", "ridicule")
)  # fmt: skip
_AIMED_AT = frozenset(("target", "subject", "object", "butt", "focus"))


def _is_stirred(joined: Joined, columns: Columns) -> bool:
    """Whether the source only stirs or suffers what others say ("the raid fuelled criticism of", "was the target of criticism")."""
    cue = [i for start, end in joined.cue for i in range(start, end)]
    if not any(columns.lemmas[i] in _STIRRED for i in cue) or joined.source[0][0] > joined.cue[0][0]:
        return False
    stirring = any(columns.lemmas[i] in _STIRRING and columns.pos[i] == "VERB" for i in cue)
    return stirring or any(columns.lemmas[i] in _AIMED_AT for i in cue)


def is_told_by_nobody(verb: int, joined: Joined, rules: RuleReader) -> bool:
    """ "The ministry said it was looted, but this was denied": no agent is named, and the subject of another clause denies nothing."""
    columns, last = rules.columns, joined.source[-1][1] if joined.source else 0
    subject = next((c for c in columns.children[verb] if columns.deps[c] in SUBJECTS), None)
    if subject is None or not joined.source or last > joined.cue[0][0] or rules.agent_of(verb) is not None:
        return False
    return last <= columns.subtree(subject)[0] and columns.sentences[joined.source[0][0]] == columns.sentences[verb]
