"""Dates of what somebody asks for, which are still to come ("called for a rally on 14 July")."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

DATES = frozenset(("md", "dm", "month"))
_ASKING = frozenset(("call", "demand", "urge", "request", "seek", "propose", "ask", "press", "push", "appeal"))


def is_asked_for(token: "Token") -> bool:
    """Whether a date stands behind what somebody asks for ("called for a rally on 14 July")."""
    verb = next((t for t in (token, *token.ancestors) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.lemma_.lower() not in _ASKING or verb.i > token.i:
        return False
    for child in verb.children:
        wanted = child.dep_.lower() == "obj" or any(c.lower_ == "for" for c in child.children)
        if wanted and verb.i < child.i < token.i and child.pos_ in ("NOUN", "PROPN"):
            return True
    return False
