"""Quotations by their marks."""

import time

import pytest

from crossread.reading.quotes import find_quotations, is_statement, paragraph_spans, unclosed


def quoted(text: str) -> list[str]:
    return [q.outer.of(text) for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('He said: "We go." She left.', ['"We go."']),
        ("“Stay,” he said, “or leave.”", ["“Stay,”", "“or leave.”"]),
        ("''Stay,'' he said. The ''safe'' road.", ["''Stay,''", "''safe''"]),
        ("``Stay,'' he said.", ["``Stay,''"]),
        ("«Reste,» dit-il.", ["«Reste,»"]),
        ("„Bleib“, sagte er.", ["„Bleib“"]),
        ("‘Stay here,’ he said.", ["‘Stay here,’"]),
        ("Town 'lost' to rebels", ["'lost'"]),
        ("‘It’s the people’s road,’ he said.", ["‘It’s the people’s road,’"]),
        ("“He told me ‘never’ twice,” she said.", ["“He told me ‘never’ twice,”"]),
        ('("Stay," he said.)', ['"Stay,"']),
        ('The "road"-builders left.', ['"road"']),
    ],
)
def test_quotations_are_found_by_every_kind_of_mark(text: str, wanted: list[str]) -> None:
    assert quoted(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The farmers' trucks and the soldiers' tents.",
        "It isn't the mayor's fault, the workers' union's lawyers say.",
        "Rock 'n' roll in the '90s, 'tis said.",
        'A man 6\'2" tall with a 10" pipe.',
        "No marks at all.",
        "",
    ],
)
def test_apostrophes_and_inches_open_no_quotation(text: str) -> None:
    assert quoted(text) == []


def test_a_mark_that_never_closes_costs_one_quotation() -> None:
    text = 'He said: "The pumps are broken.\n\nThe port is open.\n\n"We wait," she said.'
    found = find_quotations(text)
    assert [(q.outer.of(text), q.closed) for q in found] == [('"The pumps are broken.', False), ('"We wait,"', True)]
    assert not found[1].continues


def test_a_second_opening_mark_ends_the_unclosed_one() -> None:
    text = "He said “the pumps are broken. She said “we wait” and left."
    assert [(q.outer.of(text), q.closed) for q in find_quotations(text)] == [
        ("“the pumps are broken. She said", False),
        ("“we wait”", True),
    ]


def test_an_opening_mark_repeated_at_the_next_paragraph_carries_on() -> None:
    text = "She said: “One.\n\n“Two.\n\n“Three.”\n\n“Four,” he said."
    assert [(q.outer.of(text), q.closed, q.continues) for q in find_quotations(text)] == [
        ("“One.", False, False),
        ("“Two.", False, True),
        ("“Three.”", True, True),
        ("“Four,”", True, False),
    ]


@pytest.mark.parametrize(
    ("quotation", "wanted"),
    [
        ("“We will not leave the valley”", True),
        ("“The road is closed,”", True),
        ("“Nobody knows.”", True),
        ("“No.”", True),
        ("“safe zone”", False),
        ("“the Fox”", False),
        ("“The Long Harbour Road”", False),
        ("“A House by the Sea”", False),
        ("“terrorists”", False),
    ],
)
def test_statements_are_told_from_scare_quotes_and_titles(quotation: str, wanted: bool) -> None:
    text = f"It was {quotation} then"
    assert is_statement(text, find_quotations(text)[0]) is wanted


def test_spans_slice_their_own_text_and_lie_in_order() -> None:
    text = "\n\n“a” ‘b c’ \"d\n“e”\n\n'' ''«»“”\"\"''"
    found = find_quotations(text)
    for quotation in found:
        assert 0 <= quotation.outer.start <= quotation.inner.start < quotation.outer.end <= len(text)
    assert [q.outer for q in found] == sorted(q.outer for q in found)


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = "She said: “We wait for the\nconvoy by the river and\nthe bridge near town.”"
    assert quoted(text) == ["“We wait for the\nconvoy by the river and\nthe bridge near town.”"]
    assert len(paragraph_spans(text)) == 1


def test_many_marks_take_linear_time() -> None:
    began = time.perf_counter()
    find_quotations("“" * 20_000 + "'" * 20_000 + '"' * 20_000)
    assert time.perf_counter() - began < 5


def test_a_quotation_runs_on_over_paragraphs_without_marks() -> None:
    text = "He wrote: “The road is closed.\n\nTwo bridges fell.\n\nBe patient.”\n\nNobody was."
    found = find_quotations(text)
    assert [(q.inner.of(text), q.continues) for q in found] == [
        ("The road is closed.", False),
        ("Two bridges fell.", True),
        ("Be patient.", True),
    ]
    assert unclosed(found) == []


def test_quotations_inside_another_are_part_of_it() -> None:
    text = "“He called it “a fairy tale” and left,” she said. “I stayed.”"
    assert [q.inner.of(text) for q in find_quotations(text)] == ["He called it “a fairy tale” and left,", "I stayed."]


def test_a_mark_turned_the_wrong_way_closes() -> None:
    text = "“Who can promise that?“ he asked."
    assert [(q.inner.of(text), q.closed) for q in find_quotations(text)] == [("Who can promise that?", True)]


def test_a_missing_mark_before_the_reporters_words_is_told() -> None:
    text = "“The gate was open, the guard said. Nobody asked.\n\n“We walked in,” said a boy."
    found = find_quotations(text)
    assert [(q.inner.of(text), q.closed, q.continues) for q in found] == [
        ("The gate was open,", False, False),
        ("We walked in,", True, False),
    ]
    assert unclosed(found) == [found[0]]
