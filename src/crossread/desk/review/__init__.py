"""What people decide about findings, and how it changes what is shown.

``items`` lists the findings of a reading or a story with keys that survive re-reading; ``fold`` turns the history into the state
of each finding; ``of_reading`` and ``of_story`` apply that state; ``actions`` checks a decision and adds it to the history;
``doubt`` orders the queue; ``agreement`` compares two people.

Everything but ``actions`` is a pure function of the records and the lines of the history that count, so that taking a line back
gives exactly what was there before.
"""
