"""Numbers as news writes them: digits, words, dozens, ranges, shares, with the words that bound them ("at least", "nearly").

`find_numbers` gives each number with the span of its words, bounding words included.  What a number counts is not decided here; what is no
count at all (dates, ages, clock times, models, list names, addresses, scores) is marked by `crossread.reading.uncounted`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from crossread.vocabulary import Bound

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL: dict[str, int] = {word: n for n, word in enumerate(_ONES.split())}
_SMALL |= {word: 10 * n for n, word in enumerate(_TENS.split(), 2)}
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12, "score": 20}
_SHORT = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_VAGUE = {"dozen": (24, 99), "score": (40, 99), "ten": (20, 99), "hundred": (200, 999), "thousand": (2_000, 9_999)}
_VAGUE |= {"million": (2 * 10**6, 9_999_999), "billion": (2 * 10**9, 9_999_999_999)}
_PARTS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1, "fourth": 0.25}

_UNIT_WORD = "|".join(sorted((w for w in _SMALL if w != "zero"), key=len, reverse=True))
_WORDS = rf"(?:{_UNIT_WORD})(?:[\s-](?:{_UNIT_WORD}))?"
_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen)"
_WORD_NUMBER = rf"{_WORDS}(?:(?:[\s-]{_SCALE}){{1,3}}(?:\s(?:and\s)?{_WORDS}(?:\s{_SCALE})?){{0,2}})?"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,3})?"
_FORMS = (
    ("vague_of", r"(?:tens|dozens|scores|hundreds|thousands)\s+(?:of|upon)\s+(?:hundreds|thousands|millions|billions)"),
    ("vague_some", r"(?:several|a\s+few|many|a\s+couple(?:\s+of)?|few)\s+(?:dozen|hundred|thousand|million|billion)s?"),
    ("vague", r"dozens|scores|hundreds|thousands|millions|billions"),
    ("several", r"several|a\s+few|a\s+handful(?=\s+of)"),
    ("couple", r"an?\s+couple(?=\s+of)"),
    ("half_scale", r"half\s+an?\s+(?:dozen|million|billion|hour|century|decade)|an?\s+half[\s-](?:dozen|million|billion|century)"),
    (
        "share",
        r"(?:a\s+|one[\s-]|two[\s-]|three[\s-])?(?:half|thirds?|quarters?|fifths?)"
        r"(?=\s+(?:of\s+(?!an?\s|fighting)|its\s|their\s|the\s+(?:population|city|country|people|members|town|\d)))",
    ),
    (
        "ratio",
        r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine)\s+(?:in|out\s+of)\s+(?:every\s+)?"
        r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty|a\s+hundred)(?=\s+[a-z])",
    ),
    ("dash", rf"{_DIGITS}\s?[-–]\s?{_DIGITS}(?![-–])(?:\s(?:thousand|million|billion)\b)?"),
    ("half_digits", r"\d{1,3}(?:[\s-](?:and[\s-]a[\s-]half|1/2|½)|½)"),
    ("half_words", rf"(?:{_UNIT_WORD}|an?)[\s-]and[\s-]a[\s-]half(?:\s{_SCALE})?"),
    ("percent", rf"(?:{_DIGITS}|{_WORD_NUMBER})(?:\s?%|\s?-?\s?per\s?cent(?:age\s+points?)?)"),
    ("digits", rf"{_DIGITS}(?:\+)?(?:[\s-]?(?:hundred|thousand|million|billion|trillion|dozen)\b|\s?(?:k|m|mn|bn|tn)\b)?"),
    ("scale", r"a\s+(?:hundred|thousand|million|billion|dozen)(?:\s+and\s+a\s+half)?"),
    ("words", _WORD_NUMBER),
)  # fmt: skip
_ALL = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FORMS)
_NUMBER = re.compile(rf"(?<![\w.,/:-])(?<!\d[–+])(?:{_ALL})(?![\w]|[.,:/]\d|-\d)", re.IGNORECASE)
_RANGE_NEXT = re.compile(
    rf"\s?(?:-|–|to|and|or)\s?(?:[$£€](?=\d))?(?P<last>{_DIGITS}|{_WORD_NUMBER})(?:[\s-](?P<scale>{_SCALE}))?(?![\w]|[.,:/]\d)",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{3,6}teen|twent|thirt|fort|fift|sixt|sevent|eight|ninet|hundred"
    r"|thousand|million|billion|dozen|score|several|few|half|third|quarter|couple|handful|another)",
    re.IGNORECASE,
)
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    (Bound.AT_LEAST, r"at\s+least|a\s+least|a\s+minimum\s+of|no\s+(?:fewer|less)\s+than|not\s+(?:fewer|less)\s+than|minimum"),
    (Bound.UP_TO, r"up\s+to|as\s+many\s+as|as\s+much\s+as|at\s+most|no\s+more\s+than|not\s+more\s+than|a\s+maximum\s+of|as\s+high\s+as"),
    (Bound.NEARLY, r"nearly|almost|close\s+to|just\s+under|(?:slightly\s+)?(?:fewer|less)\s+than|under|below|just\s+short\s+of|not\s+quite"),
    (
        Bound.MORE_THAN,
        r"(?:well\s+|far\s+|slightly\s+|many\s+)?(?:more|greater)\s+than|(?:well\s+|just\s+)?over|above"
        r"|upwards?\s+of|in\s+excess\s+of|exceeding|exceeds|exceeded",
    ),
    (
        Bound.ABOUT,
        r"about|around|approximately|roughly|perhaps|maybe|something\s+like|some|an?\s+estimated|estimated|circa|approx\.?"
        r"|in\s+the\s+region\s+of|or\s+so",
    ),
)  # fmt: skip
_FILLER = r"(?:(?:only|just|another|a\s+further|further|an\s+additional|additional|other|a\s+total\s+of)\s+){0,2}"
_BEFORE = re.compile(
    r"\b(?:" + "|".join(f"(?P<{bound.value}>{words})" for bound, words in _BOUNDS) + rf")\s+{_FILLER}$",
    re.IGNORECASE,
)
_FILLED = re.compile(r"\b(?:a\s+total\s+of|a\s+further|an\s+additional|another|only|just|a\s+record)\s+$", re.IGNORECASE)
_AFTER = re.compile(r"\s+or\s+(?P<at_least>more)\b|\s+or\s+(?P<about>so)\b|\s+(?:or\s+)?(?P<up_to>at\s+most)\b", re.IGNORECASE)
_CURRENCY_BEFORE = re.compile(r"(?:US|A|C|HK|NZ|S)?[$€£¥₹₽]\s?$")
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:(?:US|A|C)?[$£€])?$", re.IGNORECASE)
_WINDOW = 48


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``[start, end)``; ``core`` is where its own words begin, after those that bound it.

    ``written`` says that it is spelled out; ``form`` names the way it is written.
    """

    start: int
    end: int
    core: int
    form: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    bound: Bound = Bound.EXACT
    unit: str | None = None
    currency: str | None = None
    written: bool = False

    @property
    def value(self) -> float | None:
        """The number itself where there is one: best, else low, else high."""
        return next((v for v in (self.best, self.low, self.high) if v is not None), None)


