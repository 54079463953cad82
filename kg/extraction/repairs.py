"""Mends what parsers often get wrong where the words leave no doubt, before anything is read off the tree.

Each repair is named for what it mends and moves or renames one word; a right tree is left as it is.
"""

from kg.extraction.cues import frame_of, says, table
from kg.extraction.quotes import CLOSING, STRAIGHT
from kg.parse import Sentence, Token, move, promote


def repair(sentence: Sentence) -> Sentence:
    """The sentence, its tree mended in place."""
    for token in sentence:
        _noun_not_verb(token)
        _verb_by_its_complement(token)
        _verb_behind_quote(token, sentence.tokens)
    for token in sentence:
        _content_not_relative(token)
        _relative_not_content(token)
        _object_of_infinitive(token)
        _clause_of_expletive(token)
        _aside_not_coordinated(token)
        _content_not_coordinated(token)
        _comment_not_content(token)
        _state_not_content(token)
        _question_not_object(token)
        _content_not_adverbial(token)
        _content_not_aside(token)
        _participle_not_coordinated(token)
        _subject_before_aside(token)
        _subject_before_speaker(token)
        _infinitive_not_predicate(token)
        _infinitive_not_oblique(token)
        _asked_not_purpose(token)
        _charge_not_modifier(token)
        _verb_not_noun(token)
        _verb_not_compound(token)
        _clause_not_compound(token)
        _limit_not_place(token)
        _finite_verb(token)
        _growing_noun(token)
        _relative_with_stranded_preposition(token)
        _member_not_apposition(token)
        _conjunction_before_member(token)
        _person_not_things(token)
        _speaker_behind_verb(token)
        _speaker_after_quote(token)
    for token in sentence:  # once every clause has its place
        _it_is_subject(token)
    return sentence


def _content_not_relative(token: Token) -> None:
    """ "told reporters that inflation had fallen", "informed families the ship was free": no relative clause
    has a conjunction "that", and none without a pronoun describes who is told."""
    noun = token.head
    if token.dep not in ("acl:relcl", "acl") or noun is None:
        return
    verb, mark = noun.head, token.child("mark") or _conjunction(token)
    that = mark is not None and mark.lower == "that"
    bare = noun.dep == "iobj" and token.child("nsubj", "nsubj:pass") is not None and not _has_pronoun(token)
    if that and noun.pos == "VERB" and _reports(noun):
        token.dep = "ccomp"
    elif that and mark is not None and noun.lemma.lower() in table("nouns"):
        token.dep, mark.dep = "acl", "mark"  # "a sign that Beijing had lied"
    elif verb is None or noun.dep not in ("obj", "iobj", "obl") or verb.child("ccomp") or not _reports(verb):
        return
    elif that or bare:
        move(token, verb, "ccomp")


def _relative_not_content(token: Token) -> None:
    """ "complained over raids in which it said two had died", "sold land that it held": a clause that begins
    with "in which", or has "that" as its object, describes the noun before it."""
    verb = token.head
    which = next((c for c in token.children if c.i < token.i and _is_relative(c)), None)
    if token.dep not in ("ccomp", "advcl") or verb is None or which is None:
        return
    nouns = [c for c in verb.children if c.dep in ("obj", "obl", "nmod") and c.i < which.i]
    if nouns and verb.i < nouns[-1].i:
        move(token, nouns[-1], "acl:relcl")


def _is_relative(word: Token) -> bool:
    return (word.lower == "which" and word.child("case") is not None) or (
        word.lower == "that" and word.tag == "WDT" and word.dep == "obj"
    )


def _object_of_infinitive(token: Token) -> None:
    """ "agreed to hand over to Chile two ships": an object behind an infinitive is the infinitive's."""
    verb = token.head
    infinitive = verb.child("xcomp") if verb is not None else None
    if token.dep != "obj" or infinitive is None or infinitive.i > token.i or infinitive.tag != "VB":
        return
    if not infinitive.child("obj", "ccomp", "xcomp") and token.i > infinitive.subtree()[-1].i:
        move(token, infinitive, "obj")


