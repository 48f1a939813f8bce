"""What must hold of figures, claims, corroborations, disputes, threads and brief for any reports."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crossread.linking.brief import write_brief
from crossread.linking.case import Case
from crossread.linking.claims import link_claims
from crossread.linking.corroborations import find_corroborations
from crossread.linking.disputes import find_disputes
from crossread.linking.figures import link_figures
from crossread.linking.threads import follow_threads
from crossread.records import Reading, Story
from crossread.vocabulary import EntityType
from tests.unit.linking.reports import case_of, report

NAMES = {"Tarsova": EntityType.GPE, "Veldania": EntityType.GPE, "Ada Loth": EntityType.PERSON}
SENTENCES = (
    "Tarsova vetoed the draft resolution on the water of the Serrin.",
    "Tarsova is expected to veto the draft resolution on the water.",
    "Ada Loth said the truce in the Serrin valley had collapsed.",
    "Veldania denied that its jets had bombed the harbour of Forne.",
    "Tarsova accused Veldania of bombing the harbour of Forne on Monday.",
    "The harbour of Forne was bombed after the talks failed, fishermen said.",
    "At least 12 people were killed in the harbour of Forne.",
    "Ada Loth called off her trip to Veldania because of the storm.",
    "Ada Loth postponed her trip to Veldania after the budget failed.",
    "“We did not fire a single shot,” she said “and",
    "",
)


def built(case: Case) -> Story:
    figures, claims = link_figures(case), link_claims(case)
    story = Story(
        id="s",
        figures=figures,
        claims=claims,
        corroborations=find_corroborations(case, (), claims, figures),
        disputes=find_disputes(case, (), claims, figures),
        threads=follow_threads(case, (), claims, figures),
    )
    return Story(**{**{f: getattr(story, f) for f in story.__struct_fields__}, "brief": write_brief(case, story, words=60)})


texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5).map(lambda chosen: " ".join(s for s in chosen if s) or "Fire.")


def readings_of(chosen: list[str]) -> list[Reading]:
    return [report(f"d{n}", text, names=NAMES, published=f"2031-05-1{n}") for n, text in enumerate(chosen)]


@settings(max_examples=12, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(chosen: list[str], random: object) -> None:
    readings = readings_of(chosen)
    shuffled = list(readings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert built(case_of(*readings)) == built(case_of(*shuffled))


@settings(max_examples=12, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4))
def test_counts_hold_and_all_is_cited(chosen: list[str]) -> None:
    story = built(case_of(*readings_of(chosen)))
    for counted in (*story.corroborations, *story.figures, *story.claims):
        assert counted.evidence
        assert counted.n_documents == len({e.document for e in counted.evidence})
        assert 0 < counted.n_independent <= counted.n_documents
    for dispute in story.disputes:
        assert all(side.evidence for side in dispute.sides)
    for thread in story.threads:
        assert all(state.evidence for state in thread.states)
    assert sum(len(line.text.split()) for line in story.brief) <= 60


@settings(max_examples=12, deadline=None)
@given(st.lists(texts, min_size=1, max_size=3))
def test_an_exact_copy_adds_no_independent_voice(chosen: list[str]) -> None:
    readings = readings_of(chosen)
    first = readings[0].document
    copy = report("z", first.text, names=NAMES, published=first.published.start if first.published else None)
    before, after = built(case_of(*readings)), built(case_of(*readings, copy))
    most = max((c.n_independent for c in before.corroborations), default=1)
    assert max((c.n_independent for c in after.corroborations), default=1) <= max(most, 1)
    assert [f.range for f in before.figures] == [f.range for f in after.figures]
