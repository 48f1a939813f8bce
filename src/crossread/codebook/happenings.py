"""Words for happenings (``happenings.toml``) and the weights by which mentions are compared (``coreference.json``)."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

OUTCOMES: Mapping[str, frozenset[str]] = {"vote": frozenset({"veto", "adopt", "pass", "approve", "reject"})}
"""Labels of events that report how something expected came out."""


class Weights(NamedTuple):
    """A logistic model of "these two mentions are one event", made by ``training/linking/fit_coreference.py``."""

    bias: float
    by_feature: Mapping[str, float]
    synonyms: frozenset[tuple[str, str]]
    least: float


@cache
def happening_sets() -> tuple[tuple[str, ...], ...]:
    """Sets of words for one kind of happening."""
    raw = tomllib.loads(resources.files(__package__).joinpath("happenings.toml").read_text(encoding="utf-8"))
    return tuple(tuple(line.split()) for line in raw["sets"])


@cache
def coreference_weights() -> Weights:
    """The trained weights, and the pairs of stems that name one event in several training stories."""
    raw = json.loads(resources.files(__package__).joinpath("coreference.json").read_text(encoding="utf-8"))
    pairs = frozenset((a, b) for a, b in raw["synonyms"])
    return Weights(raw["bias"], dict(raw["weights"]), pairs, raw["least"])
