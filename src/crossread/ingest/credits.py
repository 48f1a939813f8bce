"""Who wrote and ran a report: datelines, bylines, agency credits, site labels."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from crossread.ingest.dates import MONTHS
from crossread.ingest.furniture import furniture
from crossread.records import Span

_MONTH = "(?i:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_PLACE_WORD = r"[A-Z][\w.'’-]{0,30}"
_PLACE = rf"{_PLACE_WORD}(?:(?: |/|, ?){_PLACE_WORD}){{0,5}}"
_DAY = rf"(?:(?:{_MONTH})\.? \d{{1,2}}|\d{{1,2}} (?:{_MONTH})\.?)(?:,? \d{{4}})?"
_AGENCY_DATELINE = re.compile(rf"({_PLACE})(?:, ?({_DAY}))? \(([A-Z][\w&.'’ /-]{{1,40}})\) ?(?:[-–—]{{1,2}}|:) ?")
_BARE_AGENCY = re.compile(r"\(([A-Z][\w&.'’ /-]{1,40})\) ?[-–—]{1,2} ")
_PLAIN_DATELINE = re.compile(
    r"([A-Z][A-Z.'’-]{2,30}(?:[ /][A-Z][A-Z.'’-]{1,30}){0,3}"
    rf"(?:, ?{_PLACE_WORD}(?: {_PLACE_WORD}){{0,2}})?)(?:, ?({_DAY}))? ?(?:[–—]|--?|:) ?(?=[\"“‘'A-Z0-9])"
)
_BYLINE = re.compile(
    r"(?:(?:written|reported|story|report|words|text|posted|published) )?(?:by|from)[: ]\s*(.{2,120})", re.IGNORECASE
)
_BARE_NAME = re.compile(
    r"[A-Z][a-z'’]{1,20}(?: [A-Z]\.)? (?:(?:de|van|von|bin|al|el) )?[A-Z][a-zA-Z'’]{1,20}(?:-[A-Za-z][a-z]{1,20})?"
)
_ROLE = re.compile(
    r"\b(?:correspondent|editor|reporter|writer|bureau chief|journalist|columnist|staff|contributor|analyst|producer|desk)\b",
    re.IGNORECASE,
)
_NAME_WORD = re.compile(r"(?:[A-Z][\w.'’-]*|and|in|of|for|the|at|de|van|von|bin|al|el|with|&|[,|/–—-]|our)$")
_CONTRIBUTED = re.compile(r"(.{2,120}?) contributed\b", re.IGNORECASE)
_ACCORDING = re.compile(
    r"\baccording to (?:the )?(?:news agency |news agencies |wire service )?"
    r"([A-Z][\w’' -]{1,40}?)(?= news agency|[,.;]| and | which | on |$)"
)
_AGENCY_LIKE = re.compile(
    r"^(?:the )?(?:[A-Z][\w’'-]* ){1,4}(?:Press|News Agency|Agency|Wire|Newswire|News Service|Press Service|Agentur)$"
)
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:[,;/&()]|\b(?:and|with|by|from|via|of|source|sources)\b:?)\s*", re.IGNORECASE)


class Dateline(NamedTuple):
    """Where, when and for whom a report was filed, as its first words say; ``span`` covers all of it within the paragraph."""

    span: Span
    place: str
    day: str | None
    agency: str | None


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that a paragraph opens with (``KARSA, Oct 7 (Reuters) -``), ``None`` without one."""
    head = paragraph[:160]
    found = _AGENCY_DATELINE.match(head)
    if found is not None and _is_place(found[1]):
        return Dateline(Span(0, found.end()), found[1], found[2], agency_name(found[3]) or found[3])
    found = _PLAIN_DATELINE.match(head)
    if found is not None:
        return Dateline(Span(0, found.end()), found[1], found[2], None)
    return None


def _is_place(words: str) -> bool:
    return words[0].isupper() and len(words) <= 60


def dateline_agency(paragraph: str) -> str | None:
    """The agency that a paragraph's dateline names, also where it stands without a place (``(Reuters) -``)."""
    dateline = read_dateline(paragraph)
    if dateline is not None:
        return dateline.agency
    found = _BARE_AGENCY.match(paragraph[:80])
    return None if found is None else agency_name(found[1])


def agency_name(words: str) -> str | None:
    """Full name of a wire service given any of its forms; a name that says what it is ("Coastal Press Agency") is its own."""
    words = words.strip(" .()[]—–-")
    known = furniture().agencies
    for form in (words, words.removeprefix("the ").removeprefix("The ")):
        if form in known:
            return known[form]
        if len(form) > 4:
            match = next((name for f, name in known.items() if f.lower() == form.lower()), None)
            if match is not None:
                return match
    return words.removeprefix("the ").removeprefix("The ") if _AGENCY_LIKE.match(words) else None


def credited_agency(line: str) -> str | None:
    """The wire service that a credit line names ("Additional reporting by Associated Press", "(Reuters)")."""
    whole = agency_name(line)
    if whole is not None and len(line) < 60:
        return whole
    found = _CONTRIBUTED.match(line)
    parts = _SPLIT.split(found[1] if found else line)
    return next((name for part in parts if (name := agency_name(part))), None)


def agency_in_text(text: str) -> str | None:
    """A wire service that the text gives as where its news is from ("according to AFP")."""
    for found in _ACCORDING.finditer(text):
        name = furniture().agencies.get(found[1].strip())
        if name is not None:
            return name
    return None


def read_byline(line: str) -> str | None:
    """The names of a byline without "By"; ``None`` for any other line."""
    if len(line) > 130 or (line.endswith((".", "!", "?", ":")) and not re.search(r"\b(?:Jr|Sr)\.$", line)):
        return None
    found = _BYLINE.fullmatch(line)
    words = (found[1] if found else line).replace(",", " , ").split()
    role = _ROLE.search(line)
    n_plain = sum(not _NAME_WORD.match(w) and not _ROLE.fullmatch(w) for w in words)
    named = n_plain <= (3 if role and found else 0)
    if found is not None:
        return found[1].strip(" ,|-") if named and len(words) <= 16 and (role or any(w[0].isupper() for w in words)) else None
    return line.strip(" ,|-") if role and named and 3 <= len(words) <= 12 and line[0].isupper() else None


def read_bare_name(line: str) -> str | None:
    """A line of two or three words that can be nothing but a person's name; callers know that a byline may stand there."""
    return line if _BARE_NAME.fullmatch(line) and read_site_label(line) is None else None


def read_site_label(line: str) -> str | None:
    """The outlet that a short line of capitalised words names ("The Harbour Times Online"), ``None`` for other lines."""
    name, _, edition = line.partition(" | ")
    if edition and all(w.lower() in furniture().editions for w in edition.split()):
        return read_site_label(name)
    words = line.split()
    if not 2 <= len(words) <= 5 or not all(w[0].isupper() or w in ("of", "and", "the", "on", "&") for w in words) or len(line) > 50:
        return None
    book = furniture()
    last = words[-1].strip(".,").lower()
    if last in book.editions and len(words) > (2 if words[0] == "The" else 1):
        return " ".join(words[:-1]) if len(words) > 2 or words[0] != "The" else line
    return line if last in book.outlet_words and words[0] not in ("A", "An", "No") else None


def publisher_of_url(url: str | None) -> str | None:
    """Domain of a page's address, without ``www.``; ``None`` where there is none."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    if not host or "." not in host:
        return None
    return re.sub(r"^(?:www\d?|m|mobile|amp|edition|uk|us|en)\.(?=[^.]+\.)", "", host)
