"""`beleg-eval train`: makes the judge or the reader, and puts its weights where Beleg looks for them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from rag.models.shipped import FOLDER

Kind = Literal["judge", "reader"]
_SUMS = FOLDER / "SHA256SUMS"
# How fast is learned what is learned last.
_THEN = 1.5e-4


def train_model(kind: Kind, *, data: Path, out: Path, seed: int) -> str:
    """Trains, going on where an earlier try in the folder `out` was stopped, and returns the weights' SHA-256.

    Raises InputError where a set is missing.
    """
    from evals.train.judge import new_judge, train_judge
    from evals.train.loop import Schedule
    from evals.train.material import judge_material, reader_material
    from evals.train.reader import new_reader, train_reader
    from rag.models.trained import write_trained

    folder = out / kind
    parts = (("first", Schedule()), ("then", Schedule(rate=_THEN)))
    if kind == "judge":
        pairs = judge_material(data, seed=seed)
        model = new_judge(seed)
        for (name, schedule), stages in zip(parts, (pairs.first, [pairs.then]), strict=True):
            train_judge(model, stages, pairs.held_out, folder=folder / name, seed=seed, schedule=schedule)
    else:
        asked = reader_material(data, seed=seed)
        model = new_reader(seed)
        for (name, schedule), some in zip(parts, (asked.first, asked.then), strict=True):
            train_reader(model, some, asked.held_out, folder=folder / name, seed=seed, schedule=schedule)
    FOLDER.mkdir(exist_ok=True)
    digest = write_trained(model, FOLDER / f"{kind}.safetensors")
    _list_sum(kind, digest)
    return digest


def _list_sum(kind: Kind, digest: str) -> None:
    """In the place of an earlier one of that kind."""
    lines = _SUMS.read_text(encoding="ascii").splitlines() if _SUMS.exists() else []
    kept = [line for line in lines if not line.endswith(f"  {kind}.safetensors")]
    _SUMS.write_text("\n".join(sorted([*kept, f"{digest}  {kind}.safetensors"])) + "\n", encoding="ascii")