def _clause_of_expletive(token: Token) -> None:
    """ "said it was up to the army to leave": the infinitive is what "it" stands for, not what is said."""
    verb, mark = token.head, token.child("mark")
    content = verb.child("ccomp") if verb is not None else None
    if token.dep not in ("xcomp", "advcl") or content is None or mark is None or mark.lower != "to":
        return
    if _empty_it(content) is not None and content.subtree()[-1].i == token.subtree()[0].i - 1:
        move(token, content, "csubj")


def _it_is_subject(token: Token) -> None:
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


def _content_not_coordinated(token: Token) -> None:
    """ "said that the talks had ended and that aid would follow": both are what was said; "the clearest sign
    yet that talks failed": the sign's content."""
    verb, mark = token.head, token.child("mark")
    if token.dep != "conj" or verb is None or mark is None or mark.lower != "that":
        return
    content, noun = verb.child("ccomp"), verb if verb.pos == "NOUN" else verb.child("obj", "xcomp")
    if content is not None and content.i < token.i:
        move(token, content, "conj")
    elif noun is not None and noun.lemma.lower() in table("nouns") and mark.i - noun.i in (1, 2):
        move(token, noun, "acl")


def _comment_not_content(token: Token) -> None:
    """ "said that talks had begun but did not say where": the writer
    says what a source leaves unsaid."""
    content, cc = token.head, token.child("cc")
    verb = content.head if content is not None else None
    if token.dep != "conj" or content is None or content.dep != "ccomp" or verb is None or cc is None:
        return
    silent = any(c.lower in ("not", "n't", "n’t") for c in token.children) and _reports(token)
    if cc.lower == "but" and silent and verb.i < content.i and _reports(verb):
        move(token, verb, "conj")


def _state_not_content(token: Token) -> None:
    """ "freed ten men, two of them ill": an adjective with a subject of its own behind a comma."""
    subject = token.child("nsubj")
    if token.dep != "xcomp" or token.pos != "ADJ" or subject is None or token.child("mark", "cop"):
        return
    first = next(t.i for t in subject.subtree() if t.dep != "punct")
    if any(c.text == "," and c.i == first - 1 for c in (*subject.children, *token.children)):
        token.dep = "advcl"


def _question_not_object(token: Token) -> None:
    """ "did not explain what it was": a clause, as its verb shows."""
    if token.dep == "obj" and token.tag == "WP" and token.child("cop") and token.child("nsubj"):
        token.dep = "ccomp"


def _participle_not_coordinated(token: Token) -> None:
    """ "The army may withdraw, leaving three villages": without "and" nothing is coordinated."""
    verb = token.head
    if token.dep != "conj" or token.tag != "VBG" or verb is None or verb.tag == "VBG":
        return
    last = next((c for c in verb.all("conj") if c.i >= token.i and c.child("cc")), None)
    if last is None and verb.tag.startswith("VB") and not token.child("aux", "nsubj", "nsubj:pass"):
        token.dep = "advcl"


def _content_not_adverbial(token: Token) -> None:
    """ "The cabinet is split, officials said": a clause of its own, not marked as an adverbial."""
    verb = token.head
    if token.dep != "advcl" or verb is None or token.i > verb.i or verb.child("ccomp", "xcomp", "obj"):
        return
    alone = token.child("nsubj", "nsubj:pass") is not None and not token.child("mark", "case")
    if alone and _is_finite(token) and _reports(verb) and verb.child("nsubj") is not None:
        token.dep = "ccomp"


def _content_not_aside(token: Token) -> None:
    """ "said the Perth, Australia, miner is ready": what is said, its subject's first words are no object."""
    verb, subject = token.head, token.child("nsubj", "nsubj:pass")
    place = verb.child("obj") if verb is not None else None
    if token.dep != "parataxis" or verb is None or subject is None or place is None or not _reports(verb):
        return
    set_apart = any(t.text == "," for t in (*token.children, *subject.children) if place.i < t.i < subject.i)
    if verb.i < place.i < subject.i and place.pos == "PROPN" and place.child("det") and set_apart:
        token.dep = "ccomp"
        move(place, subject, "compound")


def _is_finite(token: Token) -> bool:
    first = min(
        (t for t in token.children if t.dep in ("aux", "aux:pass", "cop")), key=lambda t: t.i, default=token
    )
    return first.tag in ("VBZ", "VBP", "VBD", "MD")


