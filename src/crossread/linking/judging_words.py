"""One thing under a word that judges it in one report and under a plain word in another: a dictator and a leader, a mob and a crowd."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from crossread.linking.backgrounds import looks_back
from crossread.linking.independence import alike_sentences
from crossread.linking.sentences import Sentence, StoryView
from crossread.linking.sides import dispute_of, shorten
from crossread.linking.stems import content_stems
from crossread.records import Attribution, Dispute, Side, Voice
from crossread.vocabulary import AttributionKind, Compatible, DisputeKind

_FIELDS: tuple[tuple[str, str, str], ...] = (
    ("who rules", "dictator tyrant despot strongman autocrat", "leader president ruler premier chairman"),
    ("the government", "junta dictatorship clique", "government administration"),
    ("the fighters", "terrorist terrorists jihadist jihadists", "militant militants rebel rebels insurgent insurgents guerrilla guerrillas"
     " fighter fighters gunman gunmen separatist separatists"),
    ("the crowd", "mob thugs rioters hooligans infiltrators vandals looters anarchists rabble",
     "protesters protestors demonstrators marchers crowd activists supporters"),
    ("what the crowd did", "riot riots rioting rampage mayhem", "protest protests demonstration demonstrations rally march"),
    ("the military move", "invasion aggression onslaught occupation", "operation incursion campaign intervention mission deployment"),
    ("the killings", "massacre slaughter carnage bloodbath genocide", "killings killing deaths shooting shootings clashes"),
    ("how somebody died", "murder murdered murders executed execution assassinated slain butchered", "killed death died shot"),
    ("the change of power", "coup putsch", "takeover uprising revolution ouster removal"),
    ("those who came", "illegals aliens invaders", "migrants refugees immigrants asylum-seekers"),
    ("the questioning", "torture tortured", "interrogation interrogated questioned mistreatment mistreated abuse"),
    ("what was said", "lie lies lied lying", "misstatement mistake inaccurate misled incorrect misspoke"),
    ("the contacts", "collusion conspiracy plot", "contacts ties coordination talks meetings"),
    ("the watching", "spying spied snooping wiretapping wiretapped", "surveillance monitoring monitored"),
    ("how it was put", "slammed blasted lashed ripped scolded rebuked berated attacked", "criticised criticized disagreed objected questioned"),
    ("the refusal", "snub snubbed spurned", "declined refused skipped"),
    ("how it ended", "crushing humiliating rout landslide thrashing", "narrow slim close"),
    ("the land", "occupied annexed", "disputed"),
    ("the deal", "surrender capitulation bribe ransom", "agreement deal compromise settlement payment"),
    ("the crash", "attack sabotage", "accident crash mishap malfunction"),
)  # fmt: skip
"""What is named, words that judge it, plain words for it."""
_WORDS = {
    word: (number, sense)
    for number, (_, *senses) in enumerate(_FIELDS)
    for sense, words in enumerate(senses)
    for word in words.split()
}
_NEAR = 30
"""Characters on each side of a word in which two sentences must tell the same."""
_MOST, _TELLINGS = 3, 3
"""Such differences shown of one story; sentences shown on a side."""


@dataclass(frozen=True, eq=False)
class _Use:
    """A word of a field in a sentence; ``start`` and ``end`` are offsets into its text."""

    sentence: Sentence
    word: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.word)

    @property
    def field(self) -> int:
        return _WORDS[self.word][0]

    @property
    def judges(self) -> bool:
        return _WORDS[self.word][1] == 0

    @cached_property
    def before(self) -> frozenset[str]:
        """Stems of the words right before it."""
        return frozenset(content_stems(self.sentence.folded[max(0, self.start - _NEAR) : self.start]))

    @cached_property
    def after(self) -> frozenset[str]:
        """Stems of the words right after it."""
        return frozenset(content_stems(self.sentence.folded[self.end : self.end + _NEAR]))


def judging_words(view: StoryView) -> Iterator[Dispute]:
    """One dispute for each thing that one report names by a word that judges and another by a plain one."""
    uses = {s: found for s in view.sentences if (found := _uses(s))}
    pairs = [*_of_one_name(uses), *_of_one_telling(view, uses)]
    seen: set[int] = set()
    for judged, plain in pairs:
        if judged[0].field not in seen and len(seen) < _MOST:
            seen.add(judged[0].field)
            yield _dispute(view, judged, plain)


def _uses(sentence: Sentence) -> list[_Use]:
    """The words of fields in a sentence, each field that it names in both ways left out."""
    words = sentence.starts.keys() & _WORDS.keys()
    found = [_Use(sentence, w, at) for w in words for at in sentence.starts[w] if not _KIT.match(sentence.folded, at + len(w))]
    both = {u.field for u in found if u.judges} & {u.field for u in found if not u.judges}
    return sorted((u for u in found if u.field not in both), key=lambda u: u.start)


_KIT = re.compile(r" (?:police|policemen|squads?|officers?|gear|shields?|trials?|charges?|suspects?|cases?|weapons?)\b")
"""What makes of a word one that tells of somebody's kit or a charge ("riot police", "a murder charge")."""


