"""Training examples: random runs of sentences from records, some of them dressed as news lines.

Gold tokens are kept as they are. The changes (curly quotes, dashes, headlines in capitals, datelines,
bylines, blank lines, "U.S." at the end) are made at random, so that every pass over the data differs.
"""

import itertools

from replace import replaced
from spacy.tokens import Doc
from spacy.training import Example

CITIES = """
    WASHINGTON LONDON MOSCOW BEIJING PARIS BERLIN TOKYO SEOUL TEHRAN BAGHDAD KABUL CAIRO GENEVA
    BRUSSELS ANKARA RIYADH JERUSALEM KYIV KIEV WARSAW VIENNA ROME MADRID NAIROBI ABUJA DAMASCUS
    BEIRUT AMMAN DOHA DUBAI MANILA JAKARTA HANOI BANGKOK ISLAMABAD DELHI DHAKA COLOMBO CANBERRA
    OTTAWA HAVANA CARACAS BOGOTA LIMA SANTIAGO BRASILIA KHARTOUM TRIPOLI TUNIS ALGIERS RABAT DAKAR
    ACCRA HARARE PRETORIA LUANDA KINSHASA STRASBOURG TAIPEI PYONGYANG
""".split()
MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
AGENCIES = "Reuters AP AFP Xinhua TASS UPI dpa Kyodo Yonhap Anadolu".split()
FIRST = """
    John Maria Ahmed Wei Elena David Sarah Yuki Fatima Ivan Anna Omar Laura Peter Nadia Carlos Amira
    Thomas Min Olga Hassan Julia Ravi Grace Pavel Leila Marcus Sofia Daniel Aisha
""".split()
LAST = """
    Smith Garcia Khan Zhang Petrova Miller Cohen Tanaka Rahman Novak Schmidt Haddad Rossi Kim Silva
    Mensah Ali Kowalski Dubois Larsen Okafor Nguyen Hoffman Martin Jones Baker Singh Ortiz Weber
    Lindqvist
""".split()
SMALL = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "to",
    "for",
    "and",
    "or",
    "at",
    "by",
    "as",
    "with",
    "from",
    "but",
    "is",
}


def cut(record, start, end):
    """Words start..end of a record as a list of tokens (dicts); heads are relative to the token's place."""
    tokens = []
    for i in range(start, end):
        tokens.append(
            {
                "word": record["words"][i],
                "space": record["spaces"][i],
                "tag": record["tags"] and record["tags"][i],
                "pos": record["pos"] and record["pos"][i],
                "morph": record["morphs"] and record["morphs"][i],
                "lemma": record["lemmas"] and record["lemmas"][i],
                "head": record["heads"] and record["heads"][i] - i,
                "dep": record["deps"] and record["deps"][i],
                "ent": record["ents"] and record["ents"][i],
                "start": i == start,
            }
        )
    return tokens


def token(word, tag, pos, dep, head, ent="O", lemma=None, space=True, morph="_"):
    """A made-up token."""
    return {
        "word": word,
        "space": space,
        "tag": tag,
        "pos": pos,
        "morph": morph,
        "lemma": word if lemma is None else lemma,
        "head": head,
        "dep": dep,
        "ent": ent,
    }


def same_annotation(made, model):
    """Leave out of made-up tokens what the sentence beside them does not have."""
    for entry in made:
        for key in ("tag", "pos", "morph", "lemma", "head", "dep", "ent"):
            if model[key] is None:
                entry[key] = None
    return made


def curly(tokens, rng):
    """Straight quotes to curly ones, or curly ones to straight."""
    straight = any(t["word"] in ("“", "”", "’", "‘") for t in tokens)
    for t in tokens:
        if straight:
            t["word"] = t["word"].replace("“", '"').replace("”", '"').replace("’", "'").replace("‘", "'")
        elif t["word"] in ('"', "``", "''"):
            t["word"] = "“" if t["tag"] == "``" else "”"
        elif t["word"] != "'":
            t["word"] = t["word"].replace("'", "’")
    return tokens


def dashes(tokens, rng):
    """Dashes between words to em dashes, with or without spaces."""
    tight = rng.random() < 0.5
    for i, t in enumerate(tokens):
        if t["word"] in ("--", "-", "–", "—", "---") and t["tag"] in (":", ",") and 0 < i < len(tokens) - 1:
            t["word"] = rng.choice("———–") if rng.random() < 0.8 else "--"
            t["space"] = tokens[i - 1]["space"] = not tight
    return tokens


