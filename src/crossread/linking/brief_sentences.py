"""Sentences that may stand in a brief by themselves, and which of them matter most."""

import re
from collections import Counter
from dataclasses import dataclass, field
from math import fsum, sqrt

from crossread.linking.labels import is_label
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import plain
from crossread.vocabulary import EntityType

_SHORTEST, _LONGEST = 8, 48
_HANGING = re.compile(
    r"^[\"“'‘]?(?:he|she|it|they|his|her|their|its|this|these|those|that|but|and|however|yet|so|also|meanwhile|there|then|such|instead|or"
    r"|others?|another|both (?:men|women|attacks|incidents|were|are|had|have|of them)"
    r"|the (?:group|statement|move|two|pair|man|woman|attack|incident|latter|former|decision|report|comments?|announcement|claims?|delay"
    r"|remarks?|offer|allegations?|accusations?|figures)"
    r"|\w+(?: \w+)?'s? (?:comments?|remarks?|words|statement|announcement) (?:come|comes|came|follow|follows|followed)"
    r"|(?:in|at|on|during|after|before) (?:a|an|another) \w+(?: \w+)?, (?:he|she|they|his|her|their|its)"
    r"|here|we|i|you|asked|for (?:his|her|its) part|in addition|moreover|still|now|later|read more|click|photo|file photo|share|advertisement"
    r"|updated|sign up|subscribe|image|watch|video|follow)\b"
)
_ANSWERING = re.compile(
    r"^[^;\"“]{3,60}\b(?:(?:fired|shot|hit) back(?! (?:at|against))|(?:retort|counter|respond|repli|answer)(?:s|ed|es)\b(?! (?:to|by|with)\b))"
    r"|^\W*(?:on |at |that )?(?:the|that) (?:very )?same (?:day|week|month|morning|afternoon|evening|night|time)\b"
    r"|^\W*later that (?:day|week|month)"
    r"|\bsuch an? [a-z]+ (?:would|could|might|may|will|is|was)\b"
)
"""Words that answer a sentence, or go on from one, which need not be shown."""
_FRAME = re.compile(
    r"\W{0,3}(?:[\w.’'-]{1,20},? ){1,4}(?:[^,“\"]{1,40}, )?(?:said|says|noted|notes|tweeted|wrote|posted|responded|replied"
    r"|(?:fired|shot|hit) back)(?![^.]{0,70}\b(?:that|how|why|was|were|is|are|would|will|could|had|has|have|to|for)\b)"
    r"(?: (?:so|also|later|again|[a-z]{2,12}ly)){0,2}(?: (?:on|in|via|at|during|from|with) [^,“\":]{1,60})?[.:]?$"
)
"""A frame of which the words stand elsewhere ("Torvek replied in a note on Tuesday.")."""
_ASKING = re.compile(r"\bask(?:ed|s) (?:[\w.'-]+ ){1,4}(?:whether|if)\b")
_IN_CLAUSE = re.compile(r"\b(?:after|before|when|while|as|who|whom|that|which|because)\b")
_REPLYING = re.compile(r"\b(?:said|says|told|tells|answer|repl|respond|declin|demurr|dodg|refus|would not|did not|agreed)")
"""A question, and words of what was said to it."""
_ALSO = re.compile(r"^\W*(?:[\w.'-]+ ){1,5}(?:on [a-z]+day )?(?:also|too|again)\b")
"""Sentences that add to one before."""
_OFFICE = re.compile(
    r"^\W*the (?:[a-z-]+ )?(?:governor|president|minister|senator|mayor|congressman|congresswoman|lawmaker|spokesman|spokeswoman|chairman"
    r"|chairwoman|chief|officer|official|suspect|victim|couple|candidate|nominee|ambassador|secretary|judge|lawyer|general|king|queen|pope)s?\b"
)
"""An office at the start of a sentence, whose holder the one before may name."""
_FURNITURE = re.compile(
    r"(?:[Mm]edia|[Ii]mage|[Pp]hoto) (?:[Cc]aption|[Cc]opyright|[Cc]redit)|Getty Images|(?:AP|AFP|Reuters|Associated Press|PA) \d"
    r"|(?<!\d)\d+/\d+ |[A-Z]{3} [A-Z]{3,} [A-Z]{3,} "
    r"|[Ss]ign up|[Ss]ubscribe|[Cc]lick here|Read more|Continue reading|SHARE|Updated:|[Hh]ide [Cc]aption|(?<!\d)\d+ of \d+ |[A-Z]{5} \d"
)
_SPEAKER = re.compile(r"[A-Z][A-Z .'-]{2,30}: ")
"""Who speaks, as a transcript names them."""
_NO_WORD = re.compile(
    r"\b(?:did not|didn't|could not|have not|has not|declined|refused|unavailable|not available)\b.{0,40}\b(?:comment|respond|reached|return)"
)


_LONG, _LONG_LEAD = 40, 0.85
"""Words above which a sentence opens a brief less well, and what it counts then: the longest hold the most words of a story."""
_OFTEN_TOLD = 2
"""Origins that hold a stem before it counts as part of the story, where there are as many."""
_SAID_BEFORE = 0.2
"""What a stem still counts once the brief holds it."""


@dataclass(frozen=True, eq=False)
class Sayable:
    """A sentence as it may be printed: its words, and how much its place and kind speak for it."""

    sentence: Sentence
    text: str
    standing: float


