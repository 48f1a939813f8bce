"""Gold and silver names: GUM's entity column, re3d and CoreNLP turned into the nine mention types."""

import re
from functools import cache
from typing import Any

TITLES = frozenset(
    [
        "mr",
        "mr.",
        "mrs",
        "mrs.",
        "ms",
        "ms.",
        "miss",
        "dr",
        "dr.",
        "prof",
        "prof.",
        "professor",
        "sir",
        "lord",
        "lady",
        "dame",
        "president",
        "vice-president",
        "vice",
        "prime",
        "minister",
        "foreign",
        "secretary",
        "general",
        "gen",
        "gen.",
        "colonel",
        "col",
        "col.",
        "major",
        "maj.",
        "captain",
        "capt",
        "capt.",
        "lieutenant",
        "lt",
        "lt.",
        "sergeant",
        "sgt",
        "sgt.",
        "sen",
        "sen.",
        "senator",
        "rep",
        "rep.",
        "congressman",
        "congresswoman",
        "gov",
        "gov.",
        "governor",
        "mayor",
        "king",
        "queen",
        "prince",
        "princess",
        "pope",
        "judge",
        "justice",
        "chancellor",
        "ambassador",
        "sheikh",
        "ayatollah",
        "imam",
        "rev",
        "rev.",
        "reverend",
        "father",
        "brother",
        "sister",
        "st",
        "secretary-general",
        "director",
        "chairman",
        "chairwoman",
        "chief",
        "spokesman",
        "spokeswoman",
        "commander",
        "brig.",
        "brigadier",
        "admiral",
        "adm.",
        "marshal",
        "tsar",
        "emperor",
        "the",
    ]
)
FACILITY = frozenset(
    [
        "airport",
        "airbase",
        "bridge",
        "hospital",
        "school",
        "stadium",
        "prison",
        "dam",
        "tower",
        "square",
        "street",
        "road",
        "avenue",
        "boulevard",
        "highway",
        "station",
        "port",
        "base",
        "camp",
        "mosque",
        "church",
        "cathedral",
        "temple",
        "palace",
        "hotel",
        "house",
        "building",
        "park",
        "center",
        "centre",
        "library",
        "museum",
        "university",
        "hall",
        "arena",
        "crossing",
        "embassy",
        "consulate",
        "headquarters",
        "refinery",
        "plant",
        "garden",
        "mall",
        "theatre",
        "theater",
    ]
)
GEOGRAPHY = frozenset(
    [
        "river",
        "sea",
        "ocean",
        "gulf",
        "bay",
        "lake",
        "mountain",
        "mountains",
        "mount",
        "hills",
        "valley",
        "desert",
        "island",
        "islands",
        "peninsula",
        "strait",
        "coast",
        "canal",
        "plain",
        "plateau",
        "forest",
        "east",
        "west",
        "north",
        "south",
        "region",
        "heights",
        "basin",
        "delta",
        "cape",
        "creek",
        "europe",
        "africa",
        "asia",
        "america",
        "antarctica",
        "balkans",
        "caucasus",
        "scandinavia",
        "continent",
        "hemisphere",
    ]
)


