"""Tellings of one happening that differ: another cause, actor, date or wording."""

import re
from collections.abc import Iterator, Sequence

from crossread.linking.accounts import Account, Happening, account_side, happenings
from crossread.linking.backgrounds import disjoint, looks_back
from crossread.linking.camps import camps_of
from crossread.linking.causes import CLAUSE_END, DUE_TO_DO, GENERIC, RIVAL_CAUSE, TEMPORAL, told_causes
from crossread.linking.concepts import opposition, touches
from crossread.linking.dated_accounts import dates_another, dates_the_saying
from crossread.linking.differing_words import descriptions, wordings
from crossread.linking.happenings import days_of
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems, fold
from crossread.linking.told_actors import told_actors
from crossread.linking.told_dates import told_dates
from crossread.records import Attribution, Dispute, StoryEvent, When
from crossread.vocabulary import Basis, Compatible, DisputeKind, EntityType, FigureKind


def differing_events(view: StoryView, events: Sequence[StoryEvent]) -> Iterator[Dispute]:
    """Disputes about one happening: why, by whom, when, in which words."""
    shown: list[Dispute] = []
    for dispute in (*told_causes(view), *told_actors(view), *told_dates(view)):
        shown.append(dispute)
        yield dispute
    told = [d for happening in happenings(view, events) for d in _told_apart(view, happening)]
    best = {d.topic.rpartition(": ")[2]: d for d in sorted(told, key=_n_documents) if d.kind is DisputeKind.WORDING}
    for dispute in told:
        if dispute.kind is DisputeKind.WORDING and best[dispute.topic.rpartition(": ")[2]] is not dispute:
            continue  # one matter is put in two ways wherever it comes up
        if not any(_repeats(dispute, other) for other in shown):
            shown.append(dispute)
            yield dispute


def _n_documents(dispute: Dispute) -> int:
    return len({e.document for e in dispute.evidence})


