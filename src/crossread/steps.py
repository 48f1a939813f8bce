"""The registry of reading steps, and the check of their order before any work starts.

A step is a function ``(document, tokens, so_far) -> Reading``: it returns a new reading with its layer filled in and never edits the one
it was given.  Names carry a version; changed behaviour gets a new name, so that old results can be made again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crossread.errors import StepOrderError, UnknownStep
from crossread.records import Document, Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc

StepFunction = Callable[[Document, "Doc", Reading], Reading]

LAYERS = ("sentences", "mentions", "entities", "attributions", "events", "figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A registered step: what it needs, what it fills in, which figures of the referee measure it."""

    name: str
    requires: tuple[str, ...]
    provides: tuple[str, ...]
    scores: tuple[str, ...]
    run: StepFunction


_STEPS: dict[str, Step] = {}


def register_step(
    name: str, *, requires: Sequence[str] = (), provides: Sequence[str], scores: Sequence[str] = ()
) -> Callable[[StepFunction], StepFunction]:
    """Decorator that registers a reading step under a versioned name.

    Raises:
        StepOrderError: If the name is taken by another function, or a layer is not one of `LAYERS`.
    """
    for layer in (*requires, *provides):
        if layer not in LAYERS:
            raise StepOrderError(f"step {name!r}: unknown layer {layer!r}; layers are {', '.join(LAYERS)}")

    def register(function: StepFunction) -> StepFunction:
        known = _STEPS.get(name)
        if known is not None and known.run is not function:
            raise StepOrderError(f"step {name!r} is registered twice; give the new one another version")
        _STEPS[name] = Step(name=name, requires=tuple(requires), provides=tuple(provides), scores=tuple(scores), run=function)
        return function

    return register


def step_names() -> tuple[str, ...]:
    """Names of all registered steps, sorted."""
    return tuple(sorted(_STEPS))


def compose(names: Sequence[str]) -> tuple[Step, ...]:
    """The named steps in the given order, checked.

    Raises:
        UnknownStep: If a name is not registered; the message lists those that are.
        StepOrderError: If a step needs a layer that no earlier step provides.
    """
    steps, have = [], set[str]()
    for name in names:
        step = _STEPS.get(name)
        if step is None:
            raise UnknownStep(f"no step is called {name!r}; registered: {', '.join(step_names()) or 'none'}")
        missing = [layer for layer in step.requires if layer not in have]
        if missing:
            makers = [s.name for s in _STEPS.values() if set(missing) & set(s.provides)]
            raise StepOrderError(
                f"step {name!r} needs {', '.join(missing)}, which no earlier step provides; put one of "
                f"{', '.join(sorted(makers)) or '(none registered)'} before it"
            )
        have.update(step.provides)
        steps.append(step)
    return tuple(steps)
