"""Who stands where in a clause: one set of questions for UD parses and for OntoNotes/ClearNLP parses.

`arguments` undoes passives and relative clauses and follows control ("plans to meet", "was forced to
leave"), so that the coder's frames can speak of logical subjects and objects. Slots are `subject`, `object`,
`indirect`, `that` (who is to act in a complement clause), `content` (whom its act is about), `owner` (whose
the object is), `possessor`, `modifier` and, for prepositional phrases of the word or of its object, the
preposition in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

Arguments = dict[str, list[Token]]

PASSIVE_SUBJECT = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
ACTIVE_SUBJECT = frozenset({"nsubj", "csubj", "nsubj:outer"})
OBJECT = frozenset({"obj", "dobj"})
INDIRECT = frozenset({"iobj", "dative"})
AUXILIARY = frozenset({"aux", "aux:pass", "auxpass", "cop"})
PASSIVE_AUXILIARY = frozenset({"aux:pass", "auxpass"})
PREDICATE = frozenset({"acomp", "attr", "oprd"})
MODIFIER = frozenset({"compound", "amod", "nmod:desc", "nmod:unmarked", "nmod"})
BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "'s", "’s", "'re", "’re", "get", "got"})
OWNER = frozenset({"nmod:poss", "poss", "compound", "amod", "nmod:desc"})
COMPLEMENT = frozenset({"xcomp", "ccomp", "advcl"})
ABOUT = frozenset({"with", "to", "against", "on", "from", "into", "at"})
ADJACENT = frozenset({"between", "by", "of", "on", "against", "with", "from"})
NESTED = frozenset({"by", "with", "against", "on", "to", "between"})
RELATIVE = frozenset({"acl:relcl", "relcl", "advcl:relcl"})
OPEN_COMPLEMENT = frozenset({"xcomp", "ccomp"})
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "whose"})
PREPOSITIONAL = frozenset({"prep", "agent", "dative", "pcomp"})

# Verbs whose infinitive is done by their subject although an object stands between ("promised Rome to help").
SUBJECT_CONTROL = ("promis", "threat", "vow", "pledg", "us", "visit", "meet", "met", "join", "leav", "left")
# "called on Rome to stop": the infinitive is done by the noun after the preposition.
ADDRESSED = ("call", "appeal", "rel", "prevail")
# Gerunds after these are the deeds of the object: "accused Rome of hiding", "barred them from leaving".
OBJECT_GERUND = frozenset({"of", "from", "for", "with", "into", "over"})

MAX_STEPS = 6
"""How far a chain of control or coordination is followed; longer ones are mostly parse errors."""


def base(token: Token) -> str:
    """The dependency label without its UD subtype."""
    return token.dep_.partition(":")[0]


def children(token: Token, labels: frozenset[str]) -> list[Token]:
    """The dependents of `token` that carry one of `labels`, in text order."""
    return [child for child in token.children if child.dep_ in labels]


def obliques(token: Token) -> Iterator[tuple[str, Token]]:
    """(preposition, noun) for each prepositional phrase that depends on `token`."""
    for child in token.children:
        if base(child) in ("obl", "nmod"):
            preposition = _case(child)
            if preposition:
                yield preposition, child
        elif child.dep_ in PREPOSITIONAL:
            yield from _inside(child)


def _case(noun: Token) -> str:
    for child in noun.children:
        if child.dep_ == "case" and child.lower_ not in ("'s", "’s", "'", "’"):
            return " ".join([child.lower_, *(part.lower_ for part in child.children if part.dep_ == "fixed")])
    return "by" if noun.dep_ == "obl:agent" else ""


def _inside(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield preposition.lower_, child
        elif child.dep_ == "prep":
            for _, noun in _inside(child):
                yield f"{preposition.lower_} {child.lower_}", noun


def preposition_of(noun: Token) -> str:
    """The preposition that ties `noun` to its governor, '' where there is none."""
    if noun.dep_ == "pobj":
        return noun.head.lower_
    return _case(noun) if base(noun) in ("obl", "nmod") else ""


def governor(token: Token) -> Token:
    """The word that `token` depends on, past the preposition of a ClearNLP parse; the root's is itself."""
    head = token.head
    return head.head if token.dep_ in ("pobj", "pcomp") and head.dep_ in PREPOSITIONAL else head