def _told_apart(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    hand = _at_hand(view, happening)
    yield from _causes(view, happening)
    yield from _actors(view, happening, hand)
    yield from _dates(view, happening, hand)
    yield from wordings(happening, hand)
    yield from descriptions(view, happening)


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


def reason_given(account: Account) -> tuple[str, str] | None:
    """The words that give a cause for what an account tells, and the word that joins them to it."""
    text = account.sentence.folded
    for match in _CAUSE.finditer(text, account.end):
        if match.start() - account.end > 90:
            break
        end = CLAUSE_END.search(text, match.end())
        clause = text[match.end() : end.start() if end else len(text)].strip(" ,\"'")
        if (
            len(frozenset(content_stems(clause)) - GENERIC) < (1 if match.group() in _STRONG else 2)
            or TEMPORAL.match(clause)
            or (match.group() == "over" and (_is_place(account, match.end()) or _moves(text, match.start())))
            or DUE_TO_DO.match(text, match.start())
        ):
            continue
        return match.group(), account.sentence.text[match.end() : match.end() + len(clause) + 1].strip(" ,\"'”’")
    return None


def _given(joined_by: str, words: str) -> str:
    return words if joined_by in fold(words) else f"{joined_by} {words}"


def _one_cause(view: StoryView, group: list[tuple[Account, str, str]], account: Account, bag: frozenset[str], clause: str) -> bool:
    """Whether a cause is one already given: in like words, by the same reporter in the same report, or by whoever gives it in another."""
    if any(a.source == account.source or (a.speakers and a.speakers == account.speakers) for a, _, _ in group):
        return True
    if SUMMED_UP.match(fold(group[0][2])) or SUMMED_UP.match(fold(clause)):
        return True
    return view.likeness(frozenset(content_stems(group[0][2].lower())), bag) >= RIVAL_CAUSE


SUMMED_UP = re.compile(
    r"\W*(?:the|this|that|these|those|its|their|his|her|such|[\w-]{1,30}['’]s?|the [\w-]{1,30}['’]s?) (?:[\w-]{1,20} ){0,3}?"
    r"(?:moves?|actions?|steps?|provocations?|acts?|aggression|escalation|behaviou?r|threats?|measures?|developments?|incidents?|events)\b"
    r"(?! (?:of|by|to))"
)
"""A reason that only sums up what was done ("in response to the North's latest move"), whatever others say that it was."""


_EXPLAINS = re.compile(
    r"\b(?:the (?:only )?reason\b[^.;]{0,80}?(?:\bis\b|\bwas\b|:)|(?:that|which) (?:is|was) why\b|therefore\b|so there (?:is|was) no\b)"
)
"""Words by which a sentence explains what the sentences before it tell."""
_MATTERS = {
    "visit off": re.compile(r"\b(?:visit|trip|tour|travel)"),
    "talks stopped": re.compile(r"\b(?:talks|negotiation)"),
    "truce ended": re.compile(r"\b(?:truce|cease-?fire)"),
    "veto": re.compile(r"\b(?:veto|vote)"),
}


def _explained(view: StoryView, happening: Happening) -> Iterator[tuple[Account, tuple[str, str]]]:
    """Sentences that explain in somebody's words what became of a visit, talks, a truce or a vote, named there or in the sentence before."""
    matter = _MATTERS.get(happening.family)
    if matter is None or not happening.accounts:
        return
    for sentence in view.sentences:
        match = _EXPLAINS.search(sentence.folded)
        if match is None:
            continue
        voice = sentence.voice_at(match.start(), match.end()) or next(iter(sentence.attributions), None)
        speakers = view.case.speaker_of(sentence.reading, voice.id) if voice is not None else ()
        before = view.by_document[sentence.document][max(0, sentence.number - 1) : sentence.number]
        if speakers and any(matter.search(words) for words in (_said_by(sentence, voice), *(s.folded for s in before))):
            account = Account(sentence, match.start(), match.end(), (), None, voice, speakers)
            yield account, (match.group(), shorten(sentence.text))


def _said_by(sentence: Sentence, voice: Attribution | None) -> str:
    """What a voice says in a sentence, folded; the whole sentence where it gives no content there."""
    text = sentence.reading.document.text
    said = [s.of(text) for s in (voice.content if voice is not None else ()) if s.overlaps(sentence.span)]
    return fold(" ".join(said)) or sentence.folded


def _is_place(account: Account, at: int) -> bool:
    """Whether what follows is a place (planes fly over it) rather than a matter (people quarrel over it)."""
    near = account.sentence.named_between(at, at + 25)
    return any(n.type in (EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY) for n in near)


_PARTICLE = re.compile(
    r"\b(?:him|her|it|them|us|me|you|himself|herself|itself|themselves|run|runs|ran|running|drove|drive|driven|driving|rolled|knock\w*|hand\w*"
    r"|tak\w+|took|turn\w*|fell|fall\w*|flipp?\w*|pull\w*|bent|got|went|goes|flew|fly\w*|mowed|mowing|spread|jump\w*|climb\w*|pass\w*|cross\w*"
    r"|preside\w*|watch\w*|power|control|authority|victory|lead) $"
)


def _moves(text: str, at: int) -> bool:
    """Whether ``over`` goes with the word before it: somebody is run over, has power over others."""
    return _PARTICLE.search(text, max(0, at - 16), at) is not None


_EXPLAINED = frozenset({"REJECT", "SANCTION", "RETREAT", "COERCE", "PROTEST", "MOBILIZE", "THREATEN", "ASSAULT"})


def _causes(view: StoryView, happening: Happening) -> Iterator[Dispute]:
    if not happening.is_process and (happening.family not in _EXPLAINED or not _one_matter(view, happening)):
        return
    groups: list[list[tuple[Account, str, str]]] = []
    told = [(account, reason_given(account)) for account in happening.accounts]
    for account, given in (*told, *_explained(view, happening)):
        if given is None:
            continue
        bag = frozenset(content_stems(given[1].lower()))
        home = next((g for g in groups if _one_cause(view, g, account, bag, given[1])), None)
        if home is None:
            groups.append([(account, *given)])
        else:
            home.append((account, *given))
    in_so_many_words = any(joined_by in _STRONG for group in groups for _, joined_by, _ in group)
    if len(groups) < 2 or len({g[0][0].source for g in groups}) < 2 or not (happening.is_process or in_so_many_words):
        return
    if (speakers := {g[0][0].speakers for g in groups}) != {()} and len(speakers) < 2:
        return  # one speaker, whose words two reports cut differently
    sides = [account_side([a for a, _, _ in group], _given(group[0][1], group[0][2])) for group in groups]
    named = [side for side in sides if side.held_by]
    compatible = Compatible.NO if len(named) > 1 else Compatible.UNCLEAR
    yield dispute_of(
        DisputeKind.CAUSE, f"{happening.topic}: why", sides, compatible, "the accounts give different causes for one happening"
    )


# ---------------------------------------------------------------- by whom

_ACTED = frozenset({"visit changed", "draft", "air strikes", "ASSAULT", "COERCE", "MOBILIZE", "SANCTION", "PROTEST"})


def _actors(view: StoryView, happening: Happening, hand: Sequence[Account]) -> Iterator[Dispute]:
    if happening.family not in _ACTED or (not happening.is_process and len(happening.topic) < 5):
        return
    names = {a.id: a.name for a in view.case.actors.actors}
    groups: dict[tuple[str, ...], list[Account]] = {}
    for account in hand:
        if _FUTURE.search(account.sentence.folded, max(0, account.start - 40), account.end):
            continue  # what somebody would do he has not done
        if account.by and all(any(c.isupper() for c in names.get(a, "")) for a in account.by):
            home = next((by for by in groups if camps_of(view, by) & camps_of(view, tuple(sorted(account.by)))), None)
            groups.setdefault(home or tuple(sorted(account.by)), []).append(account)
    if len(groups) < 2 or _one_name(names, groups):
        return
    if not happening.is_process and not (_one_matter(view, happening) and all(a.speakers for a in happening.accounts)):
        return
    sides = [account_side(accounts, " and ".join(names.get(a, a) for a in by)) for by, accounts in sorted(groups.items())]
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


def _dates(view: StoryView, happening: Happening, hand: Sequence[Account]) -> Iterator[Dispute]:
    groups: list[list[Account]] = []
    for account in hand:
        if (
            not _dated(account.when)
            or dates_the_saying(account)
            or (not happening.is_process and dates_another(account))
            or _AGAIN.search(account.sentence.folded)
            or _FUTURE.search(account.sentence.folded, max(0, account.start - 40), account.end)
        ):
            continue
        home = next((g for g in groups if _same_date(g[0].when, account.when)), None)
        if home is None:
            groups.append([account])
        else:
            home.append(account)
    groups = _of_the_main(view, happening, groups)
    if len(groups) < 2 or len({g[0].source for g in groups}) < 2:
        return
    apart = any(disjoint(a[0].when, b[0].when) for a in groups for b in groups)
    if not apart and not happening.is_process:
        return
    sides = [account_side(group, _date_words(group[0].when)) for group in groups]
    compatible = Compatible.UNCLEAR if apart else Compatible.YES
    why = "the dates given exclude each other" if apart else "the dates are given in different words and fit together"
    yield dispute_of(DisputeKind.DATE, f"{happening.topic}: when", sides, compatible, why)


def _at_hand(view: StoryView, happening: Happening) -> list[Account]:
    """Accounts that do not look back, and of a joined event those that are alike enough to be sure that it is one."""
    told = [
        a for a in happening.accounts if looks_back(a.sentence) is None or any(_alike(view, a, b, 0.7) for b in happening.accounts)
    ]
    return told if happening.is_process else [a for a in told if any(_alike(view, a, b) for b in told)]


_LONGEST_DATE, _FARTHEST = 7, 31
"""Days that a date may last, and that two dates of one happening may lie apart; more is another happening."""


def _of_the_main(view: StoryView, happening: Happening, groups: list[list[Account]]) -> list[list[Account]]:
    """The date that most reports give, and other dates given in sentences like theirs."""
    if not groups:
        return groups
    if happening.is_process:
        first = groups[0]
        return [g for g in groups if g is first or not any(_of_other_victims(a, b) for a in g for b in first)]
    short = [g for g in groups if (days := days_of(g[0].when)) is not None and days[1] - days[0] <= _LONGEST_DATE]
    if not short:
        return []
    main = max(short, key=lambda g: len({a.sentence.document for a in g}))
    return [
        g
        for g in short
        if g is main or (_near(g, main) and any(_alike(view, a, b) and not _opposed(a, b) for a in g for b in main))
    ]


def _opposed(one: Account, other: Account) -> bool:
    """Whether one tells that something broke off and the other that it went on: two happenings, each with its day."""
    return _of_other_victims(one, other) or opposition(touches(one.sentence.folded), touches(other.sentence.folded)) is not None


def _of_other_victims(one: Account, other: Account) -> bool:
    """Whether each counts other victims: of two attacks, each with its day."""
    ours, theirs = ({f.best for f in a.sentence.figures if f.kind in _VICTIMS} for a in (one, other))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _near(group: list[Account], main: list[Account]) -> bool:
    ours, theirs = days_of(group[0].when), days_of(main[0].when)
    if ours is None or theirs is None or _words_of(group[0]) == _words_of(main[0]):
        return False  # "this morning" in a text printed on two days
    return abs(ours[0] - theirs[0]) <= _FARTHEST


def _words_of(account: Account) -> str | None:
    return account.when.text.casefold() if account.when is not None and account.when.text else None


_VICTIMS = frozenset({FigureKind.KILLED, FigureKind.WOUNDED, FigureKind.KILLED_OR_WOUNDED})
_FUTURE = re.compile(r"\b(?:will|would|could|may|might|expected|due|set|plan\w*|tomorrow|next|by the end)\b")


_AGAIN = re.compile(r"\b(?:resum\w+|again|restart\w+|another|second|third|renewed)\b")


def _alike(view: StoryView, one: Account, other: Account, least: float = 0.45) -> bool:
    return one.sentence is not other.sentence and view.likeness(one.sentence.bag, other.sentence.bag) >= least


def _dated(when: When | None) -> bool:
    return when is not None and when.basis is not Basis.PUBLICATION and when.start is not None and when.end is not None


def _same_date(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return False
    if (one.start, one.end) == (other.start, other.end):
        return True
    ours, theirs = days_of(one), days_of(other)
    if ours is not None and theirs is not None and abs(ours[0] - theirs[0]) == _A_WEEK and ours[0] == ours[1]:
        return any(_LAST_DAY.match(w.text or "") for w in (one, other))  # "last Friday" is this week's or that of the week before
    if ours is None or theirs is None or not (_NIGHT.search(one.text or "") or _NIGHT.search(other.text or "")):
        return False
    return abs(ours[0] - theirs[0]) <= 1 and abs(ours[1] - theirs[1]) <= 1


_A_WEEK = 7
_LAST_DAY = re.compile(r"last (?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_NIGHT = re.compile(r"\b(?:night|overnight|midnight|today|tonight|(?:this|in the) (?:morning|evening)|early|late)\b", re.IGNORECASE)
"""Words for a time that one report may put on the day before, as a night has two dates and a report of it may be dated by either."""


def _date_words(when: When | None) -> str:
    if when is None:
        return "undated"
    days = when.start if when.start == when.end else f"{when.start or '?'} to {when.end or '?'}"
    return f"{when.text} ({days})" if when.text else str(days)
