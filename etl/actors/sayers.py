"""Who says the clause that a word stands in: "the ministry said [it had summoned him]"."""

from __future__ import annotations

from spacy.tokens import Token

from etl.clause import base
from etl.words import words

_SAY = words(
    "say tell state add announce warn declare argue claim insist note explain ask write report comment"
    " respond stress emphasize reply vow urge call admit acknowledge promise deny confirm believe think"
    " suspect fear hope complain reveal disclose predict estimate suggest pledge"
)
_SAID = frozenset({"said", "says", "told", "added"})
_REPORTED = frozenset({"ccomp", "parataxis"})
_CLAUSES_UP = 8
"""How many steps of the tree are climbed from a word to the clause that somebody says."""


def says(verb: Token) -> bool:
    """Whether the verb puts words into somebody's mouth."""
    return (verb.lemma_ or verb.text).lower() in _SAY or verb.lower_ in _SAID


def own_subject(verb: Token) -> Token | None:
    """The subject of a verb, that of the clause above for an infinitive ("phoned him to thank him")."""
    for _ in range(3):
        found = next((child for child in verb.children if base(child) in ("nsubj", "nsubjpass")), None)
        if found is not None or base(verb) not in ("xcomp", "advcl", "conj"):
            return found
        verb = verb.head
    return None


def sayer(token: Token) -> Token | None:
    """The subject of the nearest saying above the clause of `token`; None where nobody is said to say it."""
    for _ in range(_CLAUSES_UP):
        if base(token) in _REPORTED and says(token.head):
            return own_subject(token.head)
        if token.head == token:
            return None
        token = token.head
    return None


def subject_of_what_is_said(token: Token) -> bool:
    """Whether `token` is, or possesses, the subject of what somebody says ("they say their navy ...")."""
    noun = token.head if token.dep_ in ("nmod:poss", "poss") else token
    return base(noun) in ("nsubj", "nsubjpass") and base(noun.head) in _REPORTED and says(noun.head.head)


def said_before(token: Token) -> Token | None:
    """Who speaks in the sentence before, for the subject of a saying ("Xinhua said ... It says ...")."""
    if base(token) != "nsubj" or not says(token.head) or token.sent.start == 0:
        return None
    before = token.doc[token.sent.start - 1].sent.root
    return own_subject(before) if says(before) else None
