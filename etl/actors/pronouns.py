"""Pronouns to actors by salience (Lappin and Leass 1994, reduced): recency, grammatical role, agreement."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from etl.actors.figures import Figure, Figures
from etl.actors.sayers import own_subject, said_before, sayer, says, subject_of_what_is_said
from etl.claims import quoted, speaker_of
from etl.clause import base
from etl.records import Mention
from etl.words import words

ROLE_WEIGHT = {"subject": 4.0, "object": 2.5, "possessor": 1.5, "other": 1.0}
"""What a mention weighs by its role, in the proportions of Lappin and Leass (80 : 50 : 40 over a base)."""
MARGIN = 1.15
"""How much more salient than the runner-up an antecedent must be; else the pronoun stays open."""
NAMED = 1.3
"""What a person with a name weighs against one who is only described ("a relative")."""
PARALLEL = 1.25
"""What an antecedent weighs whose last mention has the pronoun's own role (35 over a base, they say)."""
CONTROL = 2.0
"""What the understood subject of the pronoun's own infinitive weighs ("urged Haiti to plan its vote")."""
NEXT_CLAUSE = 1.6
"""What the object of a verb weighs for the subject of "as", "while", "because" behind it."""

_PERSON = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_WE = frozenset({"we", "our", "us", "ours"})
SELF = frozenset({"i", "my", "me"}) | _WE
"""Pronouns of the speaker: decided last, for the speaker is often named behind the quotation."""
_WEATHER = words("be seem appear happen take remain become")

Decision = tuple[Figure | None, str, float]


def role_of(token: Token) -> str:
    """subject, object, possessor or other; the members of a coordination count as its head."""
    for _ in range(3):
        if token.dep_ != "conj":
            break
        token = token.head
    label = base(token)
    if token.dep_ in ("nmod:poss", "poss"):
        return "possessor"
    if label in ("nsubj", "nsubjpass", "csubj", "ROOT"):
        return "subject"
    return "object" if label in ("obj", "dobj", "iobj", "dative") else "other"


def resolve(mention: Mention, token: Token, cast: Figures, upcoming: Figure | None) -> Decision:
    """The figure that a pronoun stands for, None where it stays open; `upcoming` is the subject that follows
    a fronted phrase ("In his remarks, the president ...")."""
    word = mention.text.lower()
    if word in SELF:
        return _speaker(token, cast, word in _WE)
    if word == "it" and _empty(token):
        return None, "open: it without referent", 0.3
    reporter = _reporter(token, cast, word)
    if reporter is not None:
        return reporter, "pronoun: who says it", 0.7
    if upcoming is not None and _fronted(token) and _agrees(upcoming, word):
        return upcoming, "fronted pronoun", 0.6
    found = _candidates(word, mention.sentence_no, cast)
    found = [figure for figure in found if not _bound(figure, token, cast)]
    if not found:
        if upcoming is not None and _agrees(upcoming, word):
            return upcoming, "fronted pronoun", 0.6
        return None, "open: nobody fits", 0.3
    return _best(found, mention, token, word, cast)


def _reporter(token: Token, cast: Figures, word: str) -> Figure | None:
    """ "The authorities say they ...", "Iran says its navy ...": whoever speaks, where that agrees. A plural
    speaker agrees with "they" even where it stands for a state."""
    speaker = sayer(token) if subject_of_what_is_said(token) else said_before(token)
    figure = cast.at(cast.base + speaker.idx) if speaker is not None else None
    if speaker is None or figure is None:
        return None
    several = word in _MANY and speaker.tag_ in ("NNS", "NNPS")
    return (
        figure if several or (_agrees(figure, word) and not (word in _MANY and not figure.plural)) else None
    )


def _fronted(token: Token) -> bool:
    """Whether the pronoun owns a word in a phrase before any verb ("For its part, France had sought ...")."""
    owns = token.dep_ in ("nmod:poss", "poss")
    return owns and not any(word.pos_ in ("VERB", "AUX") for word in token.doc[token.sent.start : token.i])


def _candidates(word: str, sentence: int, cast: Figures) -> list[Figure]:
    kinds = ("person", "office") if word in _PERSON else ("country", "organisation", "group", "person")
    return [figure for figure in cast.recent(sentence, kinds) if _agrees(figure, word)]


def _agrees(figure: Figure, word: str) -> bool:
    if word in _PERSON:
        fits = figure.kind in ("person", "office") and not figure.plural
        return fits and figure.gender in ("", _PERSON[word])
    if word in _THING:
        return figure.kind in ("country", "organisation") and not figure.plural
    return figure.plural or figure.kind in ("group", "organisation")


