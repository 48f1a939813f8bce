"""Which reports of a folder tell one story, and why the others do not: another episode of the same conflict, or another matter."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum

from crossread.linking.clusters import SAME_STORY, average_link
from crossread.linking.dating import Dating, dating_of, days_apart
from crossread.linking.features import vectors_of
from crossread.linking.likeness import Edges, likeness_edges
from crossread.linking.stems import stem
from crossread.linking.words import WORD
from crossread.records import Outside, Reading

_FAR_DAYS = 30.0
_NEAR_DAYS, _ALIKE_IN_DAYS = 14.0, 0.05
"""Days from a report of the story, and mean likeness to all of them, from which a dated report is taken into it: of 55 reports that told the
story of a folder and fell outside its largest group 31 are this like, of 124 of other stories one."""
_SHOWN = 4
_LONGEST_NAME = 4
"""Words of a name that may be shown."""
_FIRST_DAY = date(2000, 1, 1).toordinal() - 1  # seasons are days of a leap year


def set_aside(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[Outside, ...]]:
    """The readings of the main story, and the documents left out with the reason.

    The main story is the largest group of like reports (of equal ones, that with the most text), with those of its days that are less
    like; when no two reports are alike, all are taken together rather than all but one set aside.
    """
    ordered = sorted(readings, key=lambda r: r.document.id)
    edges = likeness_edges(ordered).edges()
    groups = average_link(len(ordered), edges, SAME_STORY)
    main = max(groups, key=lambda g: (len(g), sum(len(ordered[n].document.text) for n in g), -g[0]), default=())
    if len(main) < 2:
        return tuple(ordered), ()
    days = [dating_of(r.document) for r in ordered]
    main = tuple(n for n in range(len(ordered)) if n in main or _same_days(n, main, edges, days))
    vectors = list(vectors_of(ordered))
    printed = _printed_names(ordered)
    inside = tuple(ordered[n] for n in main)
    dates = [dating_of(r.document) for r in inside]
    outside = tuple(
        Outside(document=r.document.id, reason=_reason(r, dates, vectors[n], [vectors[m] for m in main], printed))
        for n, r in enumerate(ordered)
        if n not in main
    )
    return inside, outside


def _same_days(number: int, main: Sequence[int], edges: Edges, days: Sequence[Dating]) -> bool:
    """Whether a report of the days of a story is alike enough to it: one who chose the reports had a reason."""
    gaps = [gap for m in main if (gap := days_apart(days[number], days[m])) is not None]
    if not gaps or min(gaps) > _NEAR_DAYS:
        return False
    return fsum(edges.get((min(number, m), max(number, m)), 0.0) for m in main) >= _ALIKE_IN_DAYS * len(main)


def _reason(
    reading: Reading,
    others: Sequence[Dating],
    vector: Mapping[str, float],
    main: Sequence[Mapping[str, float]],
    printed: Mapping[str, str],
) -> str:
    """What the report shares with the story, what it lacks of it, and how far its dates lie."""
    centre: dict[str, float] = {}
    for other in main:
        for term, weight in other.items():
            centre[term] = centre.get(term, 0.0) + weight / len(main)
    shared = _strongest({t: min(w, vector[t]) for t, w in centre.items() if t in vector}, printed)
    lacking = _strongest({t: w for t, w in centre.items() if t not in vector and sum(t in other for other in main) > 1}, printed)
    lacking = [n for n in lacking if n not in shared and not any(f"^{stem(w.lower())}" in vector for w in WORD.findall(n))]
    parts = [f"another episode: shares {', '.join(shared)}" if shared else "another matter: shares none of the story's names"]
    if lacking:
        parts.append(f"says nothing of {', '.join(lacking)}")
    own = dating_of(reading.document)
    gaps = [gap for other in others if (gap := days_apart(own, other)) is not None]
    if gaps and min(gaps) > _FAR_DAYS:
        parts.append(f"its dates ({_dates(own)}) lie {round(min(gaps))} days or more from those of the story")
    return "; ".join(parts)


def _printed_names(readings: Sequence[Reading]) -> dict[str, str]:
    """The name in which a capitalised stem stands most often, as the reports print it; the word itself where no names were read."""
    counts: dict[str, Counter[str]] = {}
    if not any(reading.mentions for reading in readings):
        words = (w.removesuffix("'s") for r in readings for w in WORD.findall(r.document.text.replace("’", "'")))
        for word in (w for w in words if w[:1].isupper() and not w.isupper()):
            counts.setdefault(stem(word.lower()), Counter())[word] += 1
    for reading in readings:
        for mention in reading.mentions:
            name = " ".join(mention.span.of(reading.document.text).replace("’", "'").removesuffix("'s").split())
            name = name.removeprefix("the ").removeprefix("The ")
            if not name[:1].isupper() or len(name.split()) > _LONGEST_NAME or any(c.isdigit() for c in name):
                continue
            for word in WORD.findall(name):
                if word[0].isupper():
                    counts.setdefault(stem(word.lower()), Counter())[name] += 1
    return {base: min(found, key=lambda w: (-found[w], w)) for base, found in counts.items()}


def _strongest(weights: Mapping[str, float], printed: Mapping[str, str]) -> list[str]:
    """The names of most weight, as printed."""
    names: dict[str, float] = {}
    for term, weight in weights.items():
        name = printed.get(term.lstrip("<@").removeprefix("^")) if term.lstrip("<@").startswith("^") else None
        if name is not None:
            names[name] = max(names.get(name, 0.0), weight)
    return sorted(names, key=lambda n: (-names[n], n))[:_SHOWN]


def _dates(dating: Dating) -> str:
    days: Iterable[date] = (
        [date.fromordinal(int(dating.day))]
        if dating.day is not None
        else (date.fromordinal(_FIRST_DAY + n) for n in dating.seasons[:3])
    )
    form = "%-d %B %Y" if dating.day is not None else "%-d %B"
    return ", ".join(d.strftime(form) for d in days)
