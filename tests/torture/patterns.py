"""All regular expressions of the package, and texts made to keep each busy."""

import importlib
import pkgutil
import re
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import crossread

UNITS = (
    "a", "a ", " ", "\n", "a\n", "A ", "A B | ", "A-", "a-", "( ", "[", "“", '"', "'", "1", "1 ", "1,", "1.", ", ", ". ", "a, ", "A. ",
    "@a ", "&", "<a ", "<", "May 1, ", "By A, ", "AP/", "https://a.b/", "of the ", "and ", "_", "\t \n",
)  # fmt: skip
_CATEGORIES = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: " ",
}
_CANDIDATES = "aA1 \n,.-“”\"'()/:@&<>_;|"
Expression = re.Pattern[Any]


def all_patterns() -> dict[str, Expression]:
    """Every expression that a module of the package holds, in names, tuples and tables, by where it stands first."""
    found: dict[tuple[object, int], tuple[str, Expression]] = {}
    for module in pkgutil.walk_packages(crossread.__path__, "crossread."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in _within(value, 3):
                found.setdefault((pattern.pattern, pattern.flags), (f"{module.name}.{name}", pattern))
    return {f"{where} {n}": pattern for n, (where, pattern) in enumerate(found.values())}


def _within(value: object, depth: int) -> Iterator[Expression]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | frozenset | set | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _within(item, depth - 1)


def texts_for(pattern: Expression) -> list[str]:
    """Pieces to repeat: what any text may hold, and what the expression itself repeats, alone and after what comes before it."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = dict.fromkeys(
        _repeated(parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags), "")
    )
    return [*UNITS, *(u for u in own if u and u not in UNITS)]


def _repeated(tree: Any, before: str) -> Iterator[str]:
    """For each repetition: what it repeats, and that many times behind an example of what comes before it."""
    for code, argument in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, most, inner = argument
            item = _example(inner)
            if most > 8:
                yield item
                yield before + item * 40
            yield from _repeated(inner, before)
            before += item * max(1, least)
        else:
            for inner in _parts(code, argument):
                yield from _repeated(inner, before)
            before += _example([(code, argument)])
    if before:
        yield before


def _parts(code: Any, argument: Any) -> list[Any]:
    """What is inside a part of an expression."""
    if code is codes.SUBPATTERN:
        return [argument[3]]
    if code is codes.BRANCH:
        return list(argument[1])[:30]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    return [argument] if code is codes.ATOMIC_GROUP else []


def _example(tree: Any) -> str:
    """A text that a part matches, or nearly."""
    out = []
    for code, argument in tree:
        if code is codes.LITERAL:
            out.append(chr(argument))
        elif code is codes.NOT_LITERAL:
            out.append("a" if argument != ord("a") else "b")
        elif code is codes.ANY:
            out.append("a")
        elif code is codes.IN:
            out.append(_member(argument))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            out.append(_example(argument[2]) * max(1, argument[0]))
        elif code not in (codes.ASSERT_NOT, codes.ASSERT):
            parts = _parts(code, argument)
            out.append(_example(parts[0]) if parts else "")
    return "".join(out)


def _member(items: Any) -> str:
    """A character of a set."""
    if items[0][0] is codes.NEGATE:
        return next((c for c in _CANDIDATES if not any(_holds(item, c) for item in items[1:])), "~")
    code, argument = items[0]
    if code is codes.LITERAL:
        return chr(argument)
    return chr(argument[0]) if code is codes.RANGE else _CATEGORIES.get(argument, "a")


def _holds(item: Any, character: str) -> bool:
    code, argument = item
    if code is codes.LITERAL:
        return bool(ord(character) == argument)
    if code is codes.RANGE:
        return bool(argument[0] <= ord(character) <= argument[1])
    kind = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w", codes.CATEGORY_NOT_DIGIT: r"\D"}
    return re.match(kind.get(argument, r"\W"), character) is not None


def methods_of(where: str) -> set[str]:
    """How the package uses the expressions under a name; empty where it does so by another name."""
    name = where.split(" ")[0].rpartition(".")[2]
    return set(re.findall(rf"\b{name}\.(match|fullmatch|search|finditer|findall|sub|subn|split)\b", _sources()))


@cache
def _sources() -> str:
    return "\n".join(p.read_text("utf-8") for p in sorted(Path(crossread.__file__).parent.rglob("*.py")))


def run(pattern: Expression, text: str, methods: set[str]) -> None:
    """All that the expression finds in a text; only at its start where the package never looks further."""
    subject: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8")
    if methods and methods <= {"match", "fullmatch"}:
        pattern.match(subject)
        pattern.fullmatch(subject)
    else:
        deque(pattern.finditer(subject), maxlen=0)
