"""Questions to a clause that are the same for UD parses and for OntoNotes/ClearNLP parses.

Who governs a word and by which preposition, who is joined to it, whether a clause is passive, and who its
grammatical subject is when that stands elsewhere: relative clauses, joined verbs, control ("plans to meet",
"was forced to leave").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

PASSIVE_SUBJECT = frozenset({"nsubj:pass", "nsubjpass", "csubj:pass", "csubjpass"})
ACTIVE_SUBJECT = frozenset({"nsubj", "csubj", "nsubj:outer"})
OBJECT = frozenset({"obj", "dobj"})
INDIRECT = frozenset({"iobj", "dative"})
AUXILIARY = frozenset({"aux", "aux:pass", "auxpass", "cop"})
PASSIVE_AUXILIARY = frozenset({"aux:pass", "auxpass"})
PREDICATE = frozenset({"acomp", "attr", "oprd"})
BE = frozenset({"is", "are", "was", "were", "been", "being", "be", "'s", "’s", "'re", "’re", "get", "got"})
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
            preposition = case_of(child)
            if preposition:
                yield preposition, child
        elif child.dep_ in PREPOSITIONAL:
            yield from _inside(child)


def case_of(noun: Token) -> str:
    """The preposition that stands as a UD case mark on `noun`, fixed ones as a whole; '' without one."""
    for child in noun.children:
        if child.dep_ == "case" and child.lower_ not in ("'s", "’s", "'", "’"):
            if child.lower_ == "to" and child.i and child.nbor(-1).lower_ == "according":
                return "according to"  # whatever the parse hung its first word on
            return " ".join([child.lower_, *(part.lower_ for part in child.children if part.dep_ == "fixed")])
    return "by" if noun.dep_ == "obl:agent" else _fixed_before(noun)


def _fixed_before(noun: Token) -> str:
    """ "according to" right before a noun that the parse hung on the noun's head: it belongs to the noun."""
    last = noun.left_edge.i - 1
    if last < 1 or noun.doc[last].dep_ != "fixed" or noun.doc[last].head.i != last - 1:
        return ""
    first = noun.doc[last - 1]
    return f"{first.lower_} {noun.doc[last].lower_}" if first.head.i == noun.head.i else ""


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
    return case_of(noun) if base(noun) in ("obl", "nmod") else ""


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


def verbal(token: Token) -> bool:
    """Whether `token` heads a clause of its own as a verb."""
    if token.pos_ not in ("VERB", "AUX") and not token.tag_.startswith("VB"):
        return False
    # "a protest", "heavy fighting": right after its article or adjective it is a noun, whatever its tag.
    return not any(child.dep_ in ("det", "amod") and child.i == token.i - 1 for child in token.children)


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


def surface_subjects(verb: Token, steps: int = MAX_STEPS) -> list[Token]:
    """The grammatical subjects of `verb`, followed through control, conjunction and relative clauses."""
    own = [child for child in verb.children if child.dep_ in ACTIVE_SUBJECT or child.dep_ in PASSIVE_SUBJECT]
    # Of several subjects before it the nearest is the verb's: the others stand in apposition, or belong
    # to a clause that this one interrupts ("Rebels, the army said, fled").
    before = [token for token in own if token.i < verb.i][-1:]
    if before or (own and not _infinitive(verb)):  # "to call on them to leave": they do not call
        return [antecedent(token) for token in before or own]
    if steps == 0 or verb.head is verb:
        return []
    return controllers(verb, steps - 1)


def controllers(verb: Token, steps: int) -> list[Token]:
    """Who does what a verb without a subject of its own says."""
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


def is_relative(token: Token) -> bool:
    """Whether `token` is a relative pronoun."""
    return token.lower_ in RELATIVE_PRONOUNS and token.tag_ in ("WDT", "WP", "WP$")


def antecedent(token: Token) -> Token:
    """What a relative pronoun stands for; any other token stands for itself."""
    if not is_relative(token):
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
