"""The ends of a figure's range as a reader would write them."""

import pytest

from crossread.export.wording import range_text
from crossread.linking.value_ranges import range_ends
from crossread.records import FigureValue, StoryFigure
from crossread.vocabulary import Bound, FigureKind

DOZENS = FigureValue(low=24, high=99, bound=Bound.VAGUE)
HUNDREDS = FigureValue(low=200, high=999, bound=Bound.VAGUE)
MANY = FigureValue(low=639, best=639, high=639)
FEW = FigureValue(low=35, best=35, high=35)
SEVERAL = FigureValue(low=2, bound=Bound.VAGUE)
BETWEEN = FigureValue(low=60, high=80)


def figure(*values: FigureValue, unit: str | None = None) -> StoryFigure:
    return StoryFigure(id="f", kind=FigureKind.WOUNDED, counted="people", unit=unit, values=values)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ((DOZENS, MANY), ("dozens", "639")),
        ((DOZENS, FEW), ("35",)),
        ((HUNDREDS, FEW), ("35", "hundreds")),
        ((HUNDREDS, FEW, MANY), ("35", "639")),
        ((DOZENS,), ("dozens",)),
        ((HUNDREDS, DOZENS), ("dozens", "hundreds")),
        ((BETWEEN, FEW), ("35", "80")),
        ((DOZENS, BETWEEN), ("60", "80")),
        ((SEVERAL,), ("several",)),
        ((SEVERAL, FEW), ("35",)),
        ((), ()),
    ],
)
def test_vague_values_give_an_end_where_no_number_lies_in_them(values: tuple[FigureValue, ...], ends: tuple[str, ...]) -> None:
    assert range_ends(figure(*values), lambda number: f"{number:g}") == ends
    assert range_ends(figure(*reversed(values)), lambda number: f"{number:g}") == ends


@pytest.mark.parametrize(
    ("values", "unit", "text"),
    [
        ((FEW, MANY), None, "35 to 639"),
        ((FEW,), "day", "35 days"),
        ((FigureValue(best=1),), "day", "1 day"),
        ((FigureValue(best=0.3), FigureValue(best=0.5)), "share", "30 % to 50 %"),
        ((FigureValue(best=0.5),), "share", "50 %"),
        ((FigureValue(best=250_000), FigureValue(best=275_000)), None, "250,000 to 275,000"),
        ((FigureValue(low=2, high=9),), "week", "2 to 9 weeks"),
        ((FigureValue(best=5),), "USD", "5 USD"),
        ((FigureValue(best=5e6), FigureValue(best=2.5e6)), "$", "$2.5 million to $5 million"),
        ((FigureValue(best=150), HUNDREDS), "tonne", "150 to hundreds of tonnes"),
        ((), "day", "not given"),
    ],
)
def test_units_stand_with_the_range(values: tuple[FigureValue, ...], unit: str | None, text: str) -> None:
    assert range_text(figure(*values, unit=unit)) == text
