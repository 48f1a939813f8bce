"""Stories and readings as JSON Lines: the records themselves, whole."""

from crossread.export.encoding import record_line
from crossread.export.registry import Material


def story_lines(material: Material) -> bytes:
    """One story a line."""
    return b"".join(record_line(s) for s in material.stories)


def reading_lines(material: Material) -> bytes:
    """One reading a line: those of the stories' documents, by document id."""
    wanted = {d for s in material.stories for d in (*s.documents, *(o.document for o in s.outside))}
    return b"".join(record_line(material.by_document[d]) for d in sorted(wanted) if d in material.by_document)
