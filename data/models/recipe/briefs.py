"""Briefs to records: triggers of events, statements with their holders, and names, each by the word that
carries it.

A brief tells words, not offsets. A trigger that stands in the text more than once is taken where its
parties stand near it and the order of the events is kept; a statement where a word of its lemma has the
statement's subject and object in its sentence. What cannot be placed is left out and its surroundings are
left open (None), so that nothing is learnt from a guess.
"""

import re
import tomllib

TYPES = """
    AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST
    SANCTION MOBILIZE COERCE ASSAULT
""".split()
MODES = """
    visit third-party multilateral phone withdraw release disarm ceasefire access resign assist
    change yield meet disapprove investigate allege restrict arrest relations expel territory
    violence demo riot strike hunger boycott obstruct vandalize convict discontinue troops weapons
    police militia seize censor curfew martial-law deport withhold misinformation cyber abduct beat
    torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone
    heavy-weapons crowd-control unconventional
""".split()
MODALITIES = "asserted possible probable obligated intended expected requested conditional questioned".split()
KINDS = {"person": "PERSON", "organisation": "ORG", "place": "LOC"}
WEAK = set(
    "a an the of to in on at for by with from and or be was were is are been has have had will would".split()
)


def listed(value):
    """A value as a list."""
    return value if isinstance(value, list) else [value]


class Aligned:
    """A brief's words with their trees, and what is found to stand on them."""

    def __init__(self, nlp, brief):
        self.brief, self.text = brief, brief["text"]
        self.tokens, self.pars, self.cuts = [], [], []
        for match in re.finditer(r"[^\n]+", self.text):
            doc = nlp(match[0])
            tokens = [t for t in doc if not t.is_space]
            base, place = len(self.tokens), {t.i: i for i, t in enumerate(tokens)}
            self.pars.append(base)
            starts = {next((t.i for t in s if not t.is_space), None) for s in doc.sents}
            for t in tokens:
                head = t.head if not t.head.is_space else t
                if t.i in starts or t.i == tokens[0].i:
                    self.cuts.append(base + place[t.i])
                self.tokens.append(
                    {
                        "word": t.text,
                        "space": bool(t.whitespace_),
                        "start": match.start() + t.idx,
                        "lemma": t.lemma_.lower(),
                        "head": base + place.get(head.i, place[t.i]),
                        "dep": t.dep_,
                        "pos": t.pos_,
                    }
                )
        self.number, n, cuts = [], 0, set(self.cuts)
        for i in range(len(self.tokens)):
            n += i in cuts
            self.number.append(n)

    def words_of(self, start, end):
        """Places of the words that a span of characters touches."""
        return [
            i for i, t in enumerate(self.tokens) if t["start"] < end and t["start"] + len(t["word"]) > start
        ]

    def head_of(self, places):
        """The word of a phrase on which the others hang; no function word if there is another."""
        heads = [i for i in places if self.tokens[i]["head"] not in places or self.tokens[i]["head"] == i]
        full = [i for i in heads or places if self.tokens[i]["word"].lower() not in WEAK] or heads or places
        return full[0]

    def occurrences(self, phrase):
        """Word places of each occurrence of a phrase."""
        found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", self.text)]
        found = found or [m.start() for m in re.finditer(re.escape(phrase), self.text)]
        return [places for at in found if (places := self.words_of(at, at + len(phrase)))]

    def near(self, place, names):
        """How many of the names stand in the sentence of a word."""
        sentence = self.sentence(place).lower()
        return sum(name.lower() in sentence for name in names)

    def sentence(self, place):
        """The text of a word's sentence."""
        inside = [i for i, n in enumerate(self.number) if n == self.number[place]]
        last = self.tokens[inside[-1]]
        return self.text[self.tokens[inside[0]]["start"] : last["start"] + len(last["word"])]


def place_events(a):
    """(places by event or None, columns): the triggers' words, and type, mode, realis for each word."""
    n = len(a.tokens)
    types = [["none"]] * n
    modes, realis = [None] * n, [None] * n
    before, used, placed = -1, set(), 0
    for event in a.brief.get("event", []):
        spots = [s for s in a.occurrences(event["trigger"]) if a.head_of(s) not in used]
        if not spots:
            continue
        names = [x for key in ("actor", "recipient") for x in listed(event.get(key, [])) if not x.isupper()]
        best = max(spots, key=lambda s: (a.near(s[0], names), s[0] >= before, -s[0]))
        head = a.head_of(best)
        before, placed = best[0], placed + 1
        used.add(head)
        for i in best:
            if i not in used:
                types[i] = None
        types[head] = [t for t in listed(event["type"]) if t in TYPES]
        wanted = [m for m in listed(event.get("mode", [])) if m in MODES]
        modes[head] = wanted[0] if wanted else None
        realis[head] = event["realis"]
        for again in listed(event.get("again", [])):
            for spot in a.occurrences(again):
                i = a.head_of(spot)
                if i not in used:
                    types[i] = None
    for event in a.brief.get("event", []):  # other occurrences of a trigger may tell the same event again
        for spot in a.occurrences(event["trigger"]):
            i = a.head_of(spot)
            if i not in used and types[i] == ["none"]:
                types[i] = None
    return placed, {"types": types, "modes": modes, "realis": realis}


