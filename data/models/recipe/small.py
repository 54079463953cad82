"""Words that texts write small inside their sentences, for headlines in title case or capitals."""

from collections import Counter

TABLE = "written_small"  # in the vocabulary's lookups
SEEN = 4  # times at least
SHARE = 0.6  # of the times that a word does not begin a sentence


def add_small_words(nlp, texts):
    """Give the pipeline's vocabulary the words that the records (dicts of words and sentence starts) write
    small; `kg.parsing.headlines` asks it where an article does not use a headline's word again."""
    small, all_of = Counter(), Counter()
    for record in texts:
        starts = set(record["sents"])
        for i, word in enumerate(record["words"]):
            if word.isalpha() and i not in starts and not word.isupper():
                all_of[word.lower()] += 1
                small[word] += word.islower()
    kept = sorted(w for w, n in small.items() if n >= SEEN and n >= SHARE * all_of[w])
    nlp.vocab.lookups.add_table(TABLE, {"words": " ".join(kept)})
