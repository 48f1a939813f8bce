"""Small pictures of figures."""

from crossread.export.layout import lay_out
from crossread.export.plots import range_plot
from crossread.export.view import FigureBlock, ValueLine
from crossread.linking import build_story
from crossread.reading import read_documents
from crossread.records import Document


def value(text: str, low: float | None, high: float | None, voice: str) -> ValueLine:
    return ValueLine(text=text, low=low, high=high, voice=voice, published="", cites=(1,))


def figure(*values: ValueLine) -> FigureBlock:
    return FigureBlock(
        kind="besieged", counted="people", detail="", place="", when="", range="", grew=False, differs=True, values=values
    )


def test_every_value_has_a_row_and_a_long_name_is_cut_at_a_word() -> None:
    plot = range_plot(
        figure(
            value("210,000", 210_000, 210_000, "local council (in The Northern Post)"),
            value("more than 180,000", 180_000, None, "UN"),
        )
    )
    assert plot.count("<circle") == 4
    assert "<title>local council (in The Northern Post)</title>local council (in The…</text>" in plot


def test_equal_values_make_no_picture() -> None:
    assert range_plot(figure(value("40", 40, 40, "a"), value("40", 40, 40, "b"))) == ""


def test_a_number_that_is_only_about_right_is_drawn_too() -> None:
    texts = (
        "About 180,000 people are trapped in the besieged city of Dorl, the United Nations says.",
        "The local council said 210,000 people were trapped in besieged Dorl.",
    )
    readings = list(read_documents(Document(id=f"d{k}", text=t) for k, t in enumerate(texts)))
    (trapped,) = lay_out(build_story(readings), readings).figures
    plot = range_plot(trapped)
    assert ">about 180,000</text>" in plot
    assert ">210,000</text>" in plot
