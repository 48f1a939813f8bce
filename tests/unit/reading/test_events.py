"""Events from hand-made parses: predicates, arguments, types, voices."""

from crossread.codebook.plover import predicates
from crossread.reading.events import Draft, Voices, draft_events, read_events
from crossread.reading.tree import Tree
from crossread.records import Attribution, Document, Entity, Mention, Reading, Span
from crossread.vocabulary import EntityType, EventType, Stance, Status
from tests.docs import Row, make_doc

VETO: list[Row] = [
    ("Ruritania", "Ruritania", "NNP", 2, "nsubj"), ("imposed", "impose", "VBD", 0, "root"), ("its", "its", "PRP$", 4, "nmod:poss"),
    ("veto", "veto", "NN", 2, "obj"), ("on", "on", "IN", 7, "case"), ("a", "a", "DT", 7, "det"),
    ("resolution", "resolution", "NN", 4, "nmod"), (".", ".", ".", 2, "punct"),
]  # fmt: skip
PASSIVE: list[Row] = [
    ("Two", "two", "CD", 2, "nummod"), ("priests", "priest", "NNS", 4, "nsubj:pass"), ("were", "be", "VBD", 4, "aux:pass"),
    ("detained", "detain", "VBN", 0, "root"), ("by", "by", "IN", 6, "case"), ("soldiers", "soldier", "NNS", 4, "obl:agent"),
    (".", ".", ".", 4, "punct"),
]  # fmt: skip
MET: list[Row] = [
    ("Freedonia", "Freedonia", "NNP", 2, "nsubj"), ("met", "meet", "VBD", 0, "root"), ("the", "the", "DT", 4, "det"),
    ("rebels", "rebel", "NNS", 2, "obj"), (".", ".", ".", 2, "punct"),
]  # fmt: skip
ACCUSED: list[Row] = [
    ("Ruritania", "Ruritania", "NNP", 2, "nsubj"), ("accused", "accuse", "VBD", 0, "root"), ("Borduria", "Borduria", "NNP", 2, "obj"),
    ("of", "of", "IN", 5, "mark"), ("shelling", "shell", "VBG", 2, "advcl"), ("villages", "village", "NNS", 5, "obj"),
    (".", ".", ".", 2, "punct"),
]  # fmt: skip
NOMINAL: list[Row] = [
    ("The", "the", "DT", 2, "det"), ("attack", "attack", "NN", 8, "nsubj"), ("by", "by", "IN", 4, "case"),
    ("rebels", "rebel", "NNS", 2, "nmod"), ("on", "on", "IN", 7, "case"), ("the", "the", "DT", 7, "det"),
    ("plant", "plant", "NN", 2, "nmod"), ("shocked", "shock", "VBD", 0, "root"), ("Klow", "Klow", "NNP", 8, "obj"),
    (".", ".", ".", 8, "punct"),
]  # fmt: skip
RELATIVE: list[Row] = [
    ("The", "the", "DT", 2, "det"), ("trawler", "trawler", "NN", 6, "nsubj"), ("that", "that", "WDT", 5, "obj"),
    ("pirates", "pirate", "NNS", 5, "nsubj"), ("attacked", "attack", "VBD", 2, "acl:relcl"), ("sank", "sink", "VBD", 0, "root"),
    (".", ".", ".", 6, "punct"),
]  # fmt: skip


def drafts_of(*rows: list[Row]) -> tuple[Tree, list[Draft]]:
    tree = Tree(make_doc(*rows))
    return tree, draft_events(tree, Voices(()))


def words(tree: Tree, heads: tuple[int, ...]) -> list[str]:
    return [tree.words[i] for i in heads]


def test_light_verb_and_noun_are_one_event() -> None:
    tree, drafts = drafts_of(VETO)
    assert [d.coding.type for d in drafts] == [EventType.REJECT]
    assert words(tree, drafts[0].predicate.words) == ["imposed", "veto"]
    assert words(tree, drafts[0].arguments.actors) == ["Ruritania"]
    assert words(tree, drafts[0].arguments.recipients) == ["resolution"]


def test_passive_turns_agent_into_actor() -> None:
    tree, drafts = drafts_of(PASSIVE)
    assert words(tree, drafts[0].arguments.actors) == ["soldiers"]
    assert words(tree, drafts[0].arguments.recipients) == ["priests"]


def test_meeting_lists_all_sides_as_actors() -> None:
    tree, drafts = drafts_of(MET)
    assert words(tree, drafts[0].arguments.actors) == ["Freedonia", "rebels"]
    assert drafts[0].arguments.recipients == ()


def test_accused_of_controls_the_clause_and_makes_it_alleged() -> None:
    tree, drafts = drafts_of(ACCUSED)
    inner = next(d for d in drafts if d.coding.type is EventType.ASSAULT)
    assert words(tree, inner.arguments.actors) == ["Borduria"]
    assert inner.status.status is Status.ALLEGED


