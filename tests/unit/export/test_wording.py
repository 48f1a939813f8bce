"""Words for what records hold."""

import msgspec

from crossread.export.wording import published_text
from crossread.records import Problem
from tests.unit.linking.reports import report


def test_a_report_without_a_date_shows_what_others_let_tell_of_it() -> None:
    dated, undated = report("a", "The ferry left.", published="2031-05-14"), report("b", "The ferry left.", published=None)
    told = Problem(step="read", code="date.by_others", message="no date is given; it was published 2031-05-13 to 2031-05-14")
    other = Problem(step="read", code="quote.unclosed", message="a quotation never ends")
    assert published_text(dated) == "14 May 2031"
    assert published_text(undated) == ""
    assert published_text(msgspec.structs.replace(undated, problems=(other, told))) == told.message
    assert published_text(msgspec.structs.replace(dated, problems=(told,))) == "14 May 2031"
