"""Quotations by their marks: double, typographic, doubled single, guillemets, single; running on over paragraphs; never closed.

Works on characters, so that a wrong parse costs nothing here.  Every paragraph starts afresh: a mark that never closes costs one
quotation, unless the next paragraph opens with a mark again, or one of the next closes what it has not opened (then the quotation runs on).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from crossread.records import Span

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]+)*")
_DOUBLE = re.compile(r"[\"“”„«»＂]|''|``")
_SINGLE = re.compile(r"['‘’`‚‹›]")
_OPENS_ONLY, _CLOSES_ONLY = frozenset("“„«"), frozenset("»")
_WORD = re.compile(r"[^\W_][\w'’-]*")
_ELIDED = re.compile(r"(?:em|til|tis|twas|cause|bout|round|n|\d\ds?)\b", re.IGNORECASE)
_ENDS = frozenset(".,!?…—-–")
_TITLE_SMALL = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "from", "as", "is")
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|do|does|did|am|be|[a-z]+n['’]t"
    r"|[\w]+['’](?:s|re|ve|ll|m|d)|want|need|think|know|believe|hope|let|we|you|they|he|she|i|it)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r",\s+(?:(?!and\b|but\b|that\b|I\b|we\b)[\w.’'-]+\s+){1,6}(?:said|says|added|recalled|explained|warned|insisted|replied)(?=[.,]|\s+(?:in|on|at|to)\b)"
)
_MOST_LINES = 6  # lines that a quotation runs on over without a mark of its own
_SPACES = frozenset(" \t\n\u00a0\u2002\u2003\u2009\u200a\u202f")


class Quotation(NamedTuple):
    """A stretch between quotation marks.

    ``outer`` takes the marks in, ``inner`` leaves them out.  ``continues`` says that it carries on the quotation of the
    paragraph before; ``closed`` is false where no closing mark follows in its paragraph.  ``single`` marks are single ones.
    """

    outer: Span
    inner: Span
    closed: bool = True
    continues: bool = False
    single: bool = False


class Mark(NamedTuple):
    """A quotation mark as found in the text."""

    start: int
    end: int
    opens: bool
    closes: bool


def paragraph_spans(text: str) -> tuple[Span, ...]:
    """Spans of the paragraphs (parted by a blank line), white space between them left out."""
    return tuple(Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(text))


@lru_cache(maxsize=8)
def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text in order; a single-marked one inside a double-marked one is left to the outer.

    Those of the last texts are kept, for several steps ask for them.
    """
    found: list[Quotation] = []
    running = False
    waiting: list[Span] | None = None  # lines without a mark since one that was left open
    for paragraph in paragraph_spans(text):
        lines = _lines(text, paragraph)
        for line in lines:
            in_line = list(_double_quotations(text, line))
            first = next(_marks(text, line), None)
            if waiting is not None and first is not None and _only_closes(text, line, first):
                found += [Quotation(w, w, closed=False, continues=True) for w in waiting]
                in_line.insert(0, Quotation(Span(line.start, first.end), Span(line.start, first.start), continues=True))
            waiting = _waiting(text, waiting, line, in_line, first)
            if running and in_line and in_line[0].outer.start <= _first_visible(text, line):
                in_line[0] = in_line[0]._replace(continues=True)
            elif running and found:
                running = False
            in_line += _single_quotations(text, line, in_line)
            in_line.sort()
            found += in_line
            running = bool(in_line) and not in_line[-1].closed and in_line[-1].outer.end >= _last_visible(text, line)
    return tuple(found)


def _only_closes(text: str, line: Span, mark: Mark) -> bool:
    """Whether the first mark of a line closes what an earlier line has opened."""
    return not mark.opens and mark.start > _first_visible(text, line)


