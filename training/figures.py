# ruff: noqa: E501  (word lists and tables read better on one line)
"""The figures of the shipped model: one JSON file that measuring fills, and the table of docs/quality.md that is made from it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STORE = ROOT / "training" / "figures.json"
QUALITY = ROOT / "docs" / "quality.md"
HEADING = "## Model"
NOTES = """What falls short: phrases of re3d's kind.

Cross-validation (re3d, actors, relations) starts from a general model of its own that saw none of their data, treebanks and PolNeAR only, 3,100 steps of one worker beside
other work (`python -m training.train --tasks general --workers 1 --minutes 52 --rate 3e-4 --floor 0.05 --average 0.998 --seed 71`). With an earlier one of 1,400 steps of
two workers the figures were 80.0 / 67.7, two folds of relations 84.5 / 94.1 / 96.8, actor spans 90.6 / 59.3. In re3d 1,527 of 1,829 phrases are met, 69 under another
type and 233 not at all, and 375 of ours meet none, 229 of them organisations; regardless of type the overlap is 84.0.

The weights before these were the mean of three states: those shipped before, and further training from them for 7,424 steps of one worker (105 minutes beside other
work; `python -m training.train --tasks further --workers 1 --rate 1.5e-4 --average 0.998 --seed 61 --minutes 105`) at half its steps and at its end. After about 3,500 of
these steps the attribution head learnt nothing more from PolNeAR's labels: 85.0 / 72.7 / 91.1, int8.

