"""Numbers that count nothing: dates, ages, clock times, models, list names, addresses, scores, years.

`why_uncounted` names the reason, or gives ``None`` for a number that may be a figure.
"""

import re

from crossread.reading.counting import opens_clause
from crossread.reading.numbers import Number
from crossread.reading.timewords import Expression

_AGE_AFTER = re.compile(
    r"[\s-]+(?:years?|months?|weeks?|days?)[\s-]+(?:olds?|of\s+age)\b|-?year-?olds?\b|\s+(?:and|or)\s+(?:older|younger)\b"
    r"|\s+(?:and|or)\s+(?:over|above|under|up)(?=\s*(?:[.,;:)]|$)|\s+(?:is|are|was|were|who|in|from|will|would|can|must|should)\b)",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|turn(?:ed|s|ing)|was\s+just|at\s+the\s+age\s+of)\s+(?:about\s+|around\s+|just\s+|only\s+)?$", re.IGNORECASE
)
_NAME_BEFORE = re.compile(
    r"[A-Z][\w.’'-]+[’']?s?,?\s+\(?$|[A-Z][\w.’'-]+\s*\($|\b(?:man|woman|boy|girl|son|daughter|wife|husband|father|mother|brother|sister),\s+$"
)
_AGE_LIST = re.compile(r"\b(?!(?:those|them|whom|all|total|these|today|dead|injured|wounded|missing|killed)\b)[\w’'-]+[^\W\d],\s+$")
_AGE_PLACE = re.compile(r"\s?,(?!\s+(?:including|among|most|many|some))|\s+(?:of|from)\s+[A-Z]")
_AGE_LIMIT = re.compile(
    r"\b(?:children|boys|girls|people|those|anyone|everyone|adults|women|men|pupils|youths)\s+(?:aged\s+)?(?:under|over|below|above)\s+$",
    re.IGNORECASE,
)
_AGE_LIMIT_END = re.compile(
    r"\s*(?:[.,;:)]|$)|\s+(?:is|are|was|were|has|have|had|in|who|from|and|at|can|will|would|should|must|to|with)\b"
)
_AGE_IS = re.compile(r"\b(?:he|she|who)\s+(?:was|is)\s+(?:only\s+|just\s+)?$", re.IGNORECASE)
_AGE_CLOSE = re.compile(
    r"\s?[,);]|\s[-–—]\s|\s+and\s+(?:[A-Z]|(?:originally|formerly|now|living|married|from|an?)\s)|\s*\.(?:\s|$)"
)
_CLOCK_AFTER = re.compile(
    r"\s?(?:a\.?m\b\.?|p\.?m\b\.?|o['’]clock|hrs?\s+(?:gmt|local)|hours\s+(?:gmt|local|on)|gmt\b|e[sd]t\b|p[sd]t\b|utc\b|ce?s?t\b|bst\b|local\s+time|noon\b)"
    r"|:\d\d|\.\d\d\s?(?:am|pm|hrs)",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(
    r"\b(?:article|resolution|chapter|section|page|pages|number|route|highway|interstate|flight|channel|phase|round|level|part|volume|division|gate"
    r"|platform|terminal|room|apartment|zone|sector|boeing|airbus|model|iphone|windows|version|season|episode|formula|area|block|act|rule|amendment"
    r"|paragraph|annex|schedule|category|magnitude|apollo|radio|stage|step|tier|no|nos|unit|fortune|top|big|agenda|verse|bbc|itv|tv|vehicle|bus|tram"
    r"|train|exit|junction|pier|dock|platform|psalm|world\s+cup|olympics|euro|studio|catch|scene|figure|table|question|item|track|issue|day|year"
    r"|week|grade|class)\.?\s+(?:#\s?)?$|#\s?$|[§№]\s?$",
    re.IGNORECASE,
)
_MODEL_BEFORE = re.compile(
    r"(?:^|[a-z,;]\s+)(?!(?:In|On|At|By|Of|An|For|From|With|As|And|But|The|Some|About|Only|Another|Police|Officials|Today|Yesterday)\b)(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
    r"[A-Z][a-z]+\s+$"
)
_MAGNITUDE_AFTER = re.compile(r"[\s-](?:magnitude|calib(?:er|re)|carat|karat)\b", re.IGNORECASE)
_TIMES_AFTER = re.compile(
    r"\s+times\s+(?:more|less|as|the|higher|lower|larger|smaller|bigger|greater|worse|better|that|over|faster)\b"
)
_PASSED_TIME = re.compile(
    r"\b(?:last|this|next|that|past|per|a|each|every|previous)\s+(?:year|week|day|season|issue|round|stage)\s+$", re.IGNORECASE
)
_COUNTS_AFTER = re.compile(
    r"\s+(?:people|[a-z]*(?:men|women)|children|civilians|more|others|dead|wounded|injured|were|was|are|have|had|died|percent|per|million|[a-z]+ers\b|of\b)"
)
_LIST_NAME = re.compile(
    r"\b(?:Group|Gang|Council|Committee|Club|League|Chicago|Party)\s+of\s+(?:the\s+)?$|\bBig\s+$|\bAir\s+Force\s+$|\bRadio\s+$"
)
_ROAD_AFTER = re.compile(r"\s+(?:freeway|highway|motorway|interstate|expressway|turnpike|bypass)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    r"\s+(?:[A-Z][\w’'-]+\s+){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Boulevard|Blvd|Drive|Way|Place|Terrace|Highway|Row|Crescent)\b"
    r"|\s+Downing\b"
)
_IDIOM_AFTER = re.compile(
    r"\s+(?:of\s+(?:the|those|these|its|his|her|their|our|my|your|many|several|us|them|whom|which|a|two|three|four)\b|another\b|day\b|thing\b|side\b"
    r"|by\s+one|way\b|point\b|end\b|reason\b|that\b|who\b|more\s+(?:time|thing)|minute\s+he|hand\b|would\b|can\b|could\b|should\b|must\b|might\b|of\b)",
    re.IGNORECASE,
)
_IDIOM_BEFORE = re.compile(
    r"\b(?:no|any|every|each|the|this|that|which|some|another|only|first|last|next|number|as|not|day|square|on\s+the)\s+$",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"\s+(?:[A-Z][a-z]+\s+)?(?:person|man|woman|child|boy|girl|soldier|civilian|worker|officer|policeman|protester|student|fighter|passenger|pilot"
    r"|peacekeeper|journalist|guard|sailor|patient|prisoner|villager|resident)\b"
)
_PHONE = re.compile(r"(?:\+|\d[\s-])$")
_DIALLED = re.compile(r"\d*\)\s?\d")
_FOR = re.compile(r"\b(?:for|last(?:ed|ing|s)?)\s+(?:about\s+|some\s+|nearly\s+|over\s+)?$", re.IGNORECASE)
_DIGIT_NEXT = re.compile(r"[\s-]\d|°|º|\s?%\s?\(")
_ITEM = re.compile(r"(?:^|\n)\s*$")
_SLIDES = re.compile(r"\s+(?:photos?|images?|slides?|pictures?|full\s+screen)\b", re.IGNORECASE)
_ITEM_END = re.compile(r"[.)]\s|\s+of\s+\d+\b")
_HYPHEN_WORD = re.compile(r"-([a-zA-Z]+)")
_PEOPLE_HYPHEN = frozenset(("member", "nation", "country", "man", "person", "strong", "state", "seat", "bed", "truck", "vehicle"))
_READ = re.compile(r"\s+mins?(?:ute)?\s+read\b", re.IGNORECASE)
_SCORE = re.compile(
    r"\b(?:won|win|wins|beat|beats|lost|lose|drew|draw|lead|led|leading|score|scored|victory|defeat)\b[^.\n]{0,40}$", re.IGNORECASE
)
_NAMED_SPAN = re.compile(r"[\s-](?:Days?|Weeks?|Months?|Years?|Hours?)['’]?\s(?:War|Wars|Plan|Campaign)\b")
"""What follows the number in "the Six-Day War"."""
_YEAR_BEFORE = re.compile(r"\b(?:post|pre|circa)[\s-]+$", re.IGNORECASE)
_ERA_AFTER = re.compile(r"\s?(?:B\.?C\b|BCE\b|CE\b|A\.?D\b)")
_DURATION_RULES = frozenset(("ago", "from_now", "stretch", "day_later", "spell"))


def in_expression(number: Number, expressions: tuple[Expression, ...]) -> Expression | None:
    """The time expression that the number is part of."""
    return next((e for e in expressions if e.start < number.end and number.core < e.end), None)


def why_uncounted(text: str, number: Number, expressions: tuple[Expression, ...], start: int = 0) -> str | None:
    """Why a number of the sentence from ``start`` is no figure; ``None`` where it may be one.

    Reasons: ``date age clock name address idiom score year phone item``.
    """
    if _NAMED_SPAN.match(text, number.end):
        return "name"
    expression = in_expression(number, expressions)
    if expression is not None and (expression.rule.name not in _DURATION_RULES or _is_distance(text, expression)):
        return "date"
    before, after = text[max(start, number.core - 48) : number.core], text[number.end : number.end + 64]
    if _READ.match(after) or (re.search(r"\d\s+of\s+$", before) and _SLIDES.match(after)):
        return "item"
    if number.currency is None and number.unit is None and expression is None:
        for reason, test in (("age", _is_age), ("clock", _is_clock), ("name", _is_name), ("idiom", _is_idiom), ("year", _is_year)):
            if test(number, before, after):
                return reason
    if _ADDRESS.match(after) and not number.written:
        return "address"
    if number.form == "dash" and number.unit is None and (_SCORE.search(before) or not re.match(r"[\s-][a-zA-Z]", after)):
        return "score"
    if not number.written and (
        _PHONE.search(before)
        or (before.endswith("(") and _DIALLED.match(after))
        or (_DIGIT_NEXT.match(after) and not re.match(r"[\s-]\d+-(?:year|month)", after))
    ):
        return "phone"
    return "item" if not number.written and _ITEM.search(before) and _ITEM_END.match(after) else None


def _is_distance(text: str, expression: Expression) -> bool:
    """ "60 hours after the quake": a time; "closed for six hours after a crash" is a duration."""
    lasts = _FOR.search(text, max(0, expression.start - 20), expression.start) is not None
    return not lasts and opens_clause(text, expression)


def _is_age(number: Number, before: str, after: str) -> bool:
    if _AGE_AFTER.match(after) or _AGE_BEFORE.search(before):
        return True
    value = number.value or 0
    if value <= 110 and _AGE_LIMIT.search(before) and _AGE_LIMIT_END.match(after):
        return True
    if number.form == "digits" and 0 < value <= 110 and number.start == number.core:
        listed = _AGE_LIST.search(before) and _AGE_PLACE.match(after)
        if listed or (_AGE_IS.search(before) and re.match(r"\s?[,.;)]", after)):
            return True
    small = number.form in ("digits", "words") and 0 < value <= 110 and number.start == number.core and not number.written
    return small and _AGE_CLOSE.match(after) is not None and _NAME_BEFORE.search(before) is not None


def _is_clock(number: Number, before: str, after: str) -> bool:
    if number.form not in ("digits", "words", "range", "dash"):
        return False
    return _CLOCK_AFTER.match(after) is not None or (
        number.value is not None and before.endswith(("0:", ":")) and not number.written
    )


def _is_name(number: Number, before: str, after: str) -> bool:
    if number.form == "digits" and re.match(r"-[A-Z]?\d|[A-Z]\b", after):
        return True
    if _LIST_NAME.search(before):
        return True
    hyphen = _HYPHEN_WORD.match(after)
    if hyphen is not None and hyphen[1].lower() not in _PEOPLE_HYPHEN and not is_time_word(hyphen[1]):
        return True
    if number.form == "digits" and number.start == number.core and _MODEL_BEFORE.search(before) and not _COUNTS_AFTER.match(after):
        return True
    if number.form == "digits" and not number.written and _ROAD_AFTER.match(after):
        return True
    if _MAGNITUDE_AFTER.match(after) or _TIMES_AFTER.match(after):
        return True
    label = _LABEL_BEFORE.search(before)
    if label is None or _PASSED_TIME.search(before):
        return False
    return not re.match(r"\s+(?:people|men|women|children|civilians|soldiers|more|others|were|are|dead|killed|injured)\b", after)


def is_time_word(word: str) -> bool:
    """Whether a word is a unit of time."""
    return (
        re.fullmatch(r"(?:second|minute|hour|day|night|week|month|year|decade|century|min|hr)s?", word, re.IGNORECASE) is not None
    )


def _is_idiom(number: Number, before: str, after: str) -> bool:
    if number.form != "words" or number.value != 1:
        return False
    if before.lower().endswith("that ") and _SOMEBODY.match(after):
        return False  # "confirmed that one Nordish soldier had died"
    return _IDIOM_AFTER.match(after) is not None or _IDIOM_BEFORE.search(before) is not None


def _is_year(number: Number, before: str, after: str) -> bool:
    if number.form != "digits" or number.written or number.value is None or number.start != number.core:
        return False
    if _ERA_AFTER.match(after) or before.endswith(("AD ", "A.D. ")):
        return True
    looks = 1800 <= number.value <= 2099 and number.end - number.core == 4
    if looks and _YEAR_BEFORE.search(before):
        return True
    return looks and re.match(r"\s+(?:people|[a-z]+(?:s|men|women|children|troops|personnel)\b)", after) is None
