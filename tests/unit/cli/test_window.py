"""``--since`` and ``--until``."""

import pytest
import typer
from typer.testing import CliRunner

from crossread.cli.app import app
from crossread.cli.window import check_days, within_window
from crossread.errors import InputError
from tests.stories import readings, story


def test_reports_outside_the_days_are_set_aside_and_undated_ones_stay() -> None:
    inside, window = within_window(readings(), "2031-05-01", None)
    assert [r.document.id for r in inside] == ["two", "three"]
    assert [(o.document, "2031-04-07" in o.reason) for o in window.outside] == [("one", True)]


def test_timeline_keeps_to_the_days() -> None:
    _, window = within_window(readings(), "2031-05-01", None)
    told = window.applied_to(story())
    assert told.timeline == ()
    assert [o.document for o in told.outside] == ["three", "one"]


def test_no_report_within_the_days_is_said() -> None:
    with pytest.raises(InputError, match="they run from 2031-04-07 to 2031-04-07"):
        within_window(readings()[:1], "2040-01-01", None)


def test_day_that_is_none_is_named() -> None:
    with pytest.raises(typer.BadParameter, match="--until 'soon'"):
        check_days(None, "soon")


def test_days_are_looked_at_before_anything_is_read() -> None:
    done = CliRunner().invoke(app, ["brief", "no-such-folder", "--since", "soon"])
    assert done.exit_code == 2
    assert "not read" not in done.stderr


def test_one_actor_or_the_whole_story_as_json() -> None:
    done = CliRunner().invoke(app, ["brief", "no-such-folder", "--who", "Oda Renn", "--json"])
    assert done.exit_code == 2
    assert "give one of them" in done.stderr
