"""Who acts on whom: actors on the left, those acted on on the right, one line for each pair and way of acting.

Two columns and not a cloud of dots: every name can be read at once, the direction is plain, and the same story gives the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from crossread.desk.draw.svg import element, picture
from crossread.export.wording import shorten
from crossread.records import Story
from crossread.vocabulary import EventType, Status

WIDTH = 720
_ROW, _TOP, _SIDE = 26, 26, 236

_WAYS: dict[EventType, str] = {
    **dict.fromkeys((EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE), "supports in words"),
    **dict.fromkeys((EventType.COOPERATE, EventType.AID, EventType.RETREAT), "supports in deeds"),
    **dict.fromkeys((EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN), "opposes in words"),
    **dict.fromkeys(
        (EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT), "opposes in deeds"
    ),
}
WAYS = ("supports in words", "supports in deeds", "opposes in words", "opposes in deeds")
"""PLOVER's four classes (verbal and material, cooperation and conflict) in plain words."""


@dataclass(frozen=True, slots=True)
class Link:
    """One actor acting on another in one way; ``events`` are ids of the story, ``n_doubtful`` of them nobody says happened.

    An event of many actors on many recipients says little of each pair: it adds to ``weight`` only its share.
    """

    actor: str
    recipient: str
    way: str
    events: tuple[str, ...]
    n_doubtful: int
    weight: float


def links_of(story: Story) -> tuple[Link, ...]:
    """All pairs of actor and recipient with the events between them, those of most weight first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    doubtful: dict[tuple[str, str, str], int] = {}
    weights: dict[tuple[str, str, str], float] = {}
    sure = {Status.HAPPENED, Status.ONGOING}
    for event in story.events:
        way = _WAYS.get(event.type)
        if way is None:
            continue
        for actor in event.actors:
            for recipient in event.recipients:
                if actor == recipient:
                    continue
                key = (actor, recipient, way)
                found.setdefault(key, []).append(event.id)
                weights[key] = weights.get(key, 0.0) + 1 / (len(event.actors) * len(event.recipients))
                doubtful[key] = doubtful.get(key, 0) + (not sure.intersection(s.status for s in event.statuses))
    ranked = sorted(found.items(), key=lambda item: (-weights[item[0]], -len(item[1]), item[0]))
    return tuple(
        Link(actor=a, recipient=r, way=w, events=tuple(events), n_doubtful=doubtful[a, r, w], weight=weights[a, r, w])
        for (a, r, w), events in ranked
    )


def shown_links(links: Sequence[Link], *, most_names: int = 14, most_links: int = 32) -> tuple[Link, ...]:
    """The strongest links among as many names a side as a picture holds."""
    left: set[str] = set()
    right: set[str] = set()
    kept: list[Link] = []
    for link in links:
        if len(kept) == most_links:
            break
        if (link.actor in left or len(left) < most_names) and (link.recipient in right or len(right) < most_names):
            left.add(link.actor)
            right.add(link.recipient)
            kept.append(link)
    return tuple(kept)


def _ordered(links: Sequence[Link]) -> tuple[list[str], list[str]]:
    """Names a side in an order with few crossings: three rounds of putting each at the mean place of its partners."""
    left = list(dict.fromkeys(k.actor for k in links))
    right = list(dict.fromkeys(k.recipient for k in links))
    for _ in range(3):
        place = {name: n for n, name in enumerate(left)}
        right.sort(key=lambda name: _mean([place[k.actor] for k in links if k.recipient == name]))
        place = {name: n for n, name in enumerate(right)}
        left.sort(key=lambda name: _mean([place[k.recipient] for k in links if k.actor == name]))
    return left, right


def _mean(places: list[int]) -> float:
    return sum(places) / len(places)


def network(links: Sequence[Link], names: dict[str, str]) -> Markup:
    """The picture of `shown_links`; empty where there are none."""
    if not links:
        return Markup("")
    left, right = _ordered(links)
    height = _TOP + _ROW * max(len(left), len(right)) + 6
    y_left = {name: _TOP + _ROW * (n + 0.5) + _ROW * (max(0, len(right) - len(left)) / 2) for n, name in enumerate(left)}
    y_right = {name: _TOP + _ROW * (n + 0.5) + _ROW * (max(0, len(left) - len(right)) / 2) for n, name in enumerate(right)}
    drawn = [
        element("text", "acts", x=_SIDE - 12, y=14, text_anchor="end", class_="tick"),
        element("text", "is acted on", x=WIDTH - _SIDE + 12, y=14, class_="tick"),
    ]
    drawn.extend(_curve(k, y_left[k.actor], y_right[k.recipient], names) for k in reversed(links))
    for name, y in y_left.items():
        drawn.append(element("text", shorten(names.get(name, name), 30), x=_SIDE - 12, y=y + 4, text_anchor="end", class_="name"))
    for name, y in y_right.items():
        drawn.append(element("text", shorten(names.get(name, name), 30), x=WIDTH - _SIDE + 12, y=y + 4, class_="name"))
    label = f"Who acts on whom: {len(left)} actors, {len(right)} acted on, {len(links)} links. The table below lists them."
    return picture(drawn, width=WIDTH, height=height, label=label, class_="plot network")


def _curve(link: Link, y1: float, y2: float, names: dict[str, str]) -> Markup:
    x1, x2 = _SIDE - 4, WIDTH - _SIDE + 4
    offset = (WAYS.index(link.way) - 1.5) * 3
    middle = (x1 + x2) / 2
    path = f"M{x1},{y1 + offset:.1f} C{middle},{y1 + offset:.1f} {middle},{y2 + offset:.1f} {x2 - 7},{y2 + offset:.1f}"
    tip = f"{x2},{y2 + offset:.1f} {x2 - 8},{y2 + offset - 4:.1f} {x2 - 8},{y2 + offset + 4:.1f}"
    title = f"{names.get(link.actor, link.actor)} → {names.get(link.recipient, link.recipient)}: {link.way}, {len(link.events)}"
    way = link.way.replace(" ", "-")
    return element(
        "g",
        element("title", title),
        element("path", d=path, stroke_width=min(7.0, 1.0 + len(link.events))),
        element("polygon", points=tip),
        class_=f"link {way}" + (" doubtful" if link.n_doubtful == len(link.events) else ""),
    )
