"""What grammar says against the roles that the model gave, and which attributions lie in which.

The model tags word by word; these rules look at whole clauses: of whom something is claimed is not who claims it, both halves of a
sentence around ", according to the police," are what the police say, and whoever is cited speaks inside what cites him.
"""

from bisect import bisect_left
from collections.abc import Iterator

from crossread.codebook.cues import cue_words
from crossread.reading.accounts import Account, by_account, with_inner
from crossread.reading.answered import with_answers
from crossread.reading.columns import SUBJECTS, Columns
from crossread.reading.content_edges import whole_contents, with_added_on, with_agent, with_subject, without_expletive
from crossread.reading.content_tails import without_tails
from crossread.reading.cues import RuleReader
from crossread.reading.insertions import around_insertion
from crossread.reading.joining import Joined, Piece
from crossread.reading.quote_owners import quotes_carried_on, quotes_given_back
from crossread.reading.set_forms import set_forms
from crossread.reading.speakers import type_of
from crossread.reading.unreported import is_heard_of, is_no_report, is_told_by_nobody
from crossread.vocabulary import EntityType

_WORDS = cue_words()
_PASSIVE = frozenset(("aux:pass", "auxpass"))
_TOLD = _WORDS.tells | {"question", "order", "instruct", "quiz", "alert", "tip", "challenge", "press"}
_PUT = frozenset(("ask", "press", "quiz", "question"))
_CHARGED = frozenset(
    ("accuse", "blame", "criticise", "criticize", "condemn", "denounce", "suspect", "charge", "praise", "hail", "commend")
)
_CITING = frozenset(("cite", "quote"))
_UNDOING = frozenset(("cancel", "postpone", "scrap", "shelve", "adjourn", "halt", "delay", "resume"))
"""What is done to a plan by doing it: of 102 such words in PolNeAR's train portion six stand in cues."""
_JUDGES = frozenset(("dispute", "deny", "reject", "dismiss", "confirm", "contradict", "challenge", "contest", "refute", "rebut"))

_PARTING = frozenset((",", "-", "–", "—"))
_NEAR = 4
"""Attributions looked at on each side of one."""


def amend(found: list[Joined], rules: RuleReader) -> list[Account]:
    """Outer attributions in order of their cues, each with those that lie inside it."""
    amender = Amender(rules)
    found = amender.quotations_kept_whole(list(amender.without_doubtful(amender.quoted_by_others(found))))
    found = quotes_carried_on(quotes_given_back(found, rules), rules)
    found = with_added_on(
        [with_subject(with_agent(without_expletive(amender.without_patient(j), rules.columns), rules), rules) for j in found], rules
    )
    found = amender.with_added(found)
    closed = amender.closed(found)
    found = without_tails(whole_contents(closed, rules), rules)
    starts = sorted(p[0] for j in found for role in j for p in role)
    accounts = by_account([amender.with_other_half(around_insertion(j, rules, starts), starts) for j in found], rules)
    accounts = with_inner(accounts, closed, rules)
    accounts = [amender.without_channel(*account) for account in accounts]
    return sorted(with_answers(amender.judged(amender.cited(accounts)), rules), key=lambda pair: pair[0].cue)


def _outside(piece: Piece, taken: Piece) -> list[Piece]:
    """What of a piece lies before and after another."""
    before, after = (piece[0], min(piece[1], taken[0])), (max(piece[0], taken[1]), piece[1])
    return [p for p in (before, after) if p[0] < p[1]]


