"""Furniture out of a report, and what it tells."""

import pytest

from crossread.ingest.clean import clean

LEAD = "The army of Kardenia shelled the town of Varnik on Monday, killing four people, residents and a nurse said."
SECOND = "Rescue workers reached the market in the afternoon and carried nine wounded people to the harbour, they said."
THIRD = "The government in Ostrel said that it knew of no shelling and that its guns had been silent since Sunday night."


def body(*lines: str) -> str:
    return "\n\n".join(("Varnik shelled again as talks stall", LEAD, *lines, SECOND, THIRD))


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Share", "share"),
        ("Facebook Twitter WhatsApp E-mail", "share"),
        ("Share this article", "share"),
        ("12 comments", "share"),
        ("Advertisement", "advertisement"),
        ("Advertisement - Continue reading below", "advertisement"),
        ("Click to follow", "follow"),
        ("Follow us on Facebook and Twitter", "follow"),
        ("3 min read", "read_time"),
        ("Sign up for our morning newsletter", "newsletter"),
        ("Newsletter Sign Up Enter your email address. Try again later. View all newsletters of the Ostrel Post.", "newsletter"),
        ("JUST WATCHED Eels return to the Velna Replay More Videos ... MUST WATCH Eels return to the Velna 02:12", "media_player"),
        ("Read more: Inside the cellars of Varnik", "read_more"),
        ("READ ALSO: Who rules Varnik?", "read_more"),
        ("We use cookies to improve your visit to this site.", "cookie_notice"),
        ("pic.twitter.com/a1b2c3", "social"),
        ("Additional reporting by Associated Press", "credit_line"),
        ("(Reporting by Jorin Askel; Editing by Dana Wick)", "credit_line"),
        ("Our standards: the rules we write by", "credit_line"),
        ("Radio transcripts are produced on a tight deadline by a contractor and may be revised.", "credit_line"),
        ("Photo: Ostrel Daily archive", "photo_credit"),
        ("A burnt-out tram in the market square of Varnik [AFP]", "photo_caption"),
        ("A burnt-out tram in the market square. Photo Credit: Reuters", "photo_caption"),
        ("A burnt-out tram on Monday. Photograph: Mila Tarro/Reuters", "photo_caption"),
        ("File photo: a tram in Varnik before the war.", "photo_caption"),
        ("Image caption A tram in Varnik", "photo_caption"),
        ("Tags : Varnik, Kardenia, war", "tags"),
        ("© Belgor Herald 2023. All rights reserved.", "copyright"),
        ("Port workers end their strike over pay in Pell", "related_headline"),
        (LEAD, "repeated_paragraph"),
        ("Rescue workers reached the market in the afternoon", "pull_quote"),
        ("Varnik shelled again as talks stall", "repeated_headline"),
        ("* * *", "separator"),
    ],
)
def test_clean_moves_furniture_out(line: str, reason: str) -> None:
    found = clean(body(line))
    assert [(r.text, r.reason, r.line) for r in found.removed] == [(line, reason, 5)]
    assert [p.text for p in found.paragraphs] == ["Varnik shelled again as talks stall", LEAD, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "He shared the bread.",
        "“Read my lips: no more convoys,” he said.",
        "Nobody could say where the shells had come from.",
        "What the nurse saw",
        "The advertisement that the army printed on Sunday had promised safe passage.",
        "She asked people to follow the tramlines to the harbour.",
        "The photo was taken in 2019, the army said.",
        "More than 40 people have died this month.",
        "“Follow me,” the soldier told them.",
        "It took three minutes.",
        "The Reuters news agency was told the same by two people who had left the town.",
    ],
)
def test_clean_keeps_the_words_of_the_report(line: str) -> None:
    found = clean(body(line))
    assert found.removed == []
    assert line in [p.text for p in found.paragraphs]


def test_clean_finds_the_headline() -> None:
    assert clean(body()).title == "Varnik shelled again as talks stall"


def test_clean_finds_no_headline_in_a_first_sentence() -> None:
    assert clean(f"{LEAD}\n\n{SECOND}").title is None


def test_clean_takes_a_short_single_line_as_text() -> None:
    found = clean("The council met on Monday.")
    assert (found.title, len(found.paragraphs)) == (None, 1)


def test_clean_puts_a_known_headline_first() -> None:
    text = f"Ostrel desk\n\nVarnik shelled again as talks stall\n\n{LEAD}\n\n{SECOND}"
    found = clean(text, title="Varnik Shelled Again as Talks Stall")
    assert found.paragraphs[0].text == "Varnik shelled again as talks stall"


def test_clean_reads_a_mail_stub_beside_a_date() -> None:
    found = clean(f"Varnik shelled again as talks stall\n\n( [email protected] ) May 12, 2023 11:30 AM EDT\n{LEAD}\n{SECOND}")
    assert [(r.reason, r.line) for r in found.removed] == [("byline_email", 3), ("date_line", 3)]
    assert [d.day for d in found.dates] == ["2023-05-12"]


