"""Tables for spaCy's rule lemmatizer: forms seen in treebanks, irregular words, suffix rules, an index."""

from collections import Counter, defaultdict

from names import DEMONYMS
from spacy.lookups import Lookups
from treebank import read_records

VERBS = """
    arise arose arisen | awake awoke awoken | be was been | bear bore borne | beat beat beaten |
    become became become | befall befell befallen | begin began begun | behold beheld beheld |
    bend bent bent | beset beset beset | bet bet bet | bid bid bid | bind bound bound |
    bite bit bitten | bleed bled bled | blow blew blown | break broke broken | breed bred bred |
    bring brought brought | broadcast broadcast broadcast | build built built | burn burnt burnt |
    burst burst burst | buy bought bought | cast cast cast | catch caught caught |
    choose chose chosen | cling clung clung | come came come | cost cost cost | creep crept crept |
    cut cut cut | deal dealt dealt | dig dug dug | do did done | draw drew drawn |
    dream dreamt dreamt | drink drank drunk | drive drove driven | dwell dwelt dwelt | eat ate eaten
    | fall fell fallen | feed fed fed | feel felt felt | fight fought fought | find found found |
    flee fled fled | fling flung flung | fly flew flown | forbid forbade forbidden |
    forecast forecast forecast | foresee foresaw foreseen | forget forgot forgotten |
    forgive forgave forgiven | forgo forwent forgone | forsake forsook forsaken |
    freeze froze frozen | get got gotten | give gave given | go went gone | grind ground ground |
    grow grew grown | hang hung hung | have had had | hear heard heard | hide hid hidden |
    hit hit hit | hold held held | hurt hurt hurt | keep kept kept | kneel knelt knelt |
    know knew known | lay laid laid | lead led led | lean leant leant | leap leapt leapt |
    learn learnt learnt | leave left left | lend lent lent | let let let | lie lay lain |
    light lit lit | lose lost lost | make made made | mean meant meant | meet met met |
    mislead misled misled | mistake mistook mistaken | misunderstand misunderstood misunderstood |
    outdo outdid outdone | overcome overcame overcome | overhear overheard overheard |
    override overrode overridden | oversee oversaw overseen | overrun overran overrun |
    overtake overtook overtaken | overthrow overthrew overthrown | partake partook partaken |
    pay paid paid | prove proved proven | put put put | quit quit quit | read read read |
    rebuild rebuilt rebuilt | repay repaid repaid | rethink rethought rethought | rid rid rid |
    ride rode ridden | ring rang rung | rise rose risen | run ran run | say said said | see saw seen
    | seek sought sought | sell sold sold | send sent sent | set set set | sew sewed sewn |
    shake shook shaken | shed shed shed | shine shone shone | shoot shot shot | show showed shown |
    shrink shrank shrunk | shut shut shut | sing sang sung | sink sank sunk | sit sat sat |
    slay slew slain | sleep slept slept | slide slid slid | sling slung slung | slit slit slit |
    smell smelt smelt | sow sowed sown | speak spoke spoken | speed sped sped | spell spelt spelt |
    spend spent spent | spill spilt spilt | spin spun spun | spit spat spat | split split split |
    spoil spoilt spoilt | spread spread spread | spring sprang sprung | stand stood stood |
    steal stole stolen | stick stuck stuck | sting stung stung | stink stank stunk |
    stride strode stridden | strike struck stricken | strive strove striven | swear swore sworn |
    sweep swept swept | swell swelled swollen | swim swam swum | swing swung swung | take took taken
    | teach taught taught | tear tore torn | tell told told | think thought thought |
    throw threw thrown | thrust thrust thrust | tread trod trodden | undercut undercut undercut |
    undergo underwent undergone | undermine undermined undermined | understand understood understood
    | undertake undertook undertaken | undo undid undone | unwind unwound unwound |
    uphold upheld upheld | upset upset upset | wake woke woken | wear wore worn | weave wove woven |
    weep wept wept | win won won | wind wound wound | withdraw withdrew withdrawn |
    withhold withheld withheld | withstand withstood withstood | wring wrung wrung |
    write wrote written
"""
NOUNS = """
    man men | woman women | child children | person people | foot feet | tooth teeth | goose geese |
    mouse mice | ox oxen | die dice | crisis crises | analysis analyses | basis bases |
    thesis theses | hypothesis hypotheses | oasis oases | axis axes | diagnosis diagnoses |
    emphasis emphases | parenthesis parentheses | synthesis syntheses | phenomenon phenomena |
    criterion criteria | medium media | datum data | bacterium bacteria | memorandum memoranda |
    referendum referenda | curriculum curricula | stratum strata | addendum addenda |
    stimulus stimuli | nucleus nuclei | radius radii | cactus cacti | alumnus alumni | fungus fungi
    | index indices | matrix matrices | vertex vertices | appendix appendices | wife wives |
    life lives | knife knives | leaf leaves | half halves | self selves | shelf shelves |
    thief thieves | wolf wolves | loaf loaves | calf calves | hoof hooves | scarf scarves |
    elf elves | passer-by passers-by | attorney-general attorneys-general | larva larvae |
    formula formulae | genus genera | corpus corpora | aircraft aircraft | series series |
    species species | headquarters headquarters | means means | troops troops | barracks barracks |
    crossroads crossroads | politics politics | gas gases | bus buses | lens lenses | virus viruses
    | census censuses | campus campuses | status statuses | bonus bonuses | consensus consensuses |
    atlas atlases | alias aliases | chaos chaos | quiz quizzes | fez fezzes
"""
COMPARED = """
    good better best | bad worse worst | far farther farthest | far further furthest |
    little less least | many more most | old elder eldest
"""
ADVERBS = """
    well better best | badly worse worst | far farther farthest | far further furthest |
    little less least | much more most
"""
CONSONANTS = "bdfgklmnprtvz"
VERB_RULES = [
    *((f"{c}{c}{end}", c) for c in CONSONANTS for end in ("ed", "ing")),
    ("ying", "ie"), ("ies", "y"), ("ied", "y"),
    *((f"{stem}{end}", f"{stem}e") for end in ("ed", "ing")
      for stem in ("at iz is yz c v ur us as dg rg ng bl tl gl pl ir in id ut u ag rs ns ps dl kl".split())),
    ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zzes", "zz"), ("oes", "o"),
    ("ing", ""), ("ed", ""), ("s", ""), ("ing", "e"), ("ed", "e"),
]  # fmt: skip
NOUN_RULES = [
    ("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zzes", "zz"),
    ("men", "man"), ("oes", "o"), ("ss", "ss"), ("s", ""),
]  # fmt: skip
ADJECTIVE_RULES = [
    *((f"{c}{c}{end}", c) for c in CONSONANTS for end in ("er", "est")),
    ("ier", "y"), ("iest", "y"), ("er", ""), ("est", ""), ("er", "e"), ("est", "e"),
]  # fmt: skip
RULES = {"verb": VERB_RULES, "noun": NOUN_RULES, "adj": ADJECTIVE_RULES, "adv": ADJECTIVE_RULES}
KEPT = {
    name.lower(): name
    for name in "VERB NOUN ADJ ADV AUX PRON DET NUM ADP SCONJ CCONJ PART INTJ PUNCT SYM X PROPN".split()
}


