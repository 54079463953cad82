"""Claims to events: who, to whom, and whether it happened; hand-built claims, no parser."""

from dataclasses import replace

import pytest

from kg.actors.mentions import Mentions
from kg.coding.candidates import recipients_of
from kg.coding.coder import code
from kg.coding.coordination import Groups
from kg.coding.parties import Parties
from kg.coding.realis import realis, realm
from kg.model import Actor, Argument, Claim, Document, Event, Judgement, Phrase, Relation, Statement

GHANA = Actor("gha", "Ghana", "state", "GHA", known=True)
TOGO = Actor("tgo", "Togo", "state", "TGO", known=True)
MALI = Actor("mli", "Mali", "state", "MLI", known=True)
OPPOSITION = Actor("local-opposition", "the opposition", "party", None, "OPP")
NAMES = {"Ghana": GHANA, "Togo": TOGO, "Mali": MALI, "opposition": OPPOSITION}


class Text:
    """A document whose pieces are found by their words."""

    def __init__(self, text: str) -> None:
        self.document = Document("d", text, published="2024-05-14")
        judgements = []
        at = {}
        for name, actor in NAMES.items():
            start = text.find(name)
            if start >= 0:
                at[start] = len(judgements)
                judgements.append(
                    Judgement(self.document.span(start, start + len(name)), actor, "same", "name")
                )
        order = sorted(at)
        found = tuple(judgements[at[start]] for start in order)
        self.mentions = Mentions(found, {start: i for i, start in enumerate(order)})

    def phrase(self, words: str, statement: str | None = None) -> Phrase:
        start = self.document.text.index(words)
        actor = next((a for n, a in NAMES.items() if words.endswith(n)), None)
        head = start + len(words) - len(words.split()[-1])
        return Phrase(words, start, start + len(words), head, actor, statement)

    def argument(self, words: str, preposition: str, role: str = "other") -> Argument:
        p = self.phrase(words)
        return Argument(p.text, p.start, p.end, p.head, p.actor, role=role, preposition=preposition)

    def claim(
        self,
        subject: str | None,
        verb: str,
        lemma: str,
        target: str | Claim | None = None,
        *arguments: Argument,
        **more: object,
    ) -> Claim:
        start = self.document.text.index(verb)
        if isinstance(target, Claim):
            span = target.evidence
            object_ = Phrase(span.text, span.start, span.end, span.start, statement=target.id)
        else:
            object_ = self.phrase(target) if target else None
        voice = more.pop("voice", "active")
        statement = Statement(
            self.phrase(subject) if subject else None,
            Relation(verb, start, start + len(verb), lemma, voice),  # type: ignore[arg-type]
            object_,
            arguments,
        )
        claim = Claim("d", 0, self.document.span(0, len(self.document.text)), statement)
        return replace(claim, **more)

    def events(self, *claims: Claim) -> list[Event]:
        return code(claims, self.mentions, self.document)


def brief(events: list[Event]) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    return [
        (e.type, tuple(a.label for a in e.actors), tuple(a.label for a in e.recipients), e.realis)
        for e in events
    ]


def nested_in(outer: Claim, inner: Claim) -> tuple[Claim, Claim]:
    """The two claims, pointing at each other."""
    inner = replace(inner, nested_in=outer.id)
    span = outer.evidence
    object_ = Phrase(span.text, span.start, span.end, span.start, statement=inner.id)
    return replace(outer, statement=replace(outer.statement, object=object_)), inner


def test_a_plain_claim_gives_an_event_with_all_its_parts() -> None:
    t = Text("Ghana imposed sanctions on Togo.")
    (event,) = t.events(t.claim("Ghana", "imposed", "impose", "sanctions", t.argument("Togo", "on")))
    assert brief([event]) == [("SANCTION", ("Ghana",), ("Togo",), "happened")]
    assert (event.mode, event.cameo, event.quad, event.score) == ("discontinue", "163", 4, -6)
    assert event.goldstein == -8
    assert (event.date, event.date_precision, event.date_basis) == ("2024-05-14", "day", "publication")
    assert event.place is None
    assert event.original_type == "SANCTION"


