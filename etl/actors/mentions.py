"""Doc -> mentions: every stretch of text that names or stands for somebody who could act."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from etl.actors import capitals
from etl.actors.noun_phrases import actor_noun, modifies_a_noun, plural, short_phrase
from etl.gazetteer import Entry, Match, actor_nouns, find, lookup, plain, titles
from etl.language.sentence_ends import DATELINE
from etl.records import Form, Mention
from etl.words import text_of, words

__all__ = ["actor_noun", "find_mentions", "nominal_mention"]

PRONOUNS = words(
    "he she they it him her them his their its theirs hers i we us our my me ours himself herself itself"
    " themselves"
)
_NAMES = frozenset({"PER", "ORG", "LOC", "NORP", "PERSON", "GPE", "FAC"})
_LABELS = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
_WITHIN = frozenset({"EVENT", "PROD", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"})
_CONFIDENCE: dict[str, float] = {"name": 0.9, "nominal": 0.8, "pronoun": 0.5}


@dataclass(frozen=True, slots=True)
class _Found:
    """A span before it is a record: characters of the Doc's text."""

    start: int
    end: int
    form: Form
    ent_type: str
    rule: str


def find_mentions(
    doc: Doc, offset: int = 0, first_sentence_no: int = 0, first_ordinal: int = 0
) -> list[Mention]:
    """All mentions in `doc`, in text order, none resolved yet (`actor` is None).

    `offset` is the position of the Doc's first character in the article text; sentence numbers and ordinals
    count on from the two `first_` numbers. Spans may nest: "Russian officials" holds "Russian". Names are
    those of the gazetteer and of `doc.ents`; EVENT and product names are not actors.
    """
    text = text_of(doc)
    names = _names(doc, text)
    found = [*names, *_directions(doc), *_nominals(doc, names), *_pronouns(doc)]
    found = _outside(found, [match.span() for match in DATELINE.finditer(text)])
    starts = _sentence_starts(doc)
    ordered = sorted(set(found), key=lambda one: (one.start, -one.end, one.form))
    return [
        _record(
            doc,
            text,
            one,
            offset,
            first_sentence_no + bisect_right(starts, one.start) - 1,
            first_ordinal + number,
        )
        for number, one in enumerate(ordered)
    ]


def _outside(found: list[_Found], spans: list[tuple[int, int]]) -> list[_Found]:
    """What does not begin inside a span: datelines name the reporter's place and agency, not actors."""
    return [one for one in found if not any(start <= one.start < end for start, end in spans)]


def nominal_mention(doc: Doc, token: Token, offset: int, sentence_no: int, ordinal: int) -> Mention:
    """A mention for the phrase around `token`, for a participant that no mention covers yet."""
    if token.lower_ in PRONOUNS:
        span, form = doc[token.i : token.i + 1], "pronoun"
    else:
        start, end = short_phrase(doc, token)
        span = doc[start:end]
        form = "name" if token.pos_ == "PROPN" else "nominal"
    kind: Form = form  # type: ignore[assignment]
    one = _Found(span.start_char, span.end_char, kind, token.ent_type_, "participant")
    made = _record(doc, text_of(doc), one, offset, sentence_no, ordinal)
    return replace(made, head_char=token.idx + offset)


def _record(doc: Doc, text: str, one: _Found, offset: int, sentence_no: int, ordinal: int) -> Mention:
    head = _head(doc, one)
    return Mention(
        ordinal=ordinal,
        sentence_no=sentence_no,
        start_char=one.start + offset,
        end_char=one.end + offset,
        head_char=head + offset,
        text=text[one.start : one.end],
        form=one.form,
        ent_type=one.ent_type,
        actor=None,
        rule=one.rule,
        confidence=_CONFIDENCE.get(one.form, 0.9),
    )


def _head(doc: Doc, one: _Found) -> int:
    span = doc.char_span(one.start, one.end, alignment_mode="expand")
    if span is None:
        return one.start
    return span.root.idx if doc.has_annotation("DEP") else span[-1].idx


def _sentence_starts(doc: Doc) -> list[int]:
    if not doc.has_annotation("SENT_START"):
        return [0]
    return [sentence.start_char for sentence in doc.sents] or [0]


# Names: the gazetteer's phrases and the pipeline's entities, made to agree


def _names(doc: Doc, text: str) -> list[_Found]:
    entities = _joined_people([name for entity in doc.ents if (name := _entity(entity, text))], text)
    within = [(entity.start_char, entity.end_char) for entity in doc.ents if entity.label_ in _WITHIN]
    surnames = {text[one.start : one.end].rpartition(" ")[2] for one in entities if _whole_person(one, text)}
    known: list[_Found] = []
    for match in find(text):
        rival = next((one for one in entities if one.start < match.end and match.start < one.end), None)
        if rival is not None and _no_person(match, rival, surnames):
            rival = replace(rival, ent_type="LOC")
            entities = [
                rival if (one.start, one.end) == (rival.start, rival.end) else one for one in entities
            ]
        if _wins(match, rival, text) and not any(a <= match.start and match.end <= b for a, b in within):
            known.append(_gazetteer_name(doc, text, match, rival))
    free = [one for one in entities if not any(one.start < two.end and two.start < one.end for two in known)]
    names = known + [one for one in free if one.ent_type != "NORP" or _people(doc, one)]
    return names + list(_short_forms(doc, text, names))


