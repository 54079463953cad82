"""The model's card and its weights' hash."""

import hashlib
import json
import re
import shutil
from pathlib import Path

VERSION = "0.8.0"


def weights_hash(model):
    """SHA-256 over the names and bytes of all files but the card."""
    digest = hashlib.sha256()
    for path in sorted(p for p in Path(model).rglob("*") if p.is_file() and p.name != "README.md"):
        digest.update(path.relative_to(model).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def describe(nlp, name):
    """Fill the pipeline's meta data; `name` is the folder's, "en_geopol_news_sm"."""
    nlp.meta.update(
        name=name.removeprefix("en_"),
        version=VERSION,
        license="CC BY-SA 4.0",
        author="geopolitical-kg contributors",
        description="English for geopolitical news: UD tags, lemmas, trees, sentences, names.",
        sources=[
            {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
            {"name": "UD English GUM", "license": "CC BY"},
            {"name": "Dstl re3d", "license": "OGL 3.0, public domain, CC BY 3.0 AU"},
            {"name": "World Factbook, Office of the Historian", "license": "CC0, public domain"},
            {"name": "all-MiniLM-L6-v2 encoder", "license": "Apache-2.0"},
        ],
    )
    nlp.meta.pop("performance", None)
    return nlp


def forget_paths(section):
    """Leave the folders of the machine that trained it out of a configuration."""
    for key, value in section.items():
        if isinstance(value, dict):
            forget_paths(value)
        elif isinstance(value, str) and Path(value).is_absolute():
            section[key] = None


def write_model(nlp, out):
    """Write the pipeline for release over an older one; its card stays and gets the new hash."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        elif old.name != "README.md":
            old.unlink()
    forget_paths(nlp.config)
    describe(nlp, out.name).to_disk(out)
    stamp(out)


def keep_label_strings(nlp, out):
    """Leave only the labels among the strings on disk: words come back with the texts."""
    strings = {""}
    for _, pipe in nlp.pipeline:
        for label in getattr(pipe, "labels", ()):
            pairs = label.split("|")
            strings |= {label, *pairs, *(part for pair in pairs for part in pair.split("="))}
            strings |= {label.split("-", 1)[-1], label.split("||")[0]}
    path = Path(out) / "vocab" / "strings.json"
    path.write_text(json.dumps(sorted(strings)), encoding="utf-8")
    stamp(Path(out))


def stamp(out):
    """Put the hash of the weights into the card, if there is a card."""
    card = out / "README.md"
    if card.exists():
        line = f"SHA-256 of the weights: `{weights_hash(out)}`"
        text = re.sub(r"SHA-256 of the weights:.*", line, card.read_text(encoding="utf-8"))
        card.write_text(text, encoding="utf-8")
