"""A model by its name: its files, what identifies them, and loading them with errors that a person can read.

Shared by the embedder, the re-ranker, the reader and the judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from rag.errors import InputError

if TYPE_CHECKING:
    import torch

Dtype = Literal["auto", "float32", "bfloat16", "float16"]

_TAIL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A folder, or else a name on the hub, which is the only thing that may be fetched.

    `setting` is the variable that named it.
    """

    name: str
    setting: str
    revision: str | None = None
    folder: Path | None = None

    @classmethod
    def find(cls, name: str, *, setting: str, revision: str | None = None) -> ModelFiles:
        """Raises InputError where the name is a path and no folder is there."""
        folder = Path(name).expanduser()
        if folder.is_dir():
            return cls(name, setting, revision, folder)
        if name.startswith((".", "/", "~")):
            raise InputError(f"The model folder {name!r} does not exist. Set {setting} to a folder or a model's name.")
        return cls(name, setting, revision)

    @property
    def location(self) -> str:
        """What a loader is given."""
        return str(self.folder or self.name)

    @property
    def loading_options(self) -> dict[str, Any]:
        """What every loader is given beside it. Nothing of a folder is ever fetched."""
        return {"revision": self.revision, "local_files_only": self.folder is not None}

    def identity(self) -> str:
        """The name, with the folder's digest and the revision. Known without loading the model.

        The digest is of a folder's configuration, its weights' size and their last MiB.
        """
        name = f"{self.folder.name}@{_digest(self.folder)}" if self.folder else self.name
        return f"{name}@{self.revision}" if self.revision else name


@contextmanager
def loading(files: ModelFiles, *, device: str) -> Iterator[None]:
    """Around a model's loading: InputError for a device or a model that cannot be used."""
    _check_device(device)
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # the loaders raise whatever their parsers raise: tokenizers a bare Exception
        raise InputError(
            f"The model {files.location!r} ({files.setting}) cannot be loaded: {_one_line(error)}"
        ) from error


def quiet() -> None:
    """Keeps transformers from drawing progress bars."""
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]


def torch_dtype(dtype: Dtype, *, device: str | None = None) -> torch.dtype:
    """torch's own name for it. `auto` is bfloat16 on the `device` where that is faster, float32 otherwise."""
    import torch

    if dtype == "auto":
        return torch.bfloat16 if device is not None and _multiplies_bfloat16(device) else torch.float32
    return {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}[dtype]


def check_finite(values: NDArray[np.float32], files: ModelFiles, *, dtype: Dtype) -> None:
    """Raises InputError where the model gave something that is no number, as float16 does when it overflows."""
    if not np.isfinite(values).all():
        raise InputError(
            f"The model {files.location!r} ({files.setting}) gave values that are not numbers with {dtype}. "
            "Set BELEG_DTYPE to another type, such as float32."
        )


def kind_without_head(network: Any) -> str | None:
    """What a network that classifies was saved as where that is not a classifier: its head is then one at random.

    None where it was one, and for what is no class of transformers': how that scores is its own.
    """
    kinds = (network.config.architectures or []) if network is not None else []
    guessed = network is not None and type(network).__name__.endswith("ForSequenceClassification")
    if not guessed or any(kind.endswith("ForSequenceClassification") for kind in kinds):
        return None
    return ", ".join(kinds) or "of unknown kind"


def _multiplies_bfloat16(device: str) -> bool:
    """Whether the device multiplies it faster than float32: a processor does with AMX.

    With AVX-512 BF16 alone it takes half as long again: 1.23 against .81 s for 64 pairs that the judge reads.
    """
    import torch

    if torch.device(device).type == "cpu":
        return bool(torch.cpu.get_capabilities().get("amx_bf16", False))
    return torch.device(device).type == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)


def _check_device(device: str) -> None:
    import torch

    try:
        torch.zeros(1, device=device).tolist()
    except (RuntimeError, AssertionError, NotImplementedError) as error:
        raise InputError(
            f"The device {device!r} cannot be used: {_one_line(error)[:120]} "
            "Set BELEG_DEVICE to `cpu`, or to another device that torch has on this machine."
        ) from error


def _digest(folder: Path) -> str:
    digest = sha256()
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".json" and file.is_file():
            digest.update(file.read_bytes())
        elif file.suffix in {".safetensors", ".bin"}:
            size = file.stat().st_size
            digest.update(str(size).encode())
            with file.open("rb") as weights:
                weights.seek(max(0, size - _TAIL_BYTES))
                digest.update(weights.read())
    return digest.hexdigest()[:16]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
