"""Figures of a reader on the development sets.

python -m training.evaluate --folder src/crossread/models
"""

import argparse
import collections
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from crossread.models.load import read_meta
from crossread.reading.language import Reader, load_reader
from training.corpora import DATA, GLUED, PARAGRAPH, Annotated, polnear_documents, ud_documents
from training.figures import add_figures
from training.names import gum_names


def text_of(d: Annotated) -> tuple[str, list[tuple[int, int]]]:
    """Raw text of a treebank document, with the words' offsets."""
    text, offsets = "", []
    for word, position in zip(d.words, d.positions, strict=True):
        if text:
            text += "\n\n" if position == PARAGRAPH else "" if position == GLUED else " "
        offsets.append((len(text), len(text) + len(word)))
        text += word
    return text, offsets


def plain(label: str) -> str:
    """A dependency label without its subtype, as the usual scorer compares it."""
    return label.split(":")[0]


def f1(right: float, gold: float, predicted: float) -> float:
    """Harmonic mean in percent."""
    return 200 * right / (gold + predicted) if gold + predicted else 0.0


def raw_figures(reader: Reader, name: str) -> dict[str, float]:
    """Figures from raw text, as the CoNLL 2018 scorer counts: aligned words, F1; LAS with universal labels and with subtypes."""
    counts: collections.Counter[str] = collections.Counter()
    documents = ud_documents(DATA / "ud" / f"{name}.conllu.gz")
    texts = [text_of(d) for d in documents]
    for d, (_, offsets), doc in zip(documents, texts, reader.docs(t for t, _ in texts), strict=True):
        at = {o: i for i, o in enumerate(offsets)}
        tokens = [t for t in doc if not t.is_space]
        match = {t.i: at.get((t.idx, t.idx + len(t))) for t in tokens}
        counts["gold"] += len(offsets)
        counts["predicted"] += len(tokens)
        starts = {offsets[s][0] for s in d.sentence_starts}
        ends = {offsets[s - 1][1] for s in [*d.sentence_starts[1:], len(offsets)]}
        gold_sents = set(zip(sorted(starts), sorted(ends), strict=True))
        found = set()
        for s in doc.sents:
            inside = [t for t in s if not t.is_space]
            if inside:
                found.add((inside[0].idx, inside[-1].idx + len(inside[-1])))
        counts["sents"] += len(gold_sents)
        counts["sents_predicted"] += len(found)
        counts["sents_right"] += len(gold_sents & found)
        for t in tokens:
            g = match[t.i]
            if g is None:
                continue
            counts["words"] += 1
            counts["xpos"] += t.tag_ == d.layers["xpos"][g]
            counts["upos"] += t.pos_ == d.layers["upos"][g]
            counts["lemma"] += t.lemma_ == d.layers["lemma"][g]
            head = -1 if t.head.i == t.i else match.get(t.head.i)
            if head is not None and head == d.layers["head"][g]:
                counts["uas"] += 1
                counts["las"] += plain(t.dep_) == plain(d.layers["label"][g])
                counts["las_full"] += t.dep_ == d.layers["label"][g]
    figures = {
        k: f1(counts[k], counts["gold"], counts["predicted"]) for k in ("words", "xpos", "upos", "lemma", "uas", "las", "las_full")
    }
    figures["sentences"] = f1(counts["sents_right"], counts["sents"], counts["sents_predicted"])
    return figures


def gold_word_figures(reader: Reader, name: str) -> dict[str, float]:
    """Figures with gold words and sentences."""
    counts: collections.Counter[str] = collections.Counter()
    documents = ud_documents(DATA / "ud" / f"{name}.conllu.gz")
    for d in documents:
        doc = gold_doc(reader, d)
        for t in doc:
            counts["n"] += 1
            counts["xpos"] += t.tag_ == d.layers["xpos"][t.i]
            counts["upos"] += t.pos_ == d.layers["upos"][t.i]
            counts["lemma"] += t.lemma_ == d.layers["lemma"][t.i]
            head = -1 if t.head.i == t.i else t.head.i
            if head == d.layers["head"][t.i]:
                counts["uas"] += 1
                counts["las"] += plain(t.dep_) == plain(d.layers["label"][t.i])
                counts["las_full"] += t.dep_ == d.layers["label"][t.i]
    return {k: 100 * counts[k] / counts["n"] for k in ("xpos", "upos", "lemma", "uas", "las", "las_full")}


def gold_doc(reader: Reader, d: Annotated) -> Doc:
    """A document with gold words, read with gold sentence starts."""
    spaces = [i + 1 < len(d.words) and d.positions[i + 1] != GLUED for i in range(len(d.words))]
    doc = Doc(reader.nlp.vocab, words=d.words, spaces=spaces)
    return reader.fill_known(doc, positions=d.positions, sentence_starts=d.sentence_starts)


