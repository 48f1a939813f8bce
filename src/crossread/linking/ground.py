"""Whether what is taken or regained is ground: rifles are seized, prisoners captured and rights regained, too."""

import re

from crossread.linking.sentences import Sentence
from crossread.vocabulary import EntityType

_TAKING = re.compile(
    r"\b(?:captur|seiz|overr[au]n|conquer|occup|retak|retook|recaptur|regain|reclaim|won back|win back|wins back)\w*"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are) (?:\w{1,15}ly )?$")
_GROUND = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|villages?|districts?|neighbou?rhoods?|areas?|provinces?|regions?|territor\w+|hills?|hilltops?|bases?"
    r"|airports?|airfields?|positions?|suburbs?|crossings?|borders?|bridges?|islands?|ports?|capital|roads?|checkpoints?|outposts?|barracks"
    r"|garrisons?|headquarters|stations?|buildings?|palace|ministry|dams?|ridges?|fields?|camps?|land|ground|swathe?s?|stretch\w*|parts?"
    r"|posts?|strongholds?|quarters?|towers?|control|halls?|offices?|refiner(?:y|ies)|plants?|squares?|streets?|coast|valley|mountains?"
    r"|north\w*|south\w*|east\w*|west\w*|countr(?:y|ies)|state|embassy|stor(?:e|es)|depots?|junctions?|crossroads|mines?|peninsula)\b"
)
_TAKEN_THINGS = re.compile(
    r"\b(?:batter(?:y|ies)|guns?|rifles?|weapons?|weaponry|arms|tanks?|rockets?|missiles?|launchers?|vehicles?|trucks?|aircraft|planes?|helicopters?"
    r"|equipment|ammunition|munitions|documents?|soldiers?|prisoners?|hostages?|sailors?|civilians|men|women|boats?|ships?|vessels?|drugs|cash"
    r"|money|goods|supplies|flags?|armou?r) $"
)
_FROM_WHOM = re.compile(r"\w* (?:from|by|in|on|during|since|after|at|near|last|this|when)\b")
_NAMED = frozenset({EntityType.GPE, EntityType.LOCATION, EntityType.FACILITY})
_REACH = 70


def takes_ground(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether a verb of taking that begins a match, or stands in it, has a place for its object; other phrases need none."""
    verb = _TAKING.search(match.group())
    if verb is None:
        return True
    start, end = match.start() + verb.start(), match.start() + verb.end()
    if _TAKEN_THINGS.search(sentence.folded, max(0, start - 24), start) and _FROM_WHOM.match(sentence.folded, end):
        return False  # "batteries captured from the army"
    passive = _PASSIVE.search(sentence.folded, max(0, start - 30), start) is not None
    first, last = (max(0, start - _REACH), start) if passive else (end, end + _REACH)
    if not passive:
        last = min([last, *(at for mark in ",;:" if (at := sentence.folded.find(mark, end)) >= 0)])
    held = _GROUND.search(sentence.folded, first, last) or _GROUND.search(match.group(), 0, verb.start())
    return held is not None or any(n.type in _NAMED for n in sentence.named_between(first, last))
