"""Who says so: the source of every clause, to any depth, and what its governor makes of it.

A clause's context is read off the clause above it. A complement of "say", "demand", "plan" has the
subject of that verb as its speaker, and so has what a parenthesis is about ("…, he said"); a noun such
as "claim" or "threat" has its possessor; "according to" and an open quotation mark give a speaker from
the side.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.claims.arguments import is_yardstick
from kg.claims.clauses import (
    SUBJECTS,
    Clause,
    charged,
    gerund_preposition,
    holder,
    is_absolute,
    is_complementizer,
    is_relative_content,
    is_set_against,
    is_time_word,
    possessor,
    seen_or_wanted,
)
from kg.claims.factuality import NOT, Reading, inherited, is_inverted, is_negated, is_none, read, tense_of
from kg.claims.speech import FIRST, Speech
from kg.english.lexicon import SPEAKING, Frame, active_frame, frame_of, lemma_of, table, words
from kg.english.time_words import TIME_WORDS
from kg.parsing.repairs import CLEFT
from kg.parsing.tree import Sentence, Token, conjunction_head, is_infinitive, preposition_of

NOMINAL_KINDS = frozenset({"nominal", "apposition", "title"})
UNKNOWN = Frame("", "unknown", "", "", "", "unknown")
ASIDE = Frame("", "unknown", "", "", "", "probable")
OPEN = Frame("to", "unknown", "", "", "intended", "unknown")
IMPERATIVE = Frame("", "imperative", "", "", "requested", "unknown")
CONTENTS = frozenset({"ccomp", "csubj", "csubj:pass", "csubj:outer", "xcomp"})
PARTING = frozenset({";", ":"})
SINGLE = frozenset({"he", "she", "it", "one", "nobody", "everyone"})  # whose verb has an ending
BESIDE = frozenset({"acl:relcl", "advcl:relcl", "parataxis"})
OF_NOUNS = frozenset({"acl", "ccomp", "xcomp", "advcl"})  # relations in which a noun's content hangs on it


@dataclass(slots=True)
class Context:
    """Where a clause stands: its speaker, the word that shows it, the clause it is nested in."""

    speaker: Token | None = None
    cue: str | None = None
    parent: Clause | None = None  # the clause whose claim this one is nested in
    frames: list[Frame] = field(default_factory=list)
    reported: bool = False  # content of a report: "would" is its future
    fills_object: bool = False  # it is what the parent's object says


class Attribution:
    """The contexts of a sentence's clauses."""

    def __init__(self, sentence: Sentence, clauses: list[Clause], speech: Speech | None = None) -> None:
        self.sentence = sentence
        self.of_token = {id(p): c for c in clauses for p in c.predicates}
        self.speech = speech or Speech([sentence])
        self._contexts: dict[int, Context] = {}
        self._side = self._side_sources()

    def context(self, clause: Clause) -> Context:
        """The context of one clause (made once)."""
        known = self._contexts.get(id(clause))
        if known is None:
            known = self._contexts[id(clause)] = Context()  # guards against circular trees
            known = self._with_side_source(clause, self._voiced(clause, self._placed(clause)))
            known = self._believed(clause, known)
            self._contexts[id(clause)] = known
            if is_infinitive(clause.predicates[0]) and all(_tells_nothing(f) for f in known.frames):
                known.frames.append(OPEN)  # "talks on how to end the war": nobody says that it ended
        return known

    def _placed(self, clause: Clause) -> Context:
        """A parenthesis stands where its host stands, and the host is what it reports."""
        if clause.reporter is not None:
            asked = _is_asked(clause.predicates[0])
            return self._complement(clause, clause.reporter, "question" if asked else "ccomp")
        if clause.reports is not None:
            host = self._find(clause.reports)
            return Context(host.speaker, host.cue, host.parent, [], host.reported)
        return self._find(clause)

    # ── from above ──

    def _find(self, clause: Clause) -> Context:
        top = clause.predicates[0]
        if clause.kind in NOMINAL_KINDS:
            return self._inside(clause)
        if top.head is None:
            return self._root(clause)
        if top.dep == "conj":
            return self._coordinated(clause, top)
        if top.dep in ("parataxis", "appos", "ccomp") and self._is_announced(top):
            return Context(top.head, ":", None, [], True)
        above = self.clause_above(top)
        if above is not None and top.dep == "parataxis" and self._is_resumed(top, self.context(above)):
            return self._root(clause)
        if above is not None and self._is_outside(top, above):
            return self._root(clause)
        if above is not None:
            return self._below(clause, top, above)
        is_content = top.dep in OF_NOUNS and top.child("mark") is not None
        return self._noun_complement(top, top.head, None) if is_content else self._root(clause)

    def _below(self, clause: Clause, top: Token, above: Clause) -> Context:
        """A clause that hangs on another one's predicate, or on a noun in it."""
        if id(top.head) in self.of_token and top.dep in CONTENTS:
            return self._complement(clause, above, _form(top))
        if id(top.head) in self.of_token and _is_fronted_content(top, above):
            return self._complement(clause, above, "ccomp")
        if id(top.head) in self.of_token and top.dep == "advcl":
            return self._adverbial(top, above)
        if top.head is not None and (top.dep in OF_NOUNS or any(map(is_complementizer, top.children))):
            return self._noun_complement(top, top.head, above)
        return self._described(top, top.head, above) if top.dep == "acl:relcl" else self._same(above)

    def _is_announced(self, top: Token) -> bool:
        """ "Lavrov: the war is over", "Strikers: 'We gave in'", "Guard: I fled": somebody and a colon before
        what he says; of whoever has no name his own words tell it."""
        name, subject = top.head, top.child("nsubj", "nsubj:pass")
        if name is None or name.head is not None or name.pos not in ("NOUN", "PROPN"):
            return False
        between = self.sentence.tokens[name.i + 1 : top.subtree()[0].i]
        marks = [t for t in (*between, *top.all("punct")) if name.i < t.i <= top.i]
        colon = any(t.text == ":" for t in marks)  # a dash stands behind the place of a dateline
        own = (subject is not None and subject.lower in FIRST) or any(t.tag == "``" for t in marks)
        told = own if top.dep != "parataxis" else own or bool(name.ent)
        return told and colon and all(t.dep in ("flat", "punct", "appos") for t in between)

    def _inside(self, clause: Clause) -> Context:
        """A nominal event or an apposition: said by whom its clause is said, and no surer than it is.

        "the seizure of the tanker" is taken for granted; "called for an attack" is not. Titles and
        descriptions are the writer's own words, unless they stand in quotation marks.
        """
        above = self.clause_above(clause.head)
        if above is None or (clause.kind != "nominal" and not self._is_quoted(clause.head)):
            return Context()
        outer = self.context(above)
        wanted = clause.head is above.object and _is_wish(above.head)  # "ordered his country's withdrawal"
        if clause.kind != "nominal" or (_is_given(clause.head) and not wanted):
            return Context(outer.speaker, outer.cue, outer.parent, [], outer.reported)
        return Context(outer.speaker, outer.cue, outer.parent, [UNKNOWN, *outer.frames], outer.reported)

    def _is_quoted(self, token: Token) -> bool:
        """Whether a word stands in quotation marks, its sentence's or those of a longer quotation."""
        return self.speech.quoted(self.sentence, token) is not None

    def _voiced(self, clause: Clause, context: Context) -> Context:
        """A clause that nobody in its sentence says is its turn's or its quotation's."""
        voice = self.speech.of(self.sentence, clause.head)
        if voice is None or context.speaker is not None:
            return context
        frames = [*context.frames, UNKNOWN] if voice.speaker is None else context.frames
        return Context(voice.speaker, voice.cue, context.parent, frames, True, context.fills_object)

    def _believed(self, clause: Clause, context: Context) -> Context:
        """A main clause of which no word tells whose it is: the language model's holder, where it is sure."""
        if context.speaker is not None or clause.kind in NOMINAL_KINDS or not _is_main(clause):
            return context
        holder = self.speech.holder(self.sentence, clause.head)
        if holder is None or holder in clause.head.subtree():
            return context
        if context.parent is not None and context.parent.passive and holder is context.parent.subject:
            return context  # "residents were told that the dam was safe": who is told says nothing
        cue = holder.head.lemma if holder.head is not None else context.cue
        return Context(holder, cue, context.parent, context.frames, True, context.fills_object)

    def _is_resumed(self, top: Token, before: Context) -> bool:
        """Whether the writer speaks again behind a semicolon: "…, the army says; nobody knows"."""
        if before.speaker is None or top.child(*SUBJECTS) is None or top.child("mark") is not None:
            return False
        first = top.subtree()[0]
        apart = first.text in PARTING or (first.i > 0 and self.sentence.tokens[first.i - 1].text in PARTING)
        return apart and (before.cue in table("sources") or self.speech.is_writers(self.sentence, top))

    def _is_outside(self, top: Token, above: Clause) -> bool:
        """Whether the writer speaks again in what hangs on somebody's words."""
        return (
            self._is_left(top, above)
            or self._is_measured_aside(top, above)
            or (is_set_against(top) and self.context(above).speaker is not None)
        )

    def _is_left(self, top: Token, above: Clause) -> bool:
        """Whether what hangs on a quoted clause stands outside the marks and behind who says it: "'…,' said a
        critic in Milan, where rivals …"."""
        parent = self.context(above).parent
        if parent is None or not above.head.i < parent.head.i < top.i or not _is_beside(top):
            return False
        return self._is_quoted(above.head) and not self._is_quoted(top)

    def _is_measured_aside(self, top: Token, above: Clause) -> bool:
        """Whether the writer tells what went before, behind who told the rest: "…, medics said, hours after
        the army announced a truce"."""
        parent = self.context(above).parent
        mark = top.child("mark")
        if parent is None or mark is None or not above.head.i < parent.head.i < top.subtree()[0].i:
            return False
        before = [t for t in self.sentence.tokens[parent.head.i + 1 : mark.i] if t.dep != "punct"]
        measured = any(t.lemma.lower() in TIME_WORDS or t.lower in ("first", "latest") for t in before)
        told = measured or (mark.lower == "after" and top.child("nsubj", "nsubj:pass") is not None)
        return told and self.sentence.tokens[parent.head.i + 1].text == ","

    def _root(self, clause: Clause) -> Context:
        context = Context()
        if self._is_asked_at_end(clause):
            context.frames.append(Frame("?", "question", "", "", "questioned", "unknown"))
        marker = marker_frame(clause.predicates[0])  # "Suppose the deal fails." "If only it had."
        if marker is not None and marker.modality in ("conditional", "questioned"):
            context.frames.append(marker)
        if _is_imperative(clause) and clause.head.head is None:
            context.frames.append(IMPERATIVE)
        return context

    def _is_asked_at_end(self, clause: Clause) -> bool:
        """Whether the sentence ends in a question mark that is the clause's: not behind a colon or semicolon,
        unless the clause itself is put as a question."""
        tokens = self.sentence.tokens
        asked = any(t.text == "?" for t in tokens[-2:])
        parted = any(t.text in PARTING for t in tokens[clause.head.i : -2])
        return asked and (not parted or _is_put_as_question(clause))

    def clause_above(self, token: Token) -> Clause | None:
        """The clause that a word stands in, its own predicate aside."""
        return next((self.of_token[id(t)] for t in token.ancestors() if id(t) in self.of_token), None)

    def _coordinated(self, clause: Clause, top: Token) -> Context:
        """As the first member: its context, and its modal verb if this one has none ("will go and see")."""
        first = self.of_token.get(id(conjunction_head(top)))
        if first is None or first is clause:
            above = self.clause_above(top)
            return self._same(above) if above else Context()
        context = self.context(first)
        if self._is_resumed(top, context):
            return self._root(clause)
        own = top.child("nsubj", "nsubj:pass") is not None and not is_infinitive(top)
        shared = [f for f in context.frames if f is not OPEN or not own]  # "is to go, and the army moves"
        helper = top.child("aux", "aux:pass", "cop")  # of "will meet and be invited" a bare "be"
        alike = top.tag == first.head.tag if helper is None else helper.tag == "VB"
        if alike and not top.child("nsubj", "nsubj:pass"):
            once = is_negated(clause)  # "neither confirmed nor denied"
            shared += [f for f in inherited(first) if not (once and f.kind == "negation")]
        return Context(context.speaker, context.cue, context.parent, shared, context.reported)

    def _same(self, above: Clause) -> Context:
        """Said by whom the clause above is said, at the same depth; certain in itself."""
        context = self.context(above)
        return Context(context.speaker, context.cue, context.parent, [], context.reported)

    def _complement(self, clause: Clause, above: Clause, form: str) -> Context:
        frame = self._complement_frame(above, form)
        if frame.kind == "unknown" and clause.head.tag == "VBG" and seen_or_wanted(above) is not None:
            frame = replace(frame, modality="possible")  # "showed men shooting" is no intention
        frames = [frame]
        if form == "question" and frame.modality != "questioned":
            frames.append(Frame("whether", "question", "", "", "questioned", "unknown"))
        if frame.modality == "requested" and self._is_told(clause):
            frames[0] = frame = replace(frame, modality="", factuality="")  # "advised that it had been sold"
        if frame.modality in ("intended", "expected") and _lies_behind(clause, above):
            frames[0] = frame = replace(frame, modality="")  # "hopes that the ship has arrived"
        if form == "ccomp" and _is_imperative(clause):
            frames.append(IMPERATIVE)
        open_ = form == "ccomp" and clause.subject is not None and is_infinitive(clause.predicates[0])
        if open_ and not frame.modality:
            frames.append(OPEN)  # "UK to expel two envoys, minister says"
        if frame.kind == "report" and frame.polarity and is_negated(above):
            frames[0] = frame = replace(frame, polarity="", factuality="unknown")  # "has not denied that"
        if form == "xcomp" and frame.modality == "intended" and is_negated(above):
            frames.append(NOT)  # "did not threaten to leave"
        asked = lemma_of(above.head) in words("mandative") and _may_be_subjunctive(clause)
        if form == "ccomp" and clause.reporter is None and (asked or _is_subjunctive(clause)):
            frames.append(Frame(above.head.lemma, "subjunctive", "", "", "requested", "unknown"))
        return self._governed(frame, above, frames, clause.predicates[0] is above.complement)

    def _is_told(self, clause: Clause) -> bool:
        """Whether what a verb of asking governs cannot be a demand: it has been done, or it is in the plain
        present of somebody's own words ("'We have no trouble,' he pleaded")."""
        top = clause.predicates[0]
        finite = _finite(top)
        perfect = finite.dep == "aux" and finite.lemma.lower() == "have"
        direct = clause.reporter is not None or _is_fronted(top) or self._is_quoted(clause.head)
        return perfect or (direct and finite.tag in ("VBZ", "VBD", "VBP"))

    def _complement_frame(self, above: Clause, form: str) -> Frame:
        """What a governor implies for a complement of this form."""
        frame = frame_of(above.head, form)
        if frame is None and form == "question":
            frame = frame_of(above.head, "ccomp")
        if frame is not None and frame.kind == "hearsay" and above.agent is not None:
            told = active_frame(above.head, form)  # "were told by the bank that": the bank says so
            frame = replace(told, control="") if told is not None else frame
        if frame is None:
            return self._default(above, form)
        if frame.kind == "factive" and form == "ccomp" and _has_voice(above):
            frame = replace(
                frame, kind="report"
            )  # "knows that", "is clear that": so the one who knows it holds
        return frame

    def _governed(self, frame: Frame, above: Clause, frames: list[Frame], fills: bool = False) -> Context:
        """A clause under a governor that speaks, or that lets the source above speak on."""
        outer = self.context(above)
        cue = lemma_of(above.head)
        if frame.kind in SPEAKING and frame.kind != "decline":
            wrong = _mistaken(above) if frame.kind == "report" else None
            opaque = [UNKNOWN] if frame.kind == "report" and (wrong or _opaque(above, outer)) else []
            speaker = _holder(above, frame)
            if speaker is None or _is_whoever_speaks(speaker, above, outer):
                speaker = outer.speaker
            return Context(speaker, wrong or cue, above, [*frames, *opaque], frame.kind == "report", fills)
        # The source stays: refusals, causes, facts known; what colours the governor colours this too.
        reported = outer.reported or frame.kind == "hearsay"
        return Context(outer.speaker, cue, above, [*frames, *colours(above, outer)], reported, fills)

    @staticmethod
    def _default(above: Clause, form: str) -> Frame:
        """A governor that no table lists: what it implies is unknown, an infinitive an intention, or a duty
        where it is up to somebody."""
        if charged(above) is not None:
            return Frame("up to", "unknown", "", "", "obligated", "unknown")
        if form == "ccomp" and _can_hold(above):
            return Frame(above.head.lemma, "report", "subject", "", "", "unknown")
        modality = "intended" if form == "xcomp" and above.kind != "copular" else ""
        return Frame(above.head.lemma, "unknown", "", "", modality, "unknown")

    def _adverbial(self, top: Token, above: Clause) -> Context:
        outer = self.context(above)
        gerund = frame_of(above.head, gerund_preposition(top))
        if gerund is not None:
            return self._governed(gerund, above, [gerund])
        frame = marker_frame(top)
        frames = [*([frame] if frame else []), *self._taken_over(top, above, frame)]
        cue = frame.word if frame and frame.modality else outer.cue
        return Context(outer.speaker, cue, outer.parent, frames, outer.reported)

    def _taken_over(self, top: Token, above: Clause, frame: Frame | None) -> list[Frame]:
        """What an adverbial clause takes over from the clause that it stands beside."""
        purpose = frame is not None and frame.modality == "intended"
        if purpose or (_goes_with(top, above) and self._is_unsure(above)):
            return colours(above, self.context(above))
        if is_absolute(top) and _is_wish(above.head):
            return [UNKNOWN]  # "proposed a patrol, with Chad in command"
        if frame is None or frame.role != "time" or not _is_present(top):
            return []
        ahead = frame.word == "once" or self._is_unsure(above)  # "will help once we agree"
        ahead = ahead or (frame.word in ("after", "when") and _is_to_be_done(top, above))
        return [UNKNOWN] if ahead else []

    def _noun_complement(self, top: Token, noun: Token, above: Clause | None) -> Context:
        """What a noun such as "claim", "plan" or "demand" has as its content."""
        told = _told_of(top, noun)
        if told is not None and above is not None:
            outer = self.context(above)
            return Context(outer.speaker, told.word, above, [told, *colours(above, outer)], outer.reported)
        if above is not None and _is_being_done(top) and noun.head is above.head:
            frame = frame_of(above.head, "ccomp")
            if frame is not None or any(c.lower == "having" for c in top.all("aux")):
                return self._governed(frame or UNKNOWN, above, [frame or UNKNOWN])
        if not _is_content(top) and top.dep not in ("ccomp", "xcomp"):
            return self._described(top, noun, above)  # a participle: "talks held in Doha"
        if above is not None and _is_circumstance(top):
            return self._adverbial(top, above)
        outer = self.context(above) if above else Context()
        frame = table("nouns").get(noun.lemma.lower())
        if frame is None:
            frame = Frame(noun.lemma, "unknown", "", "", "intended" if is_infinitive(top) else "", "unknown")
        speaker = holder(noun, above) if frame.kind in ("report", "want") else None
        frames = [frame, *(colours(above, outer) if above else []), *_called(noun, above)]
        if frame.modality == "intended" and (is_none(noun) or _is_scant(noun) or _is_any(noun, above)):
            frames.append(NOT)  # "has no plans to leave"
        return Context(
            speaker or outer.speaker, noun.lemma, above, frames, outer.reported or frame.kind == "report"
        )

    def _described(self, top: Token, noun: Token | None, above: Clause | None) -> Context:
        """What is said of a noun in passing, no surer than the thing: "wants a deal that ends the war", but
        "sought a meeting, which was held on Tuesday"."""
        if above is None:
            return Context()
        context = self._same(above)
        if noun is not None and context.speaker in (noun, *noun.ancestors()) and context.parent is None:
            return Context()  # "according to the army, which holds the port": the writer says that
        if noun is None:
            return context
        if _is_anyone(noun) and not _is_apart(top):
            context.frames.append(UNKNOWN)  # "anyone who shelters them will be tried": perhaps nobody does
            return context
        wanted = _is_open(noun) and (self._is_unsure(above) or _is_wish(above.head))
        ahead = is_time_word(noun) and self._is_unsure(above)  # "by the time they arrive, it will be gone"
        if self._is_of_absolute(top, noun) and (self._is_unsure(above) or _is_wish(above.head)):
            context.frames += colours(above, self.context(above)) or [UNKNOWN]
        elif (wanted or ahead) and not _is_apart(top) and noun.dep != "appos":
            context.frames.append(UNKNOWN)
        elif context.speaker is not None and self._is_added(top, noun):
            return Context(frames=[ASIDE])
        return context

    def _is_of_absolute(self, top: Token, noun: Token) -> bool:
        """ "will begin on Monday, with monitors deployed": a participle that goes with the clause."""
        before = self.sentence.tokens[max(noun.subtree()[0].i - 1, 0)].text
        return top.dep == "acl" and noun.dep == "obl" and preposition_of(noun) == "with" and before == ","

    def _is_added(self, top: Token, noun: Token) -> bool:
        """Whether what describes a noun in reported speech is the writer's rather than the speaker's, who is
        not quoted there: "Seoul said it would free the crew, whom it had held since May". Of 154 such clauses
        in texts of ours two thirds are the writer's, one in five the speaker's.
        """
        describes = top.dep == "acl:relcl" or (top.dep == "acl" and noun.dep == "appos")
        named = noun.pos in ("NOUN", "PROPN")  # not "those who strike"
        return describes and named and self.speech.of(self.sentence, top) is None

    def _is_unsure(self, clause: Clause) -> bool:
        return reading_of(clause, self.context(clause)).factuality != "certain"

    # ── from the side ──

    def _with_side_source(self, clause: Clause, context: Context) -> Context:
        side = self._side.get(id(clause))
        if side is None:
            return context
        speaker, cue = side
        return Context(speaker, cue, context.parent, context.frames, True, context.fills_object)

    def _side_sources(self) -> dict[int, tuple[Token, str]]:
        """Clauses with a source beside them: "according to X", wherever the parser hung it."""
        found: dict[int, tuple[Token, str]] = {}
        for token in self.sentence:
            named = _source(token)
            clause = self.clause_above(token) if named is not None else None
            if clause is None or named is None:
                continue
            cue, source = named
            if source.tag == "WP" and clause.subject is not None:
                source = clause.subject  # "according to what the prosecutor calls a confession"
                clause = self.clause_above(clause.predicates[0]) or clause
            for said in (clause, self._first_of_all(clause, token)):
                if said is not None:
                    found.setdefault(id(said), (source, cue))
        return found

    def _first_of_all(self, clause: Clause, source: Token) -> Clause | None:
        """The first clause of a coordination that a source behind it and a comma covers: "fired, killing six,
        and fled, according to the army"."""
        top, words = clause.predicates[0], source.subtree()
        comma = words[0].i > 0 and (words[0].text == "," or self.sentence.tokens[words[0].i - 1].text == ",")
        rest = self.sentence.tokens[words[-1].i + 1 :]
        last = not rest or rest[0].text in (
            ".",
            ";",
        )  # what ends the sentence covers clauses with a subject, too
        while (
            top.dep in ("conj", "advcl")
            and top.head is not None
            and (last or top.child("nsubj", "nsubj:pass") is None)
        ):
            top = top.head
        return self.of_token.get(id(top)) if comma and source.i > clause.head.i else None