class Amender:
    """The rules, over the columns of one document."""

    def __init__(self, rules: RuleReader) -> None:
        self.rules = rules
        self.columns: Columns = rules.columns

    # ------------------------------------------------------------ what is dropped

    def without_doubtful(self, found: list[Joined]) -> Iterator[Joined]:
        """Attributions without what "you" do in a question, and without clauses that only describe the source of "according to"."""
        columns = self.columns
        accounts: dict[int, list[Joined]] = {}
        cues = {j.cue[0][0] for j in found}
        for i, word in enumerate(columns.lower):
            if word == "according" and i not in cues:
                accounts.setdefault(columns.sentences[i], []).extend(self.rules.within(i, i + 1))
        for joined in found:
            cue = joined.cue[0][0]
            you = [columns.lower[a] for a, b in joined.source if b - a == 1] == ["you"] and cue not in self.rules.quoted
            described = next((a for a in accounts.get(columns.sentences[cue], ()) if self._describes(joined, a)), None)
            if described is not None:
                yield described
            elif (
                not you and not self._is_act(joined) and not self._describes_source(joined) and not is_no_report(joined, self.rules)
            ):
                yield joined

    def _is_act(self, joined: Joined) -> bool:
        """ "Police replied with tear gas", "Strenko called off the visit"."""
        columns, (start, end) = self.columns, joined.cue[0]
        head = columns.head_of(start, end)
        if columns.tags[head] == "VBG" and columns.lemmas[head] == "refer" and columns.deps[head] == "advcl":
            return True  # "Referring to the general, he added"
        put_off = columns.lemmas[head] in ("call", "put") and columns.lower[end - 1] == "off" and end - 1 > head
        if (put_off or columns.lemmas[head] in _UNDOING) and not any(a in self.rules.quoted for a, _ in joined.content):
            return True
        answer = columns.lemmas[end - 1] in ("reply", "respond", "answer") and columns.lower[end : end + 1] == ["with"]
        return answer and not any(a in self.rules.quoted or columns.lower[a] in ("'", '"') for a, _ in joined.content)

    def _describes_source(self, joined: Joined) -> bool:
        """ "According to the survey, carried out by Meridex": the last words are about the survey."""
        columns = self.columns
        if columns.lower[joined.cue[0][0]] != "according" or not joined.source:
            return False
        start, end = joined.source[0]
        head = columns.head_of(*joined.content[0])
        first = joined.content[0][0]
        bare = columns.tags[first] == "VBN" and head == first and columns.lower[first - 1] == ","
        return bare or (columns.deps[head] in ("acl", "acl:relcl") and start <= columns.heads[head] < end <= first)

    def _describes(self, joined: Joined, account: Joined) -> bool:
        """Whether an attribution was made of a clause about the source: "according to the ministry, which did not give its own"."""
        end = account.source[0][1]
        return account.cue[0][1] < joined.cue[0][0] < end and any(b > end for _, b in joined.content)

    # ------------------------------------------------------------ roles of one attribution

    def closed(self, found: list[Joined]) -> list[Joined]:
        """Contents without gaps inside a sentence that nothing fills but words that no role has, and from the start of a sentence that ends
        in ", she said"."""
        taken = {i for j in found for role in (j.source, j.cue) for piece in role for i in range(*piece)}
        return [self._closed(j, taken) for j in found]

    def _closed(self, joined: Joined, taken: set[int]) -> Joined:
        columns, made = self.columns, list[Piece]()
        for start, end in sorted(self._without_strays(joined)):
            last = made[-1][1] if made else start
            if made and columns.sentences[last - 1] == columns.sentences[start] and taken.isdisjoint(range(last, start)):
                made[-1] = (made[-1][0], end)
            else:
                made.append((start, end))
        if len(made) == 1:
            made[0] = self._from_sentence_start(made[0], joined, taken)
        return joined._replace(content=tuple(made)) if made else joined

    def _without_strays(self, joined: Joined) -> tuple[Piece, ...]:
        """Content without plain words of earlier sentences where a quotation follows the cue in its own ("..., he said: “We will stay”")."""
        columns, cue = self.columns, joined.cue[0]
        here = columns.sentences[cue[0]]
        if not any(a >= cue[1] and a in self.rules.quoted and columns.sentences[a] == here for a, _ in joined.content):
            return joined.content
        return tuple(p for p in joined.content if columns.sentences[p[0]] >= here or p[0] in self.rules.quoted)

    def _from_sentence_start(self, piece: Piece, joined: Joined, taken: set[int]) -> Piece:
        """ "Talks on Friday were useful" before ", the envoy said", where the model took up "were useful" only."""
        columns, (start, end) = self.columns, piece
        sentence = columns.sentences[start]
        first = bisect_left(columns.sentences, sentence)
        closing = joined.cue[0][0] >= end and columns.sentences[joined.cue[0][0]] == sentence
        named_after = not joined.source or joined.source[0][0] >= end
        if (
            first == start
            or not closing
            or not named_after
            or start in self.rules.quoted
            or not taken.isdisjoint(range(first, start))
        ):
            return piece
        return first, end

    def quoted_by_others(self, found: list[Joined]) -> list[Joined]:
        """ "The minister was quoted by the agency as saying that": the minister says it, whomever the model took for the source."""
        columns = self.columns
        for i, lemma in enumerate(columns.lemmas):
            if lemma not in _CITING or columns.tags[i] != "VBN":
                continue
            below = columns.children[i]
            person = next((c for c in below if columns.deps[c] == "nsubj:pass"), None)
            helper = next((c for c in below if columns.deps[c] in _PASSIVE), None)
            saying = self._as_saying(i)
            agent = self.rules.agent_of(i) or (self.rules.agent_of(saying) if saying is not None else None)
            if person is None or helper is None or agent is None or (saying is None and lemma != "quote"):
                continue
            start, end = helper, max(i, agent[1] - 1, saying if saying is not None else i) + 1
            words = columns.subtree(person)
            source = self.rules.stripped((words[0], words[-1] + 1))
            touched = [j for j in found if any(a < end and start < b for a, b in j.cue)]
            clauses = [
                self.rules.stripped((k[0], k[-1] + 1)) for c in below if columns.deps[c] == "ccomp" and (k := columns.subtree(c))
            ]
            marked = [p for j in touched for p in j.content] or [c for c in clauses if c is not None]
            content = [p for piece in marked for p in _outside(piece, (words[0], end))] or [c for c in clauses if c is not None]
            if source is not None and content:
                found = [j for j in found if j not in touched]
                found.append(Joined((source,), ((start, end),), tuple(sorted(set(content)))))
        return sorted(found, key=lambda j: j.cue)

    def _as_saying(self, verb: int) -> int | None:
        """The last word of "as saying", "as having told"."""
        columns = self.columns
        for child in columns.children[verb]:
            if child > verb and columns.lower[child].endswith("ing") and columns.lower[child - 1] == "as":
                return child
        return None

    def without_patient(self, joined: Joined) -> Joined:
        """ "The inquest was told", "the army is accused of", "asked about": whoever is told, asked or accused does not say it."""
        columns, (start, end) = self.columns, joined.cue[0]
        if is_heard_of(joined, columns):
            return joined._replace(source=())
        if end - start > 2 and "," in columns.lower[start:end]:
            joined = joined._replace(cue=(self._cut_at_comma(joined.cue[0]), *joined.cue[1:]))
        verb = self._verb_of(joined.cue[0])
        if verb is not None and columns.lemmas[verb] in ("emerge", "transpire") and self._is_it(joined.source):
            return joined._replace(source=())  # "it emerged that"
        asked = next((i for i in range(start, end) if columns.pos[i] == "VERB"), None)
        if asked is not None and self._is_put_to(asked, joined):
            agent = self.rules.agent_of(asked)
            return joined._replace(source=(agent,) if agent is not None else ())
        headline = verb is not None and columns.lemmas[verb] == "accuse" and columns.lower[verb + 1 : verb + 2] == ["of"]
        if verb is None or (columns.tags[verb] != "VBN" and not headline):
            return joined
        lemma = columns.lemmas[verb]
        passive = headline or any(columns.deps[c] in _PASSIVE for c in columns.children[verb])
        if not joined.source:
            return self._with_agent(joined, verb) if passive else joined
        if passive and lemma not in _CITING and is_told_by_nobody(verb, joined, self.rules):
            return joined._replace(source=())
        bare = columns.deps[verb] in ("advcl", "acl") and lemma in ("ask", "tell", "accuse")
        if lemma not in _TOLD | _CHARGED or not (passive or bare) or self.rules.agent_of(verb) is not None:
            return joined
        patient = self.rules.subject_of(verb)
        if patient is None or not any(a < patient[1] and patient[0] < b for a, b in joined.source):
            return joined
        return joined._replace(source=(), content=self._about(patient, joined) if passive and lemma in _CHARGED else joined.content)

    def _is_it(self, source: tuple[Piece, ...]) -> bool:
        return len(source) == 1 and self.columns.lower[source[0][0] : source[0][1]] == ["it"]

    def _is_put_to(self, verb: int, joined: Joined) -> bool:
        """Whether a question is put to the source: "Asked if he would go, he said", "walked away when asked whether"."""
        columns, below = self.columns, self.columns.children[verb]
        if columns.lemmas[verb] not in _PUT or columns.tags[verb] not in ("VBN", "VBD"):
            return False
        loose = columns.deps[verb] in ("parataxis", "dep", "appos", "acl:relcl") and columns.lower[verb - 1 : verb] == [","]
        told_before = bool(joined.content) and joined.content[0][0] < joined.cue[0][0]
        if told_before or not (loose or columns.deps[verb] in ("advcl", "acl")):
            return False
        return not any(columns.deps[c] in SUBJECTS or columns.deps[c].startswith(("aux", "obj")) for c in below)

    def _cut_at_comma(self, cue: Piece) -> Piece:
        """ "Said" of "said, pointing at a scar"."""
        at = next((i for i in range(cue[0] + 1, cue[1] - 1) if self.columns.lower[i] == ","), None)
        return (cue[0], at) if at is not None and self._verb_of((cue[0], at)) is not None else cue

    def _with_agent(self, joined: Joined, verb: int) -> Joined:
        """ "Was rejected by parliament": parliament is the source."""
        agent = self.rules.agent_of(verb)
        words = {i for role in (joined.cue, joined.content) for p in role for i in range(*p)}
        rest = tuple(p for p in joined.content if self.rules.stripped(p) != agent)
        if (
            agent is not None and rest and len(rest) < len(joined.content)
        ):  # the model took the palace for what "was denied by the palace"
            return joined._replace(source=(agent,), content=rest)
        inside = next((p for p in joined.content if agent is not None and p[0] < agent[0] - 1 and agent[1] <= p[1]), None)
        if agent is not None and inside is not None and self.columns.lower[agent[0] - 1] == "by":
            before = tuple((p[0], agent[0] - 1) if p == inside else p for p in joined.content)
            return joined._replace(source=(agent,), content=before)  # "was urged to resign on Monday by the council"
        free = agent is not None and agent[0] > verb and not words & set(range(*agent))
        return joined._replace(source=(agent,)) if free and agent is not None else joined

    def _verb_of(self, cue: Piece) -> int | None:
        verbs = [i for i in range(*cue) if self.columns.tags[i] in ("VBN", "VBD", "VBG", "VBZ", "VBP", "VB")]
        lexical = [i for i in verbs if not self.columns.deps[i].startswith("aux") and self.columns.deps[i] != "cop"]
        return lexical[-1] if lexical else None

    def _about(self, patient: Piece, joined: Joined) -> tuple[Piece, ...]:
        return (patient, *joined.content) if patient[1] <= joined.cue[0][0] else joined.content

    # ------------------------------------------------------------ contents

    def with_other_half(self, joined: Joined, starts: list[int]) -> Joined:
        """The rest of the sentence around ", according to the police,", where one half is the subject of the other's verb.

        ``starts`` are the first tokens of all pieces of all attributions.
        """
        columns, joined = self.columns, self._parted_source(joined)
        words = sorted((*joined.source, *joined.cue))
        first, last = words[0][0], words[-1][1]
        if not joined.source or not joined.content or not first or last >= columns.n or joined.content[0][0] in self.rules.quoted:
            return joined
        if columns.lower[first - 1] not in _PARTING or columns.lower[last] not in _PARTING:
            return joined
        half = joined.content[0]
        if len(joined.content) == 1 and half[1] <= first:
            other = self._right_half(half, last, starts)
            return joined._replace(content=(half, other)) if other is not None else joined
        other = self._left_half(half, first, starts) if half[0] >= last else None
        return joined._replace(content=(other, *joined.content)) if other is not None else joined

    def _right_half(self, half: Piece, last: int, starts: list[int]) -> Piece | None:
        columns = self.columns
        head, end = columns.head_of(*half), self.rules.sentence_of(last)[1]
        over = columns.heads[head]
        if columns.deps[head] not in SUBJECTS or not last < over < end:
            return None
        after = starts[bisect_left(starts, last) :][:1]
        stop = min([end, *(i for i in range(last, end) if columns.lower[i] == ";"), *after])
        piece = self.rules.stripped((last + 1, stop))
        return piece if piece is not None and piece[0] <= over < piece[1] else None

    def _left_half(self, half: Piece, first: int, starts: list[int]) -> Piece | None:
        columns = self.columns
        subject = next((c for c in columns.children[columns.head_of(*half)] if columns.deps[c] in SUBJECTS and c < first), None)
        words = [w for w in columns.subtree(subject) if w < first] if subject is not None else []
        piece = self.rules.stripped((words[0], first)) if words else None
        near = bisect_left(starts, words[0]) == bisect_left(starts, first) if words else False
        return piece if near and piece is not None and "," not in columns.lower[piece[0] : piece[1]] else None

    def _parted_source(self, joined: Joined) -> Joined:
        """ "The mayor, a spokesman said, would resign": two subjects, of which the second one speaks."""
        columns = self.columns
        start, end = joined.source[0] if joined.source else (0, 0)
        cue = joined.cue[0]
        comma = next((i for i in range(start + 1, end - 1) if columns.lower[i] == ","), None)
        verb = self._verb_of(cue)
        if comma is None or verb is None or end > cue[0] or columns.lower[cue[1] : cue[1] + 1] != [","] or len(joined.content) != 1:
            return joined
        subjects = [i for i in range(start, end) if columns.deps[i] in SUBJECTS and self._acts(i, verb, joined.content[0])]
        if len(subjects) != 2 or not subjects[0] < comma < subjects[1] or joined.content[0][0] < cue[1]:
            return joined
        return joined._replace(source=((comma + 1, end),), content=((start, comma), *joined.content))

    def _acts(self, subject: int, verb: int, said: Piece) -> bool:
        """Whether a subject is that of the verb of saying, or of what is said after it."""
        over = self.columns.heads[subject]
        return over == verb or said[0] <= over < said[1]

    def quotations_kept_whole(self, found: list[Joined]) -> list[Joined]:
        """Attributions where a quotation that tells who "shouted" something is whole again and goes to whoever spoke just before it."""
        kept: list[Joined] = []
        for n, joined in enumerate(found):
            quote = self.rules.quoted.get(joined.cue[0][0])
            inside = quote is not None and all(quote[0] <= a and b <= quote[1] for a, b in joined.content)
            if (
                quote is None
                or not inside
                or not kept
                or any(self._holds(j, quote) for j in (*kept[-_NEAR:], *found[n + 1 : n + 1 + _NEAR]))
            ):
                kept.append(joined)
                continue
            last = kept[-1]
            near = self.columns.lines[last.cue[0][0]] == self.columns.lines[quote[0]]
            if near and last.source and any(a in self.rules.quoted for a, _ in last.content):
                kept[-1] = last._replace(content=(*last.content, quote))
            else:
                kept.append(joined)
        return kept

    def _holds(self, joined: Joined, quote: Piece) -> bool:
        return joined.cue[0][0] not in range(*quote) and any(a < quote[1] and quote[0] < b for a, b in joined.content)

    # ------------------------------------------------------------ attributions that others lie in

    def with_added(self, found: list[Joined]) -> list[Joined]:
        """Attributions with those that the set forms of news give away: "It emerged that", silence, "Fire service: “...”"."""
        taken = {i for j in found for role in j for p in role for i in range(*p)}
        sources = {i for j in found for p in j.source for i in range(*p)}
        added = []
        for joined in set_forms(self.rules):
            words = {i for role in joined for p in role for i in range(*p)}
            if not words & taken or words <= sources:  # "The council, accused by the union of theft, said"
                added.append(joined)
                taken |= words
            elif not taken & set(range(*joined.content[0])):  # the quotation of a headline, before what the model found
                found = [j._replace(content=(*joined.content, *j.content)) if j.source == joined.source else j for j in found]
                taken |= words
        return sorted([*found, *added], key=lambda j: j.cue)

    def without_channel(self, joined: Joined, held: list[Joined]) -> Account:
        """ "Orlen said they must talk, according to a translation of his speech": Orlen says it, by himself."""
        columns = self.columns
        if columns.lower[joined.cue[0][0]] != "according" or not joined.source:
            return joined, held
        if columns.lemmas[columns.head_of(*joined.source[0])] not in _WORDS.channels:
            return joined, held
        said = held or [
            j
            for a, b in joined.content
            for j in self.rules.within(a, b)
            if j.source and self.rules.is_speech(columns.head_of(*j.cue[0]))
        ]
        return (said[0], list(said[1:])) if said else (joined, held)

    def cited(self, accounts: list[Account]) -> list[Account]:
        """ "The radio, citing a doctor, reported that": the doctor says it, inside what the radio reports."""
        columns, kept = self.columns, []
        for n, (joined, held) in enumerate(accounts):
            verb = self._verb_of(joined.cue[0])
            if verb is None or columns.lemmas[verb] not in _CITING or len(joined.content) != 1:
                kept.append((joined, held))
                continue
            person, near = joined.content[0], accounts[max(0, n - _NEAR) : n + 1 + _NEAR]
            if columns.tags[verb] == "VBG" and self._is_phrase(person):
                other = next((h for h in near if h[0] is not joined and self._cites_for(verb, h[0])), None)
                if other is not None:
                    other[1].append(Joined((person,), joined.cue, other[0].content))
                    continue
            kept.append(self._quoted_as_saying(joined, person, near) or (joined, held))
        kept = self._with_cited(kept)
        said = {p for _, held in kept for j in held for p in j.cue}
        return [(j, held) for j, held in kept if not any(a <= p[0] and p[1] <= b for a, b in j.cue for p in said)]

    def _with_cited(self, accounts: list[Account]) -> list[Account]:
        """Accounts with those cited in them that the model did not mark: "The Gazette, quoting an aide, said"."""
        columns = self.columns
        by_sentence: dict[int, list[Account]] = {}
        for joined, held in accounts:
            by_sentence.setdefault(columns.sentences[joined.cue[0][0]], []).append((joined, held))
        for i, lemma in enumerate(columns.lemmas):
            if lemma not in _CITING or columns.tags[i] != "VBG":
                continue
            account = next((a for a in by_sentence.get(columns.sentences[i], ()) if not a[1] and self._cites_for(i, a[0])), None)
            piece = self._person_cited(i) if account is not None else None
            if account is None or piece is None:
                continue
            if not any(a < piece[1] and piece[0] < b for a, b in (*account[0].content, *account[0].cue)):
                account[1].append(Joined((piece,), ((i, i + 1),), account[0].content))
        return accounts

    def _person_cited(self, i: int) -> Piece | None:
        columns = self.columns
        person = next((c for c in columns.children[i] if c > i and columns.deps[c] == "obj"), None)
        if person is None or type_of(columns.lemmas[person], columns.lower[person], columns.tags[person]) is EntityType.OTHER:
            return None
        words = columns.subtree(person)
        return self.rules.stripped((words[0], words[-1] + 1))

    def _is_phrase(self, piece: Piece) -> bool:
        columns = self.columns
        head = columns.head_of(*piece)
        who = type_of(columns.lemmas[head], columns.lower[head], columns.tags[head])
        named = columns.pos[head] == "PROPN" or who is not EntityType.OTHER
        return columns.pos[head] in ("NOUN", "PROPN") and columns.lower[piece[0]] != "that" and named

    def _cites_for(self, verb: int, other: Joined) -> bool:
        """Whether the clause of citing hangs from an attribution's cue or source."""
        over = self.columns.heads[verb]
        words = [*other.source, *other.cue]
        return self.columns.sentences[other.cue[0][0]] == self.columns.sentences[verb] and any(a <= over < b for a, b in words)

    def _quoted_as_saying(self, joined: Joined, person: Piece, accounts: list[Account]) -> Account | None:
        """ "The agency quoted the minister as saying: “...”": the minister's words, inside what the agency reports."""
        columns = self.columns
        for other, _ in accounts:
            start, end = other.cue[0]
            saying = next((i for i in range(start, end) if columns.lower[i] == "saying"), None)
            if saying is None or not person[1] <= start <= person[1] + 2 or columns.lower[saying - 1] != "as" or not other.content:
                continue
            source = self.rules.stripped(person)
            if source is not None:
                other_joined = Joined((source,), ((saying, end),), other.content)
                return Joined(joined.source, joined.cue, ((person[0], end), *other.content)), [other_joined]
        return None

    def judged(self, accounts: list[Account]) -> list[Account]:
        """ "The union's claim that jobs were lost was disputed by the company": what the company disputes holds the claim."""
        columns = self.columns
        taken = {i for j, _ in accounts for role in (j.source, j.cue) for p in role for i in range(*p)}
        kept = list(accounts)
        for i, lemma in enumerate(columns.lemmas):
            if lemma not in _JUDGES or columns.tags[i] != "VBN" or i in taken:
                continue
            for joined in self.rules.within(i, i + 1):
                if not joined.source or columns.lemmas[columns.head_of(*joined.content[0])] not in _WORDS.statements:
                    continue
                inside = [a for a in kept if self._lies_in(a[0], joined)]
                if not any(self._meets(a[0], joined) for a in kept if a not in inside):
                    kept = [a for a in kept if a not in inside] + [(joined, [a[0] for a in inside])]
        return kept

    def _lies_in(self, inner: Joined, outer: Joined) -> bool:
        return all(any(a <= p[0] and p[1] <= b for a, b in outer.content) for role in inner for p in role)

    def _meets(self, one: Joined, other: Joined) -> bool:
        words = {i for role in one for p in role for i in range(*p)}
        return any(i in words for role in other for p in role for i in range(*p))
