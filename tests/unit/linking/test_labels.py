"""Lines that tell nothing."""

import pytest

from crossread.linking.labels import is_label
from crossread.linking.sentences import view_of
from tests.unit.linking.reports import case_of, report


@pytest.mark.parametrize(
    "line",
    [
        "Gallery: storm over Lorne",
        "Image caption The mayor at the quay",
        "Images 3/8 Cranes at dawn",
        "Tuesday 4 March 2031 09.15 GMT",
        "Embed x",
    ],
)
def test_labels_and_date_lines_tell_nothing(line: str) -> None:
    view = view_of(case_of(report("a", line)))
    assert is_label(view.sentences[0])


@pytest.mark.parametrize(
    "line",
    [
        "Video shot from the quay shows the crane falling.",
        "Images of the quay went round the world.",
        "Nine died on 4 March.",
        "Live rounds were fired.",
    ],
)
def test_sentences_about_pictures_and_days_are_none(line: str) -> None:
    view = view_of(case_of(report("a", line)))
    assert not is_label(view.sentences[0])
