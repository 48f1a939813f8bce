"""Tellings of one happening in words that do not mean the same, and different descriptions of one text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crossread.linking.accounts import Account, Happening, account_side
from crossread.linking.causes import CLAUSE_END
from crossread.linking.concepts import concept_book, sense_of, wordings_in
from crossread.linking.sentences import StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems
from crossread.records import Dispute
from crossread.vocabulary import Compatible, DisputeKind


@dataclass(frozen=True, eq=False)
class _View:
    """One way of telling it: a key that tells it from others, the words for it, an account."""

    key: str
    words: str
    account: Account


def wordings(happening: Happening, hand: Sequence[Account]) -> Iterator[Dispute]:
    """One dispute for each matter on which the accounts use words of different senses."""
    possible = [(a, numbers, _masked(a)) for a in hand if (numbers := wordings_in(a.sentence.starts))]
    for number, wording in enumerate(concept_book().wordings):
        views = []
        for account, _, folded in (p for p in possible if number in p[1]):
            near = folded[max(0, account.start - 25) : account.end + 25]
            sense = sense_of(wording, near)
            if sense is not None and sense_of(wording, folded) == sense:
                views.append(_View(sense, sense, account))
        yield from _by_key(
            views, f"{happening.topic}: {wording.matter}", "the accounts use words that do not mean the same", Compatible.UNCLEAR
        )


def _masked(account: Account) -> str:
    """The folded sentence of an account, the words of names and kits blanked out."""
    folded = account.sentence.folded
    return _NAMED.sub(lambda m: " " * len(m.group()), folded) if "riot " in folded or "protest " in folded else folded


_NAMED = re.compile(r"\briot (?:police|squads?|gear|shields?|officers?)\b|\bprotest (?:songs?|camps?|votes?)\b")
"""Words of a name or a kit, which do not tell what happened."""
_OF = re.compile(
    r"\b(?:resolution|draft|text|proposal|plan|offer|deal|bill|motion|agreement|law|petition|statement)\b"
    r"(?:(?! (?!calling|demanding|seeking)\w+ing\b)[\w ]){0,30}?"
    r"(?:\b(?:that calls for|calling for|for(?! (?:approval|adoption|consideration|debate|discussion|review|a vote)\b)"
    r"|demanding|seeking|on|that would|that|to|which)\b"
    r"|(?= (?:imposing|lifting|ending|banning|urging|requiring|ordering|condemning|extending|authorising|authorizing)\b))"
)


def descriptions(view: StoryView, happening: Happening) -> Iterator[Dispute]:
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
    sides = [account_side([a for a, _ in group], group[0][1]) for group in groups]
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
    end = CLAUSE_END.search(account.sentence.folded, match.end())
    words = account.sentence.text[match.end() : end.start() if end else len(account.sentence.text)].strip(" ,")
    return shorten(words, 120) if content_stems(words.lower()) else None


def _by_key(views: Sequence[_View], topic: str, why: str, compatible: Compatible) -> Iterator[Dispute]:
    groups: dict[str, list[_View]] = {}
    for one in views:
        groups.setdefault(one.key, []).append(one)
    sources: set[object] = {v.account.source for v in views}
    if len(groups) < 2 or len(sources) < 2:
        return
    sides = [account_side([v.account for v in group], group[0].words) for group in groups.values()]
    yield dispute_of(DisputeKind.WORDING, topic, sides, compatible, why)