def _whole_person(one: _Found, text: str) -> bool:
    return one.ent_type == "PER" and " " in text[one.start : one.end]


def _no_person(match: Match, rival: _Found, surnames: set[str]) -> bool:
    """Whether a name that the pipeline takes for a person's is a state or capital ("cooperation to Jordan"):
    nobody in the text has it as surname."""
    entry, same = match.entry, (rival.start, rival.end) == (match.start, match.end)
    named = entry.kind == "country" and entry.form == "name" and not entry.weak
    return same and rival.ent_type == "PER" and named and entry.name not in surnames


def _short_forms(doc: Doc, text: str, names: list[_Found]) -> Iterator[_Found]:
    """Names that the pipeline found elsewhere in the text and missed here: a surname, a name of one word, and
    the last word of an organisation after "the" ("the Times" where the text names "The New York Times")."""
    again, last = _by_last_word(text, names)
    taken = {position for one in names for position in range(one.start, one.end)}
    for token in doc:
        word = token.text
        if not word[0].isupper() or token.idx in taken or (word not in again and word not in last):
            continue
        after_article = token.i > 0 and token.nbor(-1).lower_ == "the"
        if word in again and not after_article:
            yield _Found(token.idx, token.idx + len(token), "name", again[word], "name found elsewhere")
        elif word in last and after_article and not _goes_on(token):
            yield _Found(token.idx, token.idx + len(token), "name", "ORG", "last word of a name")


def _by_last_word(text: str, names: list[_Found]) -> tuple[dict[str, str], set[str]]:
    """Surnames and one-word names with their label; last words of organisations."""
    again: dict[str, str] = {}
    last: set[str] = set()
    for one in names:
        first, _, word = text[one.start : one.end].rpartition(" ")
        if one.ent_type == "PER" or (not first and one.ent_type == "ORG" and one.rule == "pipeline"):
            again.setdefault(word, one.ent_type)
        elif first and one.ent_type in ("ORG", ""):
            last.add(word)
    return again, last


def _goes_on(token: Token) -> bool:
    """Whether a capitalised word follows, so that the word is only the beginning of another name."""
    return token.i + 1 < len(token.doc) and token.nbor(1).text[:1].isupper()


