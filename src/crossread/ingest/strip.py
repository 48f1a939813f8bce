"""All visible text of a page by one pass over its tags: no parser, time linear in its length."""

import html as entities
import re

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
NEVER_SHOWN = frozenset({"script", "style", "noscript", "template", "svg", "iframe", "textarea"})
"""Elements whose content a reader of the page does not see."""
_HIDDEN = NEVER_SHOWN | {"nav", "footer", "form", "button", "select"}
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "br",
        "tr",
        "td",
        "table",
        "section",
        "article",
        "blockquote",
        "header",
    }
    | {"main", "title", "body", "head", "aside", "figure", "figcaption", "dl", "dt", "dd", "pre", "hr"}
)
MAX_TEXT = 20_000_000


def strip_tags(html: str, *, hidden: frozenset[str] = _HIDDEN) -> str:
    """Visible text of a page, blocks on lines of their own, empty lines and the ``hidden`` elements left out."""
    pieces: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while at < len(html):
        found = _MARKUP.search(html, at)
        if found is None:
            pieces.append(html[at:])
            break
        start = found.start()
        pieces.append(html[at:start])
        at = _after_markup(html, start, pieces, unclosed, hidden)
    text = entities.unescape("".join(pieces)[:MAX_TEXT])
    return "\n".join(words for line in text.split("\n") if (words := " ".join(line.split())))


def _after_markup(html: str, start: int, pieces: list[str], unclosed: set[str], hidden: frozenset[str]) -> int:
    """Where to go on behind the markup that begins at ``start``; adds the line break or space that it stands for."""
    if html.startswith("<!--", start):
        return _after(html, "-->", start + 4, unclosed)
    found = _TAG.match(html, start)
    if found is None:
        if html.startswith(("<!", "<?"), start):
            return _after(html, ">", start + 2, unclosed)
        pieces.append("<")
        return start + 1
    name = found[2].lower()
    end = html.find(">", found.end())
    if end < 0:
        return len(html)
    if name in hidden and not found[1] and html[end - 1] != "/":
        pieces.append("\n")
        return _after_element(html, name, end + 1, unclosed)
    pieces.append("\n" if name in _BLOCKS else "" if len(name) == 1 or name in ("em", "strong", "span", "font", "mark") else " ")
    return end + 1


def _after(html: str, mark: str, at: int, unclosed: set[str]) -> int:
    """Behind the next ``mark``; a mark that is known not to come is not looked for again."""
    end = -1 if mark in unclosed else html.find(mark, at)
    if end < 0:
        unclosed.add(mark)
        return at
    return end + len(mark)


def _after_element(html: str, name: str, at: int, unclosed: set[str]) -> int:
    """Behind the end tag of a hidden element; where that never comes, only the start tag is passed over."""
    if name in unclosed:
        return at
    found = re.compile(rf"</{name}\b[^<>]{{0,200}}>?", re.IGNORECASE).search(html, at)
    if found is None:
        unclosed.add(name)
        return at
    return found.end()
