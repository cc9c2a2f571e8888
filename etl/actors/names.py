"""Names as strings: when do two of them name one actor? Nothing here looks at a text or at a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from etl.gazetteer import Entry, find, fold, lookup, plain, rows, slug, titles
from etl.words import words

_SUFFIXES = words(
    "inc incorporated corp corporation co company ltd limited plc llc nv sa ag gmbh spa sas se group holdings"
)
_SMALL = words("of the and for in on de la le del da di du des et y a an to with at")
_PARTICLES = words("al el bin ibn ben abu van von der den de da di del della dos la le ter ten af bint ul ud")
_NUMERALS = words("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi")
GENERATION = words("jr sr") | _NUMERALS
"""Last parts of a name that tell namesakes apart, folded."""


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a name: `ent_type` is PER, ORG, LOC, NORP or '' (unknown)."""

    text: str
    ent_type: str


def bare(text: str, ent_type: str = "") -> str:
    """The name without article, possessive ending and, for people, without what stands before it: titles
    ("Dr. Ana Soto") and offices with their bodies ("Apple Inc. CEO and co-founder Steve Jobs")."""
    words = re.sub(r"['’]s?$", "", text.strip()).split()
    while len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    if ent_type == "PER":
        words = words[_after_office(words) :]
        while len(words) > 1 and words[0].lower().strip(",") in titles():
            words = words[1:]
    return " ".join(words)


def _after_office(words: list[str]) -> int:
    """How many words an office takes up that a name of two words or more follows; 0 without one."""
    for number in range(len(words) - 2, 0, -1):
        if words[number - 1].lower().strip(",.") in _OFFICES and all(w[:1].isupper() for w in words[number:]):
            return number
    return 0


_OFFICES = words(
    "ceo cfo coo cto chairman chairwoman chief president minister premier chancellor secretary ambassador"
    " spokesman spokeswoman spokesperson director founder co-founder executive officer analyst adviser"
    " advisor senator commissioner negotiator envoy leader governor mayor commander coach author professor"
)


def surname(folded: str) -> str:
    """The last part of a folded full name with its particles: "ursula von der leyen" -> "von der leyen"."""
    words = [word for word in folded.split() if word not in GENERATION]
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def middle(folded: str) -> tuple[str, ...]:
    """The parts between the first and the surname: "jair messias bolsonaro" -> ("messias",)."""
    return tuple(folded.removesuffix(surname(folded)).split()[1:])


def may_be_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two persons with the same first name and surname can be one by their middle names: those that
    both have are equal, or the initial of each other, in their order ("w" and "h w" are not).
    """
    return all(_same_given(a, b) for a, b in zip(one, other, strict=False))


def initials(text: str) -> str:
    """The letters an acronym of this name would have: "Movement for Democratic Change" -> "MDC"."""
    words = [word for word in re.split(r"[\s\-–/]+", plain(text)) if word and word.lower() not in _SMALL]
    return "".join(word[0] for word in words if word[0].isalpha()).upper()


def acronym(text: str) -> bool:
    """Whether the text looks like an acronym ("IAEA", "U.N.", "YPG")."""
    letters = text.replace(".", "")
    return (
        2 <= len(letters) <= 8 and letters.isalnum() and sum(c.isupper() for c in letters) > len(letters) / 2
    )


def stands_for(short: str, full: str) -> bool:
    """Whether the acronym `short` can stand for `full`: all its initials, with or without small words."""
    letters = short.replace(".", "").upper()
    return len(letters) > 1 and letters in (initials(full), _every_initial(full))


def _every_initial(text: str) -> str:
    return "".join(word[0] for word in re.split(r"[\s\-–/]+", plain(text)) if word[:1].isalpha()).upper()


def generic(text: str) -> bool:
    """Whether many states have a body of this name: "Ministry of Health", "Green Party", "House"."""
    return all(word in _generic_words() or word in _SMALL for word in fold(text).split())


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("generic_words"))


def state_and_body(text: str) -> tuple[Entry, str] | None:
    """The state in the name of a body and the rest of it: "U.S. Geological Survey", "Supreme Court of India".

    None without a state, and where too little is left ("American Airlines", "Bank of America").
    """
    found = [match for match in find(text) if match.entry.kind == "country" and not match.entry.capital]
    if not found:
        return None
    first, last = found[0], found[-1]
    rest = text[first.end :]
    if first.start == 0 and rest[:1] == " " and (rest.count(" ") > 1 or generic(rest) or lookup(rest)):
        return first.entry, rest.strip()
    before = _OF.search(text[: last.start])
    if last.end == len(text) and before and generic(rest := text[: before.start()]):
        return (last.entry, rest) if " " in rest or rest in _RULING else None
    return None


_OF = re.compile(r"\sof\s(?:the\s)?$")
_RULING = ("Government", "Parliament", "Senate")


def body_slug(text: str) -> str:
    """The part of a key for a body of some state, whose ministries have two names: "Ministry of Defense" and
    "Defence Ministry" are one.
    """
    folded = " ".join(_BRITISH.get(word, word) for word in fold(text).split())
    folded = folded.replace("foreign affairs", "foreign")
    turned = _MINISTRY.fullmatch(folded)
    return slug(f"{turned[2]} {turned[1]}" if turned else folded)


_BRITISH = {"defense": "defence", "labor": "labour"}
_MINISTRY = re.compile(r"(ministry|department) (?:of|for) (?:the )?(.+)")


_ADMINISTRATION = re.compile(r"\s?(?:administration|campaign|presidency)\b")


def led_by(text: str, behind: str) -> str | None:
    """The surname in "Obama administration", given a name and the text behind it; None if it names nobody."""
    name, _, rest = text.partition(" ")
    if not _ADMINISTRATION.match(rest or behind):
        return None
    named = name.isalpha() and name[0].isupper() and lookup(name) is None and not generic(name)
    return name if named else None


def core(folded: str) -> str:
    """A folded organisation name without what law adds to it ("airbus sas" -> "airbus")."""
    words = folded.split()
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    return " ".join(words)


def part_of_person(short: str, full: str) -> bool:
    """Whether a folded short name can be the person of a folded full name.

    Surname or family name at either end, surname with particles, a first name with an initial, a middle
    name left out ("george bush", "george w bush").
    """
    few, many = short.split(), [word for word in full.split() if word not in GENERATION]
    if len(few) >= len(many) or not few:
        return False
    if len(few) == 1:
        return few[0] in (many[0], many[-1])
    if few[-1] == many[-1] and _same_given(few[0], many[0]):
        return True
    return few == many[-len(few) :] or few == many[: len(few)]


def _same_given(one: str, other: str) -> bool:
    return one == other or ((len(one) == 1 or len(other) == 1) and one[0] == other[0])


def part_of_body(short: str, full: str) -> bool:
    """Whether a folded short form can be the organisation of a folded full name: its first or last words."""
    few, many = core(short).split(), core(full).split()
    if not few or len(few) >= len(many) or all(word in _SMALL for word in few):
        return False
    return many[: len(few)] == few or many[-len(few) :] == few


def same_person(one: str, other: str) -> bool:
    """Whether two folded full names are one person's: equal letters, an initial, one middle name more."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    few, many = sorted((one.split(), other.split()), key=len)
    if len(few) < 2 or few[-1] != many[-1]:
        return sorted(few) == sorted(many) and len(few) > 1
    return _same_given(few[0], many[0]) and _subsequence(few[1:-1], many[1:-1])