def has_number_words(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text may hold a number."""
    return _HINT.search(text, start, end) is not None


def parse_number(words: str) -> float | None:
    """The value of a plain number in digits or words; ``None`` where the words are none.

    >>> parse_number("two hundred and fifty thousand"), parse_number("1,250"), parse_number("forty-two")
    (250000.0, 1250.0, 42.0)
    """
    text = " ".join(words.lower().replace("-", " ").split())
    digits = re.fullmatch(r"([\d,]+(?:\.\d+)?)\+?\s?([a-z]*)", text)
    if digits is not None:
        factor = _LARGE.get(digits[2]) or _SHORT.get(digits[2]) or (1 if not digits[2] else None)
        return float(digits[1].replace(",", "")) * factor if factor else None
    total = part = 0
    for word in text.split():
        if word in _SMALL:
            part += _SMALL[word]
        elif word in ("a", "an"):
            part += 1
        elif word in ("hundred", "dozen", "score"):
            part = max(part, 1) * _LARGE[word]
        elif word in _LARGE:
            total += max(part, 1) * _LARGE[word]
            part = 0
        elif word != "and":
            return None
    return float(total + part) if total + part or text == "zero" else None


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Numbers of a stretch of text, left to right, none overlapping; ordinals are none."""
    end = len(text) if end is None else end
    if not has_number_words(text, start, end):
        return []
    found: list[Number] = []
    for match in _NUMBER.finditer(text, start, end):
        if found and match.start() < found[-1].end:
            continue
        number = _read(match, text, start, end)
        if number is not None:
            found.append(number)
    return found


def _read(match: re.Match[str], text: str, start: int, end: int) -> Number | None:
    form, core, last = match.lastgroup or "", match.start(), match.end()
    words = " ".join(match[0].lower().split())
    made = _MAKERS.get(form, _plain)(words)
    if made is None:
        return None
    number = Number(core, last, core, form, *made, written=not words[0].isdigit())
    if form in ("vague", "vague_of", "vague_some", "several"):
        number = replace(number, bound=Bound.VAGUE)
    if form in ("share", "percent", "ratio"):
        number = replace(number, unit="percentage points" if "point" in words else "share")
    if form in ("digits", "words", "scale"):
        number = _ranged(number, text, end)
    if number.form in ("range", "dash"):
        number = _of_a_hundred(number, text, end)
    if match[0].endswith("+"):
        number = replace(number, bound=Bound.AT_LEAST, high=None)
    if form in ("digits", "words") and text.startswith(("-odd", " odd "), number.end):
        number = replace(with_bound(number, Bound.ABOUT), end=number.end + 4)
    currency = _CURRENCY_BEFORE.search(text, max(start, core - 5), core)
    if currency is not None:
        number = replace(number, start=currency.start(), currency=currency[0].strip())
    return _bounded(number, text, start)


def _plain(words: str) -> tuple[float | None, float | None, float | None] | None:
    value = parse_number(words)
    return None if value is None else (value, value, value)


def _half(words: str) -> tuple[float | None, float | None, float | None] | None:
    scale = words.replace("-", " ").split()[-1]
    value = 0.5 * _LARGE.get(scale, 1)
    return value, value, value


def _and_a_half(words: str) -> tuple[float | None, float | None, float | None] | None:
    parts = re.split(r"[\s-](?:and|1/2)|½|\s½|-½", words)
    whole = parse_number(parts[0].strip(" -")) or 0
    scale = words.split()[-1]
    value = (whole + 0.5) * _LARGE.get(scale, 1)
    return value, value, value


def _share(words: str) -> tuple[float | None, float | None, float | None] | None:
    *count, part = words.replace("-", " ").split()
    times = _SMALL.get(count[-1], 1) if count else 1
    value = times * _PARTS[part.rstrip("s") if part not in _PARTS else part]
    return value, value, value


def _percent(words: str) -> tuple[float | None, float | None, float | None] | None:
    value = parse_number(re.sub(r"\s?%|\s?-?\s?per\s?cent.*", "", words))
    if value is not None and "point" not in words:
        value = round(value / 100, 9)  # 0.476 and not 0.47600000000000003
    return None if value is None else (value, value, value)


def _ratio(words: str) -> tuple[float | None, float | None, float | None] | None:
    first, last = re.split(r"\s(?:in|out of)\s(?:every\s)?", words)
    few, many = parse_number(first), parse_number(last)
    return None if not few or not many or few >= many else (few / many,) * 3


def _vague(words: str) -> tuple[float | None, float | None, float | None] | None:
    low, high = _VAGUE[words.rstrip("s")]
    return low, None, high


def _vague_of(words: str) -> tuple[float | None, float | None, float | None] | None:
    first, *_, last = words.split()
    low, high = _VAGUE[first.rstrip("s")]
    scale = _LARGE[last.rstrip("s")]
    return low * scale, None, (high + 1) * scale - 1


def _vague_some(words: str) -> tuple[float | None, float | None, float | None] | None:
    low, high = _VAGUE[words.split()[-1].rstrip("s")]
    return low, None, high


def _several(words: str) -> tuple[float | None, float | None, float | None] | None:
    return 2, None, None


def _dash(words: str) -> tuple[float | None, float | None, float | None] | None:
    first, last, *scale = re.split(r"\s?[-–]\s?|\s", words)
    low, high = parse_number(first), parse_number(" ".join((last, *scale)))
    if low is None or high is None or not low < high or (1900 <= low <= 2100 and high < 100):
        return None
    return low * (_LARGE[scale[0]] if scale and low < 1000 else 1), None, high


def _couple(words: str) -> tuple[float | None, float | None, float | None] | None:
    return 2, 2, 2


_MAKERS = {
    "vague_of": _vague_of,
    "vague_some": _vague_some,
    "vague": _vague,
    "several": _several,
    "couple": _couple,
    "half_scale": _half,
    "half_digits": _and_a_half,
    "half_words": _and_a_half,
    "share": _share,
    "percent": _percent,
    "ratio": _ratio,
    "dash": _dash,
}


def _ranged(number: Number, text: str, end: int) -> Number:
    """ "60 to 80", "60-80", "between 10 and 15"."""
    found = _RANGE_NEXT.match(text, number.end, end)
    if found is None or number.best is None:
        return number
    joint = text[number.end : found.start("last")].strip(" $£€").lower()
    between = _BETWEEN.search(text, max(0, number.start - 13), number.start)
    if joint == "and" and (between is None or not between[0].lower().startswith("between")):
        return number
    if between is not None and between[0][-1] in "$£€" and between[0].lower().startswith("from"):
        return number  # a sum that rose
    if joint == "or" and text[found.end() : found.end() + 5].lower() == " more":
        return number
    last = parse_number(found["last"] + (f" {found['scale']}" if found["scale"] else ""))
    first = number.best
    if last is None:
        return number
    if found["scale"] and first < last / _LARGE[found["scale"].lower()] * 1.0001 and first < 1000:
        first *= _LARGE[found["scale"].lower()]
    if not first < last or (joint == "or" and last > 2 * first):
        return number
    start = between.start() if between else number.start
    return replace(number, start=start, end=found.end(), low=first, best=None, high=last, form="range")


_PERCENT_NEXT = re.compile(r"\s?%|\s?-?\s?per\s?cent\b", re.IGNORECASE)


def _of_a_hundred(number: Number, text: str, end: int) -> Number:
    """ "25 to 40 percent", "25-40%": two shares."""
    found = _PERCENT_NEXT.match(text, number.end, end)
    if found is None or number.low is None or number.high is None or number.high > 1000:
        return number
    return replace(number, end=found.end(), low=round(number.low / 100, 9), high=round(number.high / 100, 9), unit="share")


def _bounded(number: Number, text: str, start: int) -> Number:
    """The number with the words before and after it that bound it."""
    before = _BEFORE.search(text, max(start, number.start - _WINDOW), number.start)
    after = _AFTER.match(text, number.end) if number.bound is Bound.EXACT else None
    bound = next((b for b, _ in _BOUNDS if before is not None and before[b.value]), None)
    if before is not None and bound is not None:
        number = replace(number, start=before.start())
    elif after is not None:
        bound = next(b for b in (Bound.AT_LEAST, Bound.ABOUT, Bound.UP_TO) if after[b.value])
        number = replace(number, end=after.end())
    else:
        filled = _FILLED.search(text, max(start, number.start - 20), number.start)
        number = replace(number, start=filled.start()) if filled else number
    if bound is None or number.bound is Bound.VAGUE or number.form in ("range", "dash"):
        return number
    return with_bound(number, bound)


def with_bound(number: Number, bound: Bound) -> Number:
    """The number read as "at least", "nearly" and so on: the end that the words leave open is ``None``."""
    value = number.value
    if bound in (Bound.AT_LEAST, Bound.MORE_THAN):
        return replace(number, bound=bound, low=value, best=value, high=None)
    if bound in (Bound.NEARLY, Bound.UP_TO):
        return replace(number, bound=bound, low=None, best=value, high=value)
    return replace(number, bound=bound, low=None, best=value, high=None)


def numbers_in(text: str) -> Iterator[Number]:
    """Numbers of a whole text."""
    yield from find_numbers(text)