def _source(token: Token) -> tuple[str, Token] | None:
    """Who says so, of the head of a phrase beside a clause, and by which words: "according to the army", "in
    the army's view", "by the account of the army"."""
    preposition, sources = preposition_of(token), table("sources")
    if is_yardstick(token):
        return None
    if preposition in sources:
        return (preposition, token) if preposition != "per" or _is_somebody(token) else None
    cue = f"{preposition} the {token.lower} of"
    whose = (possessor(token) or token.child("nmod")) if cue in sources else None
    return (cue, whose) if whose is not None else None


def _is_somebody(noun: Token) -> bool:
    """ "per the mayor", "per two officials", not "per day"."""
    several = noun.child("nummod") is not None and noun.child("acl", "acl:relcl") is not None
    return noun.pos == "PROPN" or noun.child("det") is not None or several


def _form(top: Token) -> str:
    """The form of a complement, as the table of verbs names it."""
    if top.dep == "xcomp":
        return "question" if any(c.lower == "whether" for c in top.all("mark")) else "xcomp"
    return "question" if is_question(top) or _is_asked(top) else "ccomp"


def _is_fronted_content(top: Token, above: Clause) -> bool:
    """ "That he fled was denied by the army", where the tree has an adverbial clause."""
    first = top.subtree()[0]
    that = first.lower == "that" and first.dep == "mark" and first.head is top
    return top.dep == "advcl" and that and above.subject is None and top.i < above.head.i


