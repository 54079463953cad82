"""Repairs of where a clause hangs: what is said, asked or charged, and what only describes or comments."""

from kg.english.lexicon import frame_of, reports, table
from kg.parsing.tree import Token, is_infinitive, move, promote


def content_not_relative(token: Token) -> None:
    """ "told reporters that inflation had fallen", "informed families the ship was free": no relative clause
    has a conjunction "that", and none without a pronoun describes who is told."""
    noun = token.head
    if token.dep not in ("acl:relcl", "acl") or noun is None:
        return
    verb, mark = noun.head, token.child("mark") or _conjunction(token)
    that = _is_that(mark)
    bare = noun.dep == "iobj" and token.child("nsubj", "nsubj:pass") is not None and not _has_pronoun(token)
    if that and noun.pos == "VERB" and reports(noun):
        token.dep = "ccomp"
    elif that and mark is not None and noun.lemma.lower() in table("nouns"):
        token.dep, mark.dep = "acl", "mark"  # "a sign that Beijing had lied"
    elif verb is None or noun.dep not in ("obj", "iobj", "obl") or verb.child("ccomp") or not reports(verb):
        return
    elif that or bare:
        move(token, verb, "ccomp")


def relative_not_content(token: Token) -> None:
    """ "complained over raids in which it said two had died", "sold land that it held": a clause that begins
    with "in which", or has "that" as its object, describes the noun before it."""
    verb = token.head
    which = next((c for c in token.children if c.i < token.i and _is_relative(c)), None)
    if token.dep not in ("ccomp", "advcl") or verb is None or which is None:
        return
    nouns = [c for c in verb.children if c.dep in ("obj", "obl", "nmod") and c.i < which.i]
    if nouns and verb.i < nouns[-1].i:
        move(token, nouns[-1], "acl:relcl")


def subject_of_content(token: Token) -> None:
    """ "a man who officials say fled": "who" fled, and is no part of "officials"."""
    verb = token.head
    content = verb.child("ccomp") if verb is not None else None
    who = next((c for c in token.children if c.tag == "WP" and c.i == token.i - 1), None)
    if token.dep != "nsubj" or who is None or verb is None or content is None or not reports(verb):
        return
    if content.i > verb.i and content.child("nsubj", "nsubj:pass") is None:
        move(who, content, "nsubj:pass" if content.child("aux:pass") else "nsubj")


def _is_relative(word: Token) -> bool:
    return (word.lower == "which" and word.child("case") is not None) or (
        word.lower == "that" and word.tag == "WDT" and word.dep == "obj"
    )


def object_of_infinitive(token: Token) -> None:
    """ "agreed to hand over to Chile two ships": an object behind an infinitive is the infinitive's."""
    verb = token.head
    infinitive = verb.child("xcomp") if verb is not None else None
    if token.dep != "obj" or infinitive is None or infinitive.i > token.i or infinitive.tag != "VB":
        return
    if not infinitive.child("obj", "ccomp", "xcomp") and token.i > infinitive.subtree()[-1].i:
        move(token, infinitive, "obj")


def clause_of_expletive(token: Token) -> None:
    """ "said it was up to the army to leave": the infinitive is what "it" stands for, not what is said."""
    verb, mark = token.head, token.child("mark")
    content = verb.child("ccomp") if verb is not None else None
    if token.dep not in ("xcomp", "advcl") or content is None or mark is None or mark.lower != "to":
        return
    if _empty_it(content) is not None and content.subtree()[-1].i == token.subtree()[0].i - 1:
        move(token, content, "csubj")


def it_is_subject(token: Token) -> None:
    """ "claimed it was proof": without a clause that it stands for, "it" is a subject like any other."""
    head = token.head
    if head is None or _empty_it(head) is not token or head.i < token.i:
        return
    if not head.child("acl:relcl", "advcl", "nsubj", "nsubj:pass"):
        token.dep = "nsubj:pass" if head.child("aux:pass") else "nsubj"


def _empty_it(head: Token) -> Token | None:
    """An "it" for which no clause stands yet."""
    it = head.child("expl")
    clause = head.child("csubj", "csubj:pass", "ccomp", "xcomp")
    return it if it is not None and it.lower == "it" and clause is None else None


def _conjunction(clause: Token) -> Token | None:
    """A "that" which the tagger took for a conjunction, in a clause that has its subject without it."""
    that = next((c for c in clause.children if c.lower == "that" and c.tag == "IN"), None)
    return that if that is not None and clause.child("nsubj", "nsubj:pass") not in (None, that) else None


def _has_pronoun(clause: Token) -> bool:
    return any(t.tag in ("WDT", "WP", "WP$", "WRB") for t in clause.subtree())


