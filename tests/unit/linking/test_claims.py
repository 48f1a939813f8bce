"""Claims across reports."""

import msgspec

from crossread.linking.claims import link_claims
from crossread.records import SaidPart
from crossread.vocabulary import EntityType, FigureKind, Stance
from tests.unit.linking.reports import case_of, report, span_of

NAMES = {"Ada Loth": EntityType.PERSON, "Jon Arkell": EntityType.PERSON}


def test_one_statement_in_two_reports_is_one_claim() -> None:
    said = "the northern dam could burst within two weeks"
    one = report("a", f"Ada Loth said {said}.", names=NAMES, said=[{"who": "Ada Loth", "content": said}])
    two = report("b", f"Ada Loth warned that {said}.", names=NAMES, said=[{"who": "Ada Loth", "content": f"that {said}"}])
    (claim,) = link_claims(case_of(one, two))
    assert (claim.n_documents, claim.polarity) == (2, "affirmed")


def test_statements_that_give_other_numbers_are_two_claims() -> None:
    hurt, home = "27 people were hurt on the ferry", "four people who were hurt on the ferry went home"
    counts = [{"words": w, "kind": FigureKind.WOUNDED, "best": n} for w, n in (("27 people", 27), ("four people", 4))]
    who = {"who": "Ada Loth"}
    one = report(
        "a",
        f"Ada Loth said {hurt}. Ada Loth said {home}.",
        names=NAMES,
        said=[who | {"content": hurt}, who | {"content": home}],
        figures=counts,
    )
    two = report("b", f"Ada Loth said {home}.", names=NAMES, said=[who | {"content": home}], figures=counts[1:])
    assert [(c.text, c.n_documents) for c in link_claims(case_of(one, two))] == [(hurt, 1), (home, 2)]


def test_speakers_are_kept_apart() -> None:
    said = "the northern dam could burst within two weeks"
    one = report("a", f"Ada Loth said {said}.", names=NAMES, said=[{"who": "Ada Loth", "content": said}])
    two = report("b", f"Jon Arkell said {said}.", names=NAMES, said=[{"who": "Jon Arkell", "content": said}])
    assert len(link_claims(case_of(one, two))) == 2


def test_a_denied_claim_is_denied() -> None:
    reading = report(
        "a",
        "Jon Arkell denied taking money from the shipping company.",
        names=NAMES,
        said=[
            {
                "who": "Jon Arkell",
                "cue": "denied",
                "content": "taking money from the shipping company",
                "stance": Stance.DENY,
                "denied": True,
            }
        ],
    )
    assert [c.polarity for c in link_claims(case_of(reading))] == ["denied"]


def test_words_that_deny_by_themselves_are_not_denied() -> None:
    reading = report(
        "a",
        "Jon Arkell said the rule had been misconstrued.",
        names=NAMES,
        said=[
            {"who": "Jon Arkell", "cue": "said", "content": "the rule had been misconstrued", "stance": Stance.DENY, "denied": True}
        ],
    )
    (claim,) = link_claims(case_of(reading))
    assert (claim.stance, claim.polarity) == (Stance.DENY, "affirmed")


def test_what_was_not_said_is_no_claim() -> None:
    reading = report(
        "a",
        "Ada Loth did not mention the dam in her speech.",
        names=NAMES,
        said=[{"who": "Ada Loth", "content": "the dam in her speech", "stance": Stance.SILENCE}],
    )
    assert link_claims(case_of(reading)) == ()


def test_each_sentence_of_a_long_quotation_has_its_own_stance() -> None:
    text = "Ada Loth said the mayor lied about the dam. We will sue the shipping company. The gates are steel."
    sentences = ("the mayor lied about the dam.", "We will sue the shipping company.", "The gates are steel.")
    said = [{"who": "Ada Loth", "content": " ".join(sentences), "stance": Stance.ACCUSE}]
    reading = report("a", text, names=NAMES, said=said)
    stances = (Stance.ACCUSE, Stance.PROMISE, Stance.ASSERT)
    parts = tuple(SaidPart(span=span_of(text, words), stance=stance) for words, stance in zip(sentences, stances, strict=True))
    attribution = msgspec.structs.replace(reading.attributions[0], parts=parts)
    reading = msgspec.structs.replace(reading, attributions=(attribution,))
    assert {c.text: c.stance for c in link_claims(case_of(reading))} == dict(zip(sentences, stances, strict=True))