def headline(tokens, rng):
    """Make a headline: no stop, articles left out, the past told in the present, title case or capitals."""
    if len(tokens) > 26 or tokens[0]["head"] is None:
        return tokens
    tokens = [dict(t) for t in tokens]
    leave = set()
    if tokens[-1]["dep"] == "punct" and tokens[-1]["word"] == ".":
        leave.add(len(tokens) - 1)
    if rng.random() < 0.7:
        leave |= {
            i for i, t in enumerate(tokens) if t["pos"] == "DET" and t["tag"] == "DT" and t["dep"] == "det"
        }
        if rng.random() < 0.7:
            present(tokens)
    tokens = without(tokens, leave)
    style = rng.random()
    for i, t in enumerate(tokens):
        if style < 0.35:
            t["word"] = t["word"].upper()
        elif i == 0 or (style < 0.85 and t["word"] not in SMALL):
            t["word"] = t["word"][:1].upper() + t["word"][1:]
    tokens[-1]["space"] = True
    return tokens


def without(tokens, leave):
    """Leave tokens out, unless something hangs on them or nothing would be left."""
    leave = leave - {i + t["head"] for i, t in enumerate(tokens) if i not in leave}
    kept = [i for i in range(len(tokens)) if i not in leave]
    if len(kept) < 2:
        return tokens
    place = {old: new for new, old in enumerate(kept)}
    for old in kept:
        tokens[old]["head"] = place[old + tokens[old]["head"]] - place[old]
    return [tokens[old] for old in kept]


def present(tokens):
    """The root's past tense to the present that headlines use."""
    root = root_of(tokens)
    verb = tokens[root]
    subjects = [t for i, t in enumerate(tokens) if i + t["head"] == root and t["dep"] == "nsubj"]
    if verb["tag"] != "VBD" or verb["pos"] != "VERB" or not subjects or not verb["lemma"]:
        return
    lemma, plural = (
        verb["lemma"],
        subjects[0]["tag"] in ("NNS", "NNPS") or subjects[0]["word"].lower() == "they",
    )
    if not lemma.isalpha() or not lemma.islower():
        return
    if plural:
        verb.update(word=lemma, tag="VBP", morph="Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin")
        return
    ending = "es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        lemma, ending = lemma[:-1], "ies"
    verb.update(word=lemma + ending, tag="VBZ", morph="Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin")


def root_of(tokens):
    """Place of the root of a sentence."""
    return next((i for i, t in enumerate(tokens) if t["dep"] == "ROOT"), 0)


def dateline(tokens, rng):
    """Put a dateline ("BAGHDAD, March 3 (Reuters) -") before a sentence; it hangs on the root."""
    if tokens[0]["pos"] == "PUNCT" or tokens[0]["head"] is None:
        return tokens
    upper = rng.random() < 0.75

    def city():
        name = rng.choice(CITIES)
        return name if upper else name.capitalize()

    def place(dep, head, **more):
        name = city()
        return token(name, "NNP", "PROPN", dep, head, "B-LOC", name.capitalize(), morph="Number=Sing", **more)

    made = [place("parataxis", 0)]
    if rng.random() < 0.35:
        made[0]["space"] = False
        made += [token("/", "SYM", "SYM", "cc", 1, space=False), place("conj", -2)]
    if rng.random() < 0.3:
        made[-1]["space"] = False
        made += [
            token(",", ",", "PUNCT", "punct", 1),
            token(rng.choice(MONTHS), "NNP", "PROPN", "nmod:unmarked", -len(made) - 1, morph="Number=Sing"),
            token(str(rng.randint(1, 31)), "CD", "NUM", "nummod", -1, morph="NumForm=Digit|NumType=Card"),
        ]
    if rng.random() < 0.4:
        agency = rng.choice(AGENCIES)
        made += [
            token("(", "-LRB-", "PUNCT", "punct", 1, space=False),
            token(agency, "NNP", "PROPN", "appos", -len(made) - 1, "B-ORG", space=False, morph="Number=Sing"),
            token(")", "-RRB-", "PUNCT", "punct", -1),
        ]
    dash = rng.choice(["—", "—", "—", "–", "-", "--", ":"])
    made.append(token(dash, ":", "PUNCT", "punct", -len(made)))
    if dash == ":" or (dash == "—" and rng.random() < 0.3):
        made[-2]["space"] = False
    if dash == "—" and not made[-2]["space"] and rng.random() < 0.5:
        made[-1]["space"] = False
    made[0]["head"] = len(made) + root_of(tokens)
    return same_annotation(made, tokens[0]) + tokens