def _bound(figure: Figure, token: Token, cast: Figures) -> bool:
    """An object pronoun is not its own verb's subject ("Iran attacked it")."""
    if token.dep_ in ("nmod:poss", "poss") or token.lower_.endswith(("self", "selves")):
        return False
    if role_of(token) == "subject":
        return False
    subject = own_subject(_verb(token))
    return subject is not None and cast.at(cast.base + subject.idx) is figure


def _verb(token: Token) -> Token:
    head = token.head
    return head.head if head.pos_ == "ADP" else head


def _best(found: list[Figure], mention: Mention, token: Token, word: str, cast: Figures) -> Decision:
    scores = {figure.ordinal: _score(figure, mention, token, word) for figure in found}
    for favoured, factor in _favoured(token):
        figure = cast.at(cast.base + favoured.idx)
        if figure is not None and figure.ordinal in scores:
            scores[figure.ordinal] *= factor
    ranked = sorted(found, key=lambda figure: (-scores[figure.ordinal], figure.ordinal))
    top = ranked[0]
    if len(ranked) == 1:
        return top, "pronoun: only one fits", 0.75
    if scores[top.ordinal] >= MARGIN * scores[ranked[1].ordinal]:
        return top, "pronoun: most salient", 0.6
    return None, "open: two fit alike", 0.3


def _favoured(token: Token) -> Iterator[tuple[Token, float]]:
    """Words that the syntax of the pronoun's own clause speaks for, each with its factor."""
    owns = token.dep_ in ("nmod:poss", "poss")
    verb = next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return
    told = next((child for child in verb.head.children if base(child) in ("obj", "dobj")), None)
    if told is not None and told.i < token.i and owns and base(verb) == "xcomp":
        yield told, CONTROL
    if told is not None and told.i < token.i and base(verb) == "advcl" and base(token) == "nsubj":
        yield told, NEXT_CLAUSE


def _score(figure: Figure, mention: Mention, token: Token, word: str) -> float:
    score = figure.salience(mention.sentence_no)
    if word in _PERSON and figure.gender == _PERSON[word]:
        score *= 1.5
    if word in _PERSON and figure.named:
        score *= NAMED
    if role_of(token) == figure.role:
        score *= PARALLEL
    if word in _MANY and not figure.plural:
        score *= 0.4
    if word in _THING and role_of(token) == "possessor" and figure.last()[0] == mention.sentence_no:
        score *= 1.3
    return score


def _empty(token: Token) -> bool:
    """ "It is clear that ...", "it seems ..."."""
    if token.dep_ in ("expl", "nsubj:expl"):
        return True
    if base(token) not in ("nsubj", "nsubjpass"):
        return False
    verb = token.head
    copula = any(child.dep_ == "cop" for child in verb.children) or verb.lemma_ in _WEATHER
    clause = any(base(child) in ("csubj", "ccomp", "xcomp", "advcl") for child in verb.children)
    return copula and (clause or verb.pos_ == "ADJ")


def _speaker(token: Token, cast: Figures, many: bool) -> Decision:
    """ "I" is who is quoted, "we" what the quoted one belongs to: whoever speaks the quotation. Where none
    is seen (single marks, a word or two) it is the speaker named in the sentence, else in the one before."""
    sentence = token.sent
    if quoted(token):
        claim = speaker_of(token)
        speaker = cast.at(cast.base + claim.token.idx) if claim is not None else None
    else:
        speaker = _says(sentence, token, cast)
        if speaker is None and sentence.start > 0 and sentence.text.lstrip()[:1] in "“\"‘'":
            speaker = _says(token.doc[sentence.start - 1].sent, token, cast)
    if speaker is None:
        return None, "open: no speaker beside the quotation", 0.3
    return _spoken_for(speaker, cast) if many else (speaker, "quoted speaker", 0.6)


def _says(sentence: Span, token: Token, cast: Figures) -> Figure | None:
    for word in sentence:
        if word.pos_ == "VERB" and says(word):
            subject = next(
                (child for child in word.children if base(child) == "nsubj" and child != token), None
            )
            speaker = cast.at(cast.base + subject.idx) if subject is not None else None
            if speaker is not None:
                return speaker
    return None


def _spoken_for(speaker: Figure, cast: Figures) -> Decision:
    if speaker.affiliation is not None and speaker.kind in ("person", "office"):
        return cast.home(speaker) or cast.all[speaker.affiliation], "whom the quoted speaker speaks for", 0.5
    if speaker.kind in ("country", "organisation", "group"):
        return speaker, "quoted speaker", 0.5
    return None, "open: nobody the speaker speaks for", 0.3