def test_nominal_takes_by_and_on_phrases() -> None:
    tree, drafts = drafts_of(NOMINAL)
    assert words(tree, drafts[0].arguments.actors) == ["rebels"]
    assert words(tree, drafts[0].arguments.recipients) == ["plant"]


def test_relative_clause_without_object_acts_on_its_noun() -> None:
    tree, drafts = drafts_of(RELATIVE)
    attack = next(d for d in drafts if d.coding.type is EventType.ASSAULT)
    assert words(tree, attack.arguments.actors) == ["pirates"]
    assert words(tree, attack.arguments.recipients) == ["trawler"]


def test_coordinated_actors_are_parties_of_their_own() -> None:
    rows: list[Row] = [
        ("Rebels", "rebel", "NNS", 4, "nsubj"), ("and", "and", "CC", 3, "cc"), ("deserters", "deserter", "NNS", 1, "conj"),
        ("attacked", "attack", "VBD", 0, "root"), ("Lutz", "Lutz", "NNP", 4, "obj"), (".", ".", ".", 4, "punct"),
    ]  # fmt: skip
    tree, drafts = drafts_of(rows)
    assert words(tree, drafts[0].arguments.actors) == ["Rebels", "deserters"]


def test_noun_before_noun_is_no_event() -> None:
    rows: list[Row] = [
        ("The", "the", "DT", 3, "det"), ("attack", "attack", "NN", 3, "compound"), ("helicopter", "helicopter", "NN", 4, "nsubj"),
        ("landed", "land", "VBD", 0, "root"), (".", ".", ".", 4, "punct"),
    ]  # fmt: skip
    assert drafts_of(rows)[1] == []


def test_refused_cooperation_is_reject() -> None:
    rows: list[Row] = [
        ("Borduria", "Borduria", "NNP", 4, "nsubj"), ("will", "will", "MD", 4, "aux"), ("not", "not", "RB", 4, "advmod"),
        ("release", "release", "VB", 0, "root"), ("prisoners", "prisoner", "NNS", 4, "obj"), (".", ".", ".", 4, "punct"),
    ]  # fmt: skip
    _, drafts = drafts_of(rows)
    assert (drafts[0].coding.type, drafts[0].status.status) == (EventType.REJECT, Status.HAPPENED)


def test_announced_release_is_agreement_of_the_speaker() -> None:
    rows: list[Row] = [
        ("Borduria", "Borduria", "NNP", 2, "nsubj"), ("said", "say", "VBD", 0, "root"), ("it", "it", "PRP", 5, "nsubj"),
        ("would", "would", "MD", 5, "aux"), ("release", "release", "VB", 2, "ccomp"), ("prisoners", "prisoner", "NNS", 5, "obj"),
        (".", ".", ".", 2, "punct"),
    ]  # fmt: skip
    tree, drafts = drafts_of(rows)
    found = {tree.words[d.predicate.head]: (d.coding.type, d.status.status) for d in drafts}
    assert found == {"said": (EventType.AGREE, Status.HAPPENED), "release": (EventType.RETREAT, Status.PLANNED)}


def test_appeal_is_one_request() -> None:
    rows: list[Row] = [
        ("Freedonia", "Freedonia", "NNP", 2, "nsubj"), ("urged", "urge", "VBD", 0, "root"), ("Borduria", "Borduria", "NNP", 2, "obj"),
        ("to", "to", "TO", 5, "mark"), ("wait", "wait", "VB", 2, "xcomp"), (".", ".", ".", 2, "punct"),
    ]  # fmt: skip
    _, drafts = drafts_of(rows)
    assert [(d.coding.type, d.coding.cameo) for d in drafts] == [(EventType.REQUEST, "02")]


def test_wrong_lemma_does_not_cost_the_event() -> None:
    rows: list[Row] = [
        ("Police", "police", "NNP", 2, "nsubj"), ("arrested", "arreste", "VBD", 0, "root"), ("them", "they", "PRP", 2, "obj"),
    ]  # fmt: skip
    assert [d.coding.type for d in drafts_of(rows)[1]] == [EventType.COERCE]


def reading_of(rows: list[Row], **layers: object) -> Reading:
    doc = make_doc(rows)
    document = Document(id="d", text=doc.text)
    return read_events(document, doc, Reading(document=document, sentences=(Span(0, len(doc.text)),), **layers))  # type: ignore[arg-type]


