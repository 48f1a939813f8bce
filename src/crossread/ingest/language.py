"""Is a document English?  Only a clear no counts: short and mixed texts are read."""

import re

# Function words that English text cannot do without and that few other languages share.
_ENGLISH_WORDS = """
the and of to that is was were for with has have had been from by his her their its it they this which who not are be will would
said says after but on at as an he she we you about into over than against between could should did does there
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_WORDS = 12
_SAMPLE = 6000  # code points


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language, ``None`` where there is too little text to tell.

    A text of which a sixth are English function words is English, whatever a classifier says (names mislead those); a text too
    short for a judgement is ``None`` and is read as English.
    """
    words = [w.lower() for w in _WORD.findall(text[:_SAMPLE])]
    if not words:
        return None
    share = sum(w in _ENGLISH for w in words) / len(words)
    if share >= 1 / 6 and len(words) >= 6:
        return "en"
    latin = sum(c < "\u0250" for w in words for c in w) / sum(map(len, words))
    if len(words) < _ENOUGH_WORDS and latin > 0.5 and len("".join(words)) < 80:
        return None
    return _classify(text[:_SAMPLE], share=share)


def _classify(text: str, *, share: float) -> str | None:
    import py3langid

    ranked = py3langid.rank(text.lower() if text.isupper() else text)
    best, score = ranked[0]
    if best == "en" or share >= 0.1:
        return "en"
    english = next((s for name, s in ranked if name == "en"), None)
    if english is not None and score - english < 10:  # log-likelihoods: not clearly another language
        return None
    return str(best)
