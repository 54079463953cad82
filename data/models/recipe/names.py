"""Names of persons, organisations, places and nationalities, from GUM's mentions and from re3d.

A name is the proper-noun phrase: titles, determiners and common nouns around it are left out. `count_names`
compares two lists of them.
"""

import re

import numpy as np

TITLES = set(
    """
    mr. mrs. ms. dr. prof. gen. lt. col. sgt. capt. maj. adm. sen. rep. gov. rev. st. mr mrs ms dr
    gen lt col sen capt rep gov sir lord lady dame miss madam king queen prince princess emperor
    pope sheikh sheik imam ayatollah president vice-president vice prime minister foreign secretary
    chancellor premier deputy senator governor congressman congresswoman representative general
    lieutenant colonel major captain sergeant admiral marshal commander brigadier corporal judge
    justice chief professor doctor ambassador envoy spokesman spokeswoman spokesperson director
    chairman chairwoman chair mayor father brother sister uncle aunt reverend bishop archbishop
    cardinal rabbi director-general secretary-general under-secretary undersecretary assistant
    acting former special representative attorney speaker leader minister-designate prime-minister
    designate mullah crown field staff counsel clerk officer sheriff detective inspector delegate
    comrade coach commodore advisor adviser ministers presidents secretaries
""".split()
)
DETERMINERS = {
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "his",
    "her",
    "its",
    "their",
    "our",
    "my",
    "your",
}
# Words inside names: of persons; and besides, of organisations and places.
PARTICLES = set("- – de del la le du di da al el bin ibn abu van von der den".split())
LINKS = PARTICLES | set("of for the and & in on 's ’s /".split())
PERSON_LINKS = PARTICLES | {"ul", "bint", "ben"}
DEMONYMS = set(
    """
    afghan albanian algerian american andorran angolan antiguan arab arabian argentine argentinian
    armenian australian austrian azerbaijani bahamian bahraini bangladeshi barbadian basque bavarian
    belarusian belgian belizean beninese bermudian bhutanese bolivian bosnian brazilian breton
    briton british bruneian bulgarian burkinabe burmese burundian cambodian cameroonian canadian
    catalan chadian chechen chilean chinese colombian comorian congolese corsican cossack croat
    croatian cuban cypriot czech czechoslovak dane danish djiboutian dominican dutch ecuadorian
    egyptian emirati english equatoguinean eritrean estonian ethiopian european fijian filipino
    filipina finn finnish fleming flemish french gabonese gambian georgian german ghanaian greek
    grenadian guatemalan guinean guyanese haitian hawaiian hispanic honduran hungarian icelander
    icelandic indian indonesian iranian iraqi irish israeli italian ivorian jamaican japanese
    jordanian kazakh kazakhstani kenyan korean kosovar kosovan kurd kurdish kuwaiti kyrgyz lao
    laotian latvian lebanese lesothan liberian libyan liechtensteiner lithuanian luxembourger
    macedonian malagasy malawian malay malaysian maldivian malian maltese maori marshallese
    mauritanian mauritian mexican micronesian moldovan monegasque mongol mongolian montenegrin
    moroccan mozambican namibian nauruan nepalese nepali nicaraguan nigerian nigerien norwegian
    omani ottoman pakistani palauan palestinian panamanian papuan paraguayan pashtun persian
    peruvian pole polish portuguese prussian qatari roman romanian russian rwandan samoan saudi scot
    scottish scots senegalese serb serbian seychellois sicilian singaporean slav slavic slovak
    slovakian slovene slovenian somali soviet spaniard spanish sudanese surinamese swazi swede
    swedish swiss syrian tahitian taiwanese tajik tamil tanzanian tartar tatar texan thai tibetan
    timorese togolese tongan trinidadian tunisian turk turkish turkmen turkoman tuvaluan tuareg
    ugandan ukrainian uruguayan uyghur uzbek vanuatuan venezuelan vietnamese welsh yankee yazidi
    yemeni yugoslav zairian zambian zimbabwean african asian latino latina caucasian scandinavian
    nordic englishman englishmen frenchman frenchmen irishman irishmen dutchman dutchmen welshman
    scotsman christian catholic protestant orthodox muslim moslem islamic islamist jew jewish
    buddhist hindu sikh shia shiite shi'ite shi'a sunni alawite druze salafi salafist wahhabi
    jihadist mormon anglican baptist evangelical lutheran methodist presbyterian quaker puritan
    calvinist judaic zionist coptic maronite republican democrat democratic communist socialist nazi
    fascist bolshevik marxist leninist maoist stalinist conservative tory labour whig federalist
    baathist ba'athist peronist kemalist gaullist
""".split()
)
AMBIGUOUS = {
    "pole",
    "labour",
    "conservative",
    "orthodox",
    "major",
    "democratic",
    "republican",
    "roman",
    "chair",
}


