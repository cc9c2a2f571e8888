"""Bytes to text: UTF-8, UTF-16 with its mark, and otherwise Windows-1252, the superset of Latin-1.

A byte order mark says how to read the bytes and is no part of the text. A detector was tried and dropped: on
single Latin-1 articles it guesses central European code pages as often, and the pipeline reads English.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 65_536


class Undecodable(ValueError):
    """The bytes are no text."""


def _latin(error: UnicodeError) -> tuple[str, int]:
    """Bytes that Windows-1252 leaves undefined are the C1 controls of Latin-1."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("dramatis-latin", _latin)


def decoded(data: bytes) -> str:
    """The text of a whole file. Raises Undecodable, with a sentence, for what is no text."""
    check_is_text(data[:_SAMPLE])
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "dramatis-latin")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"The file starts like {encoding} but is not; save it as UTF-8.") from error


def check_is_text(head: bytes) -> None:
    """Raise Undecodable if the first bytes of a file are no text."""
    if head.startswith(b"%PDF"):
        raise Undecodable("This is a PDF whatever its name says; export its text to a .txt file.")
    if any(head.startswith(mark) for mark, _ in _MARKS):
        return
    if b"\x00" in head or len(_CONTROLS.findall(head)) > len(head) / 50:
        raise Undecodable("The bytes are no text; only text in UTF-8, UTF-16 or Windows-1252 is read.")


def encoding_of(path: Path) -> str:
    """The encoding of a text file of any size, in one pass that keeps 64 KiB. Raises Undecodable."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        check_is_text(head)
        for mark, encoding in _MARKS:
            if head.startswith(mark):
                return encoding
        try:
            for block in _blocks(head, file):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def _blocks(head: bytes, file: object) -> Iterator[bytes]:
    yield head
    while block := file.read(_SAMPLE):  # type: ignore[attr-defined]
        yield block