def _subsequence(few: Sequence[str], many: Sequence[str]) -> bool:
    rest = iter(many)
    return all(any(_same_given(word, other) for other in rest) for word in few)


def groups(names: Sequence[Name], defined: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """For every name of one article, in text order: the name that heads its group, and the rule.

    `defined` holds acronyms that the text itself explains (acronym -> full name); they come before the
    gazetteer's. A short form that fits two different names stays alone with the rule "ambiguous".
    """
    return _Grouping(names, defined or {}).run()


class _Grouping:
    """State of one call of `groups`: which distinct names there are, and what each was led to."""

    def __init__(self, names: Sequence[Name], defined: dict[str, str]) -> None:
        self.names = [Name(bare(name.text, name.ent_type), name.ent_type) for name in names]
        self.defined = {fold(short): full for short, full in defined.items()}
        self.kinds: dict[str, str] = {}
        self.first: dict[str, str] = {}
        for name in self.names:
            folded = fold(name.text)
            self.first.setdefault(folded, name.text)
            if self.kinds.get(folded, "") in ("", "LOC", "NORP"):
                self.kinds[folded] = name.ent_type
        self.with_word: dict[str, list[str]] = {}
        self.with_initials: dict[str, list[str]] = {}
        for folded, text in self.first.items():
            for word in {*folded.split(), _glued(folded)}:
                self.with_word.setdefault(word, []).append(folded)
            for letters in {initials(text), _every_initial(text)}:
                self.with_initials.setdefault(letters, []).append(folded)

    def run(self) -> list[tuple[str, str]]:
        decided: dict[Name, tuple[str, str]] = {}
        for name in self.names:
            if name not in decided:
                decided[name] = self._head(name)
        onward = {name.text: head for name, (head, _) in decided.items()}
        return [self._follow(onward, *decided[name]) for name in self.names]

    @staticmethod
    def _follow(onward: dict[str, str], head: str, rule: str) -> tuple[str, str]:
        seen: set[str] = set()
        while head in onward and head not in seen:
            seen.add(head)
            head = onward[head]
        return head, rule

    def _head(self, name: Name) -> tuple[str, str]:
        folded = fold(name.text)
        if folded in self.defined:
            full = bare(self.defined[folded])
            entry = lookup(full)
            return entry.name if entry else full, "acronym defined in the text"
        if name.ent_type == "PER":
            return self._person(name.text, folded)
        entry = lookup(name.text)
        if entry and not entry.capital and not (entry.weak and name.ent_type != "ORG"):
            return entry.name, f"gazetteer {entry.form}"
        return self._body(name, folded)

    def _choose(self, text: str, found: Iterable[str], rule: str) -> tuple[str, str] | None:
        heads = sorted(set(found))
        if not heads:
            return None
        return (self.first[heads[0]], rule) if len(heads) == 1 else (text, "ambiguous " + rule)

    def _sharing(self, folded: str, kinds: tuple[str, ...]) -> list[str]:
        """Other names of these kinds that share a word with this one, or are it without blanks."""
        words = {*folded.split(), _glued(folded)}
        found = {other for word in words for other in self.with_word.get(word, ())}
        return sorted(other for other in found if other != folded and self.kinds[other] in kinds)

    def _person(self, text: str, folded: str) -> tuple[str, str]:
        fuller = self._sharing(folded, ("PER",))
        last = [other for other in fuller if surname(other) == folded or other.split()[-1] == folded]
        whole = [other for other in fuller if part_of_person(folded, other)]
        same = [other for other in fuller if " " in folded and same_person(folded, other)]
        longest = _longest([*same, folded])
        return (
            self._choose(text, _widest(last), "surname")
            or self._choose(text, _widest(whole), "part of a full name")
            or ((self.first[longest], "variant of a full name") if longest != folded else (text, "name"))
        )

    def _body(self, name: Name, folded: str) -> tuple[str, str]:
        bodies = ("ORG", "LOC", "NORP", "")
        if acronym(name.text):
            letters = name.text.replace(".", "").upper()
            long = [o for o in self.with_initials.get(letters, ()) if o != folded and self.kinds[o] in bodies]
            chosen = self._choose(name.text, long, "acronym")
            if chosen:
                return chosen
        others = self._sharing(folded, bodies)
        same = [other for other in others if core(other) == core(folded) or _glued(other) == _glued(folded)]
        if same and _longest([*same, folded]) != folded:
            return self.first[_longest(same)], "variant of a name"
        if name.ent_type in ("ORG", ""):
            fits = [o for o in others if self.kinds[o] in ("ORG", "") and part_of_body(folded, o)]
            return self._choose(name.text, _outer(fits), "short form") or (name.text, "name")
        return name.text, "name"


def _widest(found: list[str]) -> list[str]:
    """Drop names that are themselves short or variant forms of another one found."""
    kept: list[str] = []
    for other in sorted(found, key=lambda folded: (-len(folded), folded)):
        if not any(part_of_person(other, wide) or same_person(other, wide) for wide in kept):
            kept.append(other)
    return kept


def _longest(found: Iterable[str]) -> str:
    return min(found, key=lambda folded: (-len(folded), folded))


def _outer(fits: list[str]) -> list[str]:
    return [one for one in fits if not any(part_of_body(one, other) for other in fits)]


def _glued(folded: str) -> str:
    return folded.replace(" ", "")


_SOUNDS = (
    ("tsch", "c"), ("tch", "c"),
    ("sch", "s"), ("ch", "c"), ("ck", "k"), ("kh", "k"), ("gh", "g"), ("q", "k"), ("dj", "j"), ("dzh", "j"),
    ("zh", "z"), ("ph", "f"), ("th", "t"), ("sh", "s"), ("ou", "u"), ("oo", "u"), ("ee", "i"),
    ("iy", "i"), ("yy", "i"), ("ii", "i"), ("ey", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("y", "i"),
    ("w", "v"),
    ("ie", "i"), ("o", "u"), ("e", "a"),
)  # fmt: skip


def skeleton(folded: str, *, person: bool) -> str:
    """What spellings of one name share: "volodymyr zelenskyy" and "volodymyr zelensky", "al-Sadr" and "Sadr".

    A short list of letters that romanisations write in different ways, double letters single, blanks out. Of
    people only the letters count, not their order: "Ichiyo Higuchi" is "Higuchi Ichiyo", "Jong Un" "Jongun".
    Of bodies company endings are left out.
    """
    if not person:
        return core(folded).replace(" ", "")
    parts = [part for part in folded.split() if part not in ("al", "el")] or folded.split()
    return "".join(sorted("".join(sound(part) for part in parts)))


def heard(folded: str) -> str | None:
    """What two full names share whose given names are one name in two romanisations: "benjamin netanyahu",
    "binyamin netanyahu".

    The sound of the surname, and of the given names the first letters, the consonants and how many vowels.
    None where that says too little: short given names differ by their vowels ("Hasan", "Husain"), and
    numbers tell namesakes apart.
    """
    last = surname(folded)
    given = [sound(part[:1] + part[1:].replace("j", "y")) for part in folded.removesuffix(last).split()]
    if folded.split()[-1] in GENERATION or sum(len(_VOWELS.sub("", part)) for part in given) < _CONSONANTS:
        return None
    told = (f"{part[0]}{_VOWELS.sub('', part[1:])}{len(_VOWELS.findall(part))}" for part in given)
    return " ".join((*told, sound(last)))


_VOWELS = re.compile("[aeiou]+")
_CONSONANTS = 4


def sound(word: str) -> str:
    """A word with the letters that romanisations write in different ways made one, double letters single."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1+", r"\1", word)
