"""Stable codes of problems, with what each means (the table in docs/reference/problems.md is made from this one)."""

PROBLEM_CODES: dict[str, str] = {
    "document.empty": "The document holds no text of its own.",
    "language.not_read": "The document is in a language that crossread does not read; only English is read, nothing is guessed.",
    "step.failed": "A reading step gave up on the document; its layer is empty, the others stand.",
}