def _reports(verb: Token) -> bool:
    """Whether a verb has what somebody says as its complement."""
    frame = frame_of(verb, "ccomp")
    return frame is not None and frame.kind == "report"


def _aside_not_coordinated(token: Token) -> None:
    """ "The two met, the radio reported": a verb of saying with no "and" before it and nothing behind it."""
    if token.dep != "conj" or token.child("cc", "obj", "ccomp", "xcomp") or token.child("nsubj") is None:
        return
    if _reports(token):
        token.dep = "parataxis"


def _subject_before_aside(token: Token) -> None:
    """ "The traders, a broker said, were angry": the first subject is that of the clause around the aside."""
    host, subjects = token.head, token.all("nsubj", "nsubj:pass")
    if token.dep != "parataxis" or host is None or len(subjects) != 2 or subjects[1].i > token.i:
        return
    if host.i > token.i and host.child("nsubj", "nsubj:pass") is None:
        move(subjects[0], host, "nsubj:pass" if host.child("aux:pass") else "nsubj")


def _subject_before_speaker(token: Token) -> None:
    """ "The tariffs, he said, amount to a ban": the first of two subjects is that of what is said."""
    content = token.child("ccomp")
    first = token.child("dep", "nsubj")
    speaker = token.all("nsubj")[-1:]
    if content is None or first is None or not speaker or first is speaker[0] or not _reports(token):
        return
    if first.i < speaker[0].i < token.i < content.i and content.child("nsubj", "nsubj:pass", "csubj") is None:
        move(first, content, "nsubj:pass" if content.child("aux:pass") else "nsubj")
        if content.pos == "NOUN" and not content.child("det", "cop", "amod"):
            content.pos, content.tag = "VERB", "VBP"
            for c in content.all("nmod"):
                c.dep = "obl"


def _infinitive_not_predicate(token: Token) -> None:
    """ "is to meet", "is due to meet": a form of "be" before an infinitive is an auxiliary, no copula."""
    be, mark = token.child("cop"), token.child("mark")
    if token.tag != "VB" or token.pos != "VERB" or be is None or mark is None:
        return
    to = mark.child("fixed")
    if mark.lower == "to" or to is None:
        be.dep = "aux"
        return
    promote(mark)  # "due", which governs
    mark.pos, mark.tag, token.dep = "ADJ", "JJ", "xcomp"
    for c in [c for c in token.children if c.i < mark.i]:
        move(c, mark, c.dep)
    move(to, token, "mark")


def _asked_not_purpose(token: Token) -> None:
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


def _infinitive_not_oblique(token: Token) -> None:
    """ "opened talks to end the strike": an infinitive is a clause."""
    mark = token.child("mark")
    if token.dep in ("obl", "nmod") and token.tag == "VB" and mark is not None and mark.lower == "to":
        token.dep, token.pos = "advcl" if token.dep == "obl" else "acl", "VERB"


def _charge_not_modifier(token: Token) -> None:
    """ "accused its rivals of plotting": what they are accused of describes nobody."""
    noun, of = token.head, token.child("mark", "case")
    verb = noun.head if noun is not None else None
    if token.dep != "acl" or token.tag != "VBG" or noun is None or of is None or verb is None:
        return
    if noun.dep in ("obj", "iobj") and frame_of(verb, of.lower) is not None:
        move(token, verb, "advcl")


def _verb_by_its_complement(token: Token) -> None:
    """ "accused of planning to flee": a participle that has an object or an infinitive is a verb."""
    if token.pos == "NOUN" and token.tag in ("VBG", "VBN", "VBD") and token.child("obj", "xcomp", "ccomp"):
        token.pos = "VERB"


def _verb_behind_quote(token: Token, tokens: list[Token]) -> None:
    """ "'We will stay,' vows the miner": between a quotation's end and a noun stands a verb of saying, the
    noun its subject, though it looks like a plural."""
    i = token.i
    if (
        not 2 < i < len(tokens) - 1
        or tokens[i - 1].text not in CLOSING | STRAIGHT
        or tokens[i - 2].text not in ",?!"
    ):
        return
    lemma, speaker = token.lower.removesuffix("s"), _phrase_from(tokens[i + 1], i)
    if token.lower == lemma or speaker.pos not in ("NOUN", "PROPN", "PRON") or not says(lemma):
        return
    token.pos, token.tag, token.lemma = "VERB", "VBZ", lemma
    if token.head is speaker:
        promote(token)
    elif token.head is not None and token.head.i < i:
        token.dep = "parataxis"
    move(speaker, token, "nsubj")