def _is_asked(top: Token) -> bool:
    """Whether a content in somebody's own words ends in a question mark: "Who pays, he asked, for that?"."""
    around = top.head.children if top.head is not None and _is_fronted(top) else []
    return any(t.text == "?" for t in [*top.subtree(), *around])


def _is_fronted(top: Token) -> bool:
    """Whether a clause stands before what governs it, or around it."""
    return top.head is not None and top.i < top.head.i


def reading_of(clause: Clause, context: Context) -> Reading:
    """How a clause is to be taken where it stands: its own words, under what stands above it."""
    reading = read(clause, context.reported)
    for frame in context.frames:
        reading = reading.under(frame)
    return reading


def colours(clause: Clause, context: Context) -> list[Frame]:
    """What makes a clause less than certain, for those that depend on it: "may be forced to"."""
    reading = reading_of(clause, context)
    unsure = reading.factuality != "certain" or reading.polarity == "negated"
    return [Frame(reading.cue or "", "inherited", "", "", reading.modality, "unknown")] if unsure else []


def _opaque(above: Clause, outer: Context) -> bool:
    """Whether the report itself did not happen: "did not say that", "stopped short of saying that"."""
    reading = reading_of(above, outer)
    return reading.polarity == "negated" or reading.modality != "asserted"