The shipped weights learnt attribution further from a larger model. MPNet-base, 110 million parameters, has 87.8 / 75.5 / 92.9 on PolNeAR dev after three epochs of PolNeAR's
train portion (`python -m training.attribution_teacher`, 44 minutes); what it says of each word of that portion and of the treebanks is then learnt beside the labels
(`--tasks taught`, two workers). A first run of 45 minutes, and 25 more from a mean of its states, reached the demand, 86.2 / 73.5 / 91.5 as a mean of three states, int8, and
was not shipped: of 2,157 golden cases 48 that were right came out wrong, "The" in "The rebels agreed to hold talks" a pronoun. Sentence classes and actor phrases, the smallest
sets, had been learnt by heart, and with them how short sentences of that kind look, which the development sets do not show. Two things mended that: a seventh of their shares, with single
sentences of the treebanks as a task of its own, and the parse that the weights before give news as a task (`--kept`: a third of PolNeAR's articles and the sentences of the small sets).

Shipped is a fifth of the weights before (they were 85.6 / 73.2 / 91.4, themselves the mean of those before and of 33 minutes of such training) and four fifths of 4,200 steps of
two workers from them (50 minutes beside other work). Nine golden cases that were wrong are right and, after three repairs of the parse by rule, nine that were right
are wrong; of other shares of the two 0 / 15 / 25 / 30 / 35 / 40 % of the weights before have cues of 73.6, 73.6, 73.5, 73.5, 73.4, 73.1 and contents of 91.6. In fp32 the
shipped weights have 73.3: rounding moves this figure by 0.3 either way, so the demand is met by a hair. On PolNeAR dev "said" goes from 0.788 to 0.795, exact from 0.558 to
0.566; the mean of the seeds stays at 0.890.

Int8 costs less than it did. One input in several hundred of the two middle products of a layer is above 20 at a few pieces, the others below 3, and one scale had to hold
both; such inputs are now made smaller and their weights larger by as much (`training.export.even_out`). With the weights as they were before, that alone took source / cue /
content from 84.98 / 72.66 / 91.06 to 85.31 / 72.68 / 91.16, LAS of EWT from raw text from 86.76 to 87.02 and strict names from 77.5 to 79.0, for 0.4 % more bytes.

A trial of all of `make train` with a few steps each (`make -C training trial`) went through from the base weights to card and folds on 2026-11-22.

Tried on 2026-11-23 for cues and content: means of the probabilities of several models, in fp32 on the words of PolNeAR dev, windows of 136 pieces with 32 of context (source / cue / content): the shipped weights
85.1 / 73.2 / 91.2, one of their three states 85.2 / 72.8 / 90.9, the general model 85.0 / 71.6 / 90.9, five models together 85.3 / 72.9 / 91.2, the best pair 85.4 / 72.8 / 91.3; other weights of roles when one is
chosen 73.3 at most for cues. On 80 articles that they learnt from the shipped weights have 89.9 / 81.8 / 96.0. So several models of this size know no more than one. For phrases of re3d's kind: 11,519 phrases of GUM's persons, organisations and places (groups of persons as organisations) learnt first for five epochs, then the folds: overlap
80.6, strict 69.0 (without 80.5 / 68.7); three seeds a fold, their weights averaged 80.6 / 69.2, their scores averaged 80.8 / 69.4. Misses and additions are mostly pronouns, bare names of states and common nouns ("fighters",
"facilities") that the labels hold in one sentence and not in the next. Nothing of this was taken, and the scripts of these trials, unlike the commands of the table, are not part of the project.

A larger model may teach these phrases too (`python -m training.crossval --task re3d --teacher ...`: MPNet with the encoder of the attribution teacher learns two folds for
twelve epochs, reads half of PolNeAR's train portion, and 2,000 steps learn from what it says; started from the encoder of the relation model, which saw no re3d). The
teacher has 87.6 / 77.9 on fold 0, its pupil 83.7 / 74.4 there (a third of PolNeAR, 1,200 steps), and pupils 81.2 / 70.5 on folds 1 and 2 together: about 81.9 over all three,
1.4 above the table, of which one point comes from reading in the product's windows, with context, where the folds of the table had none (82.9 and 83.7 of one model). So the demand is
not reached this way either, and no weights trained so are shipped.

Tried without effect: longer windows with more context when reading (source -0.1, cue +0.1, content +0.1); more weight on rare roles when a role is chosen (no
role gains); other weights of transitions. Two people agree on cues to 0.69, less than what is asked of the model."""
FOLDS = {"re3d": 3, "actors": 5, "relations": 5, "penta": 5}

# measure, (task, figure), demand, command, data
ROWS: tuple[tuple[str, tuple[tuple[str, str], ...], str, str, str], ...] = (
    (
        "LAS, gold words and sentences, EWT / GUM (universal labels)",
        (("gold ewt", "las"), ("gold gum", "las")),
        "89.0 / 89.0",
        "evaluate",
        "ud dev",
    ),
    ("the same with subtypes of labels", (("gold ewt", "las_full"), ("gold gum", "las_full")), "", "evaluate", "ud dev"),
    ("LAS from raw text, EWT / GUM", (("raw ewt", "las"), ("raw gum", "las")), "85.5", "evaluate", "ud dev"),
    ("words, sentences from raw text (F1), EWT", (("raw ewt", "words"), ("raw ewt", "sentences")), "", "evaluate", "ud dev"),
    ("words, sentences from raw text (F1), GUM", (("raw gum", "words"), ("raw gum", "sentences")), "", "evaluate", "ud dev"),
    ("UPOS, gold words, EWT / GUM", (("gold ewt", "upos"), ("gold gum", "upos")), "96.6 / 97.3", "evaluate", "ud dev"),
    ("lemma, gold words, EWT / GUM", (("gold ewt", "lemma"), ("gold gum", "lemma")), "97.0 / 98.3", "evaluate", "ud dev"),
    (
        "attribution, token F1: source / cue / content",
        (("roles", "source"), ("roles", "cue"), ("roles", "content")),
        "84.5 / 73.5 / 91.5",
        "evaluate",
        "polnear dev",
    ),
    (
        "names of persons, places, organisations: overlap / strict F1",
        (("names", "overlap"), ("names", "strict")),
        "80",
        "evaluate",
        "gum dev",
    ),
    (
        "phrases, Person+Organisation+Location, 3-fold by document: overlap / strict",
        (("re3d", "overlap"), ("re3d", "strict")),
        "84 / 66",
        "crossval --task re3d",
        "re3d train",
    ),
    (
        "PLOVER relation, 5-fold: root macro-F1 / penta / binary accuracy",
        (("relations", "root_macro_f1"), ("relations", "penta_accuracy"), ("relations", "binary_accuracy")),
        "84 / 93 / 96",
        "relations --folds 5",
        "plover plv_train",
    ),
    (
        "event or not, 5-fold: neutral F1; class macro-F1",
        (("penta", "neutral_f1"), ("penta", "macro_f1")),
        "55",
        "relations --folds 5",
        "plover penta_extra",
    ),
    (
        "actor spans, 5-fold, exact F1: source / target",
        (("actors", "source"), ("actors", "target")),
        "85 / 60",
        "crossval --task actors",
        "plover actor_spans",
    ),
    (
        "largest loss of int8 against fp32, any figure above",
        (("int8", "largest_loss"),),
        "0.5",
        "evaluate --fp32",
        "ud, polnear, gum dev",
    ),
    ("words per second, one core, all heads", (("speed", "words_per_second"),), "7000", "evaluate", "polnear dev"),
    ("the same per second of processor time", (("speed", "words_per_cpu_second"),), "", "evaluate", "polnear dev"),
    ("size of all weights, MB", (("size", "megabytes"),), "60", "export", ""),
    ("load time, s (processor time)", (("load", "seconds"),), "0.6", "evaluate", ""),
    ("memory of a reading process, MB", (("load", "megabytes"),), "400", "evaluate", ""),
)


def read_figures() -> dict[str, Any]:
    """What has been measured so far: task -> {figure: value, "date": day}."""
    return json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}


def add_figures(changes: dict[str, dict[str, float]]) -> None:
    """Store new figures under their tasks and write the table again."""
    found = read_figures()
    for task, values in changes.items():
        found[task] = {k: round(float(v), 2) for k, v in values.items()} | {"date": date.today().isoformat()}
    STORE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    write_table(found)


def table(found: dict[str, Any]) -> list[str]:
    """Rows of the table in Markdown."""
    lines = ["| measure | figure | demand | command | date | data |", "| --- | --- | --- | --- | --- | --- |"]
    for measure, keys, demand, command, data in ROWS:
        values = [found.get(task, {}).get(figure) for task, figure in keys]
        day = next((found[task]["date"] for task, _ in keys if task in found), "")
        shown = " / ".join("not measured" if v is None else f"{v:g}" for v in values)
        folds = next((found[task].get("folds") for task, _ in keys if task in found), None)
        asked = FOLDS.get(keys[0][0])
        if folds is not None and asked is not None and folds < asked:
            shown += f" ({folds:g} folds of {asked})"
        lines.append(f"| {measure} | {shown} | {demand} | `python -m training.{command}` | {day} | {data} |")
    return lines


def write_table(found: dict[str, Any]) -> None:
    """Replace the model's section of docs/quality.md, or append it."""
    text = QUALITY.read_text(encoding="utf-8") if QUALITY.exists() else "# Quality\n"
    section = "\n".join(
        [
            HEADING,
            "",
            "Made by `training/figures.py` from `training/figures.json`; the commands run in the project's folder with the corpora in `../shared/data`.",
            "Figures are percentages unless a unit is given. Cross-validated figures come from models that saw nothing of the held-out part.",
            "",
            *table(found),
            "",
            NOTES,
            "",
        ]
    )
    before, _, rest = text.partition(HEADING + "\n")
    after = rest[rest.index("\n## ") + 1 :] if "\n## " in rest else ""
    QUALITY.write_text(before.rstrip("\n") + "\n\n" + section + ("\n" + after if after else ""), encoding="utf-8")