def role_figures(reader: Reader) -> dict[str, float]:
    """PolNeAR dev: F1 of words by role, gold spans by the words' characters."""
    counts: collections.Counter[str] = collections.Counter()
    articles = [a for a, _ in polnear_documents("dev")]
    for article, doc in zip(articles, reader.docs(a["text"] for a in articles), strict=True):
        layers = doc.user_data["crossread"]
        best = layers.roles.argmax(axis=1)
        said = [layers.role_labels[i][2:].lower() for i in best]
        for role in ("source", "cue", "content"):
            gold = {c for a in article["attributions"] for s, e in a[role] for c in range(s, e)}
            for t in doc:
                if t.is_space:
                    continue
                is_gold, is_said = t.idx in gold, said[t.i] == role
                counts[role] += is_gold and is_said
                counts[role + " gold"] += is_gold
                counts[role + " said"] += is_said
    return {r: f1(counts[r], counts[r + " gold"], counts[r + " said"]) for r in ("source", "cue", "content")}


COARSE = {"PERSON": "PERSON", "ORGANIZATION": "ORGANIZATION", "GPE": "PLACE", "LOCATION": "PLACE", "FACILITY": "PLACE"}


def name_figures(reader: Reader) -> dict[str, float]:
    """GUM dev: names of persons, places and organisations from its entity column; overlap and strict F1."""
    counts: collections.Counter[str] = collections.Counter()
    documents = ud_documents(DATA / "ud" / "gum_dev.conllu.gz")
    texts = [text_of(d) for d in documents]
    for d, (_, offsets), doc in zip(documents, texts, reader.docs(t for t, _ in texts), strict=True):
        spans = gum_names(d.words, d.layers["upos"], d.layers["head"], d.layers["mention"])
        gold = [(offsets[s][0], offsets[e - 1][1], COARSE[k]) for s, e, k in spans if k in COARSE]
        found = [(e.start_char, e.end_char, COARSE[e.label_]) for e in doc.ents if e.label_ in COARSE]
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        counts["strict"] += len(set(gold) & set(found))
        free = list(found)
        for s, e, k in gold:
            hit = next((f for f in free if f[0] < e and f[1] > s and f[2] == k), None)
            if hit:
                free.remove(hit)
                counts["overlap"] += 1
    return {k: f1(counts[k], counts["gold"], counts["found"]) for k in ("overlap", "strict")}


def speed(reader: Reader) -> dict[str, float]:
    """Words (by white space) a second on PolNeAR dev, all heads, one thread: by the clock, and by processor time."""
    texts = [a["text"] for a, _ in polnear_documents("dev")]
    list(reader.docs(texts[:8]))
    began, worked = time.perf_counter(), time.process_time()
    for _ in reader.docs(texts):
        pass
    n = sum(len(t.split()) for t in texts)
    return {"words_per_second": n / (time.perf_counter() - began), "words_per_cpu_second": n / (time.process_time() - worked)}


LOAD = """
import time
import spacy
began = time.process_time()
from crossread.reading.language import load_reader
reader = load_reader()
seconds = time.process_time() - began
text = "The council of Veln met on Monday. " * 400
for _ in range(5):
    next(reader.docs([text]))
most = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # getrusage counts the parent, before exec, in
print(seconds, int(most.split()[1]) / 1024)
"""


def load_figures() -> dict[str, float]:
    """Processor time to load the reader (spaCy imported before) and the most memory that a process uses that reads five documents."""
    result = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, result.stdout.split())
    return {"seconds": seconds, "megabytes": megabytes}


def main() -> None:
    """Measure, print, and store in training/figures.json and docs/quality.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="weights to measure instead of the shipped ones; nothing is stored")
    parser.add_argument(
        "--fp32", type=Path, help="folder with the same weights before int8: what that cost is measured, nothing else"
    )
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    reader: Any = load_reader(folder=options.folder)
    results = measured(reader, options.only)
    if options.fp32:
        exact = measured(load_reader(folder=options.fp32), options.only, quality_only=True)
        losses = {f"{task} {k}": exact[task][k] - results[task][k] for task in exact for k in exact[task]}
        worst = max(losses, key=lambda k: losses[k])
        print(worst, losses[worst])
        results = {"int8": {"largest_loss": max(0.0, losses[worst])}}
    if not options.folder:
        add_figures(results)


def measured(reader: Any, only: str, *, quality_only: bool = False) -> dict[str, dict[str, float]]:
    """Figures of all tasks whose name holds ``only``."""
    tasks = {
        "gold ewt": lambda: gold_word_figures(reader, "ewt_dev"),
        "gold gum": lambda: gold_word_figures(reader, "gum_dev"),
        "raw ewt": lambda: raw_figures(reader, "ewt_dev"),
        "raw gum": lambda: raw_figures(reader, "gum_dev"),
        "roles": lambda: role_figures(reader),
        "names": lambda: name_figures(reader),
    }
    if not quality_only:
        tasks |= {
            "speed": lambda: speed(reader),
            "load": load_figures,
            "size": lambda: {"megabytes": sum(f["bytes"] for f in read_meta()["files"].values()) / 1e6},
        }
    results = {}
    for name, task in tasks.items():
        if only in name:
            results[name] = {k: round(v, 2) for k, v in task().items()}
            print(name, results[name], flush=True)
    return results


if __name__ == "__main__":
    main()
