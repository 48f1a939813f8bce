"""Facts of thread states (tally, terms, who is left out), and what the reports leave open."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from crossread.linking.sentences import StoryView
from crossread.linking.sightings import Sighting
from crossread.linking.voters import votes_by_name
from crossread.records import Figure, ThreadState
from crossread.vocabulary import EntityType, FigureKind, ThreadKind

_VOTES = {FigureKind.VOTES_FOR: "for", FigureKind.VOTES_AGAINST: "against", FigureKind.ABSTENTIONS: "abstained"}


def facts_of(view: StoryView, kind: ThreadKind, told: Sequence[Sighting]) -> dict[str, Any]:
    """Typed facts that the tellings of one state give."""
    if kind is ThreadKind.RESOLUTION and told[0].state in ("voted", "adopted", "vetoed"):
        return _tally(view, told)
    if kind is ThreadKind.TRUCE:
        return _truce_terms(told)
    if kind is ThreadKind.ALLIANCE:
        return _whom(view, told)
    return {}


def _whom(view: StoryView, told: Sequence[Sighting]) -> dict[str, Any]:
    """Whom somebody backs or opposes."""
    names = {a.id: a.name for a in view.case.actors.actors}
    whom = dict.fromkeys(names[a] for s in told for a in s.toward if a in names and a not in s.by)
    return {"whom": list(whom)[:_MOST_SIDES]} if whom else {}


_MOST_SIDES = 4


_FIGURE = (
    r"(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)"
)
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
_VALUES = {word: n for n, word in enumerate(_UNITS.split(), 1)}
_TOLD = {
    "for": re.compile(rf"(?<!\bof )\b{_FIGURE}\b[^.;\d]{{0,60}}?\b(?:voted |votes )?(?:in favou?r|voted for|votes for)\b"),
    "against": re.compile(rf"\b{_FIGURE}\b(?: \w+){{0,2}} (?:voted |votes )?against\b"),
    "abstained": re.compile(rf"\b{_FIGURE}\b[^.;\d]{{0,50}}?\b(?:abstain\w*|abstentions?)\b|\bwith {_FIGURE} abstentions?\b"),
    "of": re.compile(
        rf"\bof (?:the )?(?:[\w']+ ){{0,4}}?{_FIGURE} (?:members|countries|states|votes|seats)\b|\bout of {_FIGURE}\b"
    ),
}
_SCORE = re.compile(
    r"\b(\d{1,3})[ -](?:to|-)?[ -]?(\d{1,3})\b(?=(?: \w+)? vote|,| with)|\bby (\d{1,3}) votes? to (\d{1,3})\b|\b(\d{1,3}) votes? to (\d{1,3})\b"
    r"|\bvote was (\d{1,3})[ -]to[ -](\d{1,3})\b"
    r"|\b(?:passed|approved|adopted|rejected)(?: \w+){0,3} (\d{1,3})-(\d{1,3})\b(?=[.,]| on)"
)


def _tally(view: StoryView, told: Sequence[Sighting]) -> dict[str, Any]:
    """The count of a vote: from figures, else from words or names, with who is named as voting against or abstaining."""
    tally: dict[str, Any] = {}
    sentences = [sighting.sentence for sighting in told]
    for sentence in sentences:
        _scored(sentence.folded, tally)
    for sentence in sentences:
        _counted(sentence.figures, tally)
    for sentence in sentences:
        _told_tally(sentence.folded, tally)
        _counted(votes_by_name(view, sentence), tally)
    facts: dict[str, Any] = {"tally": tally} if tally.keys() - {"of"} else {}
    return facts | _voters(told)


def _counted(figures: Iterable[Figure], tally: dict[str, Any]) -> None:
    """Fill in votes and seats that figures give; what is known already stays."""
    for figure in figures:
        name = _VOTES.get(figure.kind)
        value = figure.best if figure.best is not None else figure.low
        if name is not None and value is not None:
            tally.setdefault(name, int(value))
            if figure.of is not None:
                tally.setdefault("of", int(figure.of))


def _scored(folded: str, tally: dict[str, Any]) -> None:
    """Fill in a count told as a score ("by 61 votes to 40"), the smaller number in favour where the text was turned down."""
    score = _SCORE.search(folded)
    if score is not None and ("vote" in folded or score[0][0].isalpha()):
        ours, theirs = (int(n) for n in score.groups() if n is not None)
        if _TURNED_DOWN.search(folded):
            ours, theirs = sorted((ours, theirs))
        tally.setdefault("for", ours)
        tally.setdefault("against", theirs)


_TURNED_DOWN = re.compile(r"\b(?:rejected|defeated|killed|voted down|turned down|failed|defeat|rejection)\b")


def _told_tally(folded: str, tally: dict[str, Any]) -> None:
    for name, pattern in _TOLD.items():
        match = pattern.search(folded)
        word = next((g for g in match.groups() if g), None) if match is not None else None
        if word is not None:
            tally.setdefault(name, _VALUES.get(word) or int(word))


_SIDES = {"voted_against": re.compile(r"\bvoted against\b|\bonly \w+ against, "), "abstained": re.compile(r"\babstain\w*\b")}


def _voters(told: Sequence[Sighting]) -> dict[str, Any]:
    """Who is named as voting against or abstaining: names of states and people in the clause before the words."""
    found: dict[str, list[str]] = {}
    for sighting in told:
        sentence = sighting.sentence
        for side, pattern in _SIDES.items():
            match = pattern.search(sentence.folded)
            if match is None:
                continue
            start = max(sentence.folded.rfind(mark, 0, match.start()) for mark in (". ", "; ", ", and "))
            reach = (max(start, 0), match.start()) if not match.group().endswith(", ") else (match.end(), len(sentence.text))
            names = [n.span.of(sentence.reading.document.text) for n in sentence.named_between(*reach) if n.type in _STATES]
            found.setdefault(side, []).extend(n for n in names if n not in found.get(side, []) and n[:1].isupper())
    return {side: names for side, names in found.items() if names}


_STATES = frozenset({EntityType.GPE, EntityType.PERSON})


_TERMS = re.compile(
    r"\b(?:calls? for|called for|calling for|demand\w*|under which|that would|which would|provides? for|includ\w+)\b"
)
_LEFT_OUT = re.compile(r"\b(?:not include|exclud\w+|does not cover|not part of|were not|except for|left out|not cover)\b")


def _truce_terms(told: Sequence[Sighting]) -> dict[str, Any]:
    """What a truce asks for, and who is left out, in the words of the reports."""
    terms, left_out = [], []
    for sighting in told:
        sentence = sighting.sentence
        match = _TERMS.search(sentence.folded)
        if match is not None:
            terms.append(" ".join(sentence.text[match.end() :].split()).rstrip("."))
        match = _LEFT_OUT.search(sentence.folded)
        if match is not None and ("truce" in sentence.folded or "fire" in sentence.folded):
            left_out.append(" ".join(sentence.text.split()))
    facts: dict[str, Any] = {}
    if terms:
        facts["terms"] = list(dict.fromkeys(terms))[:3]
    if left_out:
        facts["left_out"] = list(dict.fromkeys(left_out))[:2]
    return facts


_NEXT = {
    ThreadKind.RESOLUTION: (
        ("tabled", "expected", "drafted"),
        ("voted", "adopted", "vetoed"),
        "Whether it was put to the vote is not reported.",
    ),
    ThreadKind.TRUCE: (("proposed",), ("agreed", "in_force"), "Whether a truce was agreed is not reported."),
    ThreadKind.TALKS: (("called",), ("opened", "resumed"), "Whether talks were held is not reported."),
    ThreadKind.VISIT: (("planned",), ("held", "called_off", "postponed"), "Whether the visit took place is not reported."),
    ThreadKind.SIEGE_AID: (("access_asked", "granted"), ("delivered", "refused"), "Whether aid arrived is not reported."),
    ThreadKind.INVESTIGATION: (("called_for",), ("opened", "found"), "Whether an investigation was opened is not reported."),
    ThreadKind.SANCTION: (("threatened",), ("imposed",), "Whether sanctions were imposed is not reported."),
    ThreadKind.OFFER: (("made",), ("accepted", "refused", "carried_out"), "How the offer was answered is not reported."),
    ThreadKind.BLAME: (("accused",), ("denied",), "No answer of the accused is reported."),
}


def open_questions(kind: ThreadKind, states: Sequence[ThreadState]) -> tuple[str, ...]:
    """What a reader would want to know of the process and no report tells."""
    seen = {s.state for s in states}
    questions = []
    if kind in _NEXT:
        before, after, question = _NEXT[kind]
        if seen & set(before) and not seen & set(after):
            questions.append(question)
    if kind is ThreadKind.RESOLUTION and seen & {"voted", "adopted", "vetoed"} and not any("tally" in s.facts for s in states):
        questions.append("The count of the vote is not reported.")
    return tuple(questions)
