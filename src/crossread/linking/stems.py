"""Words of news text without a model: folded text of equal length, stems that join word forms, and which words carry content.

Linking works on readings alone, which keep no lemmas; a stem here is a cheap stand-in that joins ``negotiate``, ``negotiated`` and
``negotiations``.  Stems are only compared with each other and never shown.
"""

import re
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")

_FOLD = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-", "\n": " "})

_STOP = frozenset(
    """a an the this that these those it its he him his she her hers they them their theirs we us our ours i me my you your who whom whose
    which what and or but nor so yet if then than as at by for from in into of off on onto out over to under up upon with within without
    about above across after against along among around before behind below beneath beside between beyond despite down during except
    inside like near since through throughout toward towards until via while whilst although though because due amid be am is are was were
    been being have has had having do does did doing will would shall should can could may might must not no n't also just only very more
    most much many some any all both each few other others another such same own too there here when where why how again further once
    mr mrs ms dr say says said saying tell tells told according add adds added adding report reports reported reportedly s t re ve ll d m
    one two new last next first later earlier still even however meanwhile per els
    monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow week weeks month months year years day days""".split()  # noqa: SIM905 - a text is easier to read than two hundred strings
)

_IRREGULAR = {
    form: base
    for base, forms in {
        "say": "said", "tell": "told", "hold": "held", "meet": "met meeting meetings", "lead": "led", "leave": "left leaving",
        "fight": "fought", "shoot": "shot", "strike": "struck stricken", "kill": "killed", "die": "died dying death deaths dead",
        "take": "took taken", "retake": "retook retaken", "give": "gave given", "begin": "began begun", "break": "broke broken",
        "speak": "spoke spoken", "fly": "flew flown flies", "go": "went gone goes", "come": "came", "make": "made", "send": "sent",
        "win": "won", "lose": "lost loss losses", "find": "found", "keep": "kept", "think": "thought", "bring": "brought", "buy": "bought",
        "seek": "sought", "hit": "hitting", "put": "putting", "withdraw": "withdrew withdrawn withdrawal withdrawals", "rise": "rose risen",
        "fall": "fell fallen", "grow": "grew grown growth", "know": "knew known", "see": "saw seen", "choose": "chose chosen choice",
        "deny": "denied denies denial denials denying", "flee": "fled", "forbid": "forbade forbidden", "bear": "bore born",
        "steal": "stole stolen", "throw": "threw thrown", "write": "wrote written", "build": "built", "spend": "spent", "pay": "paid",
        "sell": "sold sale sales", "arise": "arose", "become": "became", "run": "ran", "sink": "sank sunk", "swear": "swore sworn",
        "undertake": "undertook", "overthrow": "overthrew", "arrive": "arrival arrivals", "refuse": "refusal", "propose": "proposal proposals",
        "approve": "approval", "child": "children", "man": "men", "woman": "women", "person": "people", "resume": "resumption",
        "receive": "receipt", "agree": "agreement agreements", "decide": "decision decisions", "defend": "defence defense",
        "respond": "response responses", "attack": "attacker attackers", "negotiate": "negotiator negotiators", "injure": "injury injuries",
        "destroy": "destruction", "resolve": "resolution resolutions", "explode": "explosion explosions blast blasts exploded",
        "sentence": "sentenced sentences sentencing",
        "suspend": "suspension suspensions", "beat": "beaten beating beatings", "drive": "drove driven", "hide": "hid hidden",
        "freeze": "froze frozen", "tear": "tore torn", "wear": "wore worn", "ride": "rode ridden", "bite": "bit bitten", "sing": "sang sung",
        "cancel": "cancelled canceled cancelling cancellation", "ceasefire": "ceasefires truce truces", "airstrike": "airstrikes",
    }.items()
    for form in forms.split()
}  # fmt: skip

_DERIVED = re.compile(r"(?:ational|ations?|ates?|at|itions?|ments?|ances?|ences?|ities|ity|ness|ically|ical|ives?|ingly|edly|ly)$")


def fold(text: str) -> str:
    """Lower-case text of the same length with plain quotation marks, hyphens and spaces, so that offsets stay valid."""
    low = text.lower()
    if len(low) != len(text):  # a few letters lower-case to two characters
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_FOLD)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Stem of a folded word."""
    word = word.removesuffix("'s").rstrip("'")
    if len(word) <= 3 and word not in _IRREGULAR:
        return word
    base = _IRREGULAR.get(word) or _inflection(word)
    if base.endswith("ian") and len(base) > 5:
        return base[:-1]  # Freedonian, Freedonia
    base = _IRREGULAR.get(base) or (_inflection(base) if word.endswith("ings") else base)
    shorter = _DERIVED.sub("", base)
    return (shorter if len(shorter) >= 4 else base).rstrip("ey") or base


def _inflection(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and re.search("[aeiouy]", base):
            if ending == "ed" and base.endswith("i"):
                return base[:-1] + "y"
            return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsz" else base
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def words_of(folded: str) -> tuple[str, ...]:
    """Words of folded text, in order."""
    return tuple(WORD.findall(folded))


def is_content(word: str) -> bool:
    """Whether a folded word carries content (names, nouns, verbs, numbers, not function words or words of saying and time)."""
    return word not in _STOP and len(word) > 1


def content_stems(folded: str) -> tuple[str, ...]:
    """Stems of the content words of folded text, in order, repeats kept."""
    return tuple(filter(None, map(_content_stem, WORD.findall(folded))))


@lru_cache(maxsize=131072)
def _content_stem(word: str) -> str | None:
    return stem(word) if is_content(word) else None