def _phrase_from(token: Token, i: int) -> Token:
    """The head of the phrase that a word begins, behind a place in the sentence."""
    while token.head is not None and token.head.i > i and token.dep not in ("nsubj", "ccomp"):
        token = token.head
    return token


def _noun_not_verb(token: Token) -> None:
    """ "lacks the guarantees": what has an article is no finite verb."""
    if token.tag == "VBZ" and token.dep in ("obj", "obl", "nsubj", "nmod", "conj") and token.child("det"):
        token.pos, token.tag = "NOUN", "NNS"


def _verb_not_noun(token: Token) -> None:
    """ "The union plans to strike", "The firm complies and pays": what looks like a plural noun, with an
    infinitive that it governs or a finite verb beside it."""
    subject = next((c for c in token.children if c.dep == "compound" and c.i == token.i - 1), None)
    if token.dep not in ("root", "ccomp", "parataxis") or token.tag != "NNS" or subject is None:
        return
    content, beside = _infinitive_of(token), token.child("conj")
    governs = content is not None and frame_of(token, "xcomp") is not None
    if not governs and (beside is None or beside.tag != "VBZ" or beside.child("nsubj")):
        return
    token.pos, token.tag, subject.dep = "VERB", "VBZ", "nsubj"
    for c in list(token.children):
        if c.i < subject.i and c.dep in ("det", "amod", "compound", "nmod:poss", "nummod"):
            move(c, subject, c.dep)
        elif c.dep == "nmod" and c.i > token.i:
            c.dep = "obl"


def _verb_not_compound(token: Token) -> None:
    """ "raise costs and disrupt trade routes": no verb is part of a compound; what follows is its object."""
    noun = token.head
    if token.dep != "conj" or token.tag not in ("VB", "VBP", "VBZ") or noun is None or noun.dep != "compound":
        return
    target = noun.head
    verb = target.head if target is not None else None
    if target is not None and verb is not None and target.dep == "obj" and target.i > token.i:
        move(noun, verb, "obj")
        move(token, verb, "conj")
        move(target, token, "obj")


def _clause_not_compound(token: Token) -> None:
    """ "demanded that the port cancel orders": what has a subject is a verb; the noun is its object."""
    noun, subject = token.head, token.child("nsubj")
    if token.dep != "compound" or noun is None or subject is None or noun.i < token.i:
        return
    promote(token)
    token.pos, token.tag, noun.dep = "VERB", "VBP", "obj"
    for c in [c for c in noun.children if c.i < token.i]:
        move(c, token, c.dep)


def _limit_not_place(token: Token) -> None:
    """ "seized up to 40 lorries": "up to" before a number is its limit, the noun an object."""
    number = next((c for c in (*token.all("nummod"), token) if c.tag == "CD"), None)
    to, verb = token.child("case"), token.head
    if token.dep != "obl" or number is None or to is None or to.lower != "to" or verb is None:
        return
    up = next((c for c in (*verb.children, *token.children) if c.lower == "up" and c.i == to.i - 1), None)
    if up is None or number.i != to.i + 1:
        return
    move(up, number, "advmod")
    move(to, up, "fixed")
    if verb.pos == "VERB" and not verb.child("obj", "aux:pass", "nsubj:pass"):
        token.dep = "obj"


def _infinitive_of(noun: Token) -> Token | None:
    return next((c for c in noun.all("acl") if any(m.lower == "to" for m in c.all("mark"))), None)


def _finite_verb(token: Token) -> None:
    """ "The bank denies laundering money": a finite verb has a subject and objects, not noun modifiers."""
    if token.tag not in ("VBZ", "VBP", "VBD"):
        return
    content = _infinitive_of(token)
    if content is not None:
        content.dep = "xcomp"
    if token.child("nsubj", "nsubj:pass", "expl", "csubj"):
        return
    for c in token.children:
        if c.dep == "compound" and c.i < token.i and c.pos in ("NOUN", "PROPN"):
            c.dep = "nsubj"
        elif c.dep == "acl" and c.tag == "VBG" and c.i > token.i:
            c.dep = "xcomp"


