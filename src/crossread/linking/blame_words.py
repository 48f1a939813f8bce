"""Words of accusing and denying: whether what somebody is read to say of somebody else bears them out."""

import re

from crossread.linking.sentences import Sentence
from crossread.linking.stems import fold
from crossread.records import Attribution

_CUES = {
    "accused": re.compile(
        r"\b(?:accus\w+|blam\w+|alleg(?:e[sd]?|ing|ations?)|charg\w+|condemn\w*|criticis\w+|criticiz\w+|denounc\w+|faults?|faulted)\b"
    ),
    "denied": re.compile(r"\b(?:den(?:y|ied|ies|ying|ials?)|reject\w*|dismiss\w*|refut\w+|rebuff\w*|scoff\w*|disput\w+)\b"),
}


def in_words(sentence: Sentence, attribution: Attribution, state: str) -> bool:
    """Whether words of accusing or denying bear out what the stance says."""
    text = sentence.reading.document.text
    cue = _cue_of(sentence, attribution)
    content = fold(" ".join(s.of(text) for s in attribution.content))
    if _OFFERED.match(content) if state == "denied" else _FORESEEN.search(content):
        return False
    if state == "accused" and _WEIGHED.search(sentence.folded):
        return False
    if state == "denied" and _WITHHELD.search(sentence.folded) and not _CLAIMED.search(content):
        return False
    if state == "accused" and _CONDEMNING.search(cue) and not _blames_somebody(sentence, attribution):
        return False
    if _CUES[state].search(cue) or (state == "denied" and _is_denying(cue, attribution)):
        return True
    if state == "accused":
        return (
            bool(attribution.about and attribution.source)
            and _WRONGDOING.search(content) is not None
            and not _CLEARING.search(content)
        )
    return bool(_OWN_DENIAL.search(content))


def _blames_somebody(sentence: Sentence, attribution: Attribution) -> bool:
    """Whether what is condemned is somebody, or somebody's doing."""
    start = sentence.span.start
    return bool(attribution.about) or any(sentence.named_between(s.start - start, s.end - start) for s in attribution.content)


def says_accusing(sentence: Sentence, attribution: Attribution) -> bool:
    """Whether a word of accusing stands in the cue itself."""
    return bool(_CUES["accused"].search(_cue_of(sentence, attribution)))


def names_charge(sentence: Sentence, attribution: Attribution | None) -> bool:
    """Whether the cue is a noun for a charge, which whoever denies it does not bring ("dismissed the criticism that ...")."""
    return attribution is not None and _CHARGE.fullmatch(_cue_of(sentence, attribution).strip()) is not None


_CHARGE = re.compile(r"(?:the |any |all )?(?:criticisms?|accusations?|allegations?|charges?|claims?)")


def says_denying(sentence: Sentence, attribution: Attribution) -> bool:
    """Whether the source denies in so many words."""
    return _is_denying(_cue_of(sentence, attribution), attribution)


def _is_denying(cue: str, attribution: Attribution) -> bool:
    """Whether the cue denies; "has not yet identified" is read as denied, too, but denies nothing that was said."""
    return bool(_CUES["denied"].search(cue)) or (attribution.denied and not _NEGATED_CUE.search(cue))


def _cue_of(sentence: Sentence, attribution: Attribution) -> str:
    text = sentence.reading.document.text
    return fold(" ".join(s.of(text) for s in attribution.cue))