def coordinated(token: Token) -> list[Token]:
    """`token` and what is joined to it by "and" and "or": the members of a compound actor."""
    members = [token]
    for child in token.children:
        if child.dep_ == "conj" and _nominal(child):
            members += coordinated(child)
    return members


def _nominal(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "X")


def first_conjunct(token: Token) -> Token:
    """The head of the coordination that `token` belongs to."""
    for _ in range(MAX_STEPS):
        if token.dep_ != "conj":
            break
        token = token.head
    return token


def verbal(token: Token) -> bool:
    """Whether `token` heads a clause of its own as a verb."""
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def passive(verb: Token) -> bool:
    """Whether the clause of `verb` is in the passive voice, reduced relative clauses included."""
    if any(child.dep_ in PASSIVE_AUXILIARY or child.dep_ in PASSIVE_SUBJECT for child in verb.children):
        return True
    reduced = verb.tag_ == "VBD" and verb.dep_ == "acl"
    if verb.tag_ == "VBN" and any(child.lower_ in BE and child.dep_ == "aux" for child in verb.children):
        return True
    if (verb.tag_ != "VBN" and not reduced) or any(
        child.dep_ in ACTIVE_SUBJECT or child.dep_ == "aux" for child in verb.children
    ):
        return False
    if verb.dep_ == "conj" and verbal(verb.head):
        return passive(verb.head)
    return verb.dep_ in ("acl", "amod", "advcl", "xcomp", "ROOT", "parataxis", "dep") and not children(
        verb, OBJECT
    )


def arguments(predicate: Token) -> Arguments:
    """The logical arguments of a verb, an adjective or an event noun by slot, heads only."""
    return _of_verb(predicate) if verbal(predicate) else _of_noun(predicate)


def _of_verb(verb: Token) -> Arguments:
    found: Arguments = {}
    for child in verb.children:
        if child.dep_ in OBJECT:
            found.setdefault("object", []).append(child)
        elif child.dep_ in INDIRECT and child.pos_ != "ADP":
            found.setdefault("indirect", []).append(child)
    for preposition, noun in obliques(verb):
        found.setdefault(preposition, []).append(noun)
    _add_surface_subject(verb, found)
    _add_gap(verb, found)
    _share_object(verb, found)
    _add_object_phrases(found)
    _add_complement(verb, found)
    return found


def _add_surface_subject(verb: Token, found: Arguments) -> None:
    subjects = surface_subjects(verb)
    if not passive(verb):
        found["subject"] = subjects
        if "object" not in found:
            # Two subjects, one on either side: the parser took the object for one.
            late = [child for child in verb.children if child.dep_ in ACTIVE_SUBJECT and child.i > verb.i]
            if late and any(token.i < verb.i for token in subjects):
                found["object"] = late
        return
    found["subject"] = found.pop("by", [])
    # "was given aid", "were denied entry": the person is the indirect object, the thing the object.
    slot = "indirect" if "object" in found else "object"
    found[slot] = subjects


def _add_gap(verb: Token, found: Arguments) -> None:
    """The antecedent of a relative clause fills the place that its clause leaves empty."""
    if verb.dep_ not in RELATIVE or any(_is_relative(token) for token in found["subject"]):
        return
    if "object" not in found and not passive(verb) and verb.head not in found["subject"]:
        found["object"] = [verb.head]