def is_demonym(word):
    """True for "Iraqi", "Americans", "Shia"; ambiguous words need a capital like the rest."""
    if not word[:1].isupper():
        return False
    low = word.lower()
    forms = {low, low.removesuffix("s"), low.removesuffix("es")}
    return any(form in DEMONYMS and form not in AMBIGUOUS for form in forms)


def mentions(rows):
    """Yield (start, end, kind) for each mention of ``Entity=`` that opens and closes in the sentence."""
    open_groups = {}
    for i, row in enumerate(rows):
        value = re.search(r"Entity=([^|]*)", row[9])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", value.group(1) if value else ""):
            if part.startswith("("):
                group, kind = part.strip("()").split("-")[:2]
                open_groups.setdefault(group, []).append((i, kind))
                if not part.endswith(")"):
                    continue
            group = part.strip("()").split("-")[0]
            if open_groups.get(group):
                start, kind = open_groups[group].pop()
                yield start, i + 1, kind


def proper_run(rows, start, end, kind):
    """The run of proper nouns around the head of a mention, links such as "of" inside it kept, or None."""
    inside = range(start, end)
    heads = [i for i in inside if int(rows[i][6]) - 1 not in inside and rows[i][3] != "PUNCT"]
    if not heads or rows[heads[0]][3] != "PROPN":
        return None
    head = heads[0]
    links = PERSON_LINKS if kind == "person" else LINKS

    def proper(i):
        capital = i > 0 and rows[i][1][:1].isupper() and rows[i][3] not in ("DET", "PRON", "PUNCT", "AUX")
        return rows[i][3] == "PROPN" or rows[i][4].startswith("NNP") or capital

    def joins(i):
        word, row = rows[i][1].lower(), rows[i + 1] if i + 1 < len(rows) else None
        if word == "and" and row is not None:
            return int(row[6]) - 1 != head
        return word in links

    left = right = head
    while True:
        i = left - 1
        while i >= start and not proper(i) and joins(i):
            i -= 1
        if i < start or not proper(i):
            break
        left = i
    while True:
        i = right + 1
        while i < end and not proper(i) and joins(i):
            i += 1
        if i >= end or not proper(i):
            break
        right = i
    return left, right + 1


def without_titles(words, start, end):
    """Cut what stands before a name of a person, up to its last title."""
    for i in range(end - 1, start - 1, -1):
        if words[i].lower() in TITLES or (words[i] == "State" and i and words[i - 1] == "of"):
            return i + 1, end
    return start, end


def gum_names(rows):
    """IOB2 tags for a GUM sentence."""
    words = [row[1] for row in rows]
    found = []
    for start, end, kind in mentions(rows):
        label = {"person": "PERSON", "organization": "ORG", "place": "LOC"}.get(kind)
        run = proper_run(rows, start, end, kind) if label else None
        if not run:
            continue
        start, end = without_titles(words, *run) if label == "PERSON" else run
        while start < end and words[start].lower() in DETERMINERS:
            start += 1
        if start < end and words[start][:1].isalnum():
            if end - start == 1 and is_demonym(words[start]):
                label = "NORP"
            found.append((start, end, label))
    tags = ["O"] * len(rows)
    for start, end, label in sorted(found, key=lambda name: name[0] - name[1]):
        if all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    for i, row in enumerate(rows):
        if tags[i] == "O" and row[3] in ("ADJ", "PROPN", "NOUN") and is_demonym(row[1]):
            tags[i] = "B-NORP"
    return tags


