"""Set forms of news that say who speaks without a sentence of speech: "It emerged that", "Fire service: “...”", "two dead - police".

Also silence that has no verb of silence: "could not be reached", "has yet to comment".
"""

import re
from collections.abc import Iterator

from crossread.codebook.cues import cue_words
from crossread.reading.columns import SUBJECTS
from crossread.reading.cues import RuleReader
from crossread.reading.joining import Joined, Piece
from crossread.reading.speakers import type_of
from crossread.vocabulary import EntityType

_WORDS = cue_words()
_EMERGING = frozenset(("emerge", "transpire"))
_VOICED = frozenset(
    (
        "concern",
        "fear",
        "claim",
        "allegation",
        "accusation",
        "rumour",
        "rumor",
        "worry",
        "suspicion",
        "speculation",
        "complaint",
        "suggestion",
    )
)
_COUNTS = frozenset(("toll", "number", "figure", "count", "total", "cost", "estimate", "damage", "turnout", "crowd"))
_CHARGING = frozenset(("accuse", "blame", "criticize", "criticise", "condemn", "denounce", "praise", "suspect"))
_MUTE = frozenset(("comment", "respond", "reply", "answer", "react", "say", "explain", "elaborate"))
_DASHES = frozenset(("-", "–", "—", "--"))
_QUOTE_MARKS = frozenset("'\"‘’“”")
_TELLERS = (
    _WORDS.bodies
    | _WORDS.documents
    | frozenset((
        "official", "minister", "president", "mayor", "spokesman", "spokeswoman", "media", "witness", "source", "expert", "doctor", "rebel",
        "rescuer", "prosecutor", "un", "inquiry", "watchdog", "pm", "monitor", "activist", "resident", "survivor", "envoy", "governor"
    ))
)  # fmt: skip
_STAMP = re.compile(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm|gmt)?|am|pm|gmt", re.IGNORECASE)
_SHORTEST = 3
"""Tokens of a quotation, its marks among them, that more than a nickname has."""
_LABEL, _HEADLINE = 8, 40
"""Tokens that "Fire service" and a headline have at most."""


def set_forms(rules: RuleReader) -> Iterator[Joined]:
    """Attributions that set forms give away, in no order."""
    columns = rules.columns
    for i, lemma in enumerate(columns.lemmas):
        made = None
        if lemma in _EMERGING:
            made = _emerged(rules, i)
        elif lemma in ("reach", "yet"):
            made = _silence(rules, i)
        elif lemma in _VOICED and columns.deps[i] == "nsubj":
            made = _there_are(rules, i)
        elif lemma in _CHARGING and columns.tags[i] == "VBN":
            made = _accused_by(rules, i)
        elif lemma == "put":
            made = next(iter(rules.within(i, i + 1)), None)
            yield from _put_by_each(rules, i)
        if made is not None:
            yield made
    for quotation in rules.quotations:
        quote = columns.tokens_in(quotation.outer) if quotation.closed else (0, 0)
        if quote[1] - quote[0] > _SHORTEST and (found := _labelled(rules, quote) or _told_of(rules, quote)) is not None:
            yield found
    if (found := _headline(rules)) is not None:
        yield found


def _emerged(rules: RuleReader, i: int) -> Joined | None:
    """ "It emerged on Tuesday that the mayor had known"."""
    columns = rules.columns
    it = any(columns.lower[c] == "it" and c < i for c in columns.children[i])
    clause = next((c for c in columns.children[i] if c > i and columns.deps[c] in ("ccomp", "csubj", "xcomp", "advcl")), None)
    words = columns.subtree(clause) if clause is not None else []
    if not it or not words or columns.lower[words[0]] != "that":
        return None
    piece = rules.stripped((words[0], words[-1] + 1))
    return Joined((), ((i, i + 1),), (piece,)) if piece is not None else None


def _there_are(rules: RuleReader, i: int) -> Joined | None:
    """ "There were fears that the dam would burst": nobody is named as fearing it."""
    columns, verb = rules.columns, rules.columns.heads[i]
    there = any(columns.deps[c] == "expl" and columns.lower[c] == "there" for c in columns.children[verb])
    clause = next((c for c in columns.children[i] if c > i and columns.deps[c] in ("acl", "ccomp")), None)
    words = columns.subtree(clause) if clause is not None and there else []
    if not words or columns.lower[words[0]] != "that" or any(columns.lower[c] in ("no", "little") for c in columns.children[i]):
        return None
    piece = rules.stripped((words[0], words[-1] + 1))
    return Joined((), ((i, i + 1),), (piece,)) if piece is not None else None


def _accused_by(rules: RuleReader, i: int) -> Joined | None:
    """ "The council, accused by the union of hiding the report, said": the union accuses it."""
    columns = rules.columns
    helped = any(columns.deps[c].startswith("aux") for c in columns.children[i])
    agent = rules.agent_of(i) if columns.deps[i] in ("acl", "advcl") and not helped else None
    if agent is None or agent[0] < i:
        return None
    for child in columns.children[i]:
        words = columns.subtree(child)
        if (
            words[0] >= agent[1]
            and columns.lower[words[0]] in ("of", "for")
            and columns.deps[child] in ("obl", "advcl", "nmod", "acl")
        ):
            return Joined((agent,), ((i, i + 1),), ((words[0], words[-1] + 1),))
    return None


