"""What the desk shows: one module for each kind of page, put together in ``routes``.

Pages only lay out what `Desk` gives them: every line is built from a record, carries the finding's key and state, and links to the
sentences that it rests on.
"""