def _growing_noun(token: Token) -> None:
    """ "comes amid mounting evidence": behind "amid" stands a noun, never a clause."""
    verb, noun, marker = token.head, token.child("obj"), token.child("mark", "case")
    if token.dep != "advcl" or token.tag != "VBG" or verb is None or noun is None or marker is None:
        return
    if marker.lower in ("amid", "amidst"):
        move(noun, verb, "obl")
        move(marker, noun, "case")
        move(token, noun, "amod")


def _member_not_apposition(token: Token) -> None:
    """ "met the president, a minister and two generals": what stands in a list describes nothing, nor does
    what stands behind "and"."""
    noun = token.head
    if token.dep != "appos" or noun is None:
        return
    if _first_word(token).lower in ("and", "or"):
        token.dep = "conj"
        return
    if noun.pos != "NOUN" or not _is_new(token):
        return
    lists = [c for c in (*noun.all("conj"), *token.all("conj")) if c.i > token.i]
    if any(c.child("cc") is not None and _is_new(c) for c in lists) and (
        lists[0].head is noun or _is_new(noun)
    ):
        token.dep = "conj"


def _relative_with_stranded_preposition(token: Token) -> None:
    """ "the guarantees that Kyiv had asked for": its preposition belongs to the noun described."""
    noun, that = token.head, token.child("mark")
    last = token.children[-1] if token.children else None
    if noun is None or noun.pos not in ("NOUN", "PROPN") or that is None or last is None:
        return
    stranded = last.dep == "case" and last.i > token.i and not token.child("cop")
    if token.dep in ("ccomp", "acl", "acl:relcl") and that.lower in ("that", "which") and stranded:
        token.dep, that.dep, that.tag = "acl:relcl", "obl", "WDT"
        move(last, that, "case")


def _conjunction_before_member(token: Token) -> None:
    """ "two males and a dozen or so females": "and" belongs to the member, not to a word inside it."""
    first = _first_word(token)
    if token.dep == "conj" and first.dep == "cc" and first.head is not token:
        move(first, token, "cc")


def _first_word(token: Token) -> Token:
    return next((t for t in token.subtree() if t.dep != "punct"), token)


def _person_not_things(token: Token) -> None:
    """ "warrants for its leader and his deputy, Ada Birk": the name is that of the last person."""
    things = token.head
    if token.dep != "appos" or token.ent != "PERSON" or things is None or things.tag != "NNS":
        return
    near = [t for t in things.subtree(without=[token]) if t.i < token.i and t.dep != "punct"]
    if near and near[-1] is not things and near[-1].tag == "NN":
        move(token, near[-1], "appos")


def _is_new(noun: Token) -> bool:
    """Whether a noun names something that was not mentioned before: "a minister", "two generals"."""
    determiner = noun.child("det")
    return noun.child("nummod") is not None or (determiner is not None and determiner.lower in ("a", "an"))


def _speaker_behind_verb(token: Token) -> None:
    """ "'They see a chance,' warns the envoy": the noun right behind a verb of saying that has no subject
    is its speaker, whatever it was hung on."""
    host = token.head
    if token.dep != "parataxis" or host is None or host.i > token.i or token.child("nsubj", "obj", "ccomp"):
        return
    near = (*host.children, *token.children)
    quoted = any(t.i < token.i and t.text in CLOSING | STRAIGHT for t in near)
    speaker = next((t for t in near if t.i > token.i and t.dep in ("obj", "obl", "nsubj", "appos")), None)
    if (
        quoted
        and speaker is not None
        and _reports(token)
        and min(t.i for t in speaker.subtree()) == token.i + 1
    ):
        move(speaker, token, "nsubj")


def _speaker_after_quote(token: Token) -> None:
    """ "'It will hold,' promises the engineer": who stands behind the verb of a quotation says it."""
    said = token.child("ccomp")
    if said is None or said.i > token.i or token.child("nsubj", "nsubj:pass", "csubj", "aux:pass"):
        return
    speaker = token.child("obj", "iobj")
    quoted = any(c.dep == "punct" and said.i < c.i < token.i for c in (*token.children, *said.children))
    if speaker is not None and speaker.i > token.i and quoted and _reports(token):
        speaker.dep = "nsubj"