@cache
def _territories() -> tuple[frozenset[str], frozenset[str]]:
    """(names of countries, demonyms that follow from them) in lower case."""
    from babel import Locale

    names = {n.lower() for code, n in Locale("en").territories.items() if code.isalpha() and len(code) == 2}
    names |= {
        "us",
        "u.s.",
        "usa",
        "u.s.a.",
        "uk",
        "u.k.",
        "britain",
        "england",
        "scotland",
        "wales",
        "america",
        "soviet union",
        "ussr",
    }
    languages = {n.lower() for n in Locale("en").languages.values() if n.isalpha()}
    demonyms = languages | {
        "american",
        "americans",
        "british",
        "briton",
        "britons",
        "syrian",
        "syrians",
        "iraqi",
        "iraqis",
        "israeli",
        "israelis",
        "palestinian",
        "palestinians",
        "russians",
        "iranian",
        "iranians",
        "lebanese",
        "egyptian",
        "egyptians",
        "saudi",
        "saudis",
        "emirati",
        "qatari",
        "turk",
        "turks",
        "kurd",
        "kurds",
        "yemeni",
        "libyan",
        "libyans",
        "jordanian",
        "algerian",
        "moroccan",
        "tunisian",
        "sudanese",
        "african",
        "africans",
        "asian",
        "asians",
        "european",
        "europeans",
        "mexican",
        "mexicans",
        "canadian",
        "canadians",
        "australian",
        "indian",
        "indians",
        "pakistani",
        "pakistanis",
        "afghan",
        "afghans",
        "cuban",
        "cubans",
        "brazilian",
        "colombian",
        "argentine",
        "muslim",
        "muslims",
        "christian",
        "christians",
        "jew",
        "jews",
        "jewish",
        "sunni",
        "sunnis",
        "shia",
        "shiite",
        "shiites",
        "alawite",
        "druze",
        "catholic",
        "catholics",
        "protestant",
        "hindu",
        "hindus",
        "buddhist",
        "latino",
        "latinos",
        "hispanic",
        "hispanics",
        "democrat",
        "democrats",
        "republican",
        "republicans",
        "germans",
        "swedes",
        "danes",
        "poles",
        "spaniards",
        "scots",
        "finns",
        "western",
        "arab",
        "arabs",
        "kurdish",
        "persian",
        "austrian",
        "belgian",
        "swiss",
        "islamic",
        "islamist",
        "islamists",
        "venezuelan",
    }
    return frozenset(names), frozenset(demonyms)


def place_type(words: list[str]) -> str:
    """GPE, LOCATION or FACILITY of a place name, by its words."""
    lowered = [w.lower() for w in words]
    countries, _ = _territories()
    if " ".join(lowered) in countries:
        return "GPE"
    if lowered[-1] in FACILITY or (lowered[0] in ("university", "embassy", "port", "camp", "fort") and len(words) > 1):
        return "FACILITY"
    if lowered[-1] in GEOGRAPHY or lowered[0] in ("mount", "lake", "gulf", "cape", "strait", "middle"):
        return "LOCATION"
    return "GPE"


def is_demonym(word: str) -> bool:
    """Whether the word names a people, a nationality or a creed."""
    return word.lower() in _territories()[1] and word[:1].isupper()


GUM_TYPES = {
    "person": "PERSON",
    "organization": "ORGANIZATION",
    "place": "PLACE",
    "event": "EVENT",
    "abstract": "OTHER",
    "object": "OTHER",
    "animal": "OTHER",
    "plant": "OTHER",
    "substance": "OTHER",
}


def gum_names(
    words: list[str], upos: list[str], heads: list[int], mentions: list[tuple[int, int, list[str]]]
) -> list[tuple[int, int, str]]:
    """Names among GUM's mentions: the run of proper nouns around the mention's head, titles left out, typed; demonyms are GROUP."""
    found: dict[tuple[int, int], str] = {}
    for start, end, fields in mentions:
        kind = GUM_TYPES.get(fields[1])
        if kind is None:
            continue
        tops = [i for i in range(start, end) if not start <= heads[i] < end]
        head = tops[0] if tops else start
        if upos[head] != "PROPN":
            continue
        s = e = head
        while s > start and (upos[s - 1] == "PROPN" or _links(words, upos, s - 1, start, end)):
            s -= 1
        while e + 1 < end and (upos[e + 1] == "PROPN" or _links(words, upos, e + 1, start, end)):
            e += 1
        while s < e and (kind == "PERSON" and words[s].lower() in TITLES):
            s += 1
        if kind == "PLACE":
            kind = place_type(words[s : e + 1])
        if kind in ("PERSON", "OTHER", "ORGANIZATION") and s == e and is_demonym(words[s]):
            kind = "GROUP"
        found.setdefault((s, e + 1), kind)
    for i, word in enumerate(words):
        if is_demonym(word) and not any(s <= i < e for s, e in found):
            found[i, i + 1] = "GROUP"
    return longest([(s, e, k) for (s, e), k in found.items()])


