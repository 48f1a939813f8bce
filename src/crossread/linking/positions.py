"""One actor's statements over time, with the changes of its position."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from crossread.linking.stems import content_stems, fold
from crossread.records import Claim, Dispute, Evidence, Reading, Story, When
from crossread.vocabulary import DisputeKind, Stance

_TOPIC = 9  # words; longer phrases tell something of what they name
_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "their", "its", "this", "that", "these", "those", "any"))
_MARK = re.compile(r"[\"“”‘«»]")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|must|may|might|did|do|does|\w+n[’']t|not|never)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One statement of an actor: when, what, where it stands, and whether it departs from an earlier one."""

    when: When | None
    published: When | None
    text: str
    stance: Stance
    polarity: str
    evidence: tuple[Evidence, ...]
    changes: str | None = None
    """Id of the dispute that shows the change of position, where there is one."""


def statements_of(story: Story, readings: Iterable[Reading], name: str) -> tuple[StatementLine, ...]:
    """What an actor is reported to have said, earliest first.

    Args:
        story: The story.
        readings: Readings of its documents.
        name: The actor's name or id, or any of the forms in which documents write it; a surname is enough where one actor bears it.
    """
    wanted = actors_named(story, name)
    published = {r.document.id: r.document.published for r in readings}
    lines = [_line(story, claim, published) for claim in story.claims if wanted & set(claim.speakers) and not _is_topic(claim)]
    return tuple(sorted(_whole(sorted(lines, key=_order)), key=_order))


def _is_topic(claim: Claim) -> bool:
    """Whether the claim is no more than what was spoken of ("the hostage crisis"): a few words that open with an article."""
    words = claim.text.split()
    plain = claim.stance is Stance.ASSERT and claim.polarity == "affirmed" and not _MARK.search(claim.text)
    return plain and len(words) < _TOPIC and (len(words) < 3 or words[0].lower() in _DETERMINERS) and not _FINITE.search(claim.text)


def _whole(lines: list[StatementLine]) -> list[StatementLine]:
    """Lines with the sentences of one quotation put together again: those that one attribution of one report holds."""
    found: dict[object, StatementLine] = {}
    for n, line in enumerate(lines):
        first = line.evidence[0]
        alone = len(line.evidence) > 1 or first.record is None or line.changes is not None
        key: object = n if alone else (first.document, first.record, line.stance, line.polarity)
        known = found.get(key)
        if known is None:
            found[key] = line
        else:
            found[key] = replace(known, text=f"{known.text} {line.text}", evidence=(*known.evidence, *line.evidence))
    return list(found.values())


def actors_named(story: Story, name: str) -> set[str]:
    """Ids of the actors that a name means: whole names and forms first, else actors whose name holds all its words."""
    folded = fold(name).strip()
    exact = {a.id for a in story.actors if folded in {a.id, fold(a.name), *(fold(f.text) for f in a.forms)}}
    if exact:
        return _one_person(story, exact)
    words = set(content_stems(folded))
    return {a.id for a in story.actors if words and words <= set(content_stems(fold(a.name)))}


def _one_person(story: Story, actors: set[str]) -> set[str]:
    """Of several actors that one name means the one who says most, with those who can be the same one by name."""
    said = Counter(a for claim in story.claims for a in claim.speakers if a in actors)
    words = {a.id: set(fold(a.name).split()) for a in story.actors if a.id in actors}
    chosen = max(sorted(actors), key=lambda a: said[a])
    return {a for a in actors if words[a] <= words[chosen] or words[chosen] <= words[a]}


def _line(story: Story, claim: Claim, published: dict[str, When | None]) -> StatementLine:
    days = [published.get(e.document) for e in claim.evidence]
    known = sorted((d for d in days if d is not None), key=lambda d: d.start or "9999")
    change = next((d.id for d in story.disputes if _is_change(d, claim)), None)
    return StatementLine(
        when=claim.when,
        published=known[0] if known else None,
        text=claim.text,
        stance=claim.stance,
        polarity=claim.polarity,
        evidence=claim.evidence,
        changes=change,
    )


def _is_change(dispute: Dispute, claim: Claim) -> bool:
    """Whether a claim is a later side of a change of position."""
    if dispute.kind is not DisputeKind.POSITION_CHANGE:
        return False
    cited = {(e.document, e.record) for side in dispute.sides[1:] for e in side.evidence}
    return any((e.document, e.record) in cited for e in claim.evidence)


def _order(line: StatementLine) -> tuple[str, str, tuple[int, int]]:
    day = (line.when.start or line.when.end) if line.when is not None else None
    first = line.evidence[0]
    return (day or (line.published.start if line.published is not None else None) or "9999", first.document, first.span)
