"""Acts from sentences: every lexicon entry finds its own example, and no code comes without an actor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from etl.actors.mentions import actor_noun, find_mentions, nominal_mention
from etl.events import CodedAct, code, part_of, triggers
from etl.language.acts import Act, ActRole
from etl.lexicon import Entry, entries, match, outlooks, reports, supports
from etl.modes import cues
from etl.plover import CONTEXTS, EVENT_TYPES
from etl.standins import Actors
from etl.status import settle, status_of

ENTRIES = [
    entry for part in ("verb", "noun", "adjective") for some in entries(part).values() for entry in some
]
OUTLOOKS = [
    outlook for part in ("verb", "noun", "adjective", "modifier") for outlook in outlooks(part).values()
]
CUES = [cue for table in cues().values() for cue in table.values()]


def coded(doc: Doc, learned: bool = False) -> list[CodedAct]:
    """The acts of a parsed Doc, the doubtful ones too; by the lexicon alone unless `learned`."""
    if not learned and Doc.has_extension("acts"):
        doc._.acts = None
    mentions = find_mentions(doc)
    people = Actors(doc, 0, mentions, actor_noun, lambda d, token: nominal_mention(d, token, 0, 0, -1))
    return code(people, least_confidence=0.0)


@pytest.fixture(scope="module")
def parsed(nlp: Language) -> dict[str, Doc]:
    """All examples of the word lists, parsed in one go."""
    texts = list(_examples())
    return dict(zip(texts, nlp.pipe(texts), strict=True))


def _examples() -> Iterator[str]:
    for table in (ENTRIES, CUES, OUTLOOKS, reports().values()):
        yield from (row.example for row in table)
    yield from (row.example for some in supports().values() for row in some)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_every_entry_finds_its_example(entry: Entry, parsed: dict[str, Doc]) -> None:
    acts = coded(parsed[entry.example])
    wanted = {entry.event_type, settle(entry.event_type, "planned")[0]}
    found = [act for act in acts if act.trigger.entry == entry]
    assert found, f"not triggered; found {[(a.event_type, a.trigger.token.text) for a in acts]}"
    assert found[0].event_type in wanted
    assert found[0].source or found[0].target


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: f"{cue.event_type}-{cue.word}")
def test_every_cue_tells_its_mode_or_context(cue, parsed: dict[str, Doc]) -> None:
    acts = [act for act in coded(parsed[cue.example]) if act.event_type == cue.event_type]
    assert acts
    assert any(
        (not cue.mode or act.mode == cue.mode) and (not cue.context or cue.context in act.context)
        for act in acts
    )


@pytest.mark.parametrize(
    "support", [s for some in supports().values() for s in some], ids=lambda s: " ".join(s.words)
)
def test_a_support_verb_gives_its_subject_to_the_noun(support, parsed: dict[str, Doc]) -> None:
    acts = [act for act in coded(parsed[support.example]) if act.trigger.entry and act.source]
    assert any(part_of(act.trigger.token) == "noun" or len(act.trigger.entry.words) > 1 for act in acts)


@pytest.mark.parametrize("outlook", OUTLOOKS, ids=lambda o: f"{o.word}-{o.part}")
def test_every_outlook_colours_its_complement(outlook, parsed: dict[str, Doc]) -> None:
    words = [token for token in parsed[outlook.example] if match(token, part_of(token))]
    assert outlook.status in {status_of(word).status for word in words}


@pytest.mark.parametrize("report", reports().values(), ids=lambda r: r.cue)
def test_every_reporting_word_names_a_claimant(report, parsed: dict[str, Doc]) -> None:
    assert any(act.claimants for act in coded(parsed[report.example]))


def test_the_lists_cover_all_types_broadly() -> None:
    count = {name: sum(entry.event_type == name for entry in ENTRIES) for name in EVENT_TYPES}
    assert min(count.values()) >= 20, count
    assert len(ENTRIES) == len({(entry.part, entry.words, entry.event_type) for entry in ENTRIES})


def test_modes_and_contexts_are_plovers() -> None:
    for cue in CUES:
        assert cue.mode is None or cue.mode in EVENT_TYPES[cue.event_type].modes
        assert cue.context is None or cue.context in CONTEXTS


@pytest.mark.parametrize(
    "text",
    [
        "The weather in Lisbon was mild on Tuesday.",
        "Shares of the company rose by four percent.",
        "An earthquake of magnitude 6.1 shook the coast of Chile.",
        "The river rose after heavy rain.",
    ],
)
def test_no_act_means_no_event(text: str, nlp: Language) -> None:
    assert coded(nlp(text)) == []


def test_an_act_without_any_actor_is_left_out(nlp: Language) -> None:
    assert coded(nlp("The attack came at dawn.")) == []


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("The United States urged Iran to withdraw its troops.", 1),
        ("President Macron met President Xi and signed a trade agreement with China.", 2),
        ("Police arrested three men and killed two others.", 2),
        ("Israel launched an attack on Hezbollah.", 1),
    ],
)
def test_the_content_of_a_speech_act_is_no_event_of_its_own(text: str, n: int, nlp: Language) -> None:
    assert len(coded(nlp(text))) == n


def test_longest_pattern_wins(nlp: Language) -> None:
    doc = nlp("Police opened fire on protesters.")
    entry = match(doc[1], "verb")
    assert entry is not None
    assert entry.name == "verb:open+fire"


def test_a_learned_candidate_replaces_the_lexicons(nlp: Language) -> None:
    doc = nlp("France condemned Mali.")
    roles = (ActRole("source", 0, 1, 0.9), ActRole("target", 2, 3, 0.9))
    doc._.acts = (Act(1, 1, 2, "ACCUSE", 0.95, "happened", 0.99, roles, None, None),)
    found = triggers(doc)
    assert len(found) == 1
    assert found[0].act is not None
    act = coded(doc, learned=True)[0]
    assert (act.event_type, act.source[0].text, act.target[0].text) == ("ACCUSE", "France", "Mali")
    assert act.rule.startswith("encoder verb:condemn")
    assert 0.5 < act.confidence < 1


def learned_act(doc: Doc, word: str, event_type: str, share: float, *roles: ActRole) -> Act:
    """A learned candidate for `word`, sure that it happened."""
    number = next(token.i for token in doc if token.text == word)
    return Act(number, number, number + 1, event_type, share, "happened", 0.99, roles, None, None)


@pytest.mark.parametrize(("share", "event_type"), [(0.45, "REJECT"), (0.9, "REQUEST")])
def test_only_a_hesitant_type_gives_way_to_the_lexicons(share: float, event_type: str, nlp: Language) -> None:
    doc = nlp("Jordan called off a meeting with Israel.")
    doc._.acts = (learned_act(doc, "called", "REQUEST", share, ActRole("source", 0, 1, 0.9)),)
    act = next(act for act in coded(doc, learned=True) if act.trigger.token.text == "called")
    assert act.event_type == event_type


@pytest.mark.parametrize(("share", "names"), [(0.9, ["police"]), (0.1, [])])
def test_a_sure_learned_claimant_comes_with_its_cue(share: float, names: list[str], nlp: Language) -> None:
    doc = nlp("Gunmen killed two soldiers, police said.")
    roles = (ActRole("source", 0, 1, 0.9), ActRole("claimant", 5, 6, share))
    doc._.acts = (learned_act(doc, "killed", "ASSAULT", 0.9, *roles),)
    act = next(act for act in coded(doc, learned=True) if act.trigger.token.text == "killed")
    assert [mention.text for mention, _ in act.claimants] == names
    assert [cue for _, cue in act.claimants] == ["said"] * len(names)


def test_two_words_for_one_act_are_one_event(nlp: Language) -> None:
    doc = nlp("France imposed new restrictions on Mali.")
    source, target = ActRole("source", 0, 1, 0.9), ActRole("target", 5, 6, 0.9)
    doc._.acts = (
        learned_act(doc, "imposed", "SANCTION", 0.9, source),
        learned_act(doc, "restrictions", "SANCTION", 0.7, source, target),
    )
    [act] = coded(doc, learned=True)
    assert act.trigger.token.text == "imposed"
    assert [mention.text for mention in (*act.source, *act.target)] == ["France", "Mali"]


@pytest.mark.parametrize(
    ("text", "words", "kinds"),
    [
        ("Colombia detained and expelled Evo Morales.", ("detained", "expelled"), ("COERCE", "COERCE")),
        (
            "Colombia detained Evo Morales before expelling him.",
            ("detained", "expelling"),
            ("COERCE", "RETREAT"),
        ),
    ],
)
def test_joined_words_and_other_types_are_acts_of_their_own(
    text: str, words: tuple[str, str], kinds: tuple[str, str], nlp: Language
) -> None:
    doc = nlp(text)
    name = next(token.i for token in doc if token.text == "Evo")
    roles = (ActRole("source", 0, 1, 0.9), ActRole("target", name, name + 2, 0.9))
    doc._.acts = tuple(
        learned_act(doc, word, kind, 0.9, *roles) for word, kind in zip(words, kinds, strict=True)
    )
    assert [act.trigger.token.text for act in coded(doc, learned=True)] == list(words)


@pytest.mark.parametrize("pair", ["one another", "each other"])
def test_a_mutual_pronoun_is_no_participant(pair: str, nlp: Language) -> None:
    doc = nlp(f"Armenia and Azerbaijan attacked {pair}.")
    roles = tuple(
        ActRole(role, at, at + 1, 0.9) for role, at in (("source", 0), ("source", 2), ("target", 4))
    )
    doc._.acts = (learned_act(doc, "attacked", "ASSAULT", 0.9, *roles),)
    [act] = coded(doc, learned=True)
    assert [mention.text for mention in act.source] == ["Armenia", "Azerbaijan"]
    assert not act.target
    assert act.reciprocal
