"""Past, future or present: the tense of the verb that governs a time expression.

With a parse (either label set) the governing verb is found in the tree; without one, or where the tree says
nothing, by the nearest tense word of the sentence. "present" is the verdict where the tense says nothing
about a date: a bare present ("Kenya opens its borders") or no verb at all.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from etl.dates.intervals import Direction
from etl.dates.tree import governor, is_verb, plain
from etl.dates.words import word_set

PLANNING = word_set(
    "plan expect schedule set due slate intend hope want aim prepare agree promise pledge vow threaten"
    " offer propose decide decline refuse invite ask urge order tell call warn seek need wait postpone"
    " delay reschedule ready poise likely able willing supposed book anticipate await arrange require"
    " oblige allow bind demand"
)
# infinitives that already happened: "managed to reach", "began to withdraw", "was forced to resign"
IMPLICATIVE = word_set(
    "manage begin start continue fail force help happen use come go cease serve seem appear live"
)
TIMETABLE = word_set(
    "begin start open end expire arrive meet convene resume conclude run last vote travel visit leave"
    " depart host hold face return fly celebrate mark elect kick go close come take attend"
)
FUTURE_MODALS = word_set("will shall 'll ’ll wo would may might could can should must ca sha")
PAST_NOUNS = word_set(
    "attack bombing shooting killing raid crash explosion blast assault strike airstrike massacre"
    " murder assassination incident ambush arrest abduction kidnapping clash riot coup protest"
    " earthquake disaster death fire violence announcement statement remark comment decision ruling"
    " verdict victory defeat"
)
AHEAD = re.compile(
    r"\b(?:ahead of|upcoming|forthcoming|prepar\w+ for|scheduled|due|slated|planned|set for|expected"
    r"|run[- ]up to)\b"
)


def direction(doc: Doc, start: int, end: int) -> Direction:
    """The tense that governs characters `start` to `end` of the doc."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return "present"
    sentence = _sentence(doc, span)
    if doc.has_annotation("DEP"):
        found = _of_tree(span, sentence)
        if found:
            return found
    return of_words(sentence.text.lower(), start - sentence.start_char, end - sentence.start_char)


def _sentence(doc: Doc, span: Span) -> Span:
    return span[0].sent if doc.has_annotation("SENT_START") else doc[:]


# ------------------------------------------------------------------ by the tree


def _of_tree(span: Span, sentence: Span) -> Direction | None:
    before = sentence.text[: max(0, span.start_char - sentence.start_char)].lower()[-40:]
    if AHEAD.search(before):
        return "future"
    token = governor(span)
    if token is None:
        return None
    if not _predicates(token) and PAST_NOUNS & {token.lemma_.lower(), token.lower_}:
        return "past"
    verb = _clause_verb(token)
    if verb is None:
        return None
    found = of_verb(verb)
    # "arrives a day after the court ruled": no timetable, the bare present of a report
    reported = span[-1].lower_ in ("after", "before") and verb.tag_ in ("VBZ", "VBP")
    return "present" if reported else found


def _predicates(token: Token) -> bool:
    """A verb, or an adjective or noun that a copula makes one."""
    return is_verb(token) or any(plain(c) == "cop" for c in token.children)


def _clause_verb(token: Token) -> Token | None:
    """The first verb at or above the token; above a noun the verb that the noun is an argument of."""
    while not _predicates(token):
        if token.head == token:
            return None
        token = token.head
    return token


def of_verb(verb: Token) -> Direction | None:
    """The tense of a verb with its auxiliaries; an infinitive takes its governor's."""
    helpers = [c for c in verb.children if plain(c) in ("aux", "auxpass", "cop")]
    words = {c.lower_ for c in helpers}
    lemma = verb.lemma_.lower()
    if words & FUTURE_MODALS and "have" not in words:
        return "future"
    if lemma in ("schedule", "slate", "due", "expect", "plan", "poise") and not (words & {"had"}):
        return "future"
    if lemma == "set" and verb.tag_ == "VBN" and helpers:
        return "future"
    if "to" in words or any(c.lower_ == "to" and plain(c) == "mark" for c in verb.children):
        return _of_infinitive(verb)
    if _finite_past(verb, helpers):
        return "past"
    if verb.tag_ == "VBG" and words & {"is", "are", "'s", "’s", "'re", "am"}:
        return "future"
    if verb.tag_ in ("VBZ", "VBP") or words & {"is", "are", "'s", "’s", "'re"}:
        return "future" if lemma in TIMETABLE and not helpers else "present"
    return _of_bare(verb)