def test_clean_reads_byline_label_and_agency() -> None:
    lines = [
        "Varnik shelled again as talks stall",
        "By Ilse Vorrin",
        "The Lakeside Tribune",
        LEAD,
        SECOND,
        "Additional reporting by AFP",
    ]
    found = clean("\n".join(lines))
    assert (found.byline, found.publisher, found.agency) == ("Ilse Vorrin", "The Lakeside Tribune", "Agence France-Presse")
    assert [r.reason for r in found.removed] == ["byline", "site_label", "credit_line"]


def test_clean_takes_only_the_credit_off_the_last_paragraph() -> None:
    found = clean("\n\n".join((LEAD, SECOND, f"{THIRD} (Reuters)")))
    assert found.agency == "Reuters"
    assert found.paragraphs[-1].text == THIRD
    assert [(r.text, r.reason) for r in found.removed] == [("(Reuters)", "credit_line")]


def test_clean_keeps_lists_and_many_headings() -> None:
    items = ["Four people killed in the market", "Nine people wounded at the harbour", "Two trams burnt in Mill Hill"]
    assert clean(body(*items)).removed == []


def test_clean_keeps_headings_of_a_page_that_markup_marked() -> None:
    assert clean(body("Port workers end their strike over pay in Pell"), extracted=True).removed == []


def test_clean_drops_all_that_follows_a_list_of_other_reports() -> None:
    found = clean(body() + "\n\nMost read\n\nFerry fares rise\n\nMuseum thieves leave apology note")
    assert [r.reason for r in found.removed] == ["related_headline"] * 3


def test_clean_keeps_a_signature_with_its_pull_quote() -> None:
    found = clean(body("“carried nine wounded people to the harbour”", "Amra Dellin, nurse"))
    assert [r.reason for r in found.removed] == ["pull_quote", "pull_quote_signature"]


def test_clean_joins_hard_wrapped_lines() -> None:
    lines = [
        "The army of Kardenia shelled the town of",
        "Varnik on Monday, killing four people and",
        "wounding nine, residents said on the",
        "telephone.",
    ]
    found = clean("\n".join((*lines, "", "Nobody claimed it.")))
    assert [(p.text, p.line) for p in found.paragraphs] == [(" ".join(lines), 1), ("Nobody claimed it.", 6)]


def test_clean_keeps_one_paragraph_a_line() -> None:
    assert len(clean(f"{LEAD}\n{SECOND}\n{THIRD}").paragraphs) == 3


BODY = "The mayor of Karsa resigned on Monday after a week of protests over the closing of the port, officials said."


def test_outlet_above_the_headline_is_the_publisher() -> None:
    found = clean(f"The Harbour Times\n4 June 2031\n\nMayor resigns over closing of the port\n\n{BODY}\n\n{SECOND}")
    assert (found.title, found.publisher) == ("Mayor resigns over closing of the port", "The Harbour Times")
    assert [r.reason for r in found.removed] == ["site_label", "date_line"]


def test_outlet_above_the_body_alone_stays() -> None:
    assert clean(f"The Harbour Times\n\n{BODY}\n\n{SECOND}").paragraphs[0].text == "The Harbour Times"


def test_slides_of_a_gallery_are_captions() -> None:
    slides = [
        "1/9 3 May Farmers dance round the well at Sollen. The feast is held each spring when the lambs are sold PA",
        "2/9 2 May The queen of Kardenia opens a bridge near Ostrel Getty",
        "4/9 A fox asleep on the steps of the town hall",
    ]
    found = clean(body(*slides))
    assert [(r.text, r.reason) for r in found.removed] == [(s, "photo_caption") for s in slides]


def test_slides_under_one_name_are_captions() -> None:
    slides = [
        "Nine centuries of Ostrel market The first stalls Fishwives sold eels here before there was a bridge over the Velna.",
        "Nine centuries of Ostrel market Fire and flood Twice the halls burned down, and twice the guilds built them again.",
        "Nine centuries of Ostrel market A place to be seen Today visitors come for the cheese and stay for the band.",
    ]
    found = clean(body(*slides))
    assert [(r.text, r.reason) for r in found.removed] == [(s, "photo_caption") for s in slides]


def test_sentences_that_begin_alike_are_no_slides() -> None:
    said = [
        f"We will not forget the {what} that Ostrel lost in the flood of that terrible year."
        for what in ("Halls", "boats", "Bridges")
    ]
    council = [f"The Council of the Nine {what}" for what in ("urges calm.", "Demands an inquiry.", "Thanks the crews.")]
    assert clean(body(*said, *council)).removed == []


@pytest.mark.parametrize(
    "lines",
    [
        ["9/11 families met the minister.", "9/11 changed how the harbour is guarded.", "9/11 was named as the reason."],
        ["1/3 The envoy kept a third.", "12 of 20 The villages that were lost."],
    ],
)
def test_fractions_and_days_are_no_slides(lines: list[str]) -> None:
    assert not [r for r in clean(body(*lines)).removed if r.reason == "photo_caption"]
