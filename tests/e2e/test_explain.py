"""``crossread explain`` shows what was decided about a sentence."""

from tests.e2e.test_commands import lines, run

SENTENCE = "Veltland's foreign minister called off a visit to Osk on Monday."


def test_explanation_names_anchor_type_and_rules() -> None:
    told = run("explain", SENTENCE).stdout.decode()
    for words in ("called off", "REJECT", "holds:", "visit  NN  obj of called"):
        assert words in told


def test_explanation_as_json() -> None:
    (explanation,) = lines(run("explain", "--json", SENTENCE).stdout)
    assert explanation["text"] == SENTENCE
    assert explanation["candidates"]
