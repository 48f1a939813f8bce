"""The shipped model, end to end: texts in, spaCy documents out."""

from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
import spacy
from spacy.matcher import DependencyMatcher

from crossread.errors import ModelMismatch, ModelMissing
from crossread.models.load import checked_bytes, model_folder, read_meta
from crossread.reading.encoder import Encoder
from crossread.reading.language import Reader, layers_of, load_reader

REPORT = (
    "Minister sees Orsania vote by May\n\n"
    "VELN, Orsania - Foreign Minister Arvo Lind said on Tuesday that the council would vote in May. “We are ready,” he told reporters.\n\n"
    "Rebels in the north denied it."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = load_reader()
    assert isinstance(found, Reader)
    return found


def test_docs_cover_the_text_and_keep_offsets(reader: Reader) -> None:
    doc = next(reader.docs([REPORT]))
    assert doc.text == REPORT
    assert all(REPORT[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_docs_come_in_order(reader: Reader) -> None:
    texts = ["One town fell.", "", REPORT, "Two towns fell.", " "]
    assert [d.text for d in reader.docs(texts)] == texts


def test_blank_lines_always_part_sentences(reader: Reader) -> None:
    doc = next(reader.docs([REPORT]))
    starts = {s.start_char for s in doc.sents}
    assert {0, REPORT.index("VELN"), REPORT.index("Rebels")} <= starts


def test_every_sentence_is_one_tree(reader: Reader) -> None:
    doc = next(reader.docs([REPORT]))
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head.i == t.i]
        assert len(roots) == 1
        assert roots[0].dep_ == "root"
        assert all(sentence.start <= t.head.i < sentence.end for t in sentence)


def test_syntax_of_a_plain_sentence(reader: Reader) -> None:
    doc = next(reader.docs(["The council rejected two plans."]))
    assert [t.dep_ for t in doc] == ["det", "nsubj", "root", "nummod", "obj", "punct"]
    assert [t.lemma_ for t in doc] == ["the", "council", "reject", "two", "plan", "."]
    assert [t.tag_ for t in doc] == ["DT", "NN", "VBD", "CD", "NNS", "."]


def test_layers_have_a_row_for_each_token_and_sentence(reader: Reader) -> None:
    doc = next(reader.docs([REPORT]))
    layers = layers_of(doc)
    assert layers is not None
    n_sentences = len(list(doc.sents))
    assert layers.roles.shape == (len(doc), len(layers.role_labels))
    assert layers.actor_roles.shape == (len(doc), len(layers.actor_labels))
    assert layers.token_vectors.shape == (len(doc), 384)
    assert layers.sentence_vectors.shape == (n_sentences, 384)
    assert layers.penta.shape == (n_sentences, 5)
    assert np.allclose(layers.roles.sum(axis=1), 1, atol=1e-3)
    assert np.allclose(np.linalg.norm(layers.sentence_vectors, axis=1), 1, atol=1e-3)


def test_reported_words_get_their_roles(reader: Reader) -> None:
    doc = next(reader.docs(["“We will stay in Veln,” Arvo Lind said."]))
    layers = layers_of(doc)
    assert layers is not None
    roles = {t.text: layers.role_labels[int(i)][2:] for t, i in zip(doc, layers.roles.argmax(axis=1), strict=True)}
    assert (roles["stay"], roles["Lind"], roles["said"]) == ("CONTENT", "SOURCE", "CUE")


def test_reading_alone_or_with_others_gives_the_same(reader: Reader) -> None:
    alone = next(reader.docs([REPORT]))
    together = list(reader.docs(["A dam broke near Veln.", REPORT, "Snow fell."]))[1]
    assert [(t.tag_, t.head.i, t.dep_) for t in alone] == [(t.tag_, t.head.i, t.dep_) for t in together]


@pytest.mark.parametrize("text", ["", "\n", " \n\n ", "a", "\x00", "😀", "שלום עולם", "\ud800 lone", "e\u0301\u0301", "\u200b"])
def test_odd_texts_keep_their_length(reader: Reader, text: str) -> None:
    doc = next(reader.docs([text]))
    assert len(doc.text) == len(text)
    assert [len(s) for s in doc.sents] or not text


def test_one_endless_sentence_is_read_in_bounded_trees(reader: Reader) -> None:
    doc = next(reader.docs(["river " * 3000]))
    assert max(len(s) for s in doc.sents) <= 301


def test_sentences_across_window_edges_are_read_whole(reader: Reader) -> None:
    text = "The old council of the river town met again and again with the guards of the bridge, said the mayor of Veln. " * 30
    doc = next(reader.docs([text.strip()]))
    assert all(sum(t.head.i == t.i for t in s) == 1 for s in doc.sents)
    assert 28 <= len(list(doc.sents)) <= 32


def test_component_in_a_spacy_pipeline_works_with_matchers() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("crossread_reader")
    doc = nlp("The council rejected the plan.")
    matcher = DependencyMatcher(nlp.vocab)
    matcher.add(
        "acts",
        [
            [
                {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "reject"}},
                {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "who", "RIGHT_ATTRS": {"DEP": "nsubj"}},
            ]
        ],
    )
    assert [[doc[i].text for i in found] for _, found in matcher(doc)] == [["rejected", "council"]]
    assert [d.text for d in nlp.pipe(["One fell.", "Two fell."])] == ["One fell.", "Two fell."]


def test_displacy_draws_what_was_read(reader: Reader) -> None:
    from spacy import displacy

    drawn = displacy.render(next(reader.docs(["The council rejected the plan."])), style="dep", jupyter=False)
    assert "nsubj" in drawn


def test_component_in_a_pipeline_that_is_saved_sent_and_drawn(tmp_path: Path) -> None:
    from spacy import displacy
    from spacy.tokens import Doc, DocBin

    nlp = spacy.blank("en")
    nlp.add_pipe("crossread_reader")
    nlp.to_disk(tmp_path / "pipeline")
    text = "Arvo Lind said that rebels killed 12 people in Veln."
    doc = spacy.load(tmp_path / "pipeline")(text)
    layers = layers_of(doc)
    assert layers is not None
    through_bytes = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    (through_bin,) = DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab)
    (through_process,) = nlp.pipe([text], n_process=2)
    for other in (through_bytes, through_bin, through_process):
        found = layers_of(other)
        assert found is not None
        assert found.role_labels == layers.role_labels
        assert np.array_equal(found.roles, layers.roles)
        assert np.array_equal(found.penta, layers.penta)
        assert [t.dep_ for t in other] == [t.dep_ for t in doc]
    assert "PERSON" in displacy.render(doc, style="ent", jupyter=False)
    assert "nsubj" in displacy.render(doc, style="dep", jupyter=False)


