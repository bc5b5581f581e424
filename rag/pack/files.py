"""Evidence packs in files: JSON and Markdown out, JSON in."""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.as_json import to_json
from rag.errors import InputError, PackError
from rag.pack.markdown import to_markdown
from rag.pack.pack import FORMAT, AnyPack, ConversationPack, Pack, PackedQuotation, cited_in, statements_in
from rag.types import Citation

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_WRITERS = {".json": to_json, ".md": to_markdown}
_SLUG_CHARACTERS = 60
_MAX_BYTES = 50_000_000
# What a file system says that has no hard links.
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def check_target(target: str | PathLike[str]) -> None:
    """Raises InputError where a pack cannot be written for its name alone.

    That is an empty one, one that no file can have, and that of a file that is neither .md nor .json.
    """
    if not str(target).strip():
        raise InputError("The evidence pack's name is empty. Name a .md or .json file, or a folder for both.")
    if not _is_name(str(target)):
        raise InputError(f"No file can be named {str(target)!r}. Name the evidence pack otherwise.")
    if not _is_folder(target) and Path(target).suffix.lower() not in _WRITERS:
        raise InputError(
            f"An evidence pack is written as .md or .json, not as {str(target)!r}. "
            "Name such a file, or a folder for both."
        )


def export_pack(pack: AnyPack, target: str | PathLike[str]) -> list[Path]:
    """Writes the pack and returns the paths: one file, by its ending `.md` or `.json`, or both into a folder.

    In a folder, created if absent, the files are named for the claim, question or conversation and 8 digits of the
    pack's hash. A name without an ending is a folder. A file appears whole or not at all, and where one of two cannot
    be written, so does neither. None that is there is overwritten; one that says the same already is left as it is.
    Raises InputError for a name that cannot be used, PackError where the file cannot be written.
    """
    check_target(target)
    path = Path(target)
    if _is_folder(target):
        _make_folder(path)
        stem = _stem(pack)
        paths = [path / f"{stem}{ending}" for ending in (".json", ".md")]
    else:
        paths = [path]
    _write([(one, _WRITERS[one.suffix.lower()](pack).rstrip("\n") + "\n") for one in paths])
    return paths


def read_pack(file: str | PathLike[str]) -> Pack:
    """The pack in a JSON file. Raises InputError, which says what is wrong with the file and where."""
    pack = read_any_pack(file)
    if isinstance(pack, ConversationPack):
        raise InputError(
            f"{str(file)!r} is the evidence pack of a conversation, not of one result. "
            "`beleg verify` and `read_packs` take both."
        )
    return pack


def read_packs(file: str | PathLike[str]) -> list[Pack]:
    """The packs in a JSON file, a conversation's in order or the one. Raises InputError as `read_pack`."""
    pack = read_any_pack(file)
    return list(pack.packs) if isinstance(pack, ConversationPack) else [pack]


def read_any_pack(file: str | PathLike[str] | bytes) -> AnyPack:
    """What a JSON file holds, or its bytes: the pack of one result or that of a conversation.

    Raises InputError as `read_pack`.
    """
    from pydantic import ValidationError

    name = repr("the JSON given" if isinstance(file, bytes) else str(Path(file)))
    data = _decoded(file if isinstance(file, bytes) else _bytes(Path(file)), name)
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind not in ("beleg-pack", "beleg-conversation"):  # by ==: a kind may be a list
        raise InputError(f"{name} is no evidence pack. `--export` writes one; its .json file is read here.")
    _check_format(data, f"The evidence pack {name}")
    try:
        pack: AnyPack = _pack_type(kind).validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the top"
        raise InputError(f"The evidence pack {name} is damaged at {where}: {first['msg']}.") from error
    if isinstance(pack, Pack):
        _refuse(_fault(pack), name)
        return pack
    for place, (raw, one) in enumerate(zip(data["packs"], pack.packs, strict=True)):
        _check_format(raw, f"The evidence pack at packs.{place} of {name}")
        fault = _fault(one) if raw.get("kind") == "beleg-pack" else "its kind is not given"
        _refuse(fault and f"at packs.{place}, {fault}", name)
    return pack


def _check_format(data: dict[str, Any], subject: str) -> None:
    if data.get("format") != FORMAT:
        raise InputError(
            f"{subject} has format {data.get('format')!r}; this version reads {FORMAT}. "
            "Use the version of Beleg that wrote it, or a newer one."
        )


def _refuse(fault: str | None, name: str) -> None:
    if fault:
        raise InputError(f"The evidence pack {name} is damaged: {fault}.")


