"""What people type into a search box, as the full-text index takes it."""


def fts_query(words: str) -> str:
    """A search as FTS5 takes it: each word, or each stretch in quotation marks, quoted, so that nothing is an operator."""
    parts = [p.strip() for p in words.replace("“", '"').replace("”", '"').split('"')]
    phrases = [part for n, part in enumerate(parts) if part and n % 2] + [
        w for n, part in enumerate(parts) if not n % 2 for w in part.split()
    ]
    kept = ["".join(c if c.isalnum() or c in " -'’." else " " for c in p).strip() for p in phrases]
    return " ".join(f'"{p}"' for p in kept if any(c.isalnum() for c in p))
