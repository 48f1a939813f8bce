"""Processes followed over the reports: a resolution, a truce, a visit, each with the states that the reports tell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from crossread.linking.camps import camps_of
from crossread.linking.case import Case
from crossread.linking.processes import Process, processes
from crossread.linking.sentences import StoryView, view_of
from crossread.linking.sightings import AHEAD, Sighting, sightings
from crossread.linking.thread_codebook import KindRule, thread_rules
from crossread.linking.thread_facts import facts_of, open_questions
from crossread.records import Claim, Proof, StoryEvent, StoryFigure, Thread, ThreadState, When
from crossread.vocabulary import THREAD_STATES, Basis, EntityType, Precision, ThreadKind

_OF_WAR = frozenset(
    {ThreadKind.TRUCE, ThreadKind.AIR_CAMPAIGN, ThreadKind.OFFENSIVE, ThreadKind.SIEGE_AID, ThreadKind.GROUND_CONTROL}
)
"""Kinds whose words are often figures of speech."""
_LEAST_OF_WAR = 0.02
"""Share of a story's sentences that tell of a war where there is one."""
_SHORT = 30
"""Sentences of a story in which one may tell of a war; of longer ones two must."""


def follow_threads(
    case: Case, events: Sequence[StoryEvent], claims: Sequence[Claim], figures: Sequence[StoryFigure]
) -> tuple[Thread, ...]:
    """The processes of a story with the states that they passed through, each state dated as far as it can be and cited.

    Those that most reports tell of come first.
    """
    view = view_of(case)
    told = sightings_of(view)
    is_at_war = _is_at_war(view, told)
    told = tuple(s for s in told if is_at_war or s.kind not in _OF_WAR)
    threads: list[Thread] = []
    for rule in thread_rules():
        of_kind = [s for s in told if s.kind is rule.kind]
        threads += [_thread(view, rule, p) for p in processes(view, rule.kind, of_kind) if is_at_war or _is_followed(view, p)]
    ordered = sorted(threads, key=lambda t: (-len({e.document for e in t.evidence}), -len(t.evidence)))
    return tuple(msgspec.structs.replace(thread, id=f"thread-{n}") for n, thread in enumerate(ordered, 1))


_SEVERAL = 3
"""Reports of a story that follow a process in more than one sentence, where it is one."""
_TOLD_ONCE = frozenset({ThreadKind.RESOLUTION, ThreadKind.TRUCE, ThreadKind.BLAME})
"""Kinds of which one sentence may tell, as of a vote; for charges see `processes`."""


def _is_followed(view: StoryView, process: Process) -> bool:
    """Whether the reports follow a process: what one sentence of several reports tells by the way is none, save in a war."""
    sentences = {(s.sentence.document, s.sentence.number) for s in process.told}
    return len(sentences) > 1 or len(view.by_document) < _SEVERAL or process.told[0].kind in _TOLD_ONCE


def _is_at_war(view: StoryView, told: Sequence[Sighting]) -> bool:
    """Whether a story tells of a war, and not only in figures of speech ("trapped in a promise", "under siege by creditors")."""
    of_war = {s.sentence for s in told if s.kind in _OF_WAR}
    least = max(_LEAST_OF_WAR * len(view.sentences), 2 if len(view.sentences) > _SHORT else 1)
    return len(of_war) >= least


_last: list[tuple[StoryView, tuple[Sighting, ...]]] = []


def sightings_of(view: StoryView) -> tuple[Sighting, ...]:
    """All tellings of states in a story; those of the last story are kept, as several steps ask for them."""
    if not _last or _last[0][0] is not view:
        _last[:] = [(view, sightings(view))]
    return _last[0][1]


def _thread(view: StoryView, rule: KindRule, process: Process) -> Thread:
    states = _states(view, rule.kind, process.told)
    may_be_told = _lies_ahead(view, states) or (
        rule.kind in _ANSWERED and (process.about is None or _ANSWERED[rule.kind](view, process.about))
    )
    return Thread(
        id="",
        kind=rule.kind,
        title=_title(view, rule, process),
        states=states,
        open_questions=() if may_be_told else open_questions(rule.kind, states),
        evidence=_proof(process.told),
    )


