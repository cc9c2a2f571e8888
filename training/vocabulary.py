"""The encoder's vocabulary without the pieces that English news cannot contain."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path


def kept_pieces(tokenizer_json: Path) -> tuple[list[int], str]:
    """Numbers of the pieces that stay, and the tokenizer (JSON) that counts them anew.

    Unused places and pieces in scripts other than the Latin, Greek and Cyrillic ones go; words made of them
    become unknown words, which they practically were.
    """
    tokenizer = json.loads(tokenizer_json.read_text(encoding="utf8"))
    vocabulary: dict[str, int] = tokenizer["model"]["vocab"]
    kept = [piece for piece, _ in sorted(vocabulary.items(), key=lambda item: item[1]) if _readable(piece)]
    renumbered = {piece: number for number, piece in enumerate(kept)}
    tokenizer["model"]["vocab"] = renumbered
    for special in tokenizer["added_tokens"]:
        special["id"] = renumbered[special["content"]]
    tokenizer["truncation"] = tokenizer["padding"] = tokenizer["post_processor"] = None
    return [vocabulary[piece] for piece in kept], json.dumps(tokenizer, ensure_ascii=False)


def _readable(piece: str) -> bool:
    if piece.startswith("[unused"):
        return False
    letters = [character for character in piece if character.isalpha()]
    return all(unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "CYRILLIC")) for letter in letters)
