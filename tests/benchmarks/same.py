#!/usr/bin/env python3
"""Whether two checkouts say the same of the same texts, byte for byte: after a move nothing may differ.

usage: same.py OLD NEW [--corpora DIR] [--keep FOLDER] [--show N]

OLD and NEW are checkouts, or folders that an earlier run kept with --keep. Read are the sample articles, re3d
and the documents of GUM dev; compared are the JSON lines of claims and events, and the benchmarks' lines of
CaRB dev. Prints how many lines differ in each, and the first N of them; exit code 1 if any does.
"""

import argparse
import difflib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("KG_CORPORA", ROOT.parent / "shared" / "corpora"))


def documents(corpora: Path) -> Iterator[dict[str, str]]:
    """The texts to read, as `kg` takes JSON lines: id and text."""
    for path in sorted((ROOT / "data" / "articles").glob("*.txt")):
        yield {"id": path.name, "text": path.read_text(encoding="utf-8")}
    for path in sorted((corpora / "entities" / "re3d").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            if record.get("text"):
                yield {"id": f"{path.stem}-{number}", "text": record["text"]}
    for path in sorted((corpora / "treebank").glob("en_gum-dev.conllu")):
        yield from gum_documents(path)


def gum_documents(path: Path) -> Iterator[dict[str, str]]:
    """The documents of a treebank: their sentences' texts, joined by blanks."""
    name, sentences = "", list[str]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), "# newdoc id ="]:
        if line.startswith("# newdoc id ="):
            if sentences:
                yield {"id": name, "text": " ".join(sentences)}
            name, sentences = line.partition("=")[2].strip(), []
        elif line.startswith("# text ="):
            sentences.append(line.partition("=")[2].strip())


def outputs(checkout: Path, corpora: Path) -> dict[str, str]:
    """What a checkout prints, by name."""
    carb = corpora / "openie" / "carb-dev.txt"
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        lines = (json.dumps(d, ensure_ascii=False) for d in documents(corpora))
        texts.write_text("\n".join(lines), encoding="utf-8")
        jobs = {
            "claims": ["-m", "kg", "extract", "texts.jsonl", "--format", "jsonl"],
            "events": ["-m", "kg", "events", "texts.jsonl", "--format", "jsonl"],
        }
        for kind in ("carb", "triples"):
            script = checkout / "tests" / "benchmarks" / f"{kind}.py"
            command = [str(script)] if script.exists() else ["-m", "kg", "extract", "--format", kind]
            jobs[kind] = [*command, str(carb)]
        environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONUTF8": "1"}
        return {
            name: subprocess.run(
                [sys.executable, *job],
                cwd=folder,
                env=environment,
                check=True,
                stdout=subprocess.PIPE,
                text=True,
            ).stdout
            for name, job in jobs.items()
        }


def read(place: Path, corpora: Path) -> dict[str, str]:
    """The outputs of a checkout, or those that a folder has kept."""
    if (place / "kg").is_dir():
        return outputs(place.resolve(), corpora)
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(place.glob("*.lines"))}


def keep(found: dict[str, str], folder: Path) -> None:
    """Outputs to a folder, for a later run to compare with."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in found.items():
        (folder / f"{name}.lines").write_text(text, encoding="utf-8")


def changes(old: str, new: str) -> list[str]:
    """The lines that one has and the other hasn't, each with the sign of its side."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]


def main() -> None:
    """Compare, print, and end with 1 where anything differs."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("old", type=Path)
    cli.add_argument("new", type=Path)
    cli.add_argument("--corpora", type=Path, default=CORPORA)
    cli.add_argument("--keep", type=Path, help="keep what NEW prints in this folder")
    cli.add_argument("--show", type=int, default=6)
    args = cli.parse_args()
    old, new = read(args.old, args.corpora), read(args.new, args.corpora)
    if args.keep:
        keep(new, args.keep)
    differ = False
    for name in sorted(old.keys() & new.keys()):
        found = changes(old[name], new[name])
        differ = differ or bool(found)
        print(f"{name}: {len(new[name].splitlines())} lines, {len(found)} differ")
        for line in found[: args.show]:
            print(f"  {line[:300]}")
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