def _share_object(verb: Token, found: Arguments) -> None:
    """ "attacked and killed soldiers": the first verb shares the object of the second."""
    if "object" in found or passive(verb):
        return
    for child in verb.children:
        if child.dep_ == "conj" and verbal(child):
            shared = children(child, OBJECT)
            if shared and child.i - verb.i == 2:
                found["object"] = shared


def _add_object_phrases(found: Arguments) -> None:
    """ "signed a deal with China", "froze Iran's assets": phrases may hang on the object."""
    owners: list[Token] = []
    for noun in found.get("object", ()):
        if noun.pos_ != "NOUN":
            continue
        for preposition, token in obliques(noun):
            found.setdefault(preposition, []).append(token)
        owners += [child for child in noun.children if child.dep_ in OWNER and child.pos_ != "PRON"]
    if owners:
        found["owner"] = owners


def _add_complement(verb: Token, found: Arguments) -> None:
    """ "called for Israel to stop", "agreed to meet Putin": who is to act, and whom that act is about."""
    for clause in verb.children:
        if clause.dep_ not in COMPLEMENT or not verbal(clause) or clause.i < verb.i:
            continue
        own = children(clause, ACTIVE_SUBJECT) or children(clause, PASSIVE_SUBJECT)
        found.setdefault("that", []).extend(own)
        if not own or found["subject"] == own:
            about = children(clause, INDIRECT) or children(clause, OBJECT)
            about += [noun for preposition, noun in obliques(clause) if preposition in ABOUT]
            about += [noun for thing in about for name, noun in obliques(thing) if name in ABOUT]
            found.setdefault("content", []).extend(about)


def surface_subjects(verb: Token, steps: int = MAX_STEPS) -> list[Token]:
    """The grammatical subjects of `verb`, followed through control, conjunction and relative clauses."""
    own = [child for child in verb.children if child.dep_ in ACTIVE_SUBJECT or child.dep_ in PASSIVE_SUBJECT]
    if own:
        before = [token for token in own if token.i < verb.i]
        return [antecedent(token) for token in before or own]
    if steps == 0 or verb.head is verb:
        return []
    return _controllers(verb, steps - 1)


def _controllers(verb: Token, steps: int) -> list[Token]:
    head = governor(verb)
    if verb.dep_ in RELATIVE:
        return [head]
    if verb.dep_ in ("acl", "amod"):
        return _of_adnominal(verb, head, steps)
    if verb.dep_ in PREDICATE or verb.dep_ == "conj":
        return surface_subjects(head, steps)
    if verb.dep_ in OPEN_COMPLEMENT or verb.dep_ in (
        "advcl",
        "pcomp",
        "prep",
        "acl:relcl",
        "parataxis",
        "dep",
    ):
        return _controlled_by(verb, head, steps)
    return []


def _of_adnominal(verb: Token, noun: Token, steps: int) -> list[Token]:
    if verb.tag_ in ("VBN", "VBG", "VBD") or verb.dep_ == "amod":
        return [noun]
    # An infinitive after a noun ("a plan to visit") is done by whoever has the plan.
    return holders(noun, steps) or [noun]


def holders(noun: Token, steps: int = MAX_STEPS) -> list[Token]:
    """Who has or does what an abstract noun names: its possessor, else the subject of its verb."""
    owners = [child for child in noun.children if child.dep_ in ("nmod:poss", "poss")]
    owners += [token for preposition, token in obliques(noun) if preposition in ("by", "from", "of")]
    if owners or steps == 0:
        return owners
    head = governor(noun)
    if verbal(head) and noun.dep_ not in ACTIVE_SUBJECT and noun.dep_ not in PASSIVE_SUBJECT:
        return surface_subjects(head, steps - 1)
    return []


