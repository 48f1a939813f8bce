"""Words of raw text: spaCy's English rules, brought closer to how the treebanks cut words."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab


def english_tokenizer(nlp: "Language") -> "Tokenizer":
    """The tokenizer of ``nlp`` (a blank English pipeline) for use with our model."""
    return nlp.tokenizer
