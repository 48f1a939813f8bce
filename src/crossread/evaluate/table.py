"""Scores as lines of text."""

from collections.abc import Iterator

from crossread.evaluate.scores import LayerScore, StoreScores

_HEAD = ("layer", "decided", "right", "corrected", "wrong", "missed", "mended", "precision (95 %)", "recall (95 %)")


def score_table(scores: StoreScores) -> str:
    """Scores as a table, with agreement of people and the most frequent corrections below it."""
    if not scores.layers:
        return "nothing was decided yet: accept, reject, edit or add findings at the desk (`crossread desk --store FILE`) first\n"
    rows = [_HEAD, *(_row(layer) for layer in scores.layers)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(w) if n == 0 else cell.rjust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    lines += ["", f"{scores.lines} lines of history by {', '.join(scores.people)}; {scores.documents} documents with decisions"]
    lines += list(_corrections(scores)) + list(_agreement(scores))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _row(layer: LayerScore) -> tuple[str, ...]:
    numbers = (layer.decided, layer.right, layer.corrected, layer.wrong, layer.missed, layer.mended)
    return (
        layer.layer,
        *(str(n) for n in numbers),
        _share(layer.precision, layer.precision_interval),
        _share(layer.recall, layer.recall_interval),
    )


def _share(share: float | None, interval: tuple[float, float] | None) -> str:
    if share is None or interval is None:
        return "-"
    return f"{share:.2f} ({interval[0]:.2f}-{interval[1]:.2f})"


def _corrections(scores: StoreScores) -> Iterator[str]:
    for layer in scores.layers:
        for c in layer.confusions[:5]:
            yield f"{layer.layer}: {c.field} corrected from {c.proposed} to {c.decided}, {c.count} times"


def _agreement(scores: StoreScores) -> Iterator[str]:
    for pair in scores.agreement:
        kappa = "not defined" if pair.kappa is None else f"{pair.kappa:.2f}"
        yield f"{pair.first} and {pair.second}: {pair.n_agreed} of {pair.n_both} alike, Cohen's kappa {kappa}"