def _controlled_by(verb: Token, head: Token, steps: int) -> list[Token]:
    if not verbal(head):
        return surface_subjects(head, steps) if head.pos_ == "ADJ" else holders(head, steps)
    objects = children(head, INDIRECT) or children(head, OBJECT)
    if (
        objects
        and not passive(head)
        and not head.lower_.startswith(SUBJECT_CONTROL)
        and _object_controls(verb)
    ):
        return [antecedent(token) for token in objects]
    asked = [
        noun
        for preposition, noun in obliques(head)
        if preposition in ("on", "upon", "to") and _infinitive(verb)
    ]
    if asked and verb.i > asked[0].i and head.lower_.startswith(ADDRESSED):
        return asked
    return surface_subjects(head, steps)


def _object_controls(verb: Token) -> bool:
    markers = [child.lower_ for child in verb.children if child.dep_ in ("mark", "case")]
    if verb.dep_ == "pcomp":
        markers.append(verb.head.lower_)
    if verb.dep_ in OPEN_COMPLEMENT:
        return True
    return any(marker in OBJECT_GERUND for marker in markers)


def _infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.i < verb.i for child in verb.children)


def _is_relative(token: Token) -> bool:
    return token.lower_ in RELATIVE_PRONOUNS and token.tag_ in ("WDT", "WP", "WP$")


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token stands for itself."""
    if not _is_relative(token):
        return token
    clause = token
    for _ in range(MAX_STEPS):
        if clause.dep_ in RELATIVE:
            return clause.head
        if clause.head is clause:
            break
        clause = clause.head
    return _noun_before(token)


def _noun_before(token: Token) -> Token:
    """Where the parse does not say it: the noun right before the pronoun, past a comma; else the pronoun."""
    for back in (1, 2):
        if token.i < back:
            break
        before = token.nbor(-back)
        if before.pos_ in ("NOUN", "PROPN"):
            return before
        if not before.is_punct:
            break
    return token


def _of_noun(noun: Token) -> Arguments:
    found: Arguments = {}
    for child in noun.children:
        if child.dep_ in ("nmod:poss", "poss"):
            found.setdefault("possessor", []).append(child)
        elif child.dep_ in MODIFIER and child.i < noun.i and not _case(child):
            found.setdefault("modifier", []).append(child)
    for preposition, token in obliques(noun):
        found.setdefault(preposition, []).append(token)
    _add_adjacent_phrase(noun, found)
    _add_nested_phrases(found)
    found["subject"] = _predicate_subject(noun) or _doer(noun)
    return found


def _add_adjacent_phrase(noun: Token, found: Arguments) -> None:
    """ "talks between Iran and Iraq took place": the phrase right after the noun is its own."""
    if noun.i + 1 >= len(noun.doc):
        return
    after = noun.nbor(1)
    if after.dep_ == "case" and after.head.i > after.i and after.lower_ in ADJACENT:
        found.setdefault(after.lower_, [after.head])


def _add_nested_phrases(found: Arguments) -> None:
    """ "the trial of the mayor by a court": the second phrase may hang on the first one's noun."""
    for token in [token for tokens in found.values() for token in tokens]:
        for preposition, inner in obliques(token):
            if preposition in NESTED and preposition not in found:
                found[preposition] = [inner]


def _predicate_subject(word: Token) -> list[Token]:
    """The subject of a copula clause whose predicate is `word` ("is ready", "were critical")."""
    own = [child for child in word.children if child.dep_ in ACTIVE_SUBJECT or child.dep_ in PASSIVE_SUBJECT]
    if own:
        return [antecedent(token) for token in own]
    if word.dep_ in PREDICATE or (word.pos_ == "ADJ" and word.dep_ in ("xcomp", "conj", "advcl", "acl")):
        return surface_subjects(governor(word), MAX_STEPS - 1) or _controllers(word, MAX_STEPS - 1)
    return []


def _doer(noun: Token) -> list[Token]:
    """ "an attack carried out by rebels": the agent of a participle that hangs on the noun."""
    doers: list[Token] = []
    for child in noun.children:
        if child.dep_ in ("acl", "acl:relcl", "relcl") and verbal(child) and passive(child):
            doers += [token for preposition, token in obliques(child) if preposition == "by"]
    return doers