def byline(rng):
    """Make "By John Smith", "(zai)", "Reporting by …" as a sentence of its own."""
    first, last = rng.choice(FIRST), rng.choice(LAST)
    kind = rng.random()
    if kind < 0.4:
        word = "BY" if rng.random() < 0.2 else "By"
        if word == "BY":
            first, last = first.upper(), last.upper()
        made = [
            token(word, "IN", "ADP", "case", 1, lemma="by"),
            token(first, "NNP", "PROPN", "ROOT", 0, "B-PERSON", morph="Number=Sing"),
            token(last, "NNP", "PROPN", "flat", -1, "I-PERSON", morph="Number=Sing"),
        ]
        if rng.random() < 0.4:
            agency = rng.choice(AGENCIES)
            made[-1]["space"] = False
            made += [
                token(",", ",", "PUNCT", "punct", 1),
                token(agency, "NNP", "PROPN", "appos", -3, "B-ORG", morph="Number=Sing"),
            ]
    elif kind < 0.7:
        sign = "".join(rng.choice("abcdefghijklmnoprstuvwz") for _ in range(rng.randint(2, 4)))
        made = [
            token("(", "-LRB-", "PUNCT", "punct", 1, space=False),
            token(sign, "NNP", "PROPN", "ROOT", 0, "O", space=False, morph="Number=Sing"),
            token(")", "-RRB-", "PUNCT", "punct", -1),
        ]
    else:
        word, lemma, tag = rng.choice(
            [("Reporting", "report", "VBG"), ("Editing", "edit", "VBG"), ("Written", "write", "VBN")]
        )
        form = "VerbForm=Ger" if tag == "VBG" else "Tense=Past|VerbForm=Part|Voice=Pass"
        made = [
            token(word, tag, "VERB", "ROOT", 0, lemma=lemma, morph=form),
            token("by", "IN", "ADP", "case", 1),
            token(
                first,
                "NNP",
                "PROPN",
                "obl" if tag == "VBG" else "obl:agent",
                -2,
                "B-PERSON",
                morph="Number=Sing",
            ),
            token(last, "NNP", "PROPN", "flat", -1, "I-PERSON", morph="Number=Sing"),
        ]
    return made


def ends_in_us(tokens, rng):
    """A sentence that ends in a name and a stop made to end in "U.S." without a stop of its own."""
    if (
        len(tokens) < 4
        or tokens[-1]["word"] != "."
        or tokens[-2]["pos"] != "PROPN"
        or tokens[-3]["pos"] == "PROPN"
    ):
        return tokens
    if any(i + (t["head"] or 0) == len(tokens) - 1 for i, t in enumerate(tokens[:-1])):
        return tokens
    tokens = tokens[:-1]
    name = rng.choice(["U.S.", "U.S.", "U.S.", "U.K.", "U.N.", "D.C."])
    kind = "B-ORG" if name == "U.N." else "B-LOC"
    tokens[-1].update(word=name, lemma=name, space=True, tag="NNP", ent=kind if tokens[-1]["ent"] else None)
    return tokens


def abbreviated(tokens, rng):
    """An adjective of a people made an abbreviation: "American troops" to "U.S. troops", at the start too."""
    for t in tokens:
        if t["dep"] == "amod" and t["tag"] == "JJ" and t["word"][:1].isupper() and rng.random() < 0.5:
            name = rng.choice(["U.S.", "U.S.", "U.S.", "U.S.", "U.K.", "U.N.", "US"])
            kind = "B-ORG" if name == "U.N." else "B-LOC"
            t.update(word=name, lemma=name, tag="NNP", pos="PROPN", dep="compound", morph="Number=Sing")
            t["ent"] = kind if t["ent"] == "B-NORP" else t["ent"]
    return tokens


def blank_line(rng):
    """A whitespace token between paragraphs, attached to the word before it."""
    return token(
        rng.choice(["\n", "\n\n", "\n\n", "\n\n\n"]), "_SP", "SPACE", "dep", -1, space=False, morph="_"
    )


def unstopped(tokens):
    """A sentence whose writer forgot the stop."""
    if len(tokens) < 3 or tokens[-1]["word"] != "." or tokens[-1]["dep"] != "punct":
        return tokens
    shorter = without([dict(t) for t in tokens], {len(tokens) - 1})
    shorter[-1]["space"] = True
    return shorter


def dress(tokens, rng, first):
    """Maybe turn one sentence into something news has and treebanks lack."""
    tree = tokens[0]["head"] is not None
    if any(t["ent"] for t in tokens) and rng.random() < 0.6:
        tokens = replaced(tokens, rng)
    if rng.random() < 0.2:
        tokens = curly(tokens, rng)
    if rng.random() < 0.3:
        tokens = dashes(tokens, rng)
    if tree and rng.random() < 0.15:
        tokens = ends_in_us(tokens, rng)
    if tree and rng.random() < 0.3:
        tokens = abbreviated(tokens, rng)
    if tree and rng.random() < (0.12 if first else 0.05):
        return headline(tokens, rng)
    if tree and rng.random() < 0.03:
        return unstopped(tokens)
    if tree and rng.random() < (0.08 if first else 0.005):
        tokens = dateline(tokens, rng)
    return tokens