def test_step_links_known_entities_and_adds_actors() -> None:
    mention = Mention(id="m1", span=Span(0, 9), type=EntityType.GPE, entity="e1")
    entity = Entity(id="e1", name="Freedonia", type=EntityType.GPE, mentions=("m1",))
    reading = reading_of(MET, mentions=(mention,), entities=(entity,))
    parties = reading.events[0].actors
    assert parties[0].entity == "e1"
    added = next(e for e in reading.entities if e.id == parties[1].entity)
    assert added.name == "rebels"


def test_step_gives_the_voice_of_the_innermost_attribution() -> None:
    outer = Attribution(id="a1", content=(Span(0, 43),), stance=Stance.ASSERT)
    inner = Attribution(id="a2", content=(Span(0, 30),), stance=Stance.ASSERT)
    assert reading_of(VETO, attributions=(outer, inner)).events[0].voice == "a2"


def test_speech_with_a_stance_is_an_act() -> None:
    rows: list[Row] = [
        ("Voss", "Voss", "NNP", 2, "nsubj"), ("said", "say", "VBD", 0, "root"), ("nothing", "nothing", "NN", 6, "nsubj"),
        ("could", "could", "MD", 6, "aux"), ("excuse", "excuse", "VB", 6, "dep"), ("it", "it", "PRP", 2, "ccomp"),
    ]  # fmt: skip
    attribution = Attribution(id="a1", source=(Span(0, 4),), cue=(Span(5, 9),), content=(Span(10, 33),), stance=Stance.ACCUSE)
    events = reading_of(rows, attributions=(attribution,)).events
    assert [(e.type, e.anchor) for e in events] == [(EventType.ACCUSE, (Span(5, 9),))]


def test_unresolved_pronoun_is_nobody() -> None:
    rows: list[Row] = [
        ("He", "he", "PRP", 2, "nsubj"), ("resigned", "resign", "VBD", 0, "root"), (".", ".", ".", 2, "punct"),
    ]  # fmt: skip
    reading = reading_of(rows)
    assert reading.events[0].actors[0].entity is None
    assert reading.entities == ()


def test_lexicon_has_every_type_and_good_coverage() -> None:
    lexicon = predicates()
    senses = [s for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives) for found in table.values() for s in found]
    assert {s.type for s in senses} == set(EventType)
    assert len(lexicon.verbs) > 600
    assert len(lexicon.nouns) > 300


def test_modes_of_the_lexicon_are_modes_of_their_type() -> None:
    from crossread.codebook.plover import MODES

    lexicon = predicates()
    for table in (lexicon.verbs, lexicon.nouns, lexicon.adjectives):
        for senses in table.values():
            for sense in senses:
                assert sense.mode is None or sense.mode in MODES[sense.type], sense


URGED: list[Row] = [
    ("Freedonia", "Freedonia", "NNP", 2, "nsubj"), ("issued", "issue", "VBD", 0, "root"), ("a", "a", "DT", 4, "det"),
    ("statement", "statement", "NN", 2, "obj"), ("urging", "urge", "VBG", 4, "acl"), ("Borduria", "Borduria", "NNP", 5, "obj"),
    ("to", "to", "TO", 8, "mark"), ("expel", "expel", "VB", 5, "xcomp"), ("diplomats", "diplomat", "NNS", 8, "obj"),
    (".", ".", ".", 2, "punct"),
]  # fmt: skip


def test_what_is_asked_for_is_no_surer_than_the_asking() -> None:
    sure = {d.predicate.head: d.confidence for d in draft_events(Tree(make_doc(URGED)), Voices(()))}
    assert {4, 7} <= sure.keys()
    assert sure[7] < sure[4]


LAST: list[Row] = [
    ("Troops", "troop", "NNS", 2, "nsubj"), ("crushed", "crush", "VBD", 0, "root"), ("protests", "protest", "NNS", 2, "obj"),
    ("Sokovia", "Sokovia", "NNP", 3, "compound"),
]  # fmt: skip


def test_a_name_behind_its_noun_may_end_the_text() -> None:
    assert 2 in {d.predicate.head for d in draft_events(Tree(make_doc(LAST)), Voices(()))}


BAN: list[Row] = [
    ("Ban", "Ban", "NN", 3, "nsubj"), ("Tolk", "Tolk", "NNP", 1, "flat"), ("visited", "visit", "VBD", 0, "root"),
    ("Velm", "Velm", "NNP", 3, "obj"), (".", ".", ".", 3, "punct"),
]  # fmt: skip


def test_part_of_a_name_is_no_act() -> None:
    person = Entity(id="e1", name="Ban Tolk", type=EntityType.PERSON)
    mention = Mention(id="m1", span=Span(0, 8), type=EntityType.PERSON, entity="e1")
    anchors = {e.anchor[0] for e in reading_of(BAN, entities=(person,), mentions=(mention,)).events}
    assert anchors == {Span(9, 16)}
    assert Span(0, 3) in {e.anchor[0] for e in reading_of(BAN).events}
