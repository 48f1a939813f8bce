"""The codebook of threads: by which phrases a sentence tells that a process passed through a state."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from crossread.linking.phrases import PhraseIndex, Phrases, Starts, compile_phrases
from crossread.vocabulary import THREAD_STATES, ThreadKind


@dataclass(frozen=True, slots=True)
class StateRule:
    """How one state of one kind of thread is told."""

    kind: ThreadKind
    state: str
    told: Phrases
    against: Phrases | None
    must_be_real: bool
    by: str


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind of thread: its title, others with the phrases that speak for them, the words that must be near, its states."""

    kind: ThreadKind
    title: str
    titles: tuple[tuple[str, Phrases], ...]
    topic: Phrases | None
    states: tuple[StateRule, ...]


@cache
def thread_rules() -> tuple[KindRule, ...]:
    """All kinds of thread, in the order of the vocabulary.

    Raises:
        ValueError: If the codebook names a kind, a state or a list that is not there.
    """
    table = tomllib.loads(files("crossread.codebook").joinpath("threads.toml").read_text("utf-8"))
    lists = table.pop("lists")
    unknown = set(table) - {k.value for k in ThreadKind}
    if unknown:
        raise ValueError(f"threads.toml: unknown kinds {', '.join(sorted(unknown))}")
    return tuple(_kind(kind, table[kind.value], lists) for kind in ThreadKind if kind.value in table)


@cache
def state_index() -> PhraseIndex:
    """Which states (numbered over all kinds, in order) a sentence may tell."""
    return PhraseIndex(state.told for rule in thread_rules() for state in rule.states)


@cache
def states_in_order() -> tuple[tuple[int, Phrases | None, StateRule], ...]:
    """Each state by its number, with the number and the topic of its kind."""
    return tuple((number, rule.topic, state) for number, rule in enumerate(thread_rules()) for state in rule.states)


@cache
def _topic_index() -> tuple[PhraseIndex, tuple[int, ...]]:
    """An index of the topics, and the number of the kind to which each belongs."""
    topics = [(number, rule.topic) for number, rule in enumerate(thread_rules()) if rule.topic is not None]
    return PhraseIndex(topic for _, topic in topics), tuple(number for number, _ in topics)


def topics_in(folded: str, starts: Starts) -> frozenset[int]:
    """Numbers of the kinds of thread whose topic folded text names."""
    index, kind_of = _topic_index()
    rules = thread_rules()
    possible = [(kind_of[n], rules[kind_of[n]].topic) for n in index.candidates(starts)]
    return frozenset(number for number, topic in possible if topic is not None and topic.search(folded, starts))


def _kind(kind: ThreadKind, table: dict[str, Any], lists: dict[str, str]) -> KindRule:
    topic = table.get("topic")
    states = {name: rule for name, rule in table.items() if isinstance(rule, dict) and name != "titles"}
    unknown = set(states) - set(THREAD_STATES[kind])
    if unknown:
        raise ValueError(f"threads.toml: {kind.value} has no states {', '.join(sorted(unknown))}")
    return KindRule(
        kind=kind,
        title=table["title"],
        titles=tuple((name, compile_phrases(phrases, lists)) for name, phrases in table.get("titles", {}).items()),
        topic=compile_phrases(topic, lists) if topic else None,
        states=tuple(_state(kind, name, states[name], lists) for name in THREAD_STATES[kind] if name in states),
    )


def _state(kind: ThreadKind, name: str, table: dict[str, Any], lists: dict[str, str]) -> StateRule:
    against = table.get("not")
    return StateRule(
        kind=kind,
        state=name,
        told=compile_phrases(table["any"], lists),
        against=compile_phrases(against, lists) if against else None,
        must_be_real=table.get("real", False),
        by=table.get("by", "before"),
    )