def content_not_coordinated(token: Token) -> None:
    """ "said that the talks had ended and that aid would follow": both are what was said; "the clearest sign
    yet that talks failed": the sign's content."""
    verb, mark = token.head, token.child("mark")
    if token.dep != "conj" or verb is None or mark is None or not _is_that(mark):
        return
    content, noun = verb.child("ccomp"), verb if verb.pos == "NOUN" else verb.child("obj", "xcomp")
    if content is not None and content.i < token.i:
        move(token, content, "conj")
    elif noun is not None and noun.lemma.lower() in table("nouns") and mark.i - noun.i in (1, 2):
        move(token, noun, "acl")


def content_behind_phrase(token: Token) -> None:
    """ "said in a letter that the king had died", "on condition of anonymity that …": the source says it."""
    noun, mark = token.head, token.child("mark") or _idle_that(token)
    verb = noun.head if noun is not None and noun.dep == "obl" else None
    if not _is_that(mark) or token.dep not in ("acl", "acl:relcl", "ccomp") or noun is None or verb is None:
        return
    where = noun.child("case")
    inside = (where is not None and where.lower in ("in", "during")) or noun.child("nmod") is not None
    if inside and mark is not None and reports(verb) and not verb.child("ccomp", "obj"):
        move(token, verb, "ccomp")
        mark.dep = "mark"


def _idle_that(clause: Token) -> Token | None:
    """A "that" which fills no place of its clause: neither the subject's, nor one behind a preposition."""
    that = next((c for c in clause.all("obl", "obl:unmarked", "dep") if c.lower == "that"), None)
    idle = that is not None and that.child("case") is None
    return that if idle and clause.child("nsubj", "nsubj:pass") is not None else None


def content_behind_insert(token: Token) -> None:
    """ "reported, citing two officials, that the talks had failed": what the verb before them reports."""
    mark = token.child("mark")
    comma = any(t.text == "," and mark is not None and t.i == mark.i - 1 for t in _near(token))
    if not _is_that(mark) or not comma or token.dep not in ("acl", "acl:relcl", "parataxis", "ccomp"):
        return
    verb = next((a for a in token.ancestors() if reports(a)), None)
    if verb is not None and verb.i < token.i and not verb.child("ccomp", "obj"):
        move(token, verb, "ccomp")


def _is_that(mark: Token | None) -> bool:
    return mark is not None and mark.lower == "that"


def _near(token: Token) -> list[Token]:
    """The dependents of a word and of all above it."""
    return [c for t in (token, *token.ancestors()) for c in t.children]


def report_not_content(token: Token) -> None:
    """ "says its aims are peaceful and accuses Oslo of lying": a second verb of saying in the first one's
    tense, without a subject, is the source's act and not what it says."""
    content = token.head
    verb = content.head if content is not None and content.dep == "ccomp" else None
    if token.dep != "conj" or content is None or verb is None or token.tag != verb.tag or verb.i > content.i:
        return
    own = token.child("nsubj", "nsubj:pass", "aux", "aux:pass", "mark", "cop")
    subject = content.child("nsubj", "nsubj:pass")
    if own is not None or not reports(verb) or not (reports(token) or frame_of(token, "of") is not None):
        return
    person = subject is None or subject.ent == "PERSON" or subject.pos == "PRON"
    if _first_verb(content).tag != token.tag or not person:
        move(token, verb, "conj")


def comment_not_content(token: Token) -> None:
    """ "said that talks had begun but did not say where": the writer says what a source leaves unsaid."""
    content, cc = token.head, token.child("cc")
    verb = content.head if content is not None else None
    if token.dep != "conj" or content is None or content.dep != "ccomp" or verb is None or cc is None:
        return
    silent = any(c.lower in ("not", "n't", "n’t") for c in token.children) and reports(token)
    if cc.lower == "but" and silent and verb.i < content.i and reports(verb):
        move(token, verb, "conj")


def state_not_content(token: Token) -> None:
    """ "freed ten men, two of them ill": an adjective with a subject of its own behind a comma."""
    subject = token.child("nsubj")
    if token.dep != "xcomp" or token.pos != "ADJ" or subject is None or token.child("mark", "cop"):
        return
    first = next(t.i for t in subject.subtree() if t.dep != "punct")
    if any(c.text == "," and c.i == first - 1 for c in (*subject.children, *token.children)):
        token.dep = "advcl"


def question_not_object(token: Token) -> None:
    """ "did not explain what it was": a clause, as its verb shows."""
    if token.dep == "obj" and token.tag == "WP" and token.child("cop") and token.child("nsubj"):
        token.dep = "ccomp"