def _mistaken(above: Clause) -> str | None:
    """The word that calls a report wrong: "wrongly said that"."""
    adverbs = (c.lower for c in above.head.all("advmod"))
    return next((word for word in adverbs if word in words("mistaken")), None)


def _holder(above: Clause, frame: Frame) -> Token | None:
    """Who says or thinks it, of a governor: of a passive the agent, or the one who "is convinced that"."""
    experiences = frame.kind == "report" and frame.control == "subject"
    return above.agent if above.passive and not experiences else above.subject


def _is_whoever_speaks(holder: Token, above: Clause, outer: Context) -> bool:
    """Whether a holder is the one whose words he stands in: the "it" of "it is too early to say whether", "I"
    and "we" where somebody is quoted. In the article's own words "we" stays the source."""
    quoted = holder.lower in FIRST and outer.speaker is not None
    return quoted or (holder.lower == "it" and above.shared_subject)


def _can_hold(clause: Clause) -> bool:
    """Whether a clause with a content is about somebody whose content that may be, whatever its verb:
    "the mayor grumbled that", "is outraged that"; not "the problem is that"."""
    noun = clause.kind == "copular" and clause.head.pos != "ADJ"
    return not noun and clause.subject is not None and clause.head.child("expl") is None


def _is_main(clause: Clause) -> bool:
    """Whether a clause is finite and depends on no other as a modifier or an infinitive does."""
    top = clause.predicates[0]
    finite = _finite(top).tag in ("VBD", "VBZ", "VBP", "MD")
    return finite and top.dep in ("root", "conj", "parataxis", "ccomp")