@cache
def _pack_type(kind: str) -> TypeAdapter[AnyPack]:
    from pydantic import TypeAdapter

    return TypeAdapter(Pack if kind == "beleg-pack" else ConversationPack)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InputError(f"{str(path)!r} has more than {_MAX_BYTES:,} bytes: that is no evidence pack.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"The evidence pack {str(path)!r} cannot be read: {error.strerror}.") from error


def _decoded(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is no evidence pack: not UTF-8 at byte {error.start}.") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{name} is no JSON: {error.msg}, line {error.lineno}, column {error.colno}.") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name} is no evidence pack: {error}.") from error


def _fault(pack: Pack) -> str | None:
    """What of the pack does not fit together."""
    result = pack.check or pack.answer
    if result is None or (pack.check and pack.answer):
        return "it must hold a check or an answer, and not both"
    for place, review in enumerate(pack.reviews):
        if review.statement is not None and not 0 <= review.statement < statements_in(result):
            return f"the review at reviews.{place} is of a statement {review.statement} that it does not hold"
    articles = {(article.id, article.content_hash) for article in pack.articles}
    held = set()
    for quotation in pack.quotations:
        if quotation.start < 0 or quotation.end - quotation.start != len(quotation.quote) or not quotation.quote:
            return f"quotation {quotation.number} is not as long as from {quotation.start} to {quotation.end}"
        if (quotation.article_id, quotation.content_hash) not in articles:
            return f"quotation {quotation.number} is of an article {quotation.article_id!r} that it does not hold"
        held.add(_words_of(quotation))
    for _, _, citation, _ in cited_in(result):
        if _words_of(citation) not in held:
            return f"the citation [{citation.marker}] of article {citation.article_id!r} is not among its quotations"
    return None


def _words_of(cited: Citation | PackedQuotation) -> tuple[str, str, int, int, str]:
    return cited.article_id, cited.content_hash, cited.start, cited.end, cited.quote


def _is_folder(target: str | PathLike[str]) -> bool:
    """Whether a folder is meant: one that is there, or a name without an ending."""
    suffix = Path(target).suffix.lower()
    return str(target).endswith(("/", os.sep)) or not suffix or (suffix not in _WRITERS and _is_there(Path(target)))


def _is_name(target: str) -> bool:
    try:
        return b"\0" not in os.fsencode(target)
    except UnicodeEncodeError:
        return False


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # such as of a name that is too long
        return False


def file_stem(text: str) -> str:
    """A file's name for a text, without ending: its words in lower-case ASCII, cut at a word; "beleg" where none is."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(slug) > _SLUG_CHARACTERS:
        slug = slug[: _SLUG_CHARACTERS + 1].rpartition("-")[0] or slug[:_SLUG_CHARACTERS]
    return slug or "beleg"


def _stem(pack: AnyPack) -> str:
    text = pack.name if isinstance(pack, ConversationPack) else pack.text
    return f"{file_stem(text)}-{sha256(to_json(pack).encode()).hexdigest()[:8]}"


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PackError(f"The folder {str(path)!r} for the evidence pack cannot be made: {error.strerror}.") from error


def _write(files: Sequence[tuple[Path, str]]) -> None:
    """All of the files or none: each is written beside its place first, and then put there if nothing else is."""
    parts: list[Path] = []
    placed: list[Path] = []
    try:
        encoded = [(path, text.encode()) for path, text in files]
        missing = [(path, data) for path, data in encoded if not _says(path, data)]
        for path, data in missing:
            part = path.with_name(f".{secrets.token_hex(8)}.part")
            with part.open("xb") as file:  # "x" follows no link that somebody else put there
                parts.append(part)
                file.write(data)
        for (path, data), part in zip(missing, parts, strict=True):
            if _put(part, path, data):
                placed.append(path)
    except (OSError, PackError) as error:
        _remove(placed)
        if isinstance(error, PackError):
            raise
        raise PackError(
            f"The evidence pack cannot be written to {str(files[0][0])!r}: {error.strerror}. Name another place."
        ) from error
    finally:
        _remove(parts)


def _says(path: Path, data: bytes) -> bool:
    """Whether the file is there with this content; False where nothing is. Raises PackError for anything else."""
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        if not path.is_symlink():
            return False
        raise _taken(path, "is a link to nowhere") from None
    if not path.is_file():
        raise _taken(path, "is a folder" if path.is_dir() else "is no file")
    if size != len(data) or path.read_bytes() != data:
        raise _taken(path, "is there already and says something else")
    return True


def _taken(path: Path, what: str) -> PackError:
    return PackError(f"{str(path)!r} {what}; nothing was written. Name another file.")


def _put(part: Path, path: Path, data: bytes) -> bool:
    """Gives the written part its name, unless something has come there meanwhile. Returns whether it was put there."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        if _says(path, data):
            return False
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with path.open("xb") as file:  # such as on FAT: whole too, but for a crash in between
            try:
                file.write(data)
            except OSError:
                _remove([path])
                raise
    return True


def _remove(files: Sequence[Path]) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()