def _links(words: list[str], upos: list[str], i: int, start: int, end: int) -> bool:
    """Whether word ``i`` joins two proper nouns of one name ("of", "for", "-", "the" after "of")."""
    if not start < i < end - 1:
        return False
    if upos[i] == "PUNCT" and words[i] == "-":
        return upos[i - 1] == "PROPN" and upos[i + 1] == "PROPN"
    return words[i] in ("of", "for", "de", "al", "&") and upos[i - 1] == "PROPN" and upos[i + 1] == "PROPN"


def longest(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Spans that do not overlap, longer ones first, in order of the text."""
    taken: set[int] = set()
    kept = []
    for s, e, k in sorted(spans, key=lambda x: (x[0] - x[1], x[0])):
        if not taken.intersection(range(s, e)):
            taken.update(range(s, e))
            kept.append((s, e, k))
    return sorted(kept)


_SILVER = {"PERSON": "PERSON", "ORGANIZATION": "ORGANIZATION", "LOCATION": "PLACE", "MISC": "OTHER"}


def silver_names(
    words: list[str], ner: list[str], votes: dict[str, dict[str, float]]
) -> tuple[list[tuple[int, int, str]], list[bool]]:
    """Names of a CoreNLP sentence by the corpus' vote on each string, and which words are too unsure to learn from."""
    spans, doubtful = [], [False] * len(words)
    i = 0
    while i < len(words):
        if ner[i] not in _SILVER:
            i += 1
            continue
        j = i
        while j < len(words) and ner[j] == ner[i]:
            j += 1
        text = words[i:j]
        kind, share = best_type(" ".join(text), votes, _SILVER[ner[i]])
        if kind == "PERSON":
            while i < j - 1 and words[i].lower() in TITLES:
                i += 1
        if len(text) == 1 and is_demonym(text[0]):
            kind, share = "GROUP", 1.0
        if kind == "PLACE":
            kind = place_type(text)
        if share < 0.7:
            for k in range(i, j):
                doubtful[k] = True
        else:
            spans.append((i, j, kind))
        i = j
    named = {k for s, e, _ in spans for k in range(s, e)}
    for k, word in enumerate(words):
        if k not in named and is_demonym(word):
            spans.append((k, k + 1, "GROUP"))
            doubtful[k] = False
        elif (
            k not in named
            and word.lower() in votes
            and word[:1].isupper()
            and not doubtful[k]
            and votes[word.lower()].get("named", 0) > 5
        ):
            doubtful[k] = True
    return sorted(spans), doubtful


def best_type(text: str, votes: dict[str, dict[str, float]], seen: str) -> tuple[str, float]:
    """The type that most mentions of this string have in the corpus, and its share."""
    counts = {k: v for k, v in votes.get(text.lower(), {}).items() if k != "named"}
    counts = counts or {seen: 1.0}
    kind = max(counts, key=lambda k: (counts[k], k == seen))
    return kind, counts[kind] / sum(counts.values())


def count_votes(articles: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """String -> type -> mentions over CoreNLP layers; a last name also gets the votes of full names that end with it."""
    votes: dict[str, dict[str, float]] = {}
    for layer in articles:
        for sentence in layer["s"]:
            words, ner = sentence["w"], sentence["n"]
            i = 0
            while i < len(words):
                j = i
                while j < len(words) and ner[j] == ner[i]:
                    j += 1
                if ner[i] in _SILVER:
                    kind = _SILVER[ner[i]]
                    entry = votes.setdefault(" ".join(words[i:j]).lower(), {})
                    entry[kind] = entry.get(kind, 0) + 1
                    entry["named"] = entry.get("named", 0) + 1
                    if kind == "PERSON" and j - i in (2, 3) and re.fullmatch(r"[A-Z][\w'-]+", words[j - 1]):
                        entry = votes.setdefault(words[j - 1].lower(), {})
                        entry[kind] = entry.get(kind, 0) + 2
                i = j
    return votes