def test_unknown_pipeline_names_what_is_installed() -> None:
    with pytest.raises(ModelMissing, match="installed pipelines: "):
        load_reader("xx_no_such_pipeline")


def test_installed_pipeline_folder_is_taken(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "plain")
    docs = list(load_reader(str(tmp_path / "plain")).docs(["One fell. Two fell."]))
    assert len(list(docs[0].sents)) == 2
    assert layers_of(docs[0]) is None


def test_missing_weights_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"meta\.json"):
        Encoder(tmp_path)


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    folder = copytree(model_folder(), tmp_path / "weights")
    damaged = folder / "language.onnx"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(ModelMismatch, match="damaged"):
        checked_bytes("language.onnx", folder)
    damaged.unlink()
    with pytest.raises(ModelMissing, match=r"language\.onnx"):
        checked_bytes("language.onnx", folder)
    with pytest.raises(ModelMismatch, match="not listed"):
        checked_bytes("other.onnx", folder)


def test_meta_lists_every_weight_file_with_its_digest() -> None:
    folder = model_folder()
    listed = read_meta()["files"]
    assert {p.name for p in folder.iterdir() if p.suffix in (".onnx", ".npz")} <= set(listed)
    for name in listed:
        assert len(checked_bytes(name)) == listed[name]["bytes"]
    assert sum(f["bytes"] for f in listed.values()) <= 60_000_000