def _lies_ahead(view: StoryView, states: Sequence[ThreadState]) -> bool:
    """Whether a process is foreseen for a day after all reports, which cannot tell how it went."""
    last = max((s.published or "" for s in view.sentences), default="")
    return bool(last) and any(s.state in ("planned", "expected") and (_known_day(s.when) or "") > last for s in states)


def _speaks(view: StoryView, actor: str) -> bool:
    """Whether any report gives words of an actor's side: among them may be an answer in other words than those of a denial."""
    side = camps_of(view, (actor,))
    speakers = {s for reading in view.case.readings for a in reading.attributions for s in view.case.speaker_of(reading, a.id)}
    return any(camps_of(view, (speaker,)) & side for speaker in speakers)


def _meets_answers(view: StoryView, actor: str) -> bool:
    """Whether a sentence that names an actor tells of a welcome or an answer, which need not be a yes or a no."""
    return any(_ANSWER.search(s.folded) and any(n.actor == actor for n in s.named) for s in view.sentences)


_ANSWER = re.compile(r"\b(?:welcom|respon[ds]|repl(?:y|ied)|answer|react|in return)")
_ANSWERED = {ThreadKind.BLAME: _speaks, ThreadKind.OFFER: _meets_answers}
"""How the reports may tell an answer in other words than those of a state."""


def _states(view: StoryView, kind: ThreadKind, told: list[Sighting]) -> tuple[ThreadState, ...]:
    groups: list[list[Sighting]] = []
    for sighting in sorted(told, key=lambda s: (_known_day(s.when) is None, _is_wide(s.when), s.sentence.key, s.start)):
        homes = [g for g in groups if _is_home(view, g, sighting)]
        if not homes:
            groups.append([sighting])
        else:
            max(homes, key=lambda g: _nearness(view, g, sighting)).append(sighting)
    order = THREAD_STATES[kind]
    states: list[tuple[str, ThreadState]] = []
    for group in groups:
        when = next((s.when for s in group if _known_day(s.when)), group[0].when)
        by = tuple(dict.fromkeys(actor for s in group for actor in s.by))
        state = ThreadState(state=group[0].state, when=when, by=by, facts=facts_of(view, kind, group), evidence=_proof(group))
        states.append((min(_sort_day(when), _first_told(group)), state))
    ordered = sorted(states, key=lambda s: (s[0], order.index(s[1].state), s[1].evidence[0].document, s[1].evidence[0].span))
    return tuple(state for _, state in ordered)


def _first_told(group: list[Sighting]) -> str:
    """The first day on which a state that looks ahead was reported; after all days for other states."""
    days = [s.sentence.published for s in group if s.state in AHEAD and s.sentence.published is not None]
    return min(days, default="9999")


def _is_home(view: StoryView, group: list[Sighting], sighting: Sighting) -> bool:
    """Whether a telling is of the state that others tell of."""
    if sighting.kind is not ThreadKind.RESOLUTION:
        return _same_state(group, sighting)
    if _known_day(sighting.when) is None and _have_one_signer(view, group, sighting):
        return True
    return _same_state(group, sighting) and _same_text(view, group, sighting)


def _have_one_signer(view: StoryView, group: list[Sighting], sighting: Sighting) -> bool:
    """Whether one person did both, as who signs a law does, whenever it was."""
    return group[0].state == sighting.state and group[0].by == sighting.by and bool(_signers(view, sighting.by))


def _signers(view: StoryView, actors: Iterable[str]) -> set[str]:
    wanted = set(actors)
    return {a.id for a in view.case.actors.actors if a.id in wanted and a.type is EntityType.PERSON}


def _same_state(group: list[Sighting], sighting: Sighting) -> bool:
    first = group[0]
    if first.state != sighting.state:
        return False
    if first.kind is ThreadKind.ALLIANCE:
        return first.by == sighting.by
    if first.kind is ThreadKind.BLAME and not _one_accuser(first, sighting):
        return False
    ours, theirs, published = _known_day(first.when), _known_day(sighting.when), sighting.sentence.published
    if (ours is None or theirs is None) and _months_apart(ours or first.sentence.published, theirs or published):
        return False
    if first.kind is ThreadKind.BLAME:
        return ours is None or theirs is None or _days_between(ours, theirs) <= _ONE_CHARGE
    if ours is not None and theirs is None and first.when is not None and first.when.precision is Precision.YEAR:
        return False  # what was so in another year
    if ours is not None and theirs is None and published is not None and first.state not in AHEAD:
        return ours <= published  # what is told without a day came before it was told
    return ours is None or theirs is None or ours == theirs or (_is_wide(sighting.when) and _holds(sighting.when, first.when))