def _is_content(top: Token) -> bool:
    """Whether "that" introduces a clause under a noun: "the claim that he fled"."""
    return top.child("mark") is not None or any(map(is_complementizer, top.children))


def _is_circumstance(top: Token) -> bool:
    """Whether a clause that hangs on a noun tells when, not what: "a day after the banks had closed"."""
    finite = top.child("nsubj", "nsubj:pass") is not None and not is_infinitive(top)
    frame = marker_frame(top) if finite else None
    beside = top.head is not None and top.head.pos == "ADV"  # "as long as others pay"
    return frame is not None and (frame.role == "time" or (beside and frame.role == "condition"))


def _is_being_done(top: Token) -> bool:
    """ "herders being beaten", "troops having fled": a participle with a helper tells what goes on."""
    return top.dep == "acl" and any(c.tag == "VBG" for c in top.all("aux", "aux:pass"))


def _told_of(top: Token, noun: Token) -> Frame | None:
    """What a noun makes of a participle: "reports of herders being beaten", "a risk of guards fleeing"."""
    if top.dep != "acl" or top.tag not in ("VBG", "VBN"):
        return None
    helped = _is_being_done(top)
    within = (
        noun.dep == "nmod" and preposition_of(noun) == "of" and noun.pos == "NOUN" and not _is_given(noun)
    )
    telling = noun if helped else noun.head if within else None
    frame = table("nouns").get(telling.lemma.lower()) if telling is not None else None
    return frame if frame is not None and frame.kind in ("report", "prospect") else None


