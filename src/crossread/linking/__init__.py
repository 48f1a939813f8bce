"""Readings -> Story: what the reports say together, and where they disagree.

Everything here is a pure function of readings; their order does not matter.  Copies come first, so that nothing is counted twice,
then clusters, actors, places, events, claims, figures, corroborations, disputes, threads, timeline and brief.
"""

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from crossread.collecting import rare_collections
from crossread.linking.case import Case
from crossread.linking.furniture import Furniture
from crossread.records import Outside, Reading, Story

log = logging.getLogger("crossread.linking")

__all__ = ["build_story", "corefer", "link_one", "link_stories"]


@rare_collections()
def link_stories(readings: Iterable[Reading]) -> list[Story]:
    """Stories that the readings fall into, by first document id; a document that belongs to no other is a story of its own.

    Documents without text, which could not be read, are in none.
    """
    from crossread.linking.clusters import cluster_readings
    from crossread.linking.furniture import learn_furniture

    known = tuple(r for r in _sorted(readings) if r.document.text.strip())
    furniture = learn_furniture(known)
    return [build_story(group, furniture=furniture) for group in cluster_readings(known)]


def link_one(readings: Iterable[Reading], *, words: int = 250, keep_all: bool = False) -> Story:
    """One story of the readings that belong together; the others are listed in ``outside`` with the reason.

    With ``keep_all`` every reading is taken into the story, as one who chose the reports may want.
    """
    from crossread.linking.episodes import set_aside
    from crossread.linking.furniture import learn_furniture

    known = _sorted(readings)
    inside, outside = (known, ()) if keep_all else set_aside(known)
    return build_story(inside, outside, words=words, furniture=learn_furniture(known))


def corefer(
    readings: Iterable[Reading | Mapping[str, Any]], mentions: Iterable[Mapping[str, Any]]
) -> list[tuple[str, int | str, str]]:
    """Which event mentions given from outside are one event: ``(doc, mention, cluster)`` for each, in the order given.

    Args:
        readings: Readings, as records or as the JSON objects of a file.
        mentions: ``{doc, mention, span, anchor}``: document id, any name for the mention, and where its words are.
    """
    from crossread.linking.coreference import cluster_mentions

    return cluster_mentions(_sorted(readings), mentions)


def build_story(
    readings: Iterable[Reading], outside: Iterable[Outside] = (), *, words: int = 250, furniture: Furniture | None = None
) -> Story:
    """The story of readings that belong together, all parts filled in order.

    Args:
        readings: Readings of one story.
        outside: Documents that were set aside.
        words: Most words of the brief.
        furniture: Lines known to recur at the outlets, learnt from more readings than these.
    """
    from crossread.linking.titles import title_of
    from crossread.linking.undated import dated_by_others

    case = case_of(_sorted(readings), furniture)
    case = _guarded("dates", dated_by_others, case, default=case)
    documents = tuple(r.document.id for r in case.readings)
    story = Story(
        id=story_id(documents),
        title=_guarded("title", title_of, [r.document for r in case.readings], default=None),
        documents=documents,
        outside=tuple(sorted(outside, key=lambda o: o.document)),
        copies=case.copies,
        actors=case.actors.actors,
        places=case.places.places,
    )
    return _parts(case, story, words)


def story_id(documents: Iterable[str]) -> str:
    """Id of the story of these documents, the same for any order."""
    joined = "\n".join(sorted(documents))
    return "story-" + hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _sorted(readings: Iterable[Reading | Mapping[str, Any]]) -> tuple[Reading, ...]:
    """Readings as records, by document id; of several with one id the first counts."""
    by_id: dict[str, Reading] = {}
    for reading in readings:
        record = reading if isinstance(reading, Reading) else msgspec.convert(reading, Reading)
        by_id.setdefault(record.document.id, record)
    return tuple(by_id[name] for name in sorted(by_id))


def case_of(readings: tuple[Reading, ...], furniture: Furniture | None = None) -> Case:
    """Copies, places and actors of readings of one story, sorted by document id."""
    from crossread.linking.actors import link_actors
    from crossread.linking.copies import find_copies
    from crossread.linking.places import link_places

    copies = _guarded("copies", find_copies, readings, furniture, default=())
    case = Case(readings=readings, copies=copies)
    case = Case(readings=readings, copies=copies, places=_guarded("places", link_places, case, default=case.places))
    actors = _guarded("actors", link_actors, case, default=case.actors)
    return Case(readings=readings, copies=copies, places=case.places, actors=actors)


def _parts(case: Case, story: Story, words: int) -> Story:
    from crossread.linking.brief import write_brief
    from crossread.linking.claims import link_claims
    from crossread.linking.corroborations import find_corroborations
    from crossread.linking.disputes import find_disputes
    from crossread.linking.events import link_events, whens_of
    from crossread.linking.figures import link_figures
    from crossread.linking.threads import follow_threads
    from crossread.linking.timeline import draw_timeline

    events = _guarded("events", link_events, case, default=())
    claims = _guarded("claims", link_claims, case, default=())
    figures = _guarded("figures", link_figures, case, default=())
    found = (case, events, claims, figures)
    story = msgspec.structs.replace(
        story,
        events=events,
        claims=claims,
        figures=figures,
        corroborations=_guarded("corroborations", find_corroborations, *found, default=()),
        disputes=_guarded("disputes", find_disputes, *found, default=()),
        threads=_guarded("threads", follow_threads, *found, default=()),
        timeline=_guarded("timeline", lambda: draw_timeline(case, events, whens_of(case)), default=()),
    )
    return msgspec.structs.replace(story, brief=_guarded("brief", write_brief, case, story, default=(), words=words))


def _guarded(part: str, make: Callable[..., Any], *arguments: Any, default: Any, **options: Any) -> Any:
    """One part of a story; a part that fails is logged and stays empty, the others stand."""
    try:
        return make(*arguments, **options)
    except Exception:  # a fault in one part must not cost the story
        log.exception("linking: %s failed; that part of the story stays empty", part)
        return default
