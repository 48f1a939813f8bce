"""Forms of the desk: what they change, where they lead, what they refuse."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from crossread.desk.changes import code_points
from crossread.desk.desk import Desk
from crossread.desk.files import Facets, FindingState
from crossread.desk.review.actions import Reviewer
from tests.desk.material import OWN


@pytest.fixture
def ada(browser: TestClient) -> TestClient:
    """A session of somebody with a name."""
    answer = browser.post("/person", data={"name": "  Ada   Ørsted ", "theme": "dark"}, headers=dict(OWN))
    assert answer.status_code == 303
    return browser


def post(browser: TestClient, path: str, **fields: Any) -> Any:
    return browser.post(path, data=fields, headers=dict(OWN))


def main_story(desk: Desk) -> str:
    return desk.stories()[0].id


def some(desk: Desk, kind: str, *, pieces: int = 1) -> Any:
    """A finding of a story, with so many pieces of evidence at least."""
    file = desk.story(main_story(desk))
    assert file is not None
    return next(f for f in file.findings.values() if f.kind == kind and len(f.evidence) >= pieces)


def test_without_a_name_nothing_is_decided(browser: TestClient, desk: Desk) -> None:
    answer = post(browser, "/review/decide", finding=some(desk, "story-event").key, action="accept")
    assert answer.status_code == 400
    assert "name" in answer.text
    assert not desk.history()


def test_deciding_leads_back_and_is_in_the_history(ada: TestClient, desk: Desk) -> None:
    finding = some(desk, "story-dispute")
    answer = post(
        ada, "/review/decide", finding=finding.key, action="reject", reason="not one", story=main_story(desk), next="/queue?x=1#a"
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/queue?x=1#a"
    line = desk.history()[0]
    assert (line.person, line.action, line.reason, line.words) == ("Ada Ørsted", "reject", "not one", finding.words)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", line.at)
    file = desk.story(main_story(desk))
    assert file is not None
    assert finding.key in {f.key for f in file.rejected}
    assert finding.item not in {d.id for d in file.story.disputes}
    assert file.line.n_reviewed == 1


def test_a_fragment_is_answered_to_htmx(ada: TestClient, desk: Desk) -> None:
    finding = some(desk, "story-event")
    answer = ada.post(
        "/review/decide",
        data={"finding": finding.key, "action": "accept", "story": main_story(desk)},
        headers=dict(OWN) | {"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert "HX-Redirect" in answer.headers or finding.key in answer.text


def test_an_edit_shows_in_the_story(ada: TestClient, desk: Desk) -> None:
    finding = some(desk, "story-event")
    answer = post(
        ada, "/review/decide", finding=finding.key, action="edit", type="AID", label="relief", start="2023-05-01", end="2023-05-03"
    )
    assert answer.status_code == 303
    now = desk.find(finding.key)
    assert now is not None
    assert now.state is FindingState.EDITED
    assert (now.record.type, now.record.label) == ("AID", "relief")  # type: ignore[union-attr]
    assert (now.record.when.start, now.record.when.end) == ("2023-05-01", "2023-05-03")  # type: ignore[union-attr]
    assert now.proposed_type == finding.type


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/review/decide", {"action": "edit", "type": "NO SUCH TYPE"}),
        ("/review/decide", {"action": "edit", "start": "soon"}),
        ("/review/decide", {"action": "edit"}),
        ("/review/decide", {"action": "vanish"}),
        ("/review/merge", {}),
        ("/review/split", {"part": "nowhere:1-2"}),
        ("/review/split", {"part": "garbage"}),
        ("/review/span", {"part": "anchor", "start": "0", "end": "5"}),
        ("/review/undo", {"line": "4711"}),
        ("/review/undo", {"line": "many"}),
        ("/review/rename", {"name": "x" * 5000}),
        ("/searches/save", {"name": "", "query": "q=x"}),
        ("/inbox/text", {"text": "   "}),
        ("/inbox/text", {"text": "A report.", "published": "yesterday"}),
        ("/inbox/address", {"address": "https://lindholm.example/feed.xml"}),
        ("/inbox/retry", {}),
        ("/person", {}),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(ada: TestClient, desk: Desk, path: str, fields: dict[str, str]) -> None:
    before = desk.dump()
    answer = post(ada, path, finding=some(desk, "story-event").key, **fields)
    assert answer.status_code == 400
    assert len(re.sub(r"<[^>]+>", "", answer.text).strip()) > 30
    assert desk.dump() == before
    assert not desk.jobs.listing()


def test_a_finding_that_is_not_there_is_404(ada: TestClient) -> None:
    assert post(ada, "/review/decide", finding="story-event-0000", action="accept").status_code == 404


def test_merge_rename_split_and_undo_by_forms(ada: TestClient, desk: Desk) -> None:
    before = desk.dump()
    kept = some(desk, "story-actor", pieces=3)
    file = desk.story(main_story(desk))
    assert file is not None
    other = next(f for f in file.findings.values() if f.kind == "story-actor" and f.key != kept.key)
    assert post(ada, "/review/merge", finding=kept.key, other=[other.key], name="One body").status_code == 303
    file = desk.story(main_story(desk))
    assert file is not None
    merged = file.findings[kept.key]
    assert merged.words == "One body"
    assert file.findings[other.key].merged_into == kept.key
    assert all(other.item not in c.speakers for c in file.story.claims)
    part = [f"{e.document}:{e.span.start}-{e.span.end}" for e in kept.evidence[:1]]
    assert post(ada, "/review/split", finding=kept.key, part=part, name="The other half").status_code == 303
    assert post(ada, "/review/rename", finding=kept.key, name="Renamed").status_code == 303
    names = {a.name for a in desk.story(main_story(desk)).story.actors}  # type: ignore[union-attr]
    assert {"Renamed", "The other half"} <= names
    for _ in range(3):
        assert post(ada, "/review/undo").status_code == 303
    assert desk.dump() == before
    assert post(ada, "/review/undo").status_code == 400
    assert len(desk.history()) == 6


def test_a_span_counted_as_javascript_does(ada: TestClient, desk: Desk) -> None:
    document = desk.story(main_story(desk)).story.documents[0]  # type: ignore[union-attr]
    decided = desk.decided(document)
    assert decided is not None
    finding = next(f for f in decided.findings.values() if f.kind == "event")
    answer = post(ada, "/review/span", finding=finding.key, document=document, part="anchor", start="3", end="12", units="utf16")
    assert answer.status_code == 303
    now = desk.find(finding.key, document=document)
    assert now is not None
    assert [tuple(s) for s in now.record.anchor] == [(3, 12)]  # type: ignore[union-attr]


@given(st.text(st.characters(codec="utf-8")), st.integers(0, 50))
def test_utf16_units_to_code_points(text: str, number: int) -> None:
    number = min(number, len(text))
    units = len(text[:number].encode("utf-16-le")) // 2
    assert code_points(text, units) == number
    assert code_points(text, len(text.encode("utf-16-le")) // 2 + 1) == -1
    assert code_points(text, -1) == -1


def test_what_is_added_shows_in_document_and_story(ada: TestClient, desk: Desk) -> None:
    document = desk.story(main_story(desk)).story.documents[0]  # type: ignore[union-attr]
    text = desk.document(document).document.text  # type: ignore[union-attr]
    assert (
        post(
            ada, "/review/add", document=document, kind="figure", start="0", end="9", low="3", best="4", counts="killed"
        ).status_code
        == 303
    )
    file = desk.document(document)
    assert file is not None
    added = [f for f in file.findings.values() if f.state is FindingState.ADDED]
    assert len(added) == 1
    assert added[0].words == text[:9].strip()
    story = desk.story(main_story(desk))
    assert story is not None
    figure = next(f for f in story.story.figures if f.reason == "added by hand")
    assert (figure.kind, figure.range, figure.n_documents) == ("killed", (3.0, None), 1)
    assert story.by_item[figure.id].key == added[0].key
    assert post(ada, "/review/undo").status_code == 303
    assert not [f for f in desk.story(main_story(desk)).story.figures if f.reason == "added by hand"]  # type: ignore[union-attr]


def test_rejecting_what_a_document_says_takes_it_from_the_story(ada: TestClient, desk: Desk) -> None:
    file = desk.story(main_story(desk))
    assert file is not None
    claim = next(c for c in file.story.claims if len(c.mentions) == 1 and len(c.evidence) == 1)
    mention = claim.mentions[0]
    finding = file.by_record[mention.document, mention.attribution]
    answer = post(ada, "/review/decide", finding=finding.key, document=mention.document, action="reject")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/documents/{mention.document}")
    now = desk.story(file.story.id)
    assert now is not None
    assert claim.id not in {c.id for c in now.story.claims}
    assert now.findings[file.by_item[claim.id].key].item is None
    assert claim in now.proposed.claims


def test_an_edited_number_shows_in_the_range_of_the_story(ada: TestClient, desk: Desk) -> None:
    file = desk.story(main_story(desk))
    assert file is not None
    figure = next(f for f in file.story.figures if any(e.record and e.record.startswith("f") for v in f.values for e in v.evidence))
    piece = next(e for v in figure.values for e in v.evidence if e.record and e.record.startswith("f"))
    finding = file.by_record[piece.document, piece.record or ""]
    post(ada, "/review/decide", finding=finding.key, document=piece.document, action="edit", low="4000", best="4444", high="5000")
    now = next(f for f in desk.story(file.story.id).story.figures if f.id == figure.id)  # type: ignore[union-attr]
    assert now.range[1] == 5000
    assert 4444 in {v.best for v in now.values}


def test_searches_are_kept_and_forgotten(ada: TestClient, desk: Desk) -> None:
    post(ada, "/searches/save", name="Truce", query="?q=truce&kind=event")
    assert [(s.name, s.query) for s in desk.saved_searches()] == [("Truce", "q=truce&kind=event")]
    assert desk.search("truce").saved == tuple(desk.saved_searches())
    post(ada, "/searches/delete", name="Truce")
    assert desk.saved_searches() == []
    assert post(ada, "/searches/delete", name="Truce").status_code == 404


def test_search_narrows_by_facets(desk: Desk) -> None:
    found = desk.search("truce")
    assert found.total > 3
    for hit in found.hits:
        assert [hit.text[m.start : m.end].casefold() for m in hit.marks]
    publisher, n = found.counts["publisher"][0]
    narrowed = desk.search("truce", Facets(publisher=(publisher,)))
    assert narrowed.total == n
    assert {h.publisher for h in narrowed.hits} == {publisher}
    day = min(h.published or "9999" for h in found.hits)
    assert all((h.published or "") > day for h in desk.search("truce", Facets(since=f"{day}x")).hits)
    assert desk.search("truce", Facets(until="1900-01-01")).total == 0
    assert desk.search('"the truce"').total < found.total
    assert desk.search('truce AND "').total <= found.total
    assert desk.search("truce", page=99).page == found.n_pages
    assert desk.search("").total == 0


def test_search_by_state_and_actor(desk: Desk) -> None:
    assert desk.search("", Facets(state=FindingState.REJECTED)).total == 0
    file = desk.story(main_story(desk))
    assert file is not None
    key, finding = next((k, f) for k, f in file.by_record.items() if f.kind == "event")
    Reviewer(desk, "Ada").decide(finding, "reject")
    hits = desk.search("", Facets(state=FindingState.REJECTED, kind="event")).hits
    assert {h.document for h in hits} == {key[0]}
    actor = max(file.story.actors, key=lambda a: len(a.forms))
    forms = {f.text.casefold() for f in actor.forms} | {actor.name.casefold()}
    hits = desk.search("", Facets(actor=actor.name)).hits
    assert hits
    assert all(any(form in h.text.casefold() for form in forms) for h in hits)


def test_the_queue_goes_from_doubt_to_certainty(desk: Desk) -> None:
    queue = desk.queue(main_story(desk))
    doubts = [f.doubt for f in queue]
    assert doubts == sorted(doubts, reverse=True)
    Reviewer(desk, "Ada").decide(queue[0], "accept")
    assert queue[0].key not in {f.key for f in desk.queue(main_story(desk))}
    assert {f.kind for f in desk.queue(main_story(desk), level="document", kind="figure")} == {"figure"}


def test_two_people_agree_as_far_as_they_do(desk: Desk) -> None:
    queue = desk.queue(main_story(desk))[:10]
    for number, finding in enumerate(queue):
        Reviewer(desk, "Ada").decide(finding, "accept" if number < 5 else "reject")
        Reviewer(desk, "Bo").decide(finding, "accept" if number < 6 else "reject")
    (pair,) = desk.agreement(main_story(desk))
    assert (pair.first, pair.second, pair.n_both, pair.n_agreed) == ("Ada", "Bo", 10, 9)
    assert pair.kappa == pytest.approx(0.8)
    assert pair.differing == (queue[5].key,)


def test_machine_findings_never_count_as_checked(desk: Desk) -> None:
    for line in desk.stories():
        assert (line.n_reviewed, line.reviewed) == (0, 0.0)
        file = desk.story(line.id)
        assert file is not None
        assert {f.state for f in file.findings.values()} == {FindingState.PROPOSED}
        assert file.story == file.proposed


def test_an_actor_has_what_it_said_and_did(desk: Desk) -> None:
    file = desk.story(main_story(desk))
    assert file is not None
    speaker = max((a.id for a in file.story.actors), key=lambda a: sum(a in c.speakers for c in file.story.claims))
    actor = desk.actor(file.story.id, speaker)
    assert actor is not None
    assert actor.claims
    assert all(speaker in c.speakers for c in actor.claims)
    assert desk.actor(file.story.id, actor.finding.key) == actor
    assert desk.actor(file.story.id, "nobody") is None


def test_downloads_of_stories_and_originals(ada: TestClient, desk: Desk) -> None:
    story = main_story(desk)
    for name in ("html", "md", "json"):
        answer = ada.get(f"/stories/{story}/export/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
    assert ada.get(f"/stories/{story}/export/nothing").status_code == 404
    assert ada.get("/stories/none/export/json").status_code == 404
    assert ada.get(f"/documents/{desk.listing()[0].id}/original").status_code == 404


def test_an_address_that_leads_nowhere_says_where_to_go(ada: TestClient) -> None:
    page = ada.get("/no-such-page")
    assert page.status_code == 404
    assert "Nothing lies at this address" in page.text
    assert 'href="/stories"' in page.text