def _waiting(text: str, waiting: list[Span] | None, line: Span, in_line: list[Quotation], first: Mark | None) -> list[Span] | None:
    """Lines that belong to a quotation left open, if a closing mark comes soon; ``None`` where none is open."""
    if in_line and not in_line[-1].closed:
        return [] if in_line[-1].outer.end >= _last_visible(text, line) else None
    if first is not None or waiting is None or len(waiting) == _MOST_LINES:
        return None
    return [*waiting, line]


def _lines(text: str, paragraph: Span) -> list[Span]:
    """The lines of a paragraph; one span where the paragraph is hard-wrapped prose (most lines run on without an end mark)."""
    breaks = [m.start() for m in re.finditer("\n", text[paragraph.start : paragraph.end])]
    if not breaks:
        return [paragraph]
    edges = [paragraph.start, *(paragraph.start + b + 1 for b in breaks), paragraph.end]
    lines = [Span(a, b) for a, b in pairwise(edges) if b > a and text[a:b].strip()]
    ended = sum(text[line.start : line.end].rstrip()[-1] in ".!?\"”'’:" for line in lines)
    return lines if 2 * ended >= len(lines) else [paragraph]


def _first_visible(text: str, span: Span) -> int:
    at = span.start
    while at < span.end and text[at] in _SPACES:
        at += 1
    return at


def _last_visible(text: str, span: Span) -> int:
    at = span.end
    while at > span.start and text[at - 1] in _SPACES:
        at -= 1
    return at


def _marks(text: str, line: Span) -> Iterator[Mark]:
    for match in _DOUBLE.finditer(text, line.start, line.end):
        before = text[match.start() - 1] if match.start() > line.start else " "
        after = text[match.end()] if match.end() < line.end else " "
        mark = match.group()
        if mark in _OPENS_ONLY and before not in _SPACES and before not in "([—–-" and after in _SPACES:
            yield Mark(match.start(), match.end(), False, True)  # turned the wrong way
        elif mark in _OPENS_ONLY or mark == "``":
            yield Mark(match.start(), match.end(), True, False)
        elif mark in _CLOSES_ONLY:
            yield Mark(match.start(), match.end(), False, True)
        elif mark == '"' and before.isdigit() and (after.isdigit() or after in "x×"):
            continue  # inches
        else:
            spaced_after = after in _SPACES or after in ")]}.,;:!?—–-/’'"
            opens = not spaced_after  # between letters a mark may do either
            yield Mark(match.start(), match.end(), opens, True)


def _double_quotations(text: str, line: Span) -> Iterator[Quotation]:
    opened: Mark | None = None
    depth = 0  # typographic quotations inside the one that is open
    typed = tuple(tuple(m.start() for m in re.finditer(mark, text[line.start : line.end])) for mark in "“”")
    for mark in _marks(text, line):
        if (
            opened is not None
            and text[mark.start] == "“"
            and mark.opens
            and _is_inner(text, opened, opened.start - line.start, typed)
        ):
            depth += 1
            continue
        if depth and text[mark.start] == "”":
            depth -= 1
            continue
        typographic = text[mark.start] in "“„«"
        if opened is not None and text[opened.start] == "„" and text[mark.start] == "“":
            mark = mark._replace(opens=False, closes=True)
        if opened is None:
            if mark.opens or (mark.start == _first_visible(text, line)):
                opened = mark
        elif mark.closes and not (mark.opens and text[mark.start - 1] in _SPACES and not typographic):
            if mark.start > opened.end:
                yield Quotation(Span(opened.start, mark.end), Span(opened.end, mark.start))
            opened, depth = None, 0
        elif mark.opens:  # a second opening mark: the first was never closed
            if text[opened.end : mark.start].strip():
                yield _unclosed(text, opened, mark.start)
            opened = mark
    if opened is not None and text[opened.end : line.end].strip():
        yield _unclosed(text, opened, line.end)