def _called(noun: Token, above: Clause | None) -> list[Frame]:
    """What the content of a noun is said to be: "the rumour that he died is false", "it is a myth that"."""
    if above is None or above.kind != "copular" or noun not in (above.subject, above.head):
        return []
    frame = frame_of(above.head, "ccomp")
    return [frame] if frame is not None and frame.polarity else []


def _has_voice(clause: Clause) -> bool:
    """Whether a clause is about somebody, not about "it"."""
    return (
        clause.subject is not None
        and clause.subject.lower not in ("it", "this", "that")
        and not clause.passive
    )


def _tells_nothing(frame: Frame) -> bool:
    return frame.kind == "advcl" and not frame.modality and not frame.factuality


def _goes_with(top: Token, above: Clause) -> bool:
    """Whether a clause is part of what the one above it tells: "will travel, visiting three capitals",
    "will meet, with Chad acting as host"."""
    if is_absolute(top):
        return True
    bare = top.tag == "VBG" and not top.child("aux", "nsubj", "nsubj:pass")
    return bare and (top.i > above.head.i or gerund_preposition(top) != "")


def _is_present(top: Token) -> bool:
    finite = top.child("aux", "aux:pass", "cop") or top
    return finite.tag in ("VBZ", "VBP")


def _is_beside(top: Token) -> bool:
    """Whether a clause tells more of something, rather than going on with what is said: "…, where"."""
    relative = any(t.tag == "WRB" and t.head is top for t in top.subtree()[:2])
    return top.dep in BESIDE or (top.dep == "advcl" and relative)


