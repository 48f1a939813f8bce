"""Bytes to text."""

import pytest

from crossread.errors import UnreadableDocument
from crossread.ingest.decode import decode

SENTENCE = "“We’ll leave the café,” said Zoë – at nine."


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"],
)
def test_decode_finds_the_encoding(encoding: str) -> None:
    text = f"{SENTENCE} The council met in Varnik on Monday and left it on Tuesday. " * 4
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\x0c", "\u2028"])
def test_decode_makes_all_line_breaks_the_same(breaks: str) -> None:
    assert decode(f"One.{breaks}Two.".encode()).text == "One.\nTwo."


def test_decode_reports_control_characters() -> None:
    decoded = decode(b"One\x00 two\x07 three.")
    assert decoded.text == "One two three."
    assert [p.code for p in decoded.problems] == ["text.control_characters"]


def test_decode_keeps_utf8_with_a_broken_byte() -> None:
    data = ("Zoë saw the café. " * 20).encode()
    decoded = decode(data[:30] + b"\xff" + data[30:])
    assert decoded.text.count("ë") == 20
    assert [p.code for p in decoded.problems] == ["text.undecodable"]


def test_decode_keeps_a_text_cut_inside_a_character() -> None:
    assert decode("The café".encode()[:-1]).text.startswith("The caf")


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 10])
def test_decode_refuses_what_is_no_text(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="not "):
        decode(data)


def test_decode_believes_a_page_about_its_charset() -> None:
    data = b'<html><head><meta charset="iso-8859-2"></head><p>' + "Łódź i Gdańsk są daleko.".encode("iso-8859-2")
    assert "Łódź" in decode(data, html=True).text


@pytest.mark.parametrize("data", [b"", b"  \n\t", b"\x00\x00"])
def test_decode_of_nothing_is_nothing(data: bytes) -> None:
    assert decode(data).text == ""
