"""Tellings of one happening that differ: another cause, actor, date or wording."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from crossread.linking.accounts import Account, Happening, happenings
from crossread.linking.backgrounds import disjoint
from crossread.linking.concepts import concept_book, sense_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten, unique_voices
from crossread.linking.stems import content_stems
from crossread.linking.told_actors import told_actors
from crossread.records import Dispute, Side, StoryEvent, When
from crossread.vocabulary import Basis, Compatible, DisputeKind, EntityType


@dataclass(frozen=True, eq=False)
class _View:
    """One way of telling it: a key that tells it from others, the words for it, an account."""

    key: str
    words: str
    account: Account


def differing_events(view: StoryView, events: Sequence[StoryEvent]) -> Iterator[Dispute]:
    """Disputes about one happening: why, by whom, when, in which words."""
    shown: list[Dispute] = []
    for dispute in (*_told_causes(view), *told_actors(view)):
        shown.append(dispute)
        yield dispute
    for happening in happenings(view, events):
        for make in (_causes, _actors, _dates, _wordings, _descriptions):
            for dispute in make(view, happening):
                if not any(_repeats(dispute, other) for other in shown):
                    shown.append(dispute)
                    yield dispute


def _repeats(dispute: Dispute, other: Dispute) -> bool:
    """Whether a dispute of the same kind was shown whose sides cite two of its sides' sentences."""
    if dispute.kind is not other.kind:
        return False
    cited = [{(e.document, e.span) for e in side.evidence} for side in dispute.sides]
    known = [{(e.document, e.span) for e in side.evidence} for side in other.sides]
    return sum(any(c & k for k in known) for c in cited) > 1


# ---------------------------------------------------------------- why

_CAUSE = re.compile(
    r"\b(because of|because|due to|owing to|after|following|in protest over|in protest at|in response to|in retaliation for"
    r"|over|amid|on account of"
    r"|citing|blaming|thanks to|as a result of|in the wake of)\b"
)
_STRONG = frozenset(
    {
        "because of",
        "because",
        "due to",
        "owing to",
        "in response to",
        "in retaliation for",
        "on account of",
        "as a result of",
        "over",
    }
)
_TEMPORAL = re.compile(
    r"^(?:the )?(?:only |just |more than |about |nearly |several |a few |many |two |three |four |five |six |\d+ |a |an )*"
    r"(?:day|days|week|weeks|month|months|year|years|hour|hours|minute|minutes|midnight|noon|dawn|weekend|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|which|that|\d)\b"
)
_CLAUSE_END = re.compile(r"[;.?!]|, (?=.{0,90}\b(?:said|says|told|claimed|added|reported)\b)|,? but |,? and then ")


def reason_given(account: Account) -> tuple[str, str] | None:
    """The words that give a cause for what an account tells, and the word that joins them to it."""
    text = account.sentence.folded
    for match in _CAUSE.finditer(text, account.end):
        if match.start() - account.end > 90:
            break
        end = _CLAUSE_END.search(text, match.end())
        clause = text[match.end() : end.start() if end else len(text)].strip(" ,\"'")
        if (
            len(content_stems(clause)) < (1 if match.group() in _STRONG else 2)
            or _TEMPORAL.match(clause)
            or (match.group() == "over" and _is_place(account, match.end()))
        ):
            continue
        return match.group(), account.sentence.text[match.end() : match.end() + len(clause) + 1].strip(" ,\"'”’")
    return None


def _one_cause(view: StoryView, group: list[tuple[Account, str, str]], account: Account, bag: frozenset[str]) -> bool:
    """Whether a cause is one already given: in like words, or by the same reporter in the same report."""
    if any(a.source == account.source for a, _, _ in group):
        return True
    return view.likeness(frozenset(content_stems(group[0][2].lower())), bag) >= _OTHER_CAUSE


def _is_place(account: Account, at: int) -> bool:
    """Whether what follows is a place (planes fly over it) rather than a matter (people quarrel over it)."""
    near = account.sentence.named_between(at, at + 25)
    return any(n.type in (EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY) for n in near)


_EXPLAINED = frozenset({"REJECT", "SANCTION", "RETREAT", "COERCE", "PROTEST", "MOBILIZE", "THREATEN", "ASSAULT"})