def test_what_no_rule_knows_gives_nothing() -> None:
    t = Text("Ghana painted a fence for Togo.")
    assert t.events(t.claim("Ghana", "painted", "paint", "a fence", t.argument("Togo", "for"))) == []


def test_no_actor_no_event() -> None:
    t = Text("Somebody attacked Togo.")
    assert t.events(t.claim("Somebody", "attacked", "attack", "Togo")) == []


@pytest.mark.parametrize(
    ("more", "type_", "told"),
    [
        ({}, "AID", "happened"),
        ({"tense": "future", "modality": "expected"}, "AGREE", "planned"),
        ({"polarity": "negated"}, "SANCTION", "denied"),
        ({"polarity": "negated", "tense": "future", "modality": "expected"}, "REJECT", "denied"),
        ({"modality": "possible"}, "AGREE", "possible"),
        ({"tense": "future", "modality": "conditional", "cue": "would"}, "AGREE", "conditional"),
    ],
)
def test_realis_changes_the_type_and_keeps_the_original(
    more: dict[str, object], type_: str, told: str
) -> None:
    t = Text("Ghana sent food to Togo.")
    (event,) = t.events(t.claim("Ghana", "sent", "send", "food", t.argument("Togo", "to"), **more))
    assert (event.type, event.original_type, event.realis) == (type_, "AID", told)


def test_a_planned_attack_is_a_threat() -> None:
    t = Text("Ghana will attack Togo.")
    (event,) = t.events(t.claim("Ghana", "attack", "attack", "Togo", tense="future", modality="expected"))
    assert (event.type, event.original_type, event.realis) == ("THREATEN", "ASSAULT", "threatened")
    assert event.cameo == "138"


def test_questions_and_conditions_are_no_events() -> None:
    t = Text("Ghana attacked Togo.")
    assert t.events(t.claim("Ghana", "attacked", "attack", "Togo", modality="questioned")) == []
    t = Text("Mali will help Togo if Ghana attacked Mali.")
    condition = t.claim("Ghana", "attacked", "attack", "Mali", modality="conditional", cue="if")
    assert t.events(condition) == []


def test_what_depends_on_a_condition_is_told() -> None:
    t = Text("Ghana threatened Togo if it closed the border.")
    (event,) = t.events(t.claim("Ghana", "threatened", "threaten", "Togo", modality="conditional", cue="if"))
    assert (event.type, event.realis) == ("THREATEN", "conditional")


def test_promising_an_act_is_one_event() -> None:
    t = Text("Ghana agreed to withdraw its troops from Togo.")
    outer = t.claim("Ghana", "agreed", "agree")
    place = t.argument("Togo", "from")
    inner = t.claim("Ghana", "withdraw", "withdraw", "its troops", place, modality="intended", cue="agree")
    assert brief(t.events(*nested_in(outer, inner))) == [("AGREE", ("Ghana",), ("Togo",), "happened")]


def test_vowing_an_attack_is_a_threat() -> None:
    t = Text("Ghana vowed to attack Togo.")
    outer, inner = nested_in(
        t.claim("Ghana", "vowed", "vow"),
        t.claim("Ghana", "attack", "attack", "Togo", modality="intended", cue="vow"),
    )
    (event,) = t.events(outer, inner)
    assert (event.type, event.mode, event.cameo) == ("THREATEN", "violence", "138")


def test_asking_for_an_act_is_a_request_to_who_shall_do_it() -> None:
    t = Text("Ghana urged Togo to free the pilots.")
    outer = t.claim("Ghana", "urged", "urge", None, t.argument("Togo", "", "recipient"))
    inner = t.claim("Togo", "free", "free", "the pilots", modality="requested", speaker=t.phrase("Ghana"))
    (event,) = t.events(*nested_in(outer, inner))
    assert brief([event]) == [("REQUEST", ("Ghana",), ("Togo",), "happened")]
    assert (event.cameo, event.mode) == ("0253", "yield")


def test_what_one_says_another_must_do_is_a_request() -> None:
    t = Text("Ghana said that Togo must free the pilots.")
    outer = t.claim("Ghana", "said", "say")
    inner = t.claim("Togo", "free", "free", "the pilots", modality="obligated", speaker=t.phrase("Ghana"))
    assert brief(t.events(*nested_in(outer, inner))) == [("REQUEST", ("Ghana",), ("Togo",), "happened")]


