"""Static word vectors distilled from the MiniLM encoder.

For each word form the encoder's layers are averaged over its occurrences in running text; further words that
the encoder knows are passed through alone. PCA makes the table small.
"""

import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
import spacy
from convert import paragraphs
from spacy.strings import hash_string
from spacy.vectors import Vectors
from treebank import read_records

LAYERS = (1, 4)
RAW_FILES = ("milestones", "biographies", "conferences", "factbook", "recognition", "diplomatic-history")


class Encoder:
    """The lower layers of the encoder, from words to one vector a word."""

    def __init__(self, folder):
        import torch
        from transformers import AutoModel, AutoTokenizer

        self.torch = torch
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder, attn_implementation="eager").eval()
        self.model.encoder.layer = self.model.encoder.layer[: max(LAYERS)]

    def vectors(self, batch):
        """For a batch of word lists: yield (word, vector) for each word."""
        coded = self.tokenizer(
            batch,
            is_split_into_words=True,
            truncation=True,
            max_length=160,
            padding=True,
            return_tensors="pt",
        )
        with self.torch.no_grad():
            states = self.model(**coded, output_hidden_states=True).hidden_states
        joined = self.torch.cat([states[layer] for layer in LAYERS], dim=-1).numpy()
        for row, words in enumerate(batch):
            places = {}
            for piece, word in enumerate(coded.word_ids(row)):
                if word is not None:
                    places.setdefault(word, []).append(piece)
            for word, pieces in places.items():
                yield words[word], joined[row, pieces].mean(axis=0)


def add_text(encoder, sentences, sums, counts, size=32):
    """Add every occurrence in the sentences to sums and counts, by lower-case word."""
    sentences = sorted((s for s in sentences if 0 < len(s) <= 80), key=len)
    for start in range(0, len(sentences), size):
        for word, vector in encoder.vectors(sentences[start : start + size]):
            word = word.lower()
            if word in sums:
                sums[word] += vector
                counts[word] += 1
            else:
                sums[word], counts[word] = vector.copy(), 1


def known_words(folder):
    """Whole words in the encoder's vocabulary, the frequent ones first."""
    lines = (Path(folder) / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [w for w in lines if len(w) > 1 and w.isalpha() and w.isascii()]


def table(encoder, folder, sentences, wanted, rows, dims):
    """(words, matrix): words of the text, then words only counted in `wanted` or known to the encoder."""
    sums, counts = {}, Counter()
    add_text(encoder, sentences, sums, counts)
    words = [w for w, _ in counts.most_common() if any(c.isalnum() for c in w)]
    often, seen = words[:12000], set(words[:12000])
    alone = [w for w, n in wanted.most_common() if n > 2 and w not in seen and w.isascii() and len(w) < 25]
    alone += [w for w in known_words(folder) if w not in seen and w not in wanted]
    alone = alone[: rows - len(often)]
    alone_sums, alone_counts = {}, Counter()
    add_text(encoder, [[w] for w in alone], alone_sums, alone_counts, size=128)
    # alone, a word looks different from what it is in a sentence: bring both to the same mean and spread
    both = list(often[:3000])
    both_sums, both_counts = {}, Counter()
    add_text(encoder, [[w] for w in both], both_sums, both_counts, size=128)
    inside = np.stack([sums[w] / counts[w] for w in often])
    outside = np.stack([alone_sums[w] / alone_counts[w] for w in alone])
    lonely = np.stack([both_sums[w] / both_counts[w] for w in both])
    outside = (outside - lonely.mean(axis=0)) / lonely.std(axis=0) * inside[:3000].std(axis=0)
    inside = inside - inside[:3000].mean(axis=0)
    matrix = np.concatenate([inside, outside])
    _, _, axes = np.linalg.svd(inside[:8000], full_matrices=False)
    reduced = matrix @ axes[:dims].T
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True) + 1e-6
    return often + alone, reduced.astype("float32") * 3.0


def running_text(records, raw, seed=0):
    """(sentences, counts): the treebanks' words with a slice of the raw texts, and counts of all words."""
    rng, sentences, counts = random.Random(seed), [], Counter()
    for path in sorted(records.glob("train-*.jsonl")):
        thin = any(genre in path.stem for genre in ("reviews", "answers", "email"))
        for record in read_records(path):
            ends = [*record["sents"][1:], len(record["words"])]
            for start, end in zip(record["sents"], ends, strict=True):
                words = [word for word in record["words"][start:end] if not word.isspace()]
                counts.update(word.lower() for word in words)
                if not (thin and rng.random() < 0.55):
                    sentences.append(words)
    for name in RAW_FILES:
        for paragraph in paragraphs(raw / f"{name}.txt"):
            for sentence in re.split(r"(?<=[.?!]) ", paragraph):
                words = re.findall(r"\w+(?:[.’']\w+)*\.?(?<!\w\w\w\.)|[^\w\s]", sentence)
                counts.update(word.lower() for word in words)
                if name != "diplomatic-history" and len(words) > 6 and rng.random() < 0.08:
                    sentences.append(words)
    return sentences, counts


def save_vectors(encoder_folder, sentences, wanted, out, rows=20000, dims=96):
    """A blank pipeline with the vectors; a word, its title case and its capitals share a row."""
    words, matrix = table(Encoder(encoder_folder), encoder_folder, sentences, wanted, rows, dims)
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(data=matrix, strings=nlp.vocab.strings)
    for row, word in enumerate(words):
        for form in dict.fromkeys((word, word.capitalize(), word.title(), word.upper())):
            nlp.vocab.vectors.add(hash_string(form), row=row)
    nlp.to_disk(out)
    (Path(out) / "words.txt").write_text("\n".join(words), encoding="utf-8")