def _is_put_as_question(clause: Clause) -> bool:
    """ "Is the dam safe; will it hold?": a helper before the subject."""
    top = clause.predicates[0]
    helper, subject = top.child("aux", "aux:pass", "cop"), top.child("nsubj", "nsubj:pass")
    return helper is not None and subject is not None and helper.i < subject.i


def _is_to_be_done(top: Token, above: Clause) -> bool:
    """ "takes effect after ten states have ratified it": what a present waits for."""
    perfect = _finite(top).dep == "aux" and _finite(top).lemma.lower() == "have"
    return perfect and tense_of(above) == "present"


def _is_apart(top: Token) -> bool:
    """Whether a relative clause stands behind a comma, and only adds something."""
    return top.dep == "acl:relcl" and top.subtree()[0].text == ","


def _is_open(noun: Token) -> bool:
    """Whether a noun need not name anything that there is: "a deal", "any step", "talks"."""
    determiner = noun.child("det")
    if determiner is not None:
        return determiner.lower in ("a", "an", "any", "no", "another")
    event = noun.lemma.lower() in table("nominals") or noun.lemma.lower() in table("nouns")
    return event and noun.child("nmod:poss") is None


def _is_wish(verb: Token) -> bool:
    """Whether what a verb has as its object is wanted, asked for, planned or rejected."""
    frames = [frame_of(verb, form) for form in ("xcomp", "ccomp")]
    return any(
        f is not None and (f.modality in ("intended", "requested") or f.kind == "decline") for f in frames
    )


def _is_scant(noun: Token) -> bool:
    """ "little desire", "few plans": as good as none, unlike "a little"."""
    return noun.child("det") is None and any(c.lower in ("little", "few") for c in noun.children)


