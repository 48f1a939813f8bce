"""Any number of reports from an invented country, all different, the same for the same seed."""

import random
from dataclasses import dataclass

_PLACES = (
    "Karsa",
    "Belgor",
    "Ostrel",
    "Pell",
    "Lakeside",
    "Corvane",
    "Aldport",
    "Varnik",
    "Dunmere",
    "Halsing",
    "Orlovo",
    "Tamrin",
)
_PEOPLE = (
    "Oda Renn",
    "Ilya Marsh",
    "Tess Varga",
    "Bram Olsen",
    "Nela Koss",
    "Jon Harrow",
    "Mira Stahl",
    "Pavel Dunn",
    "Ruth Amory",
)
_ROLES = (
    "the governor",
    "a rebel commander",
    "the foreign minister",
    "doctors",
    "the army",
    "a spokesman for the mayor",
    "residents",
)
_OUTLETS = ("Belgor Herald", "Corvane Courier", "Lakeside Tribune", "Ostrel Daily", "Pell Evening Post")
_LINES = (
    "At least {n} people were killed in {place} on {day}, {role} said.",
    "“We will not sign the agreement,” {person} told reporters in {place}.",
    "{person} denied that troops had crossed the river near {place}.",
    "Shells hit a market in {place}, wounding {n} people, {role} said.",
    "The talks in {place} were called off on {day} after {person} left.",
    "{role} accused the government of blocking aid to {place}, where {n},000 people are trapped.",
    "The council is expected to vote on the draft next week, {person} said.",
    "About {n} families fled {place} overnight, according to {role}.",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an outlet printed."""

    title: str
    text: str
    publisher: str
    day: str

    @property
    def page(self) -> bytes:
        """The report as a web page."""
        paragraphs = "".join(f"<p>{p}</p>" for p in self.text.split("\n\n"))
        return (
            f'<html><head><title>{self.title}</title><meta property="og:site_name" content="{self.publisher}"></head>'
            f"<body><nav>Home | News</nav><article><h1>{self.title}</h1>{paragraphs}</article></body></html>"
        ).encode()


def report(number: int, *, seed: int = 0, n_lines: int = 6) -> Report:
    """The report of a number."""
    chance = random.Random(f"{seed}/{number}")
    lines = [
        line.format(
            n=chance.randint(2, 90),
            place=chance.choice(_PLACES),
            person=chance.choice(_PEOPLE),
            role=chance.choice(_ROLES),
            day=chance.choice(_DAYS),
        )
        for line in chance.choices(_LINES, k=n_lines)
    ]
    paragraphs = [" ".join(s[0].upper() + s[1:] for s in lines[at : at + 2]) for at in range(0, n_lines, 2)]
    return Report(
        title=f"{chance.choice(_PLACES)} in question, day {number}",
        text="\n\n".join(paragraphs),
        publisher=chance.choice(_OUTLETS),
        day=f"2031-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
    )
