"""Paths given by the user to the files to read, in an order that does not depend on the file system."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.records import Reject

KINDS = (".txt", ".jsonl", ".csv", ".parquet")
PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, its name in the database, and the folder directly under the given path."""

    path: Path
    name: str
    outlet: str | None


def file_name(path: Path) -> str:
    """A file's lasting name: relative to the project if it lies inside, else its absolute path.

    Not relative to the working directory: the same file given from elsewhere would be another article.
    """
    absolute = Path(os.path.abspath(path))
    inside = absolute.is_relative_to(PROJECT)
    return (absolute.relative_to(PROJECT) if inside else absolute).as_posix()


def located(name: str) -> Path:
    """Where the file of that name is; the inverse of `file_name`."""
    return PROJECT / name


def walk(paths: Iterable[Path]) -> Iterator[Found | Reject]:
    """Every file under `paths`, once, sorted by name; what is not read comes as a `Reject`."""
    seen: set[str] = set()
    for path in sorted(paths, key=lambda p: os.path.abspath(p)):
        for found in _walk_given(Path(os.path.abspath(path))):
            name = found.name if isinstance(found, Found) else found.path
            if name not in seen:
                seen.add(name)
                yield found


def _walk_given(path: Path) -> Iterator[Found | Reject]:
    if path.is_dir():
        yield from _walk_folder(path, path)
    else:
        yield _judge(path, None)


def _walk_folder(folder: Path, top: Path) -> Iterator[Found | Reject]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield _reject(
            folder, "unreadable", f"The folder cannot be read ({error.strerror}); check its permissions."
        )
        return
    for entry in entries:
        if entry.is_dir() and entry.is_symlink():
            yield _reject(entry, "link", "A link to a folder is not followed; give the folder itself.")
        elif entry.is_dir() and entry.name.startswith("."):
            yield _reject(entry, "hidden", "A hidden folder is not read; give it by name or rename it.")
        elif entry.is_dir():
            yield from _walk_folder(entry, top)
        else:
            yield _judge(entry, top)


def _judge(path: Path, top: Path | None) -> Found | Reject:
    """A file to read, or why not. Pipes and devices are turned away before anything waits on them."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        dangling = path.is_symlink()
        return _reject(path, "not found", "The link leads nowhere." if dangling else "There is no such file.")
    except OSError as error:
        return _reject(path, "unreadable", f"The file cannot be reached ({error.strerror}).")
    if not stat.S_ISREG(mode):
        return _reject(path, "kind", "This is no regular file; save its content to one.")
    if path.suffix.lower() not in KINDS:
        kinds = ", ".join(KINDS)
        return _reject(
            path, "kind", f"Files ending in {path.suffix or 'nothing'} are not read; convert it to {kinds}."
        )
    inner = path.relative_to(top).parts if top else ()
    return Found(path, file_name(path), inner[0] if len(inner) > 1 else None)


def _reject(path: Path, reason: str, detail: str) -> Reject:
    return Reject(file_name(path), None, reason, detail)
