"""A training loop for spaCy pipelines: seeded, resumable, averaged weights, scores on the way."""

import itertools
import json
import random
import time
from pathlib import Path

import spacy
from chunks import batches, stream, to_example
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed, load_config, load_model_from_config
from thinc.api import Adam
from tokens import set_rules


def build(config_path, overrides, sources, seed, sample=4000):
    """A fresh pipeline from a config, its labels taken from a sample of the training data."""
    fix_random_seed(seed)
    config = load_config(config_path, overrides=overrides, interpolate=True)
    nlp = load_model_from_config(config, auto_fill=True)
    set_rules(nlp)
    feed = stream(sources, nlp.vocab, random.Random(seed))
    examples = list(itertools.islice(feed, sample))
    nlp.initialize(lambda: examples)
    return nlp


def fixed_examples(records, vocab, group=8):
    """Records cut into groups of sentences, always the same ones, unchanged."""
    from chunks import cut

    examples = []
    for record in records:
        starts = record["sents"] + [len(record["words"])]
        for i in range(0, len(starts) - 1, group):
            tokens = cut(record, starts[i], starts[min(i + group, len(starts) - 1)])
            if tokens:
                examples.append(to_example(vocab, tokens))
    return examples


def evaluate(nlp, dev):
    """Scores on each dev set; `dev` maps a name to records."""
    scores = {}
    for name, records in dev.items():
        examples = fixed_examples(records, nlp.vocab)
        result = nlp.evaluate(
            [
                Example(
                    Doc(
                        nlp.vocab,
                        words=[t.text for t in e.reference],
                        spaces=[bool(t.whitespace_) for t in e.reference],
                    ),
                    e.reference,
                )
                for e in examples
            ],
            batch_size=64,
        )
        keys = ("dep_uas", "dep_las", "tag_acc", "morph_acc", "lemma_acc", "sents_f", "ents_f", "speed")
        scores[name] = {key: round(result[key], 4) for key in keys if result.get(key) is not None}
    return scores


def rate(step, steps, peak, warmup, floor):
    """Learning rate: linear up, then linear down."""
    if step < warmup:
        return peak * step / warmup
    return peak * max(floor, (steps - step) / max(1, steps - warmup))


def train(
    nlp,
    sources,
    dev,
    out,
    *,
    steps,
    words,
    peak,
    dropout,
    save_every,
    seed,
    longest=90,
    l2=0.01,
    begin_step=0,
    warmup=100,
    floor=0.0,
    log=print,
):
    """Update the pipeline for `steps` batches; save to out/step-N and log scores as it goes."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed + begin_step)
    optimizer = Adam(
        0.0, beta1=0.9, beta2=0.999, L2=l2, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    losses, began, seen = {}, time.time(), 0
    feed = batches(stream(sources, nlp.vocab, rng, longest), words, rng)
    for step in range(begin_step + 1, steps + 1):
        batch = next(feed)
        optimizer.learn_rate = rate(step, steps, peak, warmup, floor)
        nlp.update(batch, sgd=optimizer, drop=dropout, losses=losses)
        seen += sum(len(e.reference) for e in batch)
        if step % 25 == 0:
            log(
                f"step {step}  {seen / (time.time() - began):.0f} words/s  "
                + "  ".join(f"{k} {v:.0f}" for k, v in losses.items()),
                flush=True,
            )
            losses = {}
        if step % save_every == 0 or step == steps:
            with nlp.select_pipes(disable=[]), nlp.use_params(optimizer.averages):
                save(nlp, out / f"step-{step}")
                log(json.dumps({"step": step, **evaluate(nlp, dev)}), flush=True)
    return nlp


def save(nlp, path):
    """Write a pipeline, whole or not at all."""
    part = path.with_name(path.name + ".part")
    nlp.to_disk(part)
    part.rename(path)


def last_step(out):
    """The newest step-N folder, or None."""
    steps = sorted(Path(out).glob("step-*[0-9]"), key=step_of)
    return steps[-1] if steps else None


def mean_of_last(out, share=0.4):
    """A pipeline with the mean weights of the last checkpoints; names gain by it, trees do not lose.

    "Averaging Weights Leads to Wider Optima and Better Generalization", Izmailov et al., UAI 2018.
    """
    steps = sorted(Path(out).glob("step-*[0-9]"), key=step_of)
    chosen = steps[-max(1, round(share * len(steps))) :]
    nlp = load(chosen[-1])
    sums = [array.astype("float64") for array in weights(nlp)]
    for path in chosen[:-1]:
        sums = [total + array for total, array in zip(sums, weights(load(path)), strict=True)]
    for (node, name), total in zip(parameters(nlp), sums, strict=True):
        node.set_param(name, (total / len(chosen)).astype("float32"))
    return nlp


def parameters(nlp):
    """(model, name) of every array of weights, in a fixed order."""
    models = (pipe.model for _, pipe in nlp.pipeline)
    nodes = (node for model in models for node in model.walk())
    return [(node, name) for node in nodes for name in node.param_names if node.has_param(name)]


def weights(nlp):
    """The arrays themselves."""
    return [node.get_param(name) for node, name in parameters(nlp)]


def step_of(path):
    """N of a step-N folder, 0 for None."""
    return int(path.name.split("-")[1]) if path else 0


def load(path):
    """Load a pipeline to train it further: spaCy forgets which label stands for which edit tree."""
    nlp = spacy.load(path)
    for _, pipe in nlp.pipeline:
        if hasattr(pipe, "tree2label"):
            pipe.tree2label = {tree: label for label, tree in enumerate(pipe.cfg["labels"])}
    return nlp