def _is_wide(when: When | None) -> bool:
    """Whether a time is known to some days, up to a week or so ("last week"): one of them may be told elsewhere."""
    return (
        when is not None and when.start is not None and when.end is not None and 2 <= _days_between(when.start, when.end) <= _WIDE
    )


def _holds(wide: When | None, narrow: When | None) -> bool:
    if wide is None or narrow is None or None in (wide.start, wide.end, narrow.start, narrow.end):
        return False
    return str(wide.start) <= str(narrow.start) and str(narrow.end) <= str(wide.end)


def _one_accuser(one: Sighting, other: Sighting) -> bool:
    """Whether two charges come from one side; of two unknown ones only where they are laid on one, or in the same words."""
    known = bool(one.by) or (bool(one.toward) and one.toward == other.toward) or one.sentence.bag == other.sentence.bag
    return one.by == other.by and known


_ONE_CHARGE, _APART, _WIDE = 3, 45, 10
"""Days within which one says the same again; days between reports that tell of different turns of a process; most days of a time that is
known to some days."""


def _days_between(one: str, other: str) -> int:
    return abs(date.fromisoformat(one).toordinal() - date.fromisoformat(other).toordinal())


def _months_apart(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _days_between(one, other) > _APART


def _same_text(view: StoryView, group: list[Sighting], sighting: Sighting) -> bool:
    """Whether what became of one text may be what became of another: told for one day, by one doer, or in like words."""
    doers = {actor for s in group for actor in s.by}
    signers, others = _signers(view, doers), _signers(view, sighting.by)
    if signers and others and not signers & others:
        return False  # one law is signed by one
    if _known_day(group[0].when) == _known_day(sighting.when):
        return True
    return bool(doers & set(sighting.by)) or not sighting.by or _nearness(view, group, sighting)[0] >= _LIKE


_LIKE = 0.2
"""Likeness in words from which two tellings may be of one vote."""


def _nearness(view: StoryView, group: list[Sighting], sighting: Sighting) -> tuple[float, str]:
    """How near an undated telling is to a state: the more alike in words; else the later the nearer."""
    alike = max(view.likeness(s.sentence.bag, sighting.sentence.bag) for s in group)
    return round(alike, 6), _known_day(group[0].when) or ""


def _known_day(when: When | None) -> str | None:
    if when is None or when.basis is Basis.PUBLICATION:
        return None
    return when.start or when.end


def _sort_day(when: When | None) -> str:
    if when is None:
        return "9999"
    days = (when.end, when.start) if when.basis is Basis.PUBLICATION else (when.start, when.end)
    return next((day for day in days if day), "9999")


def _title(view: StoryView, rule: KindRule, process: Process) -> str:
    """What the process is called, by the words in which most tellings put it, and the two who act in it most; of charges, against whom."""
    told, names = process.told, {a.id: a.name for a in view.case.actors.actors}
    fitting = [name for name, phrases in rule.titles if 2 * sum(bool(phrases.search(s.sentence.folded)) for s in told) > len(told)]
    title = next(iter(fitting), rule.title)
    accused = names.get(process.about or "") if rule.kind is ThreadKind.BLAME else None
    counts = Counter(actor for s in told for actor in s.by if accused is None or s.state == "accused")
    ranked = sorted(counts, key=lambda a: (-counts[a], a))
    leading = ", ".join(list(dict.fromkeys(names[a] for a in ranked if a in names))[:2])
    if accused is not None:
        return f"{title}: {leading} against {accused}" if leading else f"{title}: against {accused}"
    return f"{title}: {leading}" if leading else title


def _proof(told: Sequence[Sighting]) -> Proof:
    ordered = sorted(told, key=lambda s: (s.sentence.key, s.start))
    pieces = {(e.document, e.span): e for e in reversed([s.evidence for s in ordered])}
    return tuple(pieces[key] for key in dict.fromkeys((s.evidence.document, s.evidence.span) for s in ordered))
