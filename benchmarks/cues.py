"""Share of PolNeAR's marked cues that the codebook of cues knows, by their words alone.

python -m benchmarks.cues ../shared/data/polnear/dev.jsonl.gz
"""

import argparse
import gzip
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

from crossread.codebook.cues import Cue, cue_codebook, inflections, verb_forms

_WORD = re.compile(r"[a-z][a-z’'-]*")


@cache
def noun_forms() -> dict[str, Cue]:
    """Noun cues in singular and plural."""
    return {form: cue for lemma, cue in cue_codebook().nouns.items() for form in inflections(lemma)}


def entry_of(cue: str) -> Cue | None:
    """The codebook's entry for the words of a cue; one that is not a plain report wins."""
    book, verbs = cue_codebook(), verb_forms()
    nouns = noun_forms()
    text = cue.lower()
    found = [c for phrase, c in book.phrases.items() if phrase in text]
    words = _WORD.findall(text)
    for n, word in enumerate(words):
        pair = f"{word} {words[n + 1]}" if n + 1 < len(words) else ""
        entry = verbs.get(pair) or verbs.get(word) or nouns.get(word) or book.adjectives.get(word) or book.adverbs.get(word)
        if entry is not None:
            found.append(entry)
    telling = [c for c in found if c.stance.value != "assert"]
    return (telling or found or [None])[0]


def main() -> None:
    """Print the share covered, and the stances of what is covered."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", type=Path)
    options = parser.parse_args()
    with gzip.open(options.articles, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    cues = [" ".join(a["text"][s:e] for s, e in t["cue"]) for a in articles for t in a["attributions"] if t["cue"]]
    known = {cue: entry_of(cue) for cue in set(cues)}
    entries = [known[cue] for cue in cues]
    stances = Counter(e.stance.value for e in entries if e is not None)
    kinds = Counter(e.kind for e in entries if e is not None)
    print("most frequent outside:", ", ".join(c for c, _ in Counter(c.lower() for c in cues if known[c] is None).most_common(20)))
    covered = sum(e is not None for e in entries)
    shares = {"stances": dict(stances.most_common()), "kinds": dict(kinds.most_common())}
    print(json.dumps({"cues": len(cues), "covered": round(covered / len(cues), 4), **shares}))


if __name__ == "__main__":
    main()
