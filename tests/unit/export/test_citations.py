"""Bibliographies read back by bibtexparser and rispy."""

import json

import bibtexparser
import msgspec
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware

from crossread.export import export_stories
from crossread.export.citations import entries
from crossread.export.registry import Material
from crossread.records import When
from crossread.vocabulary import Precision
from tests.unit.export.material import hostile, plain


def bib(material: Material) -> bibtexparser.Library:
    content = export_stories(material.stories, material.readings, to="bibtex").decode()
    return bibtexparser.parse_string(content, append_middleware=[LatexDecodingMiddleware()])


def test_bibtex_gives_back_the_reports() -> None:
    library = bib(plain())
    assert not library.failed_blocks
    first, second = library.entries
    assert (first.entry_type, first["journal"], first["year"], first["date"]) == ("article", "Karsa Post", "2031", "2031-04-07")
    assert first["title"].strip("{}") == "Veltland vetoes truce text"
    assert second.entry_type == "misc"


@pytest.mark.parametrize("text", ["50% of A & B_C #1 $x ~", "back\\slash", "“Čas” — 𝔸", "a^b", "\\input{/etc/passwd}"])
def test_bibtex_escapes_what_tex_reads(text: str) -> None:
    library = bib(hostile(text.replace("{", "").replace("}", "")))
    assert not library.failed_blocks
    assert len(library.entries) == 1
    title = (
        library.entries[0]["title"].removeprefix("{").removesuffix("}").replace("ˆ", "^")
    )  # pylatexenc's sign for the circumflex
    assert title == text.replace("{", "").replace("}", "")


@pytest.mark.parametrize("text", ["a { b", "a } b", "}\n@book{x, title={y}}"])
def test_no_brace_of_a_report_ends_a_field(text: str) -> None:
    content = export_stories(hostile(text).stories, hostile(text).readings, to="bibtex").decode()
    library = bibtexparser.parse_string(content)
    assert not library.failed_blocks
    assert len(library.entries) == 1
    shown = library.entries[0]["title"].replace("\\textbraceleft{}", "<").replace("\\textbraceright{}", ">")
    assert shown == "{" + " ".join(text.split()).replace("{", "<").replace("}", ">") + "}"


def test_ris_gives_back_the_reports() -> None:
    material = plain()
    first, second = rispy.loads(export_stories(material.stories, material.readings, to="ris").decode())
    assert (first["type_of_reference"], first["title"], first["secondary_title"]) == (
        "NEWS",
        "Veltland vetoes truce text",
        "Karsa Post",
    )
    assert (first["year"], first["date"]) == ("2031", "2031/04/07")
    assert second["title"] == "Renn trip off"


def test_csl_items_have_the_fields_of_the_schema() -> None:
    material = plain()
    items = json.loads(export_stories(material.stories, material.readings, to="csl-json"))
    assert [i["type"] for i in items] == ["article-newspaper"] * 2
    assert items[0]["container-title"] == "Karsa Post"
    assert items[0]["issued"] == {"date-parts": [[2031, 4, 7]]}
    assert "issued" not in items[1]


def test_a_vague_day_is_a_range() -> None:
    material = plain()
    when = When(start="2031-04-01", end="2031-04-30", precision=Precision.MONTH)
    document = msgspec.structs.replace(material.readings[0].document, published=when)
    vague = Material(
        stories=material.stories,
        readings=(msgspec.structs.replace(material.readings[0], document=document), *material.readings[1:]),
    )
    item = json.loads(export_stories(vague.stories, vague.readings, to="csl-json"))[0]
    assert item["issued"] == {"date-parts": [[2031, 4, 1], [2031, 4, 30]]}
    assert "day" not in bib(vague).entries[0]


def test_keys_are_unique_and_authors_parted() -> None:
    reading = plain().readings[0]
    twin = msgspec.structs.replace(
        reading, document=msgspec.structs.replace(reading.document, id="two", byline="By Ana Writer and Bo Reporter in Karsa")
    )
    first, second = entries(Material(stories=plain().stories, readings=(reading, twin)))
    assert (first.key, second.key) == ("karsapost2031veltland", "karsapost2031veltland-2")
    assert second.authors == ("Ana Writer", "Bo Reporter")