def _causes(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    if not happening.is_process and (happening.family not in _EXPLAINED or not _one_matter(view, happening)):
        return
    groups: list[list[tuple[Account, str, str]]] = []
    for account in happening.accounts:
        given = reason_given(account)
        if given is None:
            continue
        bag = frozenset(content_stems(given[1].lower()))
        home = next((g for g in groups if _one_cause(view, g, account, bag)), None)
        if home is None:
            groups.append([(account, *given)])
        else:
            home.append((account, *given))
    if len(groups) < 2 or len({g[0][0].source for g in groups}) < 2:
        return
    sides = [_side([a for a, _, _ in group], f"{group[0][1]} {group[0][2]}") for group in groups]
    named = [side for side in sides if side.held_by]
    compatible = Compatible.NO if len(named) > 1 else Compatible.UNCLEAR
    yield dispute_of(
        DisputeKind.CAUSE, f"{happening.topic}: why", sides, compatible, "the accounts give different causes for one happening"
    )


_EXPLICIT = re.compile(
    r"\b(because of|because|due to|owing to|on account of|as a result of|in response to|in retaliation for|after|following)\b"
)
_SAME_EFFECT, _OTHER_CAUSE = 0.6, 0.5


@dataclass(frozen=True, eq=False)
class _Told:
    """An effect and the cause that one voice gives for it."""

    account: Account
    effect: frozenset[str]
    cause: frozenset[str]
    words: str
    joined_by: str


def _told_causes(view: StoryView) -> Iterator[Dispute]:
    """Sentences of different voices that give one effect different causes, one of them in so many words."""
    told = [t for s in view.sentences if (t := _told(view, s)) is not None]
    seen: set[int] = set()
    for i, one in enumerate(told):
        for j in range(i + 1, len(told)):
            other = told[j]
            if (
                i in seen
                or j in seen
                or one.account.source == other.account.source
                or not {one.joined_by, other.joined_by} & _STRONG
            ):
                continue
            same = view.likeness(one.effect, other.effect) >= _SAME_EFFECT and len(one.effect & other.effect) > 1
            if same and view.likeness(one.cause, other.cause) < _OTHER_CAUSE:
                seen |= {i, j}
                sides = [_side([t.account], f"{t.joined_by} {t.words}") for t in (one, other)]
                named = all(side.held_by for side in sides) or one.account.sentence.document != other.account.sentence.document
                yield dispute_of(
                    DisputeKind.CAUSE,
                    f"Why: {shorten(one.account.sentence.text, 90)}",
                    sides,
                    Compatible.NO if named else Compatible.UNCLEAR,
                    "the accounts give different causes for one happening",
                )


def _told(view: StoryView, sentence: Sentence) -> _Told | None:
    match = _EXPLICIT.search(sentence.folded)
    if match is None or match.start() < 12:
        return None
    end = _CLAUSE_END.search(sentence.folded, match.end())
    clause = sentence.folded[match.end() : end.start() if end else len(sentence.folded)].strip(" ,\"'")
    effect = frozenset(content_stems(sentence.folded[: match.start()]))
    if not content_stems(clause) or _TEMPORAL.match(clause) or len(effect) < 2:
        return None
    voice = sentence.voice_at(match.start(), match.end())
    speakers = view.case.speaker_of(sentence.reading, voice.id) if voice is not None else ()
    account = Account(sentence, 0, match.start(), (), None, voice, speakers)
    return _Told(account, effect, frozenset(content_stems(clause)), clause, match.group())


# ---------------------------------------------------------------- by whom

_ACTED = frozenset({"visit changed", "draft", "air strikes", "ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"})


def _actors(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    if happening.family not in _ACTED or (not happening.is_process and len(happening.topic) < 5):
        return
    groups: dict[tuple[str, ...], list[Account]] = {}
    for account in happening.accounts:
        if account.by:
            groups.setdefault(tuple(sorted(account.by)), []).append(account)
    names = {a.id: a.name for a in view.case.actors.actors}
    if len(groups) < 2 or _one_name(names, groups):
        return
    if not happening.is_process and not (_one_matter(view, happening) and all(a.speakers for a in happening.accounts)):
        return
    sides = [_side(accounts, " and ".join(names.get(a, a) for a in by)) for by, accounts in sorted(groups.items())]
    sets = [set(by) for by in groups]
    joint = all(any(a & b for b in sets if b is not a) for a in sets)
    compatible = Compatible.YES if joint else Compatible.UNCLEAR
    why = "some accounts name fewer of those who acted" if joint else "the accounts name different actors"
    yield dispute_of(DisputeKind.ACTOR, f"{happening.topic}: by whom", sides, compatible, why)


def _one_matter(view: StoryView, happening: Happening) -> bool:
    """Whether the accounts of a joined event are alike enough to trust that it is one."""
    heads = happening.accounts
    return all(any(_alike(view, a, b) for b in heads if b is not a) for a in heads)


def _one_name(names: dict[str, str], groups: dict[tuple[str, ...], list[Account]]) -> bool:
    """Whether those named share a word in every account (``the army``, ``army troops``)."""
    words = [{w for a in by for w in content_stems(names.get(a, "").lower())} for by in groups]
    return bool(set.intersection(*words)) if words else False


# ---------------------------------------------------------------- when


def _dates(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    groups: list[list[Account]] = []
    for account in happening.accounts:
        if (
            not _dated(account.when)
            or _dates_the_saying(account)
            or _FUTURE.search(account.sentence.folded, max(0, account.start - 40), account.end)
        ):
            continue
        if not happening.is_process and not any(_alike(view, account, a) for a in happening.accounts if a is not account):
            continue
        home = next((g for g in groups if _same_date(g[0].when, account.when)), None)
        if home is None:
            groups.append([account])
        else:
            home.append(account)
    if len(groups) < 2 or len({g[0].source for g in groups}) < 2:
        return
    apart = any(disjoint(a[0].when, b[0].when) for a in groups for b in groups)
    sides = [_side(group, _date_words(group[0].when)) for group in groups]
    compatible = Compatible.UNCLEAR if apart else Compatible.YES
    why = "the dates given exclude each other" if apart else "the dates are given in different words and fit together"
    yield dispute_of(DisputeKind.DATE, f"{happening.topic}: when", sides, compatible, why)


_SAYING = re.compile(
    r"\b(?:said|says|told (?:\w+ ){1,3}|announced|warned|called|added|reported|promised|according to \w+)(?: \w+)?(?: on)? ?$"
)


def _dates_the_saying(account: Account) -> bool:
    """Whether the date belongs to the words of saying (``said on Monday``) rather than to what happened."""
    when = account.when
    if when is None or when.span is None or not account.sentence.span.overlaps(when.span):
        return False
    at = when.span.start - account.sentence.span.start
    return bool(_SAYING.search(account.sentence.folded, max(0, at - 45), at)) or (
        account.sentence.folded[max(0, at - 3) : at] == "on "
        and bool(_SAYING.search(account.sentence.folded, max(0, at - 45), max(0, at - 3)))
    )


_FUTURE = re.compile(r"\b(?:will|would|could|may|might|expected|due|set|plan\w*|tomorrow|next|by the end)\b")


def _alike(view: StoryView, one: Account, other: Account) -> bool:
    return one.sentence is not other.sentence and view.likeness(one.sentence.bag, other.sentence.bag) >= 0.45


def _dated(when: When | None) -> bool:
    return when is not None and when.basis is not Basis.PUBLICATION and bool(when.start or when.end)


def _same_date(one: When | None, other: When | None) -> bool:
    return one is not None and other is not None and (one.start, one.end) == (other.start, other.end)


def _date_words(when: When | None) -> str:
    if when is None:
        return "undated"
    days = when.start if when.start == when.end else f"{when.start or '?'} to {when.end or '?'}"
    return f"{when.text} ({days})" if when.text else str(days)


# ---------------------------------------------------------------- in which words


def _wordings(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    for wording in concept_book().wordings:
        views = []
        for account in happening.accounts:
            near = account.sentence.folded[max(0, account.start - 25) : account.end + 25]
            sense = sense_of(wording, near)
            if sense is not None:
                views.append(_View(sense, sense, account))
        yield from _by_key(
            views, f"{happening.topic}: {wording.matter}", "the accounts use words that do not mean the same", Compatible.UNCLEAR
        )


_OF = re.compile(
    r"\b(?:resolution|draft|text|proposal|plan|offer|deal|bill|motion|agreement|law|petition|statement)\b[\w ]{0,30}?"
    r"\b(that calls for|calling for|for|demanding|seeking|on|that would|that|to|which)\b"
)


def _descriptions(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    """What a text or an offer is said to be for, where reports describe it differently."""
    if happening.family not in ("draft", "offer"):
        return
    groups: list[list[tuple[Account, str]]] = []
    for account in happening.accounts:
        words = _purpose(account)
        if words is None:
            continue
        bag = frozenset(content_stems(words.lower()))
        home = next((g for g in groups if view.jaccard(frozenset(content_stems(g[0][1].lower())), bag) >= 0.5), None)
        if home is None:
            groups.append([(account, words)])
        else:
            home.append((account, words))
    if len(groups) < 2 or len({g[0][0].sentence.document for g in groups}) < 2:
        return
    sides = [_side([a for a, _ in group], group[0][1]) for group in groups]
    yield dispute_of(
        DisputeKind.WORDING,
        f"{happening.topic}: what it asks for",
        sides,
        Compatible.YES,
        "the accounts name different parts of one text",
    )


def _purpose(account: Account) -> str | None:
    match = _OF.search(account.sentence.folded)
    if match is None:
        return None
    end = _CLAUSE_END.search(account.sentence.folded, match.end())
    words = account.sentence.text[match.end() : end.start() if end else len(account.sentence.text)].strip(" ,")
    return shorten(words, 120) if content_stems(words.lower()) else None


# ---------------------------------------------------------------- shared


def _by_key(views: Sequence[_View], topic: str, why: str, compatible: Compatible) -> Iterator[Dispute]:
    groups: dict[str, list[_View]] = {}
    for one in views:
        groups.setdefault(one.key, []).append(one)
    sources: set[object] = {v.account.source for v in views}
    if len(groups) < 2 or len(sources) < 2:
        return
    sides = [_side([v.account for v in group], group[0].words) for group in groups.values()]
    yield dispute_of(DisputeKind.WORDING, topic, sides, compatible, why)


def _side(accounts: Sequence[Account], position: str) -> Side:
    ordered = sorted(accounts, key=lambda a: (a.sentence.key, a.start))
    return Side(
        position=shorten(position),
        held_by=tuple(dict.fromkeys(s for a in ordered for s in a.speakers)),
        voices=unique_voices(v for a in ordered for v in a.voices),
        evidence=tuple(dict.fromkeys(a.evidence for a in ordered)),
    )


Make = Callable[[StoryView, Happening], Iterator[Dispute]]