def _is_anyone(noun: Token) -> bool:
    """ "anyone", "any foreigner": perhaps nobody."""
    return noun.lower in ("anyone", "anybody") or any(c.lower == "any" for c in noun.all("det"))


def _is_any(noun: Token, above: Clause | None) -> bool:
    """ "does not have plans", "sees no reason": the indefinite object of a negated verb."""
    determiner = noun.child("det", "nmod:poss")
    open_ = determiner is None or determiner.lower in ("any", "a", "an")
    return open_ and above is not None and noun is above.object and is_negated(above)


def _is_given(noun: Token) -> bool:
    """Whether a noun is definite, so that what it names is taken for granted."""
    return any(
        c.dep == "nmod:poss" or (c.dep == "det" and c.lower in ("the", "this", "these", "those"))
        for c in noun.children
    )


def is_question(top: Token) -> bool:
    """Whether a complement is an indirect question: "whether", "who", "how"."""
    if is_relative_content(top):
        return False
    first = min((t for t in top.subtree() if t.dep != CLEFT), key=lambda t: t.i)
    mark = top.child("mark")
    return (mark is not None and mark.lower in ("whether", "if")) or (
        first.lower in words("question") and first.tag.startswith("W")
    )


def _lies_behind(content: Clause, above: Clause) -> bool:
    """Whether what is hoped or feared has come to pass or not by then: "fears that the ship sank"."""
    finite = _finite(content.predicates[0])
    perfect = finite.dep == "aux" and finite.lemma.lower() == "have"
    return perfect or (finite.tag == "VBD" and tense_of(above) == "present")


def _is_subjunctive(clause: Clause) -> bool:
    """ "that Xi call first": a bare verb with a subject that would give it an ending."""
    top = clause.predicates[0]
    finite, subject = _finite(top), top.child("nsubj", "nsubj:pass")
    if finite.tag != "VB" or subject is None or is_infinitive(top):
        return False
    single = subject.tag in ("NN", "NNP") or subject.lower in SINGLE
    return finite.lower == "be" or (single and subject.child("conj") is None)


def _may_be_subjunctive(clause: Clause) -> bool:
    """ "that the troops leave": a plain present of several that act, which a demand may be put in."""
    top = clause.predicates[0]
    acts = top.pos == "VERB" and top.child("aux", "aux:pass", "cop") is None and top.tag in ("VBP", "VB")
    return acts and top.lemma.lower() != "have" and top.child("nsubj") is not None


def _finite(top: Token) -> Token:
    return next((c for c in top.children if c.dep in ("aux", "aux:pass", "cop")), top)


def _is_imperative(clause: Clause) -> bool:
    """ "Open the gates", "do not cross": a bare verb without a subject."""
    bare = clause.head.tag == "VB" and not is_infinitive(clause.head) and not clause.chain
    helpers = clause.head.all("aux", "aux:pass", "cop")
    return clause.subject is None and bare and all(c.lower in ("do", "be") for c in helpers)


def marker_frame(top: Token) -> Frame | None:
    """What the word that introduces an adverbial clause implies: if, to, without, after."""
    markers = table("markers")
    found = next((markers[word] for word in _markers(top) if word in markers), None)
    if found is None and is_inverted(top):
        return markers["if"]
    beside = _coordinated_adverbial(top)
    return marker_frame(beside) if found is None and beside is not None else found


def _coordinated_adverbial(top: Token) -> Token | None:
    """ "Unless the rebels leave and the army pulls back": the clause that a second one goes on."""
    main = top.head if top.dep == "advcl" and top.child("mark") is None else None
    if main is None or top.child("cc") is None or main.i < top.i:
        return None
    return next((c for c in reversed(main.all("advcl")) if c.i < top.i), None)


def _markers(top: Token) -> Iterator[str]:
    """What may introduce a clause, longest first: "as if", a word with those that belong to it, a word."""
    before = [c for c in top.children if c.dep in ("mark", "case", "advmod", "cc") and c.i < top.i]
    yield from (f"{one.lower} {other.lower}" for one, other in pairwise(before))
    for word in before:
        yield from (_with_fixed(word), word.lower)


def _with_fixed(word: Token) -> str:
    """A marker with the words that belong to it: "even if", "as long as"."""
    whole = sorted([word, *word.all("fixed", "advmod")], key=lambda t: t.i)
    said = " ".join(t.lower for t in whole)
    above = word.head.head if word.head is not None else None
    if word.lower == "as" and above is not None and above.dep == "advmod" and above.i == word.i - 1:
        first = next((c.lower for c in above.children if c.i == above.i - 1), "")
        return f"{first} {above.lower} {said}".strip()  # "as | long | as others pay"
    return said