def _of_one_name(uses: dict[Sentence, list[_Use]]) -> Iterator[tuple[list[_Use], list[_Use]]]:
    """Words that go with one name: one report has the word that judges, another only plain ones."""
    named: dict[tuple[int, str], list[_Use]] = {}
    for own in uses.values():
        for use in own:
            if _FIELDS[use.field][0] in _TITLES and (actor := _goes_with(use)) is not None:
                named.setdefault((use.field, actor), []).append(use)
    for key in sorted(named):
        judged = [u for u in named[key] if u.judges]
        judging = {u.sentence.document for u in judged}
        plain = [u for u in named[key] if not u.judges and u.sentence.document not in judging]
        if judged and plain:
            yield judged, plain


_TITLES = frozenset({"who rules", "the government", "the fighters"})
"""Fields of words that are put beside a name."""


def _goes_with(use: _Use) -> str | None:
    """The actor whose name stands right beside a word."""
    folded, first = use.sentence.folded, use.sentence.span.start
    for named in use.sentence.named:
        start, end = named.span.start - first, named.span.end - first
        if named.actor is None or not named.name[:1].isupper():
            continue
        if start <= use.start < end or start < use.end <= end:
            return named.actor if end - start > len(use.word) + 3 else None
        between = folded[use.end : start] if start >= use.end else folded[end : use.start]
        if len(between) <= 3 and not between.strip(" '’s"):
            return named.actor
    return None


def _of_one_telling(view: StoryView, uses: dict[Sentence, list[_Use]]) -> Iterator[tuple[list[_Use], list[_Use]]]:
    """Words that stand in the same place of two sentences that tell one thing."""
    for one, other in alike_sentences(view):
        if one not in uses or other not in uses or looks_back(one) is not None or looks_back(other) is not None:
            continue
        for ours in uses.get(one, ()):
            for theirs in uses.get(other, ()):
                if ours.field == theirs.field and ours.judges != theirs.judges and _in_one_place(ours, theirs):
                    yield ([ours], [theirs]) if ours.judges else ([theirs], [ours])


def _in_one_place(one: _Use, other: _Use) -> bool:
    """Whether the words around two words are those of one telling."""
    return (
        bool(one.before & other.before and one.after & other.after)
        or len((one.before | one.after) & (other.before | other.after)) > 2
    )


def _dispute(view: StoryView, judged: Sequence[_Use], plain: Sequence[_Use]) -> Dispute:
    sides = [_side(view, uses) for uses in (judged, plain)]
    topic = f"What it is called, {_FIELDS[judged[0].field][0]}: “{judged[0].word}” or “{plain[0].word}”"
    return dispute_of(
        DisputeKind.WORDING, topic, sides, Compatible.YES, "one report's word judges what another names by a plain one"
    )


def _own_voice(use: _Use) -> Attribution | None:
    """The attribution whose speaker's own the word is: it stands in quotation marks; in a paraphrase it is the report's."""
    said = use.sentence.voice_at(use.start, use.end)
    if said is None or said.kind is AttributionKind.DIRECT:
        return said
    text = use.sentence.text[: use.start]
    return said if text.count("“") > text.count("”") or text.count('"') % 2 == 1 else None


def _side(view: StoryView, uses: Sequence[_Use]) -> Side:
    by_document = {u.sentence.document: u for u in reversed(uses)}
    chosen = sorted(by_document.values(), key=lambda u: u.sentence.key)[:_TELLINGS]
    voices: list[Voice] = []
    for use in chosen:
        said = _own_voice(use)
        speakers = view.case.speaker_of(use.sentence.reading, said.id) if said is not None else ()
        record = said.id if said is not None else None
        voices += [Voice(speaker=s, document=use.sentence.document, record=record) for s in speakers or (None,)]
    return Side(
        position=f"“{chosen[0].word}”: {shorten(chosen[0].sentence.text, 180)}",
        held_by=tuple(dict.fromkeys(v.speaker for v in voices if v.speaker is not None)),
        voices=tuple(dict.fromkeys(voices)),
        evidence=tuple(u.sentence.evidence() for u in chosen),
    )