def test_refusing_is_a_rejection() -> None:
    t = Text("Ghana refused to meet Togo.")
    outer = t.claim("Ghana", "refused", "refuse")
    inner = t.claim("Ghana", "meet", "meet", "Togo", polarity="negated", cue="refuse")
    (event,) = t.events(*nested_in(outer, inner))
    assert (event.type, event.mode, event.cameo) == ("REJECT", "meet", "125")


def test_telling_of_anothers_attack_accuses_and_attributes() -> None:
    t = Text("Ghana said that Togo attacked Mali.")
    outer = t.claim("Ghana", "said", "say")
    inner = t.claim("Togo", "attacked", "attack", "Mali", speaker=t.phrase("Ghana"))
    attack, accusation = t.events(*nested_in(outer, inner))
    assert (attack.type, attack.speaker) == ("ASSAULT", GHANA)
    assert brief([accusation]) == [("ACCUSE", ("Ghana",), ("Togo",), "happened")]
    assert accusation.cameo == "1123"


def test_a_source_named_after_the_act_accuses_nobody() -> None:
    t = Text("Togo attacked Mali, officials in Ghana said.")
    inner = t.claim("Togo", "attacked", "attack", "Mali", speaker=t.phrase("officials in Ghana"))
    assert [e.type for e in t.events(inner)] == ["ASSAULT"]


def test_coordinated_actors_are_one_event() -> None:
    t = Text("Ghana and Togo signed a treaty.")
    claims = [t.claim(who, "signed", "sign", "a treaty") for who in ("Ghana", "Togo")]
    assert brief(t.events(*claims)) == [("SUPPORT", ("Ghana", "Togo"), (), "happened")]


def test_a_passive_without_its_agent_has_no_source() -> None:
    t = Text("Togo was attacked.")
    assert t.events(t.claim("Togo", "attacked", "attack", voice="passive")) == []


def test_own_troops_are_not_the_recipient() -> None:
    t = Text("Ghana moved its tanks towards Mali.")
    (event,) = t.events(t.claim("Ghana", "moved", "move", "its tanks", t.argument("Mali", "towards")))
    assert brief([event]) == [("MOBILIZE", ("Ghana",), ("Mali",), "happened")]


def test_a_purpose_is_no_event_but_tells_whom_it_is_about() -> None:
    t = Text("Ghana blocked a road to protest against Togo.")
    road = t.claim("Ghana", "blocked", "block", "a road")
    why = t.claim("Ghana", "protest", "protest against", "Togo", modality="intended", cue="to")
    assert brief(t.events(road, why)) == [("PROTEST", ("Ghana",), ("Togo",), "happened")]


def test_the_opposition_is_at_home_where_one_country_is_spoken_of() -> None:
    t = Text("Ghana banned the opposition.")
    (event,) = t.events(t.claim("Ghana", "banned", "ban", "the opposition"))
    assert [a.country for a in event.recipients] == ["GHA"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ("past", "happened")),
        ({"modality": "intended", "cue": "try"}, ("past", "attempted")),
        ({"modality": "intended", "cue": "plan"}, ("future", "planned")),
        ({"modality": "obligated"}, ("future", "demanded")),
        ({"polarity": "negated"}, ("negated_past", "denied")),
        ({"modality": "probable"}, ("past", "possible")),
    ],
)
def test_realm_and_realis(more: dict[str, object], expected: tuple[str, str]) -> None:
    t = Text("Ghana attacked Togo.")
    claim = t.claim("Ghana", "attacked", "attack", "Togo", **more)
    assert (realm(claim), realis(claim, "ASSAULT")) == expected


def test_same_claims_same_events() -> None:
    t = Text("Ghana imposed sanctions on Togo.")
    claim = t.claim("Ghana", "imposed", "impose", "sanctions", t.argument("Togo", "on"))
    assert t.events(claim, claim) == t.events(claim)


# -- what the parser did not see, the text beside the verb tells ------------------------------------


