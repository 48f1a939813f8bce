"""Invented news reports in any number: names, places, numbers, outlets and copies vary, the seed is fixed.

The language is that of wire reports; the countries, towns and people are made up from syllables, so that no real text is needed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_STARTS = ("Kar", "Vel", "Os", "Tor", "Mar", "Bel", "Dru", "Sen", "Hal", "Lum", "Qua", "Ren", "Ist", "Nor", "Pal", "Gor")
_MIDDLES = ("", "", "la", "ri", "no", "te", "ma", "ku", "ve", "sho", "dri", "bel", "tan", "ga")
_ENDS = ("sa", "mira", "dan", "vik", "lund", "otha", "esh", "ira", "ovo", "ant", "ille", "ur", "eka", "ond", "aba", "ista")
_FIRST = ("Oda", "Milan", "Teresa", "Jonas", "Ilse", "Farid", "Nadia", "Pavel", "Greta", "Samir", "Lena", "Tomas")
_OUTLETS = ("Post", "Herald", "Tribune", "Courier", "Monitor", "Gazette")
_BODY = (
    "{minister} accused {other} of blocking aid to {town} on {day}.",
    "At least {n} people were killed and {m} wounded when air strikes hit a market in {town}, a monitoring group said.",
    "“We negotiated until the last hour, and they walked away,” {minister} told reporters in {capital}.",
    "{other}'s foreign ministry denied that its jets had bombed {town}, calling the reports “a fabrication”.",
    "The Security Council will vote on {day} on a text that demands an end to the fighting in {town}.",
    "{other} vetoed the draft, with {n} countries voting in favour and two against.",
    "More than {k},000 people are believed to be trapped in {town}, where food and medicine are running out.",
    "{president} called off a planned visit to {capital} after the talks collapsed, his spokesman said.",
    "Aid workers said convoys had not reached {town} since {month}, and that {m} trucks were waiting at the border.",
    "Rebels said they had retaken {n} positions north of {town}, but the army insisted that it held the area.",
    "“There is no military solution,” said {minister}, who urged both sides to respect the ceasefire.",
    "The United Nations demanded an independent investigation into the attack on the hospital in {town}.",
    "Officials in {capital} said on {day} that sanctions against {other} could be widened if the shelling went on.",
    "Residents of {town} described a night of heavy bombardment after several days of relative calm.",
    "It was not immediately clear who had fired first.",
)
_LONGER = (
    "The governor of {town} told state radio that schools would stay closed until the shelling ended.",
    "A convoy of {n} vehicles left {capital} before dawn, carrying flour, blankets and medical kits.",
    "Doctors at the only working clinic in {town} said they had treated {m} patients since {day}.",
    "{minister} is expected to travel to {capital} next week for a second round of talks.",
    "Fuel prices in {town} have tripled since {month}, traders at the central market said.",
    "The army said in a statement that it had intercepted {n} drones over {town} during the night.",
    "Opposition leaders called for a general strike on {day} unless {president} agreed to early elections.",
    "According to the water authority, pumps that serve half of {town} have run dry.",
    "“Our patience is not endless,” {minister} said at a news conference beside the ambassador of {other}.",
    "Satellite pictures published on {day} showed burnt fields along the road to {town}.",
    "The central bank in {capital} raised its main rate to {n} percent to slow the fall of the currency.",
    "Families who had fled to the hills began to return to {town}, but many found their houses looted.",
    "{other} recalled its envoy from {capital} and summoned the charge d'affaires over the incident.",
    "Two journalists working for a local broadcaster were detained at a checkpoint and freed hours later.",
    "An official close to {president} denied that any deal had been offered to the commanders.",
    "Engineers hope to restore power to {k},000 homes before the end of the week.",
    "The mayor accused both armies of using the railway station of {town} as a depot.",
    "A court in {capital} sentenced {n} former officers to prison for their part in the uprising of {month}.",
    "Relief agencies warned that {k},000 children would miss a second year of lessons.",
    "{minister} rejected the report as one-sided and said that {other} had been given no chance to reply.",
    "Negotiators agreed on {day} to exchange {m} prisoners through the crossing south of {town}.",
    "The bridge over the river was reopened to lorries after {n} days of repairs.",
    "Several hundred people marched through {capital}, carrying the portraits of relatives who are missing.",
    "The harbour of {town} handled barely a tenth of the grain that it had shipped a year earlier.",
    "Monitors counted {m} explosions within an hour, most of them near the airfield.",
    "In {capital}, parliament voted to extend the state of emergency by {n} days.",
    "“Nobody told us that the road was mined,” said a driver who had lost two of his colleagues.",
    "The foreign ministry of {other} offered to host a conference on the future of {town} before winter.",
    "Insurance companies have stopped covering ships that call at the port, brokers said on {day}.",
    "A spokesman for the rebels said that {n} villages had been handed back without a fight.",
    "Firefighters from three districts battled a blaze at the refinery for most of {day}.",
    "The election commission put off the vote in {town} and gave no new date.",
    "{president} thanked the volunteers in a televised speech and promised pay to the widows.",
    "Archaeologists fear for the old citadel, whose eastern wall was hit twice in {month}.",
    "Border guards turned back {m} lorries for want of papers, a haulage company complained.",
    "The two sides blamed each other for the failure of the line that carries gas to {capital}.",
    "Farmers near {town} say that they cannot sow because of shells that did not explode.",
    "A former adviser of {president} said that the plan had been drawn up long before {month}.",
    "Hospitals asked for blood, and queues formed outside the main square within the hour.",
    "{other} will lift its ban on imports from {town} on {day}, the trade ministry announced.",
)
"""For reports of more sentences than a wire report has: from the first list alone they would say everything twice."""
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Report:
    """An invented report, in the shape of an input line."""

    id: str
    title: str
    text: str
    publisher: str
    published: str


def _name(random_: random.Random) -> str:
    """One of some 3,300 names, so that ten thousand stories are told apart by more than one of them."""
    return random_.choice(_STARTS) + random_.choice(_MIDDLES) + random_.choice(_ENDS)


def _cast(random_: random.Random) -> dict[str, str]:
    return {
        "minister": f"Foreign Minister {random_.choice(_FIRST)} {_name(random_)}",
        "president": f"President {random_.choice(_FIRST)} {_name(random_)}",
        "other": _name(random_) + "ia",
        "town": _name(random_),
        "capital": _name(random_) + " City",
        "month": random_.choice(("January", "March", "June", "October")),
    }


def reports(n: int, *, seed: int = 1, per_story: int = 8, copies: float = 0.2, sentences: int = 20) -> Iterator[Report]:
    """``n`` reports in stories of about ``per_story``; the share ``copies`` of them repeats an earlier one of its story in other paragraphs."""
    random_ = random.Random(seed)
    body = _BODY if sentences <= 20 else _BODY + _LONGER
    cast, day, told = _cast(random_), date(2031, 1, 1), list[str]()
    for number in range(n):
        if number % per_story == 0:
            cast, told = _cast(random_), []
            day = date(2031, 1, 1) + timedelta(days=random_.randrange(360))
        if told and random_.random() < copies:
            text = random_.choice(told)
        else:
            lines = [
                random_.choice(body).format(
                    **cast,
                    day=random_.choice(_DAYS),
                    n=random_.randint(3, 90),
                    m=random_.randint(3, 90),
                    k=random_.randint(20, 300),
                )
                for _ in range(sentences)
            ]
            text = "\n\n".join(" ".join(lines[i : i + 2]) for i in range(0, sentences, 2))
            told.append(text)
        outlet = f"{_name(random_)} {random_.choice(_OUTLETS)}"
        published = (day + timedelta(days=random_.randrange(3))).isoformat()
        title = f"{cast['other']} and the fighting in {cast['town']}"
        yield Report(id=f"g{number}", title=title, text=text, publisher=outlet, published=published)
