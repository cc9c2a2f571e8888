"""Docs spelled out by hand: no model, so a test says exactly which parse a rule was given."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span

from etl.gazetteer import find

VOCAB = spacy.blank("en").vocab


def sentence(spelled: str, ents: dict[str, str] | None = None) -> Doc:
    """A Doc of one or more sentences.

    One token a part: `word/POS/label/head`, the head by its number in the sentence (from 1, 0 for the root);
    sentences are parted by `|`. A word that begins with `_` joins the word before it without a blank. `ents`
    gives names their label, at every occurrence.
    """
    words, spaces, tags, poss, deps, heads, starts = [], [], [], [], [], [], []
    for one in spelled.split("|"):
        base = len(words)
        for number, part in enumerate(one.split()):
            word, pos, label, head = part.rsplit("/", 3)
            if word.startswith("_") and words:
                spaces[-1] = False
                word = word[1:]
            words.append(word)
            spaces.append(True)
            poss.append(pos)
            tags.append("NNS" if pos == "NOUN" and word.endswith("s") else "")
            deps.append("ROOT" if head == "0" else label)
            heads.append(base + (number if head == "0" else int(head) - 1))
            starts.append(number == 0)
    spaces[-1] = False
    doc = Doc(
        VOCAB, words=words, spaces=spaces, tags=tags, pos=poss, deps=deps, heads=heads, sent_starts=starts
    )
    doc.ents = entities(doc, ents or {})
    return doc


def entities(doc: Doc, ents: dict[str, str]) -> list[Span]:
    """Every occurrence of the given names as an entity with its label."""
    found, text = [], doc.text
    for name, label in ents.items():
        start = text.find(name)
        while start >= 0:
            span = doc.char_span(start, start + len(name), label=label)
            if span is not None:
                found.append(span)
            start = text.find(name, start + 1)
    return found


def phrase(text: str) -> Doc:
    """A Doc of one noun phrase as subject of "met": the last word is the head, the others modify it."""
    words = [*text.replace("’s", " ’s").split(), "met", "."]
    verb = len(words) - 2
    known = {match.end for match in find(text)}
    whole = len(text) in known and any(match.start <= 4 for match in find(text) if match.end == len(text))
    poss = ["PROPN" if whole and word[:1].isupper() else _pos(word) for word in words[:verb]]
    if not whole:
        poss[-1] = "NOUN"
    deps = [_label(pos) for pos in poss]
    deps[-1] = "nsubj"
    heads = [verb - 1] * (verb - 1) + [verb, verb, verb]
    tags = ["NNS" if word.endswith("s") else "" for word in words]
    return Doc(
        VOCAB,
        words=words,
        spaces=[not after.startswith(("’s", ".")) for after in [*words[1:], "."]],
        tags=tags,
        pos=[*poss, "VERB", "PUNCT"],
        deps=[*deps, "ROOT", "punct"],
        heads=heads,
    )


def _pos(word: str) -> str:
    if word == "’s":
        return "PART"
    if word.lower() in ("the", "a", "an"):
        return "DET"
    return "NUM" if word in ("two", "three") else "ADJ" if word[:1].isupper() else "NOUN"


def _label(pos: str) -> str:
    return {"DET": "det", "NUM": "nummod", "ADJ": "amod"}.get(pos, "compound")