def _put_by_each(rules: RuleReader, i: int) -> Iterator[Joined]:
    """ "The toll was put at 12 by the police, 19 by the hospital and more than 30 by the rebels": each vouches for a number."""
    columns = rules.columns
    subject = next((c for c in columns.children[i] if columns.deps[c] in SUBJECTS), None)
    end = rules.sentence_of(i)[1]
    if (
        subject is None
        or columns.tags[i] != "VBN"
        or columns.lemmas[subject] not in _COUNTS
        or columns.lower[i + 1 : i + 2] != ["at"]
    ):
        return
    start, cue = i + 2, (i, i + 1)
    for by in range(i + 3, end - 1):
        if columns.lower[by] != "by" or by <= start:
            continue
        stop = next((k for k in range(by + 1, end) if columns.lower[k] in (",", ";", ".", "and")), end)
        source = rules.stripped((by + 1, stop))
        while start < by and columns.lower[start] in (",", "and", "at"):
            start += 1
        if source is None or "CD" not in columns.tags[start:by] or by - start > _LABEL:
            return
        yield Joined((source,), (cue,), ((start, by),))
        start, cue = stop, (by, by + 1)
        while start < end and columns.lower[start] in (",", "and"):
            start += 1
        cue = next(((k, k + 1) for k in range(start, end) if columns.lower[k] == "by"), cue)


def _silence(rules: RuleReader, i: int) -> Joined | None:
    """ "A spokesman could not be reached", "The company has yet to comment"."""
    columns = rules.columns
    if columns.lower[i] == "yet":
        mute = next((k for k in range(i + 2, min(i + 4, columns.n)) if columns.lemmas[k] in _MUTE), None)
        if mute is None or columns.lower[i + 1] != "to" or columns.lemmas[i - 1 if i else 0] not in ("have", "be"):
            return None
        source, words = rules.subject_of(i - 1) or rules.subject_of(mute), columns.subtree(mute)
        return Joined((source,), ((i - 1, i + 1),), ((i + 1, max(words[-1], mute) + 1),)) if source is not None else None
    helpers = [c for c in columns.children[i] if c < i and columns.deps[c].startswith(("aux", "advmod"))]
    lower = [columns.lower[c] for c in helpers]
    negated = any(w in ("not", "n't", "n’t") for w in lower) and any(w in ("could", "can") for w in lower)
    source = rules.subject_of(i) if negated and "be" in lower and rules.agent_of(i) is None else None
    head = columns.head_of(*source) if source is not None else i
    if type_of(columns.lemmas[head], columns.lower[head], columns.tags[head]) in (EntityType.OTHER, EntityType.WORK):
        return None
    return Joined((source,), ((helpers[0], i),), ((i, i + 1),)) if source is not None and source[1] <= helpers[0] else None


def _labelled(rules: RuleReader, quote: Piece) -> Joined | None:
    """ "10:42 - Fire service: “...”": a label without a verb, a colon and a quotation."""
    columns = rules.columns
    colon = quote[0] - 1
    if colon < 1 or columns.lower[colon] != ":":
        return None
    start = colon
    while start > max(0, colon - _LABEL) and columns.lines[start - 1] == columns.lines[colon]:
        start -= 1
    if start and columns.lines[start - 1] == columns.lines[colon]:
        return None
    first = start
    while first < colon and (
        columns.lower[first] in _DASHES | {":"} or _STAMP.fullmatch(columns.text[columns.starts[first] : columns.ends[first]])
    ):
        first += 1
    label = rules.stripped((first, colon))
    if label is None or any(columns.tags[k].startswith("VB") or columns.lower[k] in _QUOTE_MARKS for k in range(*label)):
        return None
    nominal = columns.pos[columns.head_of(*label)] in ("NOUN", "PROPN")
    return Joined((label,), ((colon, colon + 1),), (quote,)) if nominal else None


def _told_of(rules: RuleReader, quote: Piece) -> Joined | None:
    """ "'We heard screams': survivors tell of horror": a headline that begins with what is said."""
    columns = rules.columns
    colon = quote[1]
    if colon + 1 >= columns.n or columns.lower[colon] != ":" or columns.lines[colon] != columns.lines[quote[0]]:
        return None
    if quote[0] and columns.lines[quote[0] - 1] == columns.lines[quote[0]] and columns.pos[quote[0] - 1] != "SPACE":
        return None
    end = rules.sentence_of(colon + 1)[1]
    verb = next((k for k in range(colon + 1, min(end, colon + _LABEL)) if columns.tags[k].startswith("VB")), None)
    subject = next((c for c in columns.children[verb] if columns.deps[c] in SUBJECTS and c > colon), None) if verb else None
    if verb is None or subject is None:
        return None
    words = [w for w in columns.subtree(subject) if colon < w < verb]
    source = rules.stripped((words[0], words[-1] + 1)) if words else None
    return Joined((source,), ((verb, verb + 1),), (quote,)) if source is not None else None


def _headline(rules: RuleReader) -> Joined | None:
    """ "Two dead in mill blast - police": a first line that ends in a dash and who says it."""
    columns = rules.columns
    end = 0
    while end < min(columns.n, _HEADLINE) and columns.lines[end] == columns.lines[0]:
        end += 1
    while end and columns.pos[end - 1] == "SPACE":
        end -= 1
    dash = next((k for k in range(end - 1, max(2, end - 5), -1) if columns.lower[k] in _DASHES), None)
    if dash is None or dash + 1 == end or columns.lower[end - 1] in (".", "!", "?") or columns.lines[dash] != columns.lines[0]:
        return None
    spaced = columns.ends[dash] < columns.starts[dash + 1] and columns.ends[dash - 1] < columns.starts[dash]
    teller = columns.lemmas[end - 1] in _TELLERS or columns.lower[end - 1] in _TELLERS
    content = rules.stripped((0, dash))
    return Joined(((dash + 1, end),), ((dash, dash + 1),), (content,)) if spaced and teller and content is not None else None