def _joined_people(found: list[_Found], text: str) -> list[_Found]:
    """A person's name that the pipeline cut in two ("Richard M." "Nixon") is one again."""
    joined: list[_Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last and last.ent_type == one.ent_type == "PER" and text[last.end : one.start] == " ":
            joined[-1] = replace(last, end=one.end)
        else:
            joined.append(one)
    return joined


def _entity(entity: Span, text: str) -> _Found | None:
    """The entity without article, titles and possessive ending; None where it is no name of an actor."""
    label = _LABELS.get(entity.label_, entity.label_)
    if label not in _NAMES:
        return None
    tokens = list(entity)
    while len(tokens) > 1 and _stripped(tokens, label):
        tokens = tokens[1:]
    while len(tokens) > 1 and tokens[-1].lower_ in ("'s", "’s", "'", "’", ",", "."):
        tokens = tokens[:-1]
    start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    if label in ("ORG", "LOC") and _generic(tokens):
        return None
    name = text[start:end]
    if label == "PER" and (name.lower() in titles() or name.lower() in actor_nouns()):
        return None
    return _Found(start, end, _form_of(name), label, "pipeline")


def _stripped(tokens: list[Token], label: str) -> bool:
    first = tokens[0]
    if first.lower_ in ("the", "a", "an") or first.is_punct:
        return lookup(_joined(tokens)) is None or not first.text[:1].isupper()
    if label != "PER":
        return False
    entry = lookup(first.text)
    title = first.lower_ in titles() or first.lower_.rstrip(".") in titles() or first.lower_ == "of"
    return title or first.lower_ in ("'s", "’s") or bool(entry and entry.form in ("demonym", "abbreviation"))


def _joined(tokens: list[Token]) -> str:
    return tokens[0].doc[tokens[0].i : tokens[-1].i + 1].text


_GENERIC = words(
    "foreign defense defence interior finance justice health education trade energy oil supreme high federal"
    " constitutional national state central armed air security special police naval ground air-force border"
)


def _generic(tokens: list[Token]) -> bool:
    """Whether a name is a common noun with a state before it ("Israeli Army", "Foreign Ministry")."""
    words = [token.lower_ for token in tokens if token.lower_ not in ("'s", "’s")]
    phrase = _joined(tokens)
    if lookup(phrase):
        return False
    match = next(iter(find(phrase)), None)
    if match and match.start == 0 and match.entry.kind == "country":
        words = plain(phrase[match.end :]).lower().removeprefix("'s").split()
    return bool(words) and words[-1] in _BODIES and all(word in _GENERIC for word in words[:-1])


_BODIES = words(
    "government army navy military police parliament ministry court senate congress cabinet force forces"
    " troops assembly embassy judiciary intelligence regime authorities"
)


def _form_of(text: str) -> Form:
    letters = text.replace(".", "")
    short = 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()
    return "abbreviation" if short else "name"


def _wins(match: Match, rival: _Found | None, text: str) -> bool:
    """Whether the gazetteer's phrase stands although the pipeline sees `rival` there."""
    if rival is None:
        return not match.entry.weak
    same = (rival.start, rival.end) == (match.start, match.end)
    if rival.start == match.start and rival.end > match.end and _only_titles(text[match.end : rival.end]):
        return True
    if match.entry.weak:
        return same and rival.ent_type == "ORG"
    if same and rival.ent_type == "PER":
        short = match.entry.form in ("demonym", "abbreviation")
        return match.entry.kind == "organisation" or (match.entry.kind == "country" and short)
    return same or match.end - match.start >= rival.end - rival.start


def _only_titles(rest: str) -> bool:
    """The rest of "White House National Security", which a title ("Adviser Jake Sullivan") goes on with."""
    words = rest.split()
    return bool(words) and all(word.lower() in titles() for word in words)


def _gazetteer_name(doc: Doc, text: str, match: Match, rival: _Found | None) -> _Found:
    entry, form = match.entry, match.entry.form
    label = rival.ent_type if rival else ""
    if entry.kind == "organisation" and label == "PER":
        label = "ORG"
    if entry.capital:
        acts = capitals.acts(doc, text, match)
        return _Found(match.start, match.end, "metonym" if acts else "name", "LOC", "gazetteer capital")
    if form == "demonym" and entry.form == "demonym" and label == "":
        label = "NORP"
    return _Found(match.start, match.end, form, label, f"gazetteer {entry.kind}")


def _people(doc: Doc, one: _Found) -> bool:
    """A NORP that the gazetteer lacks is an actor where it is a noun of its own ("Kurds", not "Kurdish")."""
    span = doc.char_span(one.start, one.end, alignment_mode="expand")
    return span is not None and plural(span[-1]) and not modifies_a_noun(span[-1])


# "the North", nominals and pronouns


def _directions(doc: Doc) -> Iterator[_Found]:
    """ "the North" and "the South", which an article on Korea (or Sudan) uses for a state."""
    for token in doc:
        if token.text in ("North", "South") and token.i and token.nbor(-1).lower_ == "the":
            after = token.nbor(1) if token.i + 1 < len(doc) else None
            if after is None or (not after.text[:1].isupper() and after.text != "-"):
                yield _Found(token.idx, token.idx + len(token), "epithet", "", "direction")


def _nominals(doc: Doc, names: list[_Found]) -> Iterator[_Found]:
    covered = {position for name in names for position in range(name.start, name.end)}
    people = {name.start for name in names if name.ent_type == "PER"}
    for token in doc:
        if token.idx in covered or not token.text[:1].isalpha() or not actor_noun(token):
            continue
        if not _title_of_a_name(token, people) and not _idle(token):
            start, end = short_phrase(doc, token)
            yield _Found(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), "nominal", "", "actor noun")


def _title_of_a_name(token: Token, people: set[int]) -> bool:
    """ "President" in "President Putin", "Secretary" in "Secretary of State Colin Powell"."""
    for after in token.doc[token.i + 1 : token.i + 6]:
        if after.idx in people:
            return True
        if after.lower_ not in titles() and after.lower_ != "of":
            return False
    return False


def _idle(token: Token) -> bool:
    """Nouns that are no actor in this use: "in office", "by force", "the house of ...", "in part of"."""
    if token.lower_ in (
        "force",
        "office",
        "power",
        "school",
        "church",
        "house",
        "press",
        "state",
        "side",
        "head",
    ):
        return not any(
            child.dep_ in ("det", "amod", "compound", "nmod:poss", "poss") for child in token.children
        )
    return False


def _pronouns(doc: Doc) -> Iterator[_Found]:
    for token in doc:
        if token.lower_ in PRONOUNS and token.text != "US" and token.pos_ in ("PRON", "DET", ""):
            yield _Found(token.idx, token.idx + len(token), "pronoun", "", "pronoun")


def entry_of(mention: Mention) -> Entry | None:
    """The gazetteer's entry for a name; a capital counts only where it acts (form metonym)."""
    if mention.form in ("nominal", "pronoun") or (mention.ent_type == "PER" and mention.form == "name"):
        return None
    entry = lookup(mention.text)
    if entry is None or (entry.capital and mention.form != "metonym"):
        return None
    return None if entry.weak and mention.ent_type != "ORG" else entry