PRONOUNS = set(
    "i me my we us our you he him his she her it its they them their who which this that these those".split()
)
RE3D_LABELS = {"Person": "PERSON", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}


def re3d_names(words, starts, entities):
    """IOB2 tags for a tokenized re3d text; "" for capitals without a name."""
    ends = [start + len(word) for start, word in zip(starts, words, strict=False)]
    found, unsure, others = [], [], set()
    for entity in sorted(entities, key=lambda entity: entity["type"] == "Person"):
        label = RE3D_LABELS.get(entity["type"])
        if not label or entity["value"].lower() in PRONOUNS:
            continue
        inside = [i for i in range(len(words)) if starts[i] < entity["end"] and ends[i] > entity["begin"]]
        if not inside:
            continue
        span = capital_run(words, inside[0], inside[-1] + 1, label, others)
        if label != "PERSON":
            others.add(span)
        if span and not (span[1] - span[0] == 1 and words[span[0]].lower() in TITLES):
            found.append((*span, label))
        elif any(c.isupper() for c in entity["value"]):
            unsure.append((inside[0], inside[-1] + 1))
    tags = ["O"] * len(words)
    norp = {start for start, end, label in found if label == "NORP" and end - start == 1}
    for start, end, label in sorted(found, key=lambda name: name[0] - name[1]):
        if end - start == 1 and (start in norp or is_demonym(words[start])):
            label = "NORP"
        if all(tag == "O" for tag in tags[start:end]):
            tags[start:end] = [f"B-{label}"] + [f"I-{label}"] * (end - start - 1)
    for i, word in enumerate(words):
        if tags[i] == "O" and is_demonym(word):
            tags[i] = "B-NORP"
    for start, end in unsure:
        if all(tag == "O" for tag in tags[start:end]):
            for i in range(start, end):
                if words[i][:1].isupper() and words[i].lower() not in DETERMINERS:
                    tags[i] = ""
    return tags


def capital_run(words, start, end, label, others=()):
    """The longest run of capitalised words in a span (links inside it kept).

    Titles are cut off persons, and so are the runs in `others`: organisations, places, nationalities.
    """
    links = PERSON_LINKS if label == "PERSON" else LINKS
    runs, i = [], start
    while i < end:
        if not words[i][:1].isupper() or words[i].lower() in DETERMINERS:
            i += 1
            continue
        first = last = i
        j = i + 1
        while j < end and (words[j][:1].isupper() or words[j][:1].isdigit() or words[j].lower() in links):
            if words[j][:1].isupper() or words[j][:1].isdigit():
                last = j
            j += 1
        runs.append((first, last + 1))
        i = j
    if label == "PERSON":
        runs = [without_titles(words, *run) for run in runs]
        cuts = {other[0]: other[1] for other in others if other}
        runs = [(cuts[a], b) if cuts.get(a, b) < b else (a, b) for a, b in runs]
        runs = [run for run in runs if run not in others]
    runs = [run for run in runs if run[0] < run[1]]
    return max(runs, key=lambda run: run[1] - run[0], default=None)


def name_spans(tags, names):
    """{(start, end, kind)} of tags by number; an I that continues nothing begins a name."""
    found, start, kind = set(), None, None
    for i, tag in enumerate([*tags, 0]):
        label = names[tag] if tag >= 0 else "O"
        goes_on = label[0] == "I" and start is not None and label[2:] == kind
        if start is not None and not goes_on:
            found.add((start, i, kind))
            start = None
        if label != "O" and not goes_on:
            start, kind = i, label[2:]
    return found


def f_of(hit, given, gold):
    """F of counts."""
    return 2 * hit / max(1, given + gold)


def count_names(spans, gold, given, names):
    """Add a run's names to counts by kind; what is open in gold is left out."""
    a, b = name_spans(np.where(gold >= 0, given, 0), names), name_spans(gold, names)
    for kind in ("PERSON", "ORG", "LOC", "all"):
        of = lambda x, kind=kind: {y for y in x if y[2] == kind or (kind == "all" and y[2] != "NORP")}  # noqa: E731
        count = spans.setdefault(kind, [0, 0, 0])
        for i, number in enumerate((len(of(a) & of(b)), len(of(a)), len(of(b)))):
            count[i] += number