def main_verb_not_complement(token: Token) -> None:
    """ "Fears that China will invade have grown": a finite verb is no complement; it is what a noun that has
    no verb of its own does."""
    if (
        token.dep != "xcomp"
        or not _is_finite(token)
        or token.child("mark", "nsubj", "nsubj:pass") is not None
    ):
        return
    clause = next((a for a in token.ancestors() if a.dep in ("acl", "acl:relcl")), None)
    noun = clause.head if clause is not None else None
    if (
        noun is None
        or noun.pos not in ("NOUN", "PROPN")
        or noun.dep not in ("root", "ccomp", "parataxis", "conj")
    ):
        return
    if noun.child("cop", "nsubj") is None:
        move(token, noun, "dep")
        promote(token).dep = "nsubj:pass" if token.child("aux:pass") else "nsubj"


def participle_not_coordinated(token: Token) -> None:
    """ "The army may withdraw, leaving three villages": without "and" nothing is coordinated."""
    verb = token.head
    if token.dep != "conj" or token.tag != "VBG" or verb is None or verb.tag == "VBG":
        return
    last = next((c for c in verb.all("conj") if c.i >= token.i and c.child("cc")), None)
    if last is None and verb.tag.startswith("VB") and not token.child("aux", "nsubj", "nsubj:pass"):
        token.dep = "advcl"


def infinitive_beside_infinitive(token: Token) -> None:
    """ "asked Oslo to stop and to withdraw": an infinitive goes with an infinitive."""
    verb = token.head
    first = verb.child("xcomp") if verb is not None else None
    if token.dep != "conj" or verb is None or first is None or not first.i < token.i:
        return
    both = is_infinitive(token) and is_infinitive(first)
    if both and not is_infinitive(verb) and token.child("nsubj") is None:
        move(token, first, "conj")


def content_not_adverbial(token: Token) -> None:
    """ "The cabinet is split, officials said": a clause of its own, not marked as an adverbial."""
    verb = token.head
    if token.dep != "advcl" or verb is None or token.i > verb.i or verb.child("ccomp", "xcomp", "obj"):
        return
    alone = token.child("nsubj", "nsubj:pass") is not None and not token.child("mark", "case")
    if alone and _is_finite(token) and reports(verb) and verb.child("nsubj") is not None:
        token.dep = "ccomp"


def content_not_aside(token: Token) -> None:
    """ "said the Perth, Australia, miner is ready": what is said, its subject's first words are no object."""
    verb, subject = token.head, token.child("nsubj", "nsubj:pass")
    place = verb.child("obj") if verb is not None else None
    if token.dep != "parataxis" or verb is None or subject is None or place is None or not reports(verb):
        return
    set_apart = any(t.text == "," for t in (*token.children, *subject.children) if place.i < t.i < subject.i)
    if verb.i < place.i < subject.i and place.pos == "PROPN" and place.child("det") and set_apart:
        token.dep = "ccomp"
        move(place, subject, "compound")


def _first_verb(token: Token) -> Token:
    """The first auxiliary or copula of a clause, or its only verb."""
    return token.child("aux", "aux:pass", "cop") or token


def _is_finite(token: Token) -> bool:
    return _first_verb(token).tag in ("VBZ", "VBP", "VBD", "MD")


def asked_not_purpose(token: Token) -> None:
    """ "allows leaders to claim", "called on Rome to act": what somebody is asked or let to do."""
    verb = token.head
    mark = token.child("mark")
    if (
        token.dep != "advcl"
        or verb is None
        or mark is None
        or mark.lower != "to"
        or verb.child("xcomp", "ccomp")
    ):
        return
    frame = frame_of(verb, "xcomp")
    asked = verb.child("obj", "iobj", "obl") is not None and token.child("nsubj") is None
    own = frame is not None and frame.kind == "want" and frame.control == "subject" and not verb.child("obj")
    if own or (asked and frame is not None and frame.kind in ("request", "cause")):
        token.dep = "xcomp"


def clause_not_on_adverb(token: Token) -> None:
    """ "stopped short of blaming the pilot": what follows belongs to the verb, not to its adverb."""
    adverb = token.head
    verb = adverb.head if adverb is not None and adverb.dep == "advmod" else None
    if token.dep in ("advcl", "acl", "ccomp") and token.tag == "VBG" and verb is not None:
        move(token, verb, "advcl")


def charge_not_modifier(token: Token) -> None:
    """ "accused its rivals of plotting": what they are accused of describes nobody."""
    noun, of = token.head, token.child("mark", "case")
    verb = noun.head if noun is not None else None
    if token.dep != "acl" or token.tag not in ("VBG", "VBN") or noun is None or of is None or verb is None:
        return
    if noun.dep in ("obj", "iobj") and frame_of(verb, of.lower) is not None:
        move(token, verb, "advcl")