def predicate(a, claim, used):
    """The word that carries a statement: its verb, of a copula what it says of the subject."""
    lemmas = {lemma.split()[0].lower() for lemma in listed(claim["relation_lemma"])}
    subjects, objects = listed(claim.get("subject", [])), listed(claim.get("object_contains", []))
    best, most = None, 0
    for i, t in enumerate(a.tokens):
        if not lemmas & {t["lemma"], t["word"].lower()} or (t["dep"] == "aux" and "be" not in lemmas):
            continue
        carrier = t["head"] if t["dep"] in ("cop", "aux", "aux:pass") else i
        fit = 2.0 * min(1, a.near(i, subjects)) + min(1, a.near(i, objects)) - 1.5 * (carrier in used)
        below = " ".join(x["word"] for x in a.tokens if x["head"] == carrier)
        fit += 0.5 * any(s in below for s in subjects) + 0.3 * any(o in below for o in objects)
        if fit > most:
            best, most = carrier, fit
    return best if most >= 1.0 or (not subjects and not objects) else None


def holders_of(a, speaker):
    """Places of the words that name a speaker: his name, and what the links say stands for him."""
    found = []
    for phrase in listed(speaker):
        found += [a.head_of(places) for places in a.occurrences(phrase)]
        for link in a.brief.get("link", []):
            same = any(phrase in label or label in phrase for label in listed(link.get("label", [])) if label)
            if same and link.get("label") != "none" and a.text.count(link["at"]) == 1:
                at = a.text.index(link["at"]) + link["at"].index(link["mention"])
                found.append(a.head_of(a.words_of(at, at + len(link["mention"]))))
    return sorted(set(found))


def place_claims(a):
    """(number placed, statements): [(word, places of the holder or "article", modalities, negated)]."""
    used, found = set(), []
    for claim in a.brief.get("claim", []):
        word = predicate(a, claim, used)
        if word is None:
            continue
        used.add(word)
        holder = "article" if claim["speaker"] == "article" else holders_of(a, claim["speaker"])
        modal = [m for m in listed(claim.get("modality", "asserted")) if m in MODALITIES]
        found.append((word, holder or None, modal, claim.get("polarity") == "negated"))
    return len(found), found


def place_names(a):
    """IOB2 tags where a link tells what kind of name it is, None elsewhere."""
    tags = [None] * len(a.tokens)
    for link in a.brief.get("link", []):
        kind = KINDS.get(str(link.get("type")))
        if not kind or a.text.count(link["at"]) != 1 or link.get("label") == "none":
            continue
        at = a.text.index(link["at"]) + link["at"].index(link["mention"])
        places = a.words_of(at, at + len(link["mention"]))
        if places and all(a.tokens[i]["word"][:1].isupper() for i in (places[0], places[-1])):
            if a.tokens[places[0]]["word"] in ("The", "A"):
                places = places[1:]
            for i in places:
                tags[i] = ("B-" if i == places[0] else "I-") + kind
    return tags


def place_roles(a, marks):
    """{role: [(word, the words that are right, whether nobody is)]} of what `roles.py` wrote of a text."""
    at = {t["start"]: i for i, t in enumerate(a.tokens)}
    return {
        role: [(at[w], [at[r] for r in right if r in at], nobody) for w, right, nobody in rows if w in at]
        for role, rows in marks.items()
    }


def records(files, nlp, roles, log=print):
    """A record of each brief of some files: words, cuts, and what stands on the words; `roles` are marks by
    the ids of briefs."""
    events = claims = placed_events = placed_claims = with_holder = 0
    for path in files:
        for brief in tomllib.loads(path.read_text(encoding="utf-8"))["brief"]:
            a = Aligned(nlp, brief)
            number, columns = place_events(a)
            claimed, statements = place_claims(a)
            events, placed_events = events + len(brief.get("event", [])), placed_events + number
            claims, placed_claims = claims + len(brief.get("claim", [])), placed_claims + claimed
            with_holder += sum(s[1] is not None for s in statements)
            yield {
                "name": f"brief-{path.stem}",
                "words": [t["word"] for t in a.tokens],
                "spaces": [t["space"] for t in a.tokens],
                "cuts": a.cuts,
                "pars": a.pars,
                "ents": place_names(a),
                "statements": statements,
                "roles": place_roles(a, roles.get(brief["id"], {})),
                **columns,
            }
    log(f"triggers placed {placed_events} of {events}, statements {placed_claims} of {claims}, ")
    log(f"of these with a holder placed {with_holder}")
