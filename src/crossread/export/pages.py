"""A story for people, as a file: HTML and Markdown."""

from crossread.export.encoding import utf8
from crossread.export.html import html_page
from crossread.export.markdown import markdown_page
from crossread.export.registry import Material


def html_file(material: Material) -> bytes:
    """One self-contained HTML page."""
    return utf8(html_page(material.stories[0], material.readings))


def markdown_file(material: Material) -> bytes:
    """One Markdown text."""
    return utf8(markdown_page(material.stories[0], material.readings))