def _finite_past(verb: Token, helpers: list[Token]) -> bool:
    if verb.tag_ == "VBD" or any(
        h.tag_ == "VBD" or h.lower_ in ("was", "were", "had", "did", "has", "have", "'ve") for h in helpers
    ):
        return True
    return verb.tag_ == "VBN" and not helpers


def _of_infinitive(verb: Token) -> Direction | None:
    head = verb.head
    if head == verb or not _predicates(head) or head.lemma_.lower() in PLANNING:
        return "future"
    if head.lemma_.lower() in ("be", "have"):
        return "future"
    if head.lemma_.lower() in IMPLICATIVE or plain(verb) in ("advcl", "parataxis"):
        return of_verb(head)
    return "future"


def _of_bare(verb: Token) -> Direction | None:
    """A verb with no mark of its own: conjuncts and participles follow the verb that they hang on."""
    if verb.head == verb:
        return None
    upper = _clause_verb(verb.head)
    return of_verb(upper) if upper is not None and upper.i != verb.i else None


# ------------------------------------------------------------------ by words

FUTURE_WORDS = (
    r"(?:will|shall|would|wo|wo n['’]t|going to|set to|plan\w* to|hop(?:es?|ed|ing) to|wants? to"
    r"|intends? to|vow\w* to"
    r"|agree[ds]? to|due to (?=(?:be|begin|start|meet|visit|arrive|hold|take|end|expire|open|face|sign"
    r"|attend|travel|appear"
    r"|return|speak|run|leave|come|go|vote|resume|give|make|join|host|address)\b)|scheduled to"
    r"|slated to|expected to|(?:is|are|was|were) to|may|might|could|should|must)"
    r"(?: (?:not|also|be|\w+ly))*(?: (?!on\b|in\b|by\b)\w+)?"
    r"|(?:is|are) \w+ing|due (?:on|in|for|at|by|next|this|back)|scheduled|slated|expect\w*|set for"
    r"|plan\w* (?:for|on)|planning|ahead of|upcoming|prepar\w+"
    r"|to (?:be|meet|visit|hold|begin|start|take|attend|travel|discuss|vote|sign)(?: \w+ed| held)?"
    r"|opens|begins|starts|arrives|ends|expires|resumes|postponed|deadline"
)
IRREGULAR = word_set(
    "was were had has have been did said told met held began took went came left made gave got found"
    " killed fell shot struck won lost led sent spent brought bought built caught fought broke spoke"
    " wrote rose ran saw knew put cut hit set fled swore drove flew grew drew became paid sold stood"
    " kept felt heard meant read withdrew underwent overthrew spread burst quit shut split shed beat"
    " arose sank swept tore wore woke rang sang stole stuck slid sought taught thought threw wound bound"
    " hung hid froze forgave forbade foresaw dealt dug clung bore bid bled upheld"
)
CUE = re.compile(
    rf"(?<![\w-])(?:(?P<future>{FUTURE_WORDS}|['’]ll)|(?P<past>{'|'.join(sorted(IRREGULAR))}|[a-z]{{2,}}ed))(?![\w-])"
)


def of_words(sentence: str, start: int, end: int) -> Direction:
    """The nearest tense word before the expression, else after it. `sentence` is lower-cased."""
    before = [m for m in CUE.finditer(sentence) if m.end() <= start]
    after = [m for m in CUE.finditer(sentence) if m.start() >= end]
    if PAST_NOUN_AFTER.match(sentence[end:]):
        return "past"
    cue = before[-1] if before else after[0] if after else None
    if cue is None:  # a line without a verb is a heading or an agenda: "Summit in Vilnius on Tuesday"
        return "future" if len(sentence.split()) <= HEADING_WORDS else "present"
    return "future" if cue["future"] else "past"


PAST_NOUN_AFTER = re.compile(rf"(?:['’]s?)?(?: [a-z-]+){{0,2}} (?:{'|'.join(sorted(PAST_NOUNS))})s?\b")
HEADING_WORDS = 8
