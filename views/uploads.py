"""Files from the browser into a folder beside the database, under harmless names, and nowhere else."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.publish.snapshots import beside
from etl.read.files import KINDS

MOST_FILES = 200
MOST_FILE_MB = 50
MOST_TOTAL_MB = 200
MOST_NAME_CHARS = 100
# Names that Windows takes for devices, whatever their ending.
DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


class TurnedAway(ValueError):
    """Files that are not stored; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as the browser sent it; nothing about its name is to be trusted."""

    name: str
    content: bytes


def imports_folder(database: Path) -> Path:
    """`<stem>.imports` beside the database, whether it is there or not."""
    return beside(database, ".imports")


def store(uploads: Sequence[Upload], folder: Path, publisher: str, replace: bool) -> list[Path]:
    """Write files into `folder`, those of a publisher into a folder of its own; returns where they are.

    A file that is there with the same content is left as it is. Where another file has that name, the new one
    takes its place, or a numbered name beside it. Raises TurnedAway before anything is written, and OSError.
    """
    refuse_too_much(uploads)
    names = [clean_name(upload.name) for upload in uploads]
    place = folder / clean_folder(publisher) if publisher else folder
    place.mkdir(parents=True, exist_ok=True)
    if not place.resolve().is_relative_to(folder.resolve()):
        raise TurnedAway(f"{place} leads out of the import folder; remove that link.")
    written: list[Path] = []
    for name, upload in zip(names, uploads, strict=True):
        target = _free(place, name, upload.content, written if replace else None)
        _write(target, upload.content)
        written.append(target)
    return written


def refuse_too_much(uploads: Sequence[Upload]) -> None:
    """Raise TurnedAway for more or larger files than one import takes."""
    total = sum(len(upload.content) for upload in uploads)
    if len(uploads) > MOST_FILES:
        raise TurnedAway(
            f"These are {len(uploads):,} files, more than {MOST_FILES} at once; "
            "join them in one .jsonl, or run: python -m etl FOLDER"
        )
    for upload in uploads:
        if len(upload.content) > MOST_FILE_MB * 10**6:
            raise TurnedAway(f"{upload.name} has more than {MOST_FILE_MB} MB; run: python -m etl FILE")
    if total > MOST_TOTAL_MB * 10**6:
        raise TurnedAway(f"Together the files have more than {MOST_TOTAL_MB} MB; import them in parts.")


def clean_name(name: str) -> str:
    """A file name without folders, controls and characters that some system reads as more than a letter.

    Raises TurnedAway for a kind of file that is not read.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    stem, suffix = os.path.splitext(last)
    if suffix.lower() not in KINDS:
        raise TurnedAway(f"{last or 'A file'} is not read; give {', '.join(KINDS)}.")
    return clean_folder(stem, MOST_NAME_CHARS) + suffix.lower()


def clean_folder(name: str, most: int = MOST_NAME_CHARS) -> str:
    """A name that is one step in a path: letters, digits, blanks and `. - _ ( )`, not hidden, not empty."""
    kept = re.sub(r"[^\w .()-]+", "_", unicodedata.normalize("NFC", name))
    while len(kept.encode()) > most:
        kept = kept[:-1]
    kept = kept.strip(" .") or "unnamed"
    return f"_{kept}" if kept.split(".")[0].lower() in DEVICES else kept


def _free(place: Path, name: str, content: bytes, but: Sequence[Path] | None) -> Path:
    """Where a file may go: its own name, if it may replace others (but not these), else a free one."""
    target, number = place / name, 2
    if but is not None and target not in but:
        return target
    while (target.exists() or target.is_symlink()) and not _holds(target, content):
        target = place / f"{Path(name).stem}-{number}{Path(name).suffix}"
        number += 1
    return target


def _holds(target: Path, content: bytes) -> bool:
    return not target.is_symlink() and target.is_file() and target.read_bytes() == content


def _write(target: Path, content: bytes) -> None:
    if _holds(target, content):
        return
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
