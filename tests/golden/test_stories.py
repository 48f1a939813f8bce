"""Facts checked by hand in the story that ships, read and linked from its files.

A fact that is not found yet says ``expect: fail``; it flips loudly when it is found.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crossread.calls import read_all
from crossread.ingest import ingest_paths
from crossread.linking import link_one
from crossread.records import Document, Evidence, Reading, Span, Story
from crossread.vocabulary import DisputeKind

ROOT = Path(__file__).parents[2]
FOLDERS = ("varnik",)
Fact = dict[str, Any]


class World:
    """A story with its readings by the first letters of their file names."""

    def __init__(self, folder: str) -> None:
        documents = list(ingest_paths([ROOT / folder]))
        self.readings: dict[str, Reading] = {Path(r.document.source.path).name[:2]: r for r in read_all(documents)}  # type: ignore[union-attr]
        self.story: Story = link_one(self.readings.values(), words=250)

    def document(self, key: str) -> Document:
        return self.readings[key].document

    def span(self, key: str, sentence: str) -> Span:
        start = self.document(key).text.index(sentence)
        return Span(start, start + len(sentence))

    def cites(self, evidence: Iterable[Evidence], places: list[list[str]]) -> bool:
        """Whether a piece of evidence lies in one of the sentences."""
        wanted = [(self.document(key).id, self.span(key, sentence)) for key, sentence in places]
        return any(e.document == name and e.span.overlaps(span) for e in evidence for name, span in wanted)


@cache
def world(folder: str) -> World:
    return World(folder)


def facts() -> list[Any]:
    found = []
    for name in FOLDERS:
        data = json.loads((Path(__file__).parent / name / "facts.json").read_text("utf-8"))
        for fact in data["facts"]:
            marks = [pytest.mark.xfail(strict=True, reason=f"not found yet: {fact['comment']}")] if fact["expect"] == "fail" else []
            found.append(pytest.param(data["story"], fact, id=f"{name}-{fact['label']}", marks=marks))
    return found


# ---------------------------------------------------------------- what each kind of fact asks


def has_figure(w: World, fact: Fact) -> bool:
    wanted = {k: fact[k] for k in ("low", "best", "high", "bound") if k in fact}
    return any(
        all(getattr(value, name) == number for name, number in wanted.items()) and w.cites(value.evidence, fact["sentences"])
        for figure in w.story.figures
        if fact.get("kind") in (None, figure.kind)
        for value in figure.values
    )


def has_no_figure(w: World, fact: Fact) -> bool:
    return not any(w.cites(figure.evidence, fact["sentences"]) for figure in w.story.figures if figure.kind in fact["kinds"])


def has_dispute(w: World, fact: Fact) -> bool:
    one, other = fact["sides"]
    return any(
        w.cites(a.evidence, one) and w.cites(b.evidence, other)
        for d in w.story.disputes
        for a in d.sides
        for b in d.sides
        if a is not b
    )


def has_state(w: World, fact: Fact) -> bool:
    return any(
        state.state in fact["states"] and w.cites(state.evidence, fact["sentences"])
        for thread in w.story.threads
        if thread.kind == fact["kind"]
        for state in thread.states
    )


def are_copies(w: World, fact: Fact) -> bool:
    names = {w.document(key).id for key in fact["documents"]}
    return any({p.a, p.b} == names and p.kind in ("copy", "partial") for group in w.story.copies for p in group.pairs)


def is_counted_once(w: World, fact: Fact) -> bool:
    items = [*w.story.events, *w.story.claims, *w.story.figures, *w.story.corroborations]
    shared = [i for i in items if all(w.cites(i.evidence, [place]) for place in fact["sentences"])]
    names = {w.document(key).id for key, _ in fact["sentences"]}
    only = [i for i in shared if {e.document for e in i.evidence} <= names]
    return bool(only) and all(i.n_documents == 2 and i.n_independent == 1 for i in only)


def is_outside(w: World, fact: Fact) -> bool:
    name = w.document(fact["document"]).id
    return any(o.document == name and o.reason for o in w.story.outside) and name not in w.story.documents


def is_inside(w: World, fact: Fact) -> bool:
    return w.document(fact["document"]).id in w.story.documents


def actors_of(w: World, form: str) -> set[str]:
    """Actors with the name, or the name behind a title, among their forms."""
    return {a.id for a in w.story.actors if any(f.text == form or f.text.endswith(f" {form}") for f in a.forms)}


def is_one_actor(w: World, fact: Fact) -> bool:
    found = [actors_of(w, form) for form in fact["forms"]]
    return all(found) and len(set.union(*found)) == 1


def are_two_actors(w: World, fact: Fact) -> bool:
    one, other = (actors_of(w, form) for form in fact["forms"])
    return bool(one) and bool(other) and not one & other


def is_said_by(w: World, fact: Fact) -> bool:
    for key, sentence in fact["sentences"]:
        reading, span = w.readings[key], w.span(key, sentence)
        names = {e.id: e.name for e in reading.entities}
        for attribution in reading.attributions:
            if any(span.overlaps(c) for c in attribution.content) and any(fact["speaker"] in names[s] for s in attribution.speaker):
                return True
    return False


def is_in_brief(w: World, fact: Fact) -> bool:
    return any(w.cites(line.evidence, fact["sentences"]) for line in w.story.brief)


def is_on_day(w: World, fact: Fact) -> bool:
    return any(
        entry.when is not None and entry.when.start == fact["day"] == entry.when.end and w.cites(entry.evidence, fact["sentences"])
        for entry in w.story.timeline
    )


def is_removed(w: World, fact: Fact) -> bool:
    document = w.document(fact["document"])
    pieces = [r for r in document.removed if r.reason == fact["reason"] and r.text.startswith(fact["starts"])]
    return len(pieces) == 1 and document.text.count(pieces[0].text) <= (0 if fact["reason"] != "repeated_paragraph" else 1) + (
        fact["reason"] == "pull_quote"
    )


def is_document(w: World, fact: Fact) -> bool:
    document = w.document(fact["document"])
    published = None if document.published is None else document.published.start
    return (document.publisher, document.agency, published) == (fact["publisher"], fact["agency"], fact["published"])


CHECKS: dict[str, Callable[[World, Fact], bool]] = {
    "figure": has_figure,
    "no_figure": has_no_figure,
    "dispute": has_dispute,
    "thread": has_state,
    "copies": are_copies,
    "not_copies": lambda w, fact: not are_copies(w, fact),
    "counted_once": is_counted_once,
    "outside": is_outside,
    "inside": is_inside,
    "one_actor": is_one_actor,
    "two_actors": are_two_actors,
    "attribution": is_said_by,
    "brief": is_in_brief,
    "timeline": is_on_day,
    "removed": is_removed,
    "document": is_document,
}


@pytest.mark.parametrize(("folder", "fact"), facts())
def test_fact(folder: str, fact: Fact) -> None:
    assert CHECKS[fact["check"]](world(folder), fact), fact["comment"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_nobody_stands_against_himself_on_why_something_happened(folder: str) -> None:
    data = json.loads((Path(__file__).parent / folder / "facts.json").read_text("utf-8"))
    causes = [d for d in world(data["story"]).story.disputes if d.kind is DisputeKind.CAUSE]
    assert causes
    for dispute in causes:
        holders = [side.held_by for side in dispute.sides if side.held_by]
        assert len(holders) == len(set(holders))