@dataclass(eq=False)
class Telling:
    """How much of a story a brief tells: stems count by the share of origins that hold them, and for a fifth once they are told.

    ``common`` are the stems of more than one origin; what one alone holds adds nothing.
    """

    shares: dict[str, float]
    common: frozenset[str]
    told: set[str] = field(default_factory=set)

    def centrality(self, sayable: Sayable) -> float:
        """How much of a sentence's own words the origins share: what the story is about."""
        shares = sorted((self.shares[stem] for stem in sayable.sentence.bag), reverse=True)[:12]
        long = _LONG_LEAD if len(sayable.text.split()) > _LONG else 1.0
        return sayable.standing * long * fsum(shares) / max(len(shares), 8)

    def gain(self, sayable: Sayable) -> float:
        """What a sentence would add, for the room that it takes."""
        own = sayable.sentence.bag & self.common
        added = fsum(self.shares[stem] * (_SAID_BEFORE if stem in self.told else 1.0) for stem in own)
        return sayable.standing * added / sqrt(max(len(sayable.text.split()), 12))

    def tell(self, bag: frozenset[str]) -> None:
        """Words that the brief holds now."""
        self.told |= bag


def say(sentence: Sentence, shortest: int = _SHORTEST) -> str | None:
    """The words of a sentence as a line of its own, datelines left off; ``None`` when it cannot stand alone or has too few words."""
    text = plain(sentence.text)
    n = len(text.split())
    if not shortest <= n <= _LONGEST or sentence.is_title or not text.endswith((".", "!", "?", '."', ".”", "”", '"')):
        return None
    if _FURNITURE.search(text) or _SPEAKER.match(text) or is_label(sentence) or is_frame(text):
        return None
    if text.endswith("?") or (not text[0].isupper() and text[0] not in '"“‘'):
        return None
    if _HANGING.match(sentence.folded) or _points_back(sentence.folded) or _unbalanced(text) or _bare_quotation(sentence, text):
        return None
    return text


def _points_back(folded: str) -> bool:
    """Whether words answer what another sentence says, or ask what another one answers."""
    asking = _ASKING.search(folded)
    is_question = asking is not None and not _REPLYING.search(folded) and not _IN_CLAUSE.search(folded, 0, asking.start())
    return is_question or _ANSWERING.search(folded) is not None


def is_frame(text: str) -> bool:
    """Whether a sentence is but the frame of words that stand elsewhere."""
    return _FRAME.match(text) is not None


def _unbalanced(text: str) -> bool:
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”") or text.count("(") != text.count(")") or " / " in text


def _bare_quotation(sentence: Sentence, text: str) -> bool:
    """Whether all of it is said by somebody whom another sentence names."""
    if text[0] in '"“‘' and text.rstrip(".,")[-1] in '"”’':
        return True
    for attribution in sentence.attributions:
        named = [*attribution.source, *attribution.cue]
        if any(c.overlaps(sentence.span) for c in attribution.content) and not any(s.overlaps(sentence.span) for s in named):
            return True
    return bool(re.search(r"\b(?:we|our|us|i|my)\b", sentence.folded)) and not re.search(r"[\"“]", text)


def sayable_sentences(view: StoryView) -> tuple[Sayable, ...]:
    """Sentences that can stand alone, in the order of publication and place."""
    found = [
        Sayable(sentence, text, _standing(sentence))
        for sentence in view.sentences
        if (text := say(sentence)) is not None and len(sentence.bag) >= 5
    ]
    return tuple(sorted(found, key=lambda s: s.sentence.key))


def telling_of(view: StoryView) -> Telling:
    """A brief that tells nothing yet: the weights of the story's stems."""
    n = max(len(view.by_document), 1)
    spread = _documents_by_stem(view)
    common = frozenset(stem for stem, count in spread.items() if count >= min(_OFTEN_TOLD, n))
    return Telling({stem: count / n for stem, count in spread.items()}, common)


def _documents_by_stem(view: StoryView) -> Counter[str]:
    """Number of origins whose text holds a stem; copies of one text count once."""
    spread: Counter[str] = Counter()
    seen: set[frozenset[str]] = set()
    for document in sorted(view.by_document):
        bag = frozenset(stem for s in view.by_document[document] for stem in s.bag)
        if bag not in seen:
            seen.add(bag)
            spread.update(bag)
    return spread


def _standing(sentence: Sentence) -> float:
    """Early sentences and named actors count for more; looks back, what nobody said and what goes on from a sentence before for less."""
    standing = 1.35 if sentence.number <= 3 else 1.15 if sentence.number <= 8 else 1.0
    if sentence.actors:
        standing *= 1.1
    if re.search(r"\b(?:last year|years ago|in (?:19|20)\d\d)\b|^for (?:years|decades|months)\b", sentence.folded):
        standing *= 0.7
    if _NO_WORD.search(sentence.folded):
        standing *= 0.5
    if _ALSO.match(sentence.folded) or (_OFFICE.match(sentence.folded) and not _names_somebody(sentence)):
        standing *= 0.8
    return standing


def _names_somebody(sentence: Sentence) -> bool:
    return any(n.type is EntityType.PERSON and n.span.of(sentence.reading.document.text)[:1].isupper() for n in sentence.named)