_OFFERED = re.compile(
    r"(?:the |an? |any |his |her |its |their |all |such |new |[\w.-]{1,20}['’]s? ){0,3}(?:offers?|proposals?|calls?|appeals?|requests?"
    r"|bids?|plans?|deals?|demands?|threats?|warnings?|invitations?|draft|resolution|talks|idea|ultimatum)\b"
    r"|no [\w ]{1,30}?\b(?:should|must|until|unless)\b"
    r"|[\w ]{0,30}\b(?:will|would) (?:not|never) (?:accept|agree|allow|support|back|take|sign|negotiate|give|go|let|vote)\b"
)
"""Who rejects these, or says what he will not do, denies nothing."""
_WEIGHED = re.compile(r"\b(?:weigh|consider|mull|drop|examin)\w* (?:[\w'’-]{1,20} ){0,3}?(?:charges|allegations)\b")
"""Charges that are not brought yet, or no more."""
_CONDEMNING = re.compile(r"\b(?:condemn|denounc)\w*")
_WITHHELD = re.compile(
    r"\bden(?:y|ied|ies|ying) (?:them|him|her|us|me|you|(?:[\w'’-]{1,20} ){0,4}?(?:entry|access|citizenship|visas?|bail|permission|parole"
    r"|treatment|asylum|passage|food|water|aid|medicine|voice|vote|rights?|chance|opportunity)\b)"
)
"""To deny somebody what he asks for is to refuse it, and answers no charge."""
_CLAIMED = re.compile(r"\b(?:accus|alleg|charge|claim|report|involve|responsib|wrongdoing|that\b)")
_FORESEEN = re.compile(r"\b(?:expected|likely|set|due|about|plans?|intends?|intent) to (?:be |file |include )")
"""Who tells of charges to come accuses nobody."""
_CHARGES = r"""
abduct absurd abus aggress apartheid appall arrogan assault atroc barbar betray biased bigot blame breach brutal bully
catastroph cheat collu complicit conspir corrupt cover-?up coward crackdown crazy crime criminal(?!s) cruel cynical decei
derail destroy destruct dictator disappoint discriminat disgrac dishonest disrespect dragg dreadful embarrass error escalat
evil exploit extremis fail false fanatic farce fault foolish fraud fund(?:s|ed|ing)\b guilt hack harass harbou?r
hid(?:e|ing|den)\b hypocri ignor illegal(?!\s(?:work|immigra|migra|alien)) inaction inadequa inappropriate incit incompeten
incurs inhuman instigat insufficien insult interfer intimidat invad invasion irresponsib liar lie[ds]?\b lying manipulat
massacre meddl mislead misled mistake mock naiv neglig obstruct occup oppress outrag partisan plot prolong propaganda provo
racis rebuke reckless refus repress responsib ridicul rig(?:ged|ging)\b ruin sabotag scaremonger scuttl selfish sham\b shame
sieg slaughter smear sponsor squander starv steal stole stunt suppress torpedo tortur tyran unaccept unjustif undermin unfair
unfit unjust unlawful unnecessary unwise vandal violat wrong(?!\sif)
"""
_WRONGDOING = re.compile(
    rf"\b(?:{'|'.join(_CHARGES.split())}|power grab|takeover|no interest|not serious|not (?:done|doing) enough|too (?:little|late|slow)"
    r"|politically motivated|support(?:s|ed|ing)? (?:terror|rebel|militant))"
)
"""Words, as they begin, that somebody's words hold when they lay something to another's charge."""
_CLEARING = re.compile(
    r"\bno (?:\w+ ){0,2}(?:charges?|evidence|wrongdoing|crimes?|basis|grounds)\b"
    r"|\bnot (?:\w+ )?(?:guilty|criminal|responsible)\b"
)
_OWN_DENIAL = re.compile(
    r"^\W*(?:no|never|nothing)\b|\b(?:did|have|has|had|was|were|do|does|is|are|am|'m|would|will|could) ?(?:not|n't|never)\b"
    r"|\bnever\b|\bnot true\b"
    r"|\bno (?:involvement|role|knowledge|intention|truth|evidence|connection|link|part|such|plans?)\b|\bnothing to do\b"
    r"|\b(?:lies?|false|untrue|fabricat\w+|nonsense|baseless|absurd|ridiculous|propaganda|fibs|invention|hoax|conspiracy theor\w+|witch hunt)\b"
)
_NEGATED_CUE = re.compile(r"\b(?:not|never|no)\b|n't\b")