def begun(ents):
    """IOB2 strings in which every name begins: the teacher's may run over the end of a sentence."""
    before = ["O", *ents]
    return [
        "B" + e[1:] if e and e[0] == "I" and b[2:] != e[2:] else e for b, e in zip(before, ents, strict=False)
    ]


def to_doc(vocab, tokens):
    """Build a Doc; columns that are missing in every token stay missing."""

    def column(key):
        values = [t[key] for t in tokens]
        return None if any(v is None for v in values) else values

    heads = column("head")
    starts = None if heads else [1 if t.get("start") else -1 for t in tokens]
    morphs = column("morph")
    ents = column("ent")
    return Doc(
        vocab,
        words=[t["word"] for t in tokens],
        spaces=[t["space"] for t in tokens],
        tags=column("tag"),
        pos=column("pos"),
        lemmas=column("lemma"),
        deps=column("dep"),
        morphs=morphs and ["" if m == "_" else m for m in morphs],
        heads=heads and [i + head for i, head in enumerate(heads)],
        ents=ents and begun(ents),
        sent_starts=starts,
    )


def to_example(vocab, tokens):
    """A reference and, to predict on, its bare words."""
    reference = to_doc(vocab, tokens)
    bare = Doc(vocab, words=[t["word"] for t in tokens], spaces=[t["space"] for t in tokens])
    return Example(bare, reference)


def chunks(record, vocab, rng, longest, change):
    """Cut one document at random sentence ends into examples of at most about `longest` words."""
    starts = record["sents"] + [len(record["words"])]
    paragraphs = set(record["pars"] or ())
    tokens, limit = [], size(rng, longest)
    for start, end in itertools.pairwise(starts):
        sentence = cut(record, start, end)
        if not sentence:
            continue
        if tokens and len(tokens) + len(sentence) > limit:
            yield to_example(vocab, signed(tokens, rng) if change else tokens)
            tokens, limit = [], size(rng, longest)
        if change:
            new = start in paragraphs
            plain = sentence
            sentence = dress(sentence, rng, new or not tokens)
            if tokens and ((new and rng.random() < 0.3) or (sentence is not plain and rng.random() < 0.3)):
                tokens += same_annotation([blank_line(rng)], sentence[0])
        tokens += sentence
    if tokens:
        yield to_example(vocab, signed(tokens, rng) if change else tokens)


def signed(tokens, rng):
    """Maybe a byline before the first sentence or after the last one."""
    if tokens[0]["head"] is None or rng.random() > 0.05:
        return tokens
    made = same_annotation(byline(rng), tokens[0])
    line = same_annotation([blank_line(rng)], tokens[0])
    if rng.random() < 0.4:
        return made + (line if rng.random() < 0.7 else []) + tokens
    tokens[-1]["space"] = True
    return tokens + (line if rng.random() < 0.3 else []) + made


def size(rng, longest):
    """How long the next example gets: now and then a single sentence, mostly several."""
    return 1 if rng.random() < 0.12 else rng.randint(longest // 2, longest)


def stream(sources, vocab, rng, longest=90, change=True):
    """Endless examples; `sources` is a list of (records, weight): how often each comes up in a pass."""
    number = 0
    while True:
        number += 1
        batch = []
        for records, weight in sources:
            for record in records:
                times = int(weight) + (rng.random() < weight - int(weight))
                batch += [(record, rng.random()) for _ in range(times)]
        batch.sort(key=lambda pair: pair[1])
        pool = []
        for record, _ in batch:
            pool += chunks(record, vocab, rng, longest, change)
            if len(pool) > 3000:
                rng.shuffle(pool)
                yield from pool[:1500]
                pool = pool[1500:]
        rng.shuffle(pool)
        yield from pool


def batches(examples, words, rng, pool=40):
    """Group examples of like length to about `words` words: little padding, and still in random order."""
    while True:
        taken, total = [], 0
        for example in examples:
            taken.append(example)
            total += len(example.reference)
            if total >= words * pool:
                break
        taken.sort(key=lambda example: len(example.reference))
        groups, batch, total = [], [], 0
        for example in taken:
            batch.append(example)
            total += len(example.reference)
            if total >= words:
                groups.append(batch)
                batch, total = [], 0
        if batch:
            groups.append(batch)
        rng.shuffle(groups)
        yield from groups