def seen(records):
    """{UPOS: {form: Counter of lemmas}} over records with trees."""
    pairs = defaultdict(lambda: defaultdict(Counter))
    for record in records:
        for word, pos, lemma in zip(record["words"], record["pos"], record["lemmas"], strict=True):
            pairs[pos][word.lower()][lemma] += 1
    return pairs


def irregular(table, pos, exceptions, known):
    """Add rows of "lemma form form" to the exceptions, where the treebanks say nothing else."""
    for row in table.replace("\n", " ").split("|"):
        lemma, *forms = row.split()
        for form in (form for form in forms if form not in known):
            exceptions[pos].setdefault(form, [lemma])


def exceptions_from(pairs):
    """{pos: {form: [lemma]}}: the majority in the treebanks, then irregular words, then plural peoples."""
    exceptions = {pos: {} for pos in KEPT}
    for pos, name in KEPT.items():
        for form, lemmas in pairs[name].items():
            lemma, count = lemmas.most_common(1)[0]
            if pos == "propn":
                if lemma.lower() != form and count > 1:
                    exceptions[pos][form] = [lemma]
            elif pos in ("pron", "aux", "det", "punct", "part", "adv") or lemma != form:
                if count > 1 or pos in ("verb", "noun"):
                    exceptions[pos][form] = [lemma]
            elif count > 1 and form.endswith(("s", "ed", "ing", "er", "est")):
                exceptions[pos][form] = [lemma]
    for table, pos in ((VERBS, "verb"), (NOUNS, "noun"), (COMPARED, "adj"), (ADVERBS, "adv")):
        irregular(table, pos, exceptions, pairs[KEPT[pos]])
    for people in DEMONYMS:
        exceptions["propn"].setdefault(people + "s", [people.capitalize()])
    return exceptions


def index_from(pairs, words):
    """{pos: words}: lemmas of the treebanks, and other words that are no verb form seen there."""
    index = {}
    for pos, name in (("verb", "VERB"), ("noun", "NOUN"), ("adj", "ADJ")):
        lemmas = {lemma.lower() for forms in pairs[name].values() for lemma in forms}
        inflected = {form for form, found in pairs[name].items() if form not in found}
        more = {word for word in words if word.isalpha() and word not in inflected}
        index[pos] = sorted(lemmas | more)
    return index


def guess(string, index, rules):
    """What the rules alone make of a word; how spaCy does it."""
    known, unknown = [], []
    for old, new in rules:
        if string.endswith(old) and len(string) > len(old) - len(new):
            form = string[: len(string) - len(old)] + new
            if form in index or not form.isalpha():
                known.insert(0, form)
            else:
                unknown.append(form)
    return (known or unknown or [string])[0]


def mend(index, exceptions, pairs):
    """Take words out of the index that would win over a form's known lemma."""
    for pos, rules in RULES.items():
        words, name = set(index.get(pos, ())), KEPT[pos]
        counts = Counter()
        for lemmas in pairs[name].values():
            counts.update(lemmas)
        own = {lemma.lower() for lemma, count in counts.items() if count > 2}
        for form, (lemma,) in exceptions[pos].items():
            wrong = guess(form, words, rules)
            while wrong != lemma.lower() and wrong in words and wrong not in own:
                words.remove(wrong)
                wrong = guess(form, words, rules)
        index[pos] = sorted(words)
    return index


def tables(records, words):
    """Lookups for the lemmatizer in rule mode."""
    pairs = seen(records)
    lookups = Lookups()
    exceptions = exceptions_from(pairs)
    lookups.add_table("lemma_index", mend(index_from(pairs, words), exceptions, pairs))
    lookups.add_table("lemma_exc", exceptions)
    lookups.add_table("lemma_rules", RULES)
    return lookups


def add_lemmatizer(nlp, folder, words):
    """Put the rule lemmatizer at the end of a pipeline."""
    records = [record for path in sorted(folder.glob("train-*.jsonl")) for record in read_records(path)]
    pipe = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    pipe.initialize(lookups=tables([r for r in records if r["heads"]], words))
    return pipe