def test_the_agent_behind_by_is_found_where_the_claim_has_none() -> None:
    t = Text("Togo was attacked by Ghana.")
    claim = t.claim("Togo", "was attacked", "attack", voice="passive")
    assert brief(t.events(claim)) == [("ASSAULT", ("Ghana",), ("Togo",), "happened")]


def test_a_lost_subject_is_who_is_named_before_the_verb_in_its_sentence() -> None:
    t = Text("Mali voted. Ghana again attacked Togo.")
    (event,) = t.events(t.claim(None, "attacked", "attack", "Togo"))
    assert event.actors == (GHANA,)
    t = Text("Ghana voted. Soldiers attacked Togo.")
    assert t.events(t.claim(None, "attacked", "attack", "Togo")) == []


def test_a_lost_pronoun_is_the_speaker() -> None:
    t = Text("Ghana said that it attacked Togo.")
    outer = t.claim("Ghana", "said", "say")
    inner = t.claim(None, "attacked", "attack", "Togo", speaker=t.phrase("Ghana"))
    assert t.events(*nested_in(outer, inner))[0].actors == (GHANA,)


def test_the_preposition_behind_a_verb_counts_where_it_has_no_argument() -> None:
    t = Text("Ghana called for talks with Togo.")
    (event,) = t.events(t.claim("Ghana", "called", "call"))
    assert brief([event]) == [("REQUEST", ("Ghana",), ("Togo",), "happened")]


def test_an_infinitive_behind_the_object_is_nested_in_it() -> None:
    t = Text("Ghana took steps to widen freedoms in Togo.")
    steps = t.claim("Ghana", "took", "take", "steps")
    widen = t.claim("Ghana", "widen", "widen", "freedoms", modality="intended", cue="to")
    assert [e.type for e in t.events(steps, widen)] == ["CONCEDE"]
    assert t.events(steps) == []


def test_what_is_only_a_circumstance_is_not_to_whom_it_is_done() -> None:
    t = Text("Ghana attacked a base despite warnings from Mali.")
    warnings = t.argument("warnings from Mali", "despite")
    nested = t.claim("Ghana", "attacked", "attack", "a base", warnings)
    found = recipients_of(nested.statement, (GHANA,), t.mentions)
    assert found == ()


# -- where those belong who have no country -----------------------------------------------------------


def test_victims_are_of_where_it_happens() -> None:
    t = Text("Ghana attacked the opposition in Mali.")
    claim = t.claim("Ghana", "attacked", "attack", "the opposition", t.argument("Mali", "in", "place"))
    (event,) = t.events(claim)
    assert [a.country for a in event.recipients] == ["MLI"]


def test_a_foreign_opposition_stays_where_it_is() -> None:
    t = Text("Ghana banned the foreign opposition.")
    (event,) = t.events(t.claim("Ghana", "banned", "ban", "the foreign opposition"))
    assert [a.country for a in event.recipients] == [None]


def test_officials_who_act_are_not_of_the_country_that_they_turn_to() -> None:
    officials = Actor("local-opposition", "officials", "person", None, "GOV")
    t = Text("The opposition met Togo.")
    judged = tuple(replace(j, actor=officials) if j.actor is OPPOSITION else j for j in t.mentions.all)
    t.mentions = replace(t.mentions, judged=judged)
    claim = t.claim("The opposition", "met", "meet", "Togo")
    subject = claim.statement.subject
    assert subject is not None
    claim = replace(claim, statement=replace(claim.statement, subject=replace(subject, actor=officials)))
    assert [a.country for a in t.events(claim)[0].actors] == [None]


def test_a_minority_is_of_the_state_that_it_turns_to() -> None:
    minority = Actor("ethnic-togolese", "ethnic Togolese", "population", None, "CVL")
    assert parties_home(minority, (GHANA,)).country == "GHA"
    assert parties_home(minority, (GHANA, TOGO)).country is None


def parties_home(actor: Actor, recipients: tuple[Actor, ...]) -> Actor:
    t = Text("They rallied.")
    claim = t.claim("They", "rallied", "rally")
    groups = Groups([claim], t.document)
    return Parties(groups, t.mentions)._source_at_home(groups.all[0], actor, None, recipients)
