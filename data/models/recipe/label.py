"""Let the teacher annotate text: raw paragraphs, and what the gold data leave open."""

import random

from convert import paragraphs
from spacy.tokens import Doc
from treebank import COLUMNS, read_records, write_records


def raw_texts(folder, seed=0):
    """Paragraphs of all raw files in random order."""
    texts = [text for path in sorted(folder.glob("*.txt")) for text in paragraphs(path)]
    random.Random(seed).shuffle(texts)
    return texts


def to_record(doc):
    """A record of what the pipeline says about a document."""
    record = dict.fromkeys(COLUMNS)
    record.update(
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) or "_" for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=[t.head.i for t in doc],
        deps=[t.dep_ for t in doc],
        ents=[t.ent_iob_ + ("-" + t.ent_type_ if t.ent_type_ else "") for t in doc],
        sents=[s.start for s in doc.sents],
        pars=[0],
    )
    return record


def label_raw(nlp, texts, out, shard=400):
    """Label raw paragraphs, a shard a file; shards that exist are skipped."""
    for number in range(0, len(texts), shard):
        path = out / f"train-raw-{number // shard:03d}.jsonl"
        if not path.exists():
            docs = nlp.pipe(texts[number : number + shard], batch_size=64)
            write_records([to_record(doc) for doc in docs if len(doc)], path)


def fill(record, guess):
    """Gold where there is gold, the teacher's guess elsewhere."""
    if record["heads"] is None:
        return {**guess, "ents": [g or p for g, p in zip(record["ents"], guess["ents"], strict=True)]}
    return {**record, "ents": record["ents"] or guess["ents"]}


def label_gold(nlp, records, out):
    """Fill what the gold data leave open: names in EWT, trees in re3d."""
    for path in sorted(records.glob("train-*.jsonl")):
        target = out / path.name
        if not target.exists():
            gold = read_records(path)
            docs = nlp.pipe(
                [Doc(nlp.vocab, words=r["words"], spaces=r["spaces"]) for r in gold], batch_size=16
            )
            write_records([fill(r, to_record(doc)) for r, doc in zip(gold, docs, strict=True)], target)