def _is_inner(text: str, opened: Mark, at: int, typed: tuple[tuple[int, ...], ...]) -> bool:
    """Whether a typographic mark after an open quotation opens another inside it: the outer one has straight marks, or all are closed.

    ``at`` is the place of the outer mark in its line, ``typed`` the places of the opening and the closing marks there.
    """
    if text[opened.start] == '"':
        return True
    opening, closing = (len(places) - bisect_left(places, at) for places in typed)
    return text[opened.start] == "“" and opening == closing


def _unclosed(text: str, mark: Mark, end: int) -> Quotation:
    comment = _COMMENT.search(text, mark.end, end)
    if comment is not None:  # "The gate was open, the guard said.": the mark is missing before the reporter's own words
        return Quotation(Span(mark.start, comment.start() + 1), Span(mark.end, comment.start() + 1), closed=False)
    while end > mark.end + 1 and text[end - 1] in _SPACES:
        end -= 1
    return Quotation(Span(mark.start, end), Span(mark.end, end), closed=False)


def _single_quotations(text: str, line: Span, taken: list[Quotation]) -> list[Quotation]:
    """Quotations in single marks outside the double ones; an apostrophe neither opens nor closes."""
    found: list[Quotation] = []
    start: int | None = None
    covered = [q.outer for q in taken]
    passed = 0
    weak: int | None = None
    for match in _SINGLE.finditer(text, line.start, line.end):
        at = match.start()
        while passed < len(covered) and covered[passed].end <= at:
            passed += 1
        if passed < len(covered) and covered[passed].start <= at:
            continue
        before = text[at - 1] if at > line.start else " "
        after = text[at + 1] if at + 1 < line.end else " "
        opens = match.group() in "'‘`‚‹" and (before in _SPACES or before in "([—–-:") and _may_open(text, at, after)
        if opens and start is not None and weak is not None:
            found.append(_single(start, weak))
            start = None
        if start is None:
            if opens:
                start, weak = at, None
        elif not (after.isalnum() or after in "'’") and before not in _SPACES and match.group() in "'’›":
            if before in "sz" and _runs_on(text, at + 1, line.end):
                weak = weak or at  # "the voters' choice": a possessive unless no better mark comes
                continue
            found.append(_single(start, at))
            start = None
    if start is not None and weak is not None:
        found.append(_single(start, weak))
    return found


def _single(start: int, end: int) -> Quotation:
    return Quotation(Span(start, end + 1), Span(start + 1, end), single=True)


def _may_open(text: str, at: int, after: str) -> bool:
    return (after.isalnum() or after in '[($£€…“"') and not _ELIDED.match(text, at + 1)


def _runs_on(text: str, at: int, end: int) -> bool:
    return at + 1 < end and text[at] == " " and text[at + 1].islower()


def unclosed(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Quotations that no mark closes and no next one carries on."""
    last = len(quotations) - 1
    return [q for n, q in enumerate(quotations) if not q.closed and not (n < last and quotations[n + 1].continues)]


def is_statement(text: str, quotation: Quotation) -> bool:
    """Whether the quoted words say something, as against a scare quote, a nickname or the title of a work.

    A statement has four words or more with a finite verb or pronoun among them, or it ends in a comma or full stop of its own.
    """
    inner = quotation.inner.of(text).strip()
    words = _WORD.findall(inner)
    if len(words) < 2:
        return bool(words) and inner[-1] in ".!?" and not quotation.single
    if is_title(inner, words):
        return False
    if inner[-1] in _ENDS and len(words) >= 2:
        return True
    return len(words) >= 4 and _FINITE.search(inner) is not None


def is_title(inner: str, words: list[str] | None = None) -> bool:
    """Whether every main word is capitalised, as in titles of works ("The Long Road Home")."""
    words = _WORD.findall(inner) if words is None else words
    main = [w for w in words if w.lower() not in _TITLE_SMALL]
    return 0 < len(words) <= 10 and len(main) > 1 and all(w[0].isupper() or w[0].isdigit() for w in main) and inner[-1] not in ".!?"
