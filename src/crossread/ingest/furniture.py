"""The furniture codebook: lines, tails and credits that stand around the words of a report."""

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

LONGEST_LINE = 400  # code points; no longer line is compared with the rules, which keeps them linear and lets body text pass


_MAY_END_IN_CREDIT = re.compile(
    r"[)\]]\s*$|[/©]|photo|picture|image|\bpics?\b|video|graphic|credit|courtesy|reuters|afp|getty|\bepa\b|\bap\b", re.IGNORECASE
)


class Zone(StrEnum):
    """Where a line stands to the body: its first to its last full paragraph."""

    BEFORE = "before"
    INSIDE = "inside"
    AFTER = "after"


_ZONES = {"any": frozenset(Zone), "edge": frozenset({Zone.BEFORE, Zone.AFTER}), "after": frozenset({Zone.INSIDE, Zone.AFTER})}


class LineRule(NamedTuple):
    """A kind of line that is furniture from end to end, in the zones where it holds; one of the words ``needs`` stands in it."""

    reason: str
    zones: frozenset[Zone]
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


class Furniture(NamedTuple):
    """The compiled codebook."""

    version: str
    lines: tuple[LineRule, ...]
    tail: re.Pattern[str]
    photo_credit: re.Pattern[str]
    outlet_words: frozenset[str]
    editions: frozenset[str]
    agencies: dict[str, str]

    def reason(self, line: str, zone: Zone) -> str | None:
        """Why the line is furniture, ``None`` where no rule covers it."""
        if len(line) > LONGEST_LINE:
            return None
        lower = line.lower()
        for rule in self.lines:
            if zone not in rule.zones or (rule.needs and not any(word in lower for word in rule.needs)):
                continue
            if rule.pattern.fullmatch(line):
                return rule.reason
        return None

    def credit_at_end(self, line: str) -> re.Match[str] | None:
        """The picture credit that a line ends in; its offsets are those of the line's last 180 code points."""
        end = line[-180:]
        return self.photo_credit.search(end) if _MAY_END_IN_CREDIT.search(end) else None


def _union(patterns: Iterable[str], *, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(f"(?:{p})" for p in patterns) + ")", flags)


@cache
def furniture() -> Furniture:
    """The furniture codebook that the package ships, compiled once."""
    text = resources.files("crossread.codebook").joinpath("furniture.toml").read_text("utf-8")
    table: dict[str, Any] = tomllib.loads(text)
    return Furniture(
        version=table["version"],
        lines=tuple(
            LineRule(r["reason"], _ZONES[r.get("where", "any")], tuple(r.get("needs", ())), _union(r["patterns"]))
            for r in table["line"]
        ),
        tail=_union(p for r in table["tail"] for p in r["patterns"]),
        photo_credit=re.compile(
            r"(?:^|(?<=\W))(?:" + "|".join(f"(?:{p})" for p in table["photo"]["credit"]) + r")\s*$", re.IGNORECASE
        ),
        outlet_words=frozenset(table["outlet"]["words"]),
        editions=frozenset(table["outlet"]["editions"]),
        agencies={form: a["name"] for a in table["agency"] for form in a["forms"]},
    )
