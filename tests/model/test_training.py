"""How the model is trained: documents to batches, batches to losses, weights of several workers, weights out and in again."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.training

from training.attribution_joiner import fit  # noqa: E402
from training.attribution_teacher import CONTEXT, SIZE, Teacher, probabilities  # noqa: E402
from training.build import bio, covered, without_stops  # noqa: E402
from training.corpora import GLUED, PARAGRAPH, SPACED, Annotated  # noqa: E402
from training.crossval import tagged  # noqa: E402
from training.encoder import Reader  # noqa: E402
from training.kept import annotated  # noqa: E402
from training.lemmas import lemma_rule  # noqa: E402
from training.losses import losses, soft_cross_entropy  # noqa: E402
from training.mention_teacher import learn_pupil  # noqa: E402
from training.mpnet import buckets  # noqa: E402
from training.train import Average, Masters, endless, groups, pace  # noqa: E402
from training.windows import HIDDEN, IGNORE, MASK, Encoded, Window, batches, collate, cut, encode  # noqa: E402

from crossread.models.load import model_folder, read_meta  # noqa: E402
from crossread.reading.encoder import load_segmenter  # noqa: E402
from crossread.reading.language import load_reader  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
BASE = ROOT / "checkpoints" / "base" / "model.safetensors"
SIZES = {"xpos": 3, "upos": 3, "lemma": 3, "label": 3, "names": 3, "mentions": 3, "roles": 3, "actors": 3}
WORDS = ["The", "council", "of", "Veln", "rejected", "two", "plans", "on", "Monday", "."]
HEADS = [1, 4, 3, 1, -1, 6, 4, 8, 4, 4]


def document(n: int = 40) -> Encoded:
    """``n`` times one sentence, labels made from the words so that they can be learnt."""
    words = WORDS * n
    starts = list(range(0, len(words), len(WORDS)))
    kinds = [len(w) % 3 for w in words]
    labels = {
        "xpos": kinds,
        "upos": kinds,
        "lemma": kinds,
        "label": kinds,
        "boundary": [int(i in starts) for i in range(len(words))],
    }
    labels["head"] = [-1 if h < 0 else s + h for s in starts for h in HEADS]
    positions = [GLUED if w == "." else SPACED for w in words]
    return encode(load_segmenter(), "d", words, positions, labels, starts)


def whole(d: Encoded) -> list[Window]:
    return cut(d, size=128, rng=random.Random(0), whole_sentences=True)


def test_windows_cover_every_word_once_and_keep_sentences_whole() -> None:
    d = document()
    windows = whole(d)
    assert [w.start for w in windows] == [0, *(w.end for w in windows[:-1])]
    assert windows[-1].end == len(d)
    assert all(w.start in d.sentence_starts for w in windows)
    assert all(w.n_pieces <= 128 for w in windows)


def test_batches_hold_windows_of_like_length() -> None:
    rng = random.Random(0)
    windows = [w for n in (1, 5, 40) for w in whole(document(n))]
    for batch in batches(windows, pieces=512, rng=rng):
        lengths = {-(-w.n_pieces // 32) for w in batch}
        assert len(lengths) == 1


def test_a_set_too_small_for_a_batch_is_one() -> None:
    windows = whole(document(1))
    assert batches(windows, pieces=512, rng=random.Random(0)) == [windows]
    assert next(endless([document(1)], "ud", pieces=512, rng=random.Random(0)))
    with pytest.raises(SystemExit, match="no words to learn from"):
        next(endless([], "ud", pieces=512, rng=random.Random(0)))


def test_the_rate_rises_and_falls_to_its_floor() -> None:
    rates = [pace(k / 100) for k in range(101)]
    assert rates[0] < 0.01
    assert max(rates) == max(rates[8:12]) > 0.95
    assert rates[12:] == sorted(rates[12:], reverse=True)
    assert pace(1.0) == pace(1.2) == pytest.approx(0.02)
    assert pace(0.5, warm=0.9) < pace(0.5)
    assert pace(1.0, floor=0.3) == pytest.approx(0.3)


def test_heads_of_a_window_count_from_its_start() -> None:
    window = whole(document())[1]
    batch = collate([window])
    n = window.end - window.start
    assert batch["head"][0, : len(HEADS)].tolist() == HEADS
    assert (batch["head"][0, :n] < n).all()
    assert (batch["ids"] == MASK).sum() == 0


def test_hidden_words_are_a_small_share_and_have_no_lemma_to_guess() -> None:
    d = document(400)
    windows = [Window(d, 0, len(d), 2 + sum(map(len, d.pieces)))]
    batch = collate(windows, rng=random.Random(3))
    hidden = batch["ids"][0].gather(0, batch["first"][0]) == MASK
    hidden = hidden[: len(d)]
    assert 0.5 * HIDDEN < hidden.float().mean() < 1.5 * HIDDEN
    assert (batch["lemma"][0, : len(d)][hidden] == IGNORE).all()
    assert (batch["lemma"][0, : len(d)][~hidden] != IGNORE).all()
    assert (batch["upos"][0, : len(d)] != IGNORE).all()


def test_what_a_teacher_says_goes_beside_the_labels_of_the_windows_that_it_read() -> None:
    read, unread = document(2), document(2)
    read.soft = {"roles": np.eye(3, dtype=np.float16)[np.arange(len(read)) % 3]}
    batch = collate([*whole(read), *whole(unread)])
    assert batch["soft_roles"][0, : len(read)].argmax(-1).tolist() == [i % 3 for i in range(len(read))]
    assert batch["soft_roles"][0, len(read) :].sum() == 0
    assert batch["soft_roles"][1].sum() == 0
    agreeing, torn = batch["soft_roles"] * 10, batch["soft_roles"] * 0
    assert soft_cross_entropy(agreeing, batch["soft_roles"]) < 0.01 < soft_cross_entropy(torn, batch["soft_roles"])
    assert soft_cross_entropy(torn, batch["soft_roles"]) == pytest.approx(np.log(3), abs=1e-4)
    assert soft_cross_entropy(torn, batch["soft_roles"] * 0) == 0


def test_the_teacher_reads_every_word_of_a_long_document() -> None:
    torch.manual_seed(0)
    d = document(4 * SIZE // (5 * len(WORDS)))
    assert len(d) > 3 * SIZE // 5 > 2 * CONTEXT
    found = probabilities(Teacher(3, 0.0).eval(), d)
    assert found.shape == (len(d), 3)
    assert np.allclose(found.sum(1), 1.0, atol=1e-4)


def test_distances_are_told_apart_nearby_and_by_stretches_afar() -> None:
    table = buckets(300)
    assert table[50, 50:60].tolist() == [0, 17, 18, 19, 20, 21, 22, 23, 24, 24]
    assert table[50, 41:50].tolist() == [8, 8, 7, 6, 5, 4, 3, 2, 1]
    assert table[0, 299] == 31
    assert table[299, 0] == 15


def test_inputs_that_outgrow_the_others_are_evened_out_for_int8_and_the_product_stays_the_same() -> None:
    from training.export import OUTLYING, even_out

    torch.manual_seed(0)
    model = Reader(SIZES).eval()
    layer = model.encoder.layers[2]
    with torch.no_grad():
        layer.norm1.weight[7] = 60.0
    before = layer.up.weight.clone()
    even_out(model, [document(6)])
    assert layer.up_evened[7] < 0.5
    assert (layer.up_evened == 1).sum() > 370
    assert torch.allclose(layer.up.weight * layer.up_evened, before, atol=1e-6)
    assert OUTLYING > 1


def test_a_few_steps_learn_the_labels_of_a_few_sentences() -> None:
    torch.manual_seed(0)
    model = Reader(SIZES)
    masters = Masters(model)
    optimizer = torch.optim.AdamW(groups(masters.names, rate=5e-4, decay=0.9))
    average = Average(masters, 0.5, every=1)
    batch = collate(whole(document(6)))
    found = []
    for _ in range(25):
        loss = sum(v.float() for v in losses(model, batch).values())
        loss.backward()
        masters.take_gradients()
        masters.clip(most=2.0)
        optimizer.step()
        masters.give_weights()
        average.update()
        found.append(float(loss.detach()))
    assert np.mean(found[-3:]) < 0.6 * found[0]
    frozen = [n for n, p in model.named_parameters() if not p.requires_grad]
    assert frozen == ["encoder.pieces.weight"]


def test_a_pupil_learns_what_a_teacher_says_of_texts_without_labels() -> None:
    torch.manual_seed(0)
    d = document(120)
    text = replace(d, id="text", labels={})
    gold = replace(d, id="gold", labels={"mentions": [IGNORE] * len(d)})
    says = np.eye(3, dtype=np.float16)[[len(w) % 3 for w in WORDS * 120]]
    model = learn_pupil(Reader(SIZES), [gold], [text], {"gold": says, "text": says}, seed=0, steps=12)
    with torch.no_grad():
        batch = collate(whole(d)[:1])
        x = model.words(*(batch[k] for k in ("ids", "shapes", "quotes", "positions", "first", "last")))
        said = model.mentions(x).argmax(-1)
    is_word = batch["xpos"] != IGNORE
    assert (said[is_word] == batch["xpos"][is_word]).float().mean() > 0.8


def test_documents_are_tagged_word_by_word_in_the_windows_of_the_product() -> None:
    torch.manual_seed(0)
    d = document(60)
    spans = tagged(Reader(SIZES).eval(), d, "re3d", ["O", "B-Person", "I-Person"], load_segmenter())
    assert all(0 <= s < e <= len(d) for s, e, _ in spans)
    assert spans == sorted(spans)
    assert max(e for _, e, _ in spans) > len(d) / 2


def test_workers_end_with_the_mean_of_their_weights() -> None:
    class Alone:
        """A barrier for workers that run one after the other."""

        def wait(self) -> None:
            return

    torch.manual_seed(0)
    teams = [Masters(Reader(SIZES)) for _ in range(2)]
    mean = torch.stack([m.names["morph.weight"].detach() for m in teams]).mean(0)
    size = sum(p.numel() for p in teams[0].names.values())
    buffers = [torch.zeros(size), torch.zeros(size)]
    teams[1].share_weights(1, buffers, Alone())
    teams[0].share_weights(0, buffers, Alone())
    assert torch.allclose(teams[0].names["morph.weight"], mean, atol=1e-6)
    assert torch.equal(teams[0].low["morph.weight"], teams[0].names["morph.weight"].bfloat16())


@pytest.mark.parametrize("right", [[], [True] * 3, [False] * 3])
def test_examples_of_one_kind_teach_the_joiner_nothing(right: list[bool], capsys: pytest.CaptureFixture[str]) -> None:
    assert fit(([{"cue": 1}] * len(right), right)) == {"bias": 0.0}
    assert f"{len(right)} examples" in capsys.readouterr().err


def test_headlines_made_from_sentences_lose_their_stop_and_keep_their_tree() -> None:
    n = len(WORDS)
    layers = {
        "head": list(HEADS),
        "xpos": ["X"] * n,
        "upos": ["X"] * n,
        "label": ["x"] * n,
        "lemma": WORDS,
        "mention": [(0, 4, ["1"])],
    }
    d = Annotated("d", WORDS * 1, [SPACED] * n, [0], layers)
    made = [without_stops(d, random.Random(seed)) for seed in range(40)]
    kept = [m for m in made if m.words]
    assert 5 < len(kept) < 25
    assert any(m.words == WORDS[:-1] for m in kept)
    for m in kept:
        assert m.positions[0] == PARAGRAPH
        assert m.layers["head"] == HEADS[: len(m.words)]


@pytest.mark.parametrize(
    ("word", "lemma", "rule"),
    [("Plans", "plan", "l|1|"), ("Veln", "Veln", "k|0|"), ("said", "say", "l|2|y"), ("went", "go", "=go"), ("were", "be", "=be")],
)
def test_lemma_rules(word: str, lemma: str, rule: str) -> None:
    assert lemma_rule(word, lemma) == rule


def test_spans_become_labels_and_characters_become_words() -> None:
    assert bio(5, [(1, 3, "CUE")], ["O", "B-CUE", "I-CUE"]) == [0, 1, 2, 0, 0]
    assert covered([(0, 3), (4, 9), (9, 10)], 5, 10) == (1, 3)
    assert covered([(0, 3)], 5, 10) is None


def test_what_the_model_says_of_a_text_becomes_labels_of_its_words() -> None:
    d = annotated("veln", next(load_reader().docs(["The council met.\n\n  It rejected two plans."])))
    assert d.words == ["The", "council", "met", ".", "It", "rejected", "two", "plans", "."]
    assert d.positions == [PARAGRAPH, SPACED, SPACED, GLUED, PARAGRAPH, SPACED, SPACED, SPACED, GLUED]
    assert d.sentence_starts == [0, 4]
    assert d.layers["head"] == [1, 2, -1, 2, 5, -1, 7, 5, 5]
    assert d.layers["label"][:4] == ["det", "nsubj", "root", "punct"]
    assert d.layers["rule"][5] == "l|2|"
    assert all(len(v) == len(d.words) for v in d.layers.values())


@pytest.mark.skipif(not BASE.is_file(), reason="the base weights are not there: make -C training base")
def test_shipped_weights_restored_give_what_is_shipped() -> None:
    from training.restore import restored_reader

    from crossread.reading.encoder import load_encoder
    from crossread.reading.windows import Words, arrays, cut_windows

    reader, labels = restored_reader(model_folder(), BASE)
    assert labels == {k: v for k, v in read_meta()["labels"].items() if k != "relations"}
    d = document(4)
    words = Words(d.pieces, d.shapes, d.quotes, d.positions, [w == "." for w in WORDS * 4])
    windows = cut_windows(words)
    (scores,) = load_encoder().read(windows)
    inputs = {k: torch.from_numpy(v) for k, v in arrays(windows[0]).items()}
    with torch.no_grad():
        x = reader.words(*(inputs[k] for k in ("ids", "shapes", "quotes", "positions", "first", "last")))
        roles = torch.softmax(reader.role_scores(x), -1)[0]
        upos = reader.tags(x)[1][0].argmax(-1)
    assert (upos.numpy() == scores.outputs["upos"]).mean() > 0.95
    assert np.abs(roles.numpy() - scores.outputs["roles"]).mean() < 0.03
