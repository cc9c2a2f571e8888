"""The pipeline in models/: trees, sentence ends, determinism, long sentences, and the parts it is made of."""

from __future__ import annotations

import itertools
import random
import shutil

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from etl.annotate import DEFAULT
from etl.language.acts import EVENT_TYPES, ROLES, STATUSES
from etl.language.encoder import triggers
from etl.language.lemmas import Lemmas, apply_script, edit_script
from etl.language.parts import parts
from etl.language.pieces import shape_of
from etl.language.spans import best_spans
from etl.language.trees import best_tree
from etl.plover import EVENT_STATUSES
from etl.plover import EVENT_TYPES as PLOVER

SENTENCES = [
    "The prime minister of Norland met the Kestrian president in Valdero on Tuesday.",
    "Rebels shelled the port of Ostrava before dawn, killing two sailors.",
    "Talks will resume next week, the ministry said.",
    "U.S. officials denied the report.",
    "Germany and Poland signed the pact.",
    "Police detained forty protesters outside the parliament in Tbilisi.",
    "“We reject these demands,” said Foreign Minister Ada Thorn.",
    "Strike.",
]


def reading(doc: Doc) -> list[tuple]:
    """All that the pipeline said about each token, positions counted from the sentence's start."""
    first = doc[0].i
    tokens = [
        (t.text, t.pos_, t.tag_, str(t.morph), t.lemma_, t.dep_, t.head.i - first, t.ent_type_) for t in doc
    ]
    acts = [
        (a.start, a.end, a.event_type, a.type_probability, a.status, a.status_probability, a.roles)
        for a in doc._.acts
    ]
    return [*tokens, *acts]


def test_sentence_does_not_depend_on_its_neighbours(nlp: Language):
    """Alone, in any order, in any shard: the same reading to the last bit."""
    alone = {text: reading(nlp(text)) for text in SENTENCES}
    shuffled = random.Random(3).sample(SENTENCES, len(SENTENCES))
    for size in (1, 3, len(SENTENCES)):
        shards = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
        again = {doc.text: reading(doc) for shard in shards for doc in nlp.pipe(shard)}
        assert again == alone


def test_sentences_read_together_as_alone(nlp: Language):
    together = nlp("\n\n".join(SENTENCES))
    sentences = [[t for t in sentence if not t.is_space] for sentence in together.sents]
    assert [sentence[0].sent.text.strip() for sentence in sentences] == SENTENCES
    for text, sentence in zip(SENTENCES, sentences, strict=True):
        alone = [(t.text, t.tag_, t.dep_, t.head.text, t.ent_type_) for t in nlp(text)]
        assert [(t.text, t.tag_, t.dep_, t.head.text, t.ent_type_) for t in sentence] == alone


@pytest.mark.parametrize(
    "text", [*SENTENCES, "?", "1.\n\n2.", "  \n", "a " * 3 + "\n" * 5, "\u200b", "🙂 🙂", "x" * 900]
)
def test_every_sentence_is_one_tree(nlp: Language, text: str):
    doc = nlp(text)
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head == token]
        assert len(roots) == 1
        assert roots[0].dep_ == "ROOT"
        assert all(token.dep_ and token.dep_ != "ROOT" for token in sentence if token != roots[0])
        assert all(
            token.head.sent == sentence and roots[0] in (token, *token.ancestors) for token in sentence
        )
    assert doc.text == text


def test_reads_grammar_names_and_lemmas(nlp: Language):
    doc = nlp("Vladimir Putin visited China in May.")
    visited = doc[2]
    assert (visited.pos_, visited.tag_, visited.lemma_, visited.dep_) == ("VERB", "VBD", "visit", "ROOT")
    assert visited.morph.get("Tense") == ["Past"]
    assert {token.dep_ for token in visited.children} >= {"nsubj", "obj", "obl"}
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Vladimir Putin", "PER"), ("China", "LOC")]


def test_reports_the_act_with_its_roles(nlp: Language):
    doc = nlp("Russian forces bombed the Ukrainian city of Kharkiv on Monday, officials said.")
    act = max(doc._.acts, key=lambda act: act.type_probability)
    assert (act.event_type, act.status, doc[act.token].text) == ("ASSAULT", "happened", "bombed")
    assert act.type_probability > 0.5
    assert any(role.role == "source" and "forces" in doc[role.start : role.end].text for role in act.roles)
    assert act.time is not None
    assert doc[act.time.start : act.time.end].text.endswith("Monday")


def test_acts_use_the_treaty_s_words():
    assert sorted(EVENT_TYPES) == sorted(PLOVER)
    assert STATUSES == EVENT_STATUSES
    assert set(ROLES) == {"source", "target", "claimant", "time", "place"}


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("He met U.S. President Hale on Sept. 4 in Riga. They talked.", ["He", "They"]),
        ("Mr. Orlov left. Gen. Petrov stayed in Geneva until Jan. 5.", ["Mr.", "Gen."]),
        ("“We will not go,” she said. “Never.” Then she left.", ["“", "“", "Then"]),
        (" date 2023-09-07 Envoys left for Seoul. More will follow.", ["date", "Envoys", "More"]),
        ("Visiting envoy Tarek Marwan pledged help, and rebels freed Army Specialist Jo Dell.", ["Visiting"]),
        ('The ministry called it "very low." It did not say why.', ["The", "It"]),
        ("MOSCOW, July 17 (Corvane) - Envoys left for Seoul.", ["MOSCOW", "Envoys"]),
        ("Ceasefire collapses in the north\n\nFighting resumed on Friday.", ["Ceasefire", "Fighting"]),
        ("The talks, which began on\nMonday, were called off.", ["The"]),
    ],
)
def test_sentence_ends(nlp: Language, text: str, starts: list[str]):
    found = [next(t.text for t in sentence if not t.is_space) for sentence in nlp(text).sents]
    assert found == starts


def test_long_sentence_is_cut_not_dropped(nlp: Language):
    clause = (
        "the delegation of the northern province met the ministers of the southern province in the old town"
    )
    text = "; ".join([clause] * 60) + "."
    doc = nlp(text)
    assert all(token.dep_ and token.tag_ for token in doc)
    assert len(list(doc.sents)) == 1
    later = [token for token in doc if token.dep_ == "parataxis"]
    assert later
    assert sum(token.text == "met" and token.pos_ == "VERB" for token in doc) == 60


@pytest.mark.parametrize("most", [5, 9, 40])
def test_parts_cover_all_words_within_the_limit(most: int):
    sentence = "We met , and they left ; it rained for days while nobody came to see us"
    words = sentence.split()
    sizes = [1 + len(word) % 3 for word in words]
    found = parts(words, sizes, most)
    assert [word for start, end in found for word in words[start:end]] == words
    assert all(sum(sizes[start:end]) <= most for start, end in found)


def test_part_ends_at_a_clause():
    words = ["They", "met", "on", "Monday", "in", "Riga", ",", "then", "they", "all", "went", "home"]
    assert parts(words, [1] * len(words), 9)[0] == (0, 7)


def trees(size: int):
    for heads in itertools.product(range(-1, size), repeat=size):
        if heads.count(-1) == 1 and all(_arrives(heads, word) for word in range(size)):
            yield np.array(heads)


def _arrives(heads: tuple[int, ...], word: int) -> bool:
    for _ in heads:
        word = heads[word]
        if word < 0:
            return True
    return False


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_best_tree_is_the_best_of_all(size: int):
    """Against trying every tree with the root that was chosen."""
    chance = np.random.default_rng(size)
    every = list(trees(size))
    for _ in range(40):
        scores = np.log(chance.dirichlet(np.ones(size + 1), size))
        total = lambda heads, scores=scores: scores[np.arange(size), heads + 1].sum()  # noqa: E731
        found = best_tree(scores)
        rooted = [heads for heads in every if (heads < 0).argmax() == (found < 0).argmax()]
        assert any((found == heads).all() for heads in every)
        assert total(found) == pytest.approx(max(total(heads) for heads in rooted))


def test_inside_tag_needs_its_beginning():
    tags = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
    scores = np.log(
        np.array([[0.1, 0.5, 0.1, 0.2, 0.1], [0.2, 0.0, 0.3, 0.0, 0.5], [0.9, 0.0, 0.1, 0.0, 0.0]]) + 1e-9
    )
    assert best_spans(scores, tags) == [(0, 2, "PER")]
    assert best_spans(scores[1:2], tags) == []


def test_two_words_of_a_person_are_one_name():
    tags = ("O", "B-PER", "I-PER")
    scores = np.log(np.array([[0.05, 0.9, 0.05], [0.05, 0.55, 0.4]]))
    assert best_spans(scores, tags) == [(0, 2, "PER")]
    sure = np.log(np.array([[0.001, 0.998, 0.001], [0.001, 0.998, 0.001]]))
    assert best_spans(sure, tags) == [(0, 1, "PER"), (1, 2, "PER")]


def test_trigger_words_of_one_type_are_one_trigger():
    likely = np.zeros((5, 1 + len(EVENT_TYPES)))
    likely[:, 0] = 1
    likely[1, [0, 16]], likely[2, [0, 16]], likely[4, [0, 2]] = (0.2, 0.8), (0.4, 0.6), (0.7, 0.3)
    assert triggers(likely) == [(1, 3, 15, 0.8), (4, 5, 1, 0.3)]


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("said", "say"), ("Ministers", "minister"), ("Kim", "Kim"), ("UN", "UN"), ("'s", "be"), ("went", "go")],
)
def test_edit_script_makes_the_lemma(word: str, lemma: str):
    assert apply_script(word, edit_script(word, lemma)) == lemma


@pytest.mark.parametrize(
    ("word", "upos", "tag", "lemma"),
    [
        ("troops", "NOUN", "NNS", "troops"),  # looked up
        ("gunmen", "NOUN", "NNS", "gunman"),
        ("carries", "VERB", "VBZ", "carry"),  # of "carry" and "carrie", the word that exists
        ("besieges", "VERB", "VBZ", "besiege"),
        ("Mopping", "VERB", "VBG", "mop"),
        ("shelling", "VERB", "VBG", "shell"),
        ("waived", "VERB", "VBN", "waive"),
        ("festering", "VERB", "VBG", "fester"),
        ("derail", "VERB", "VB", "derail"),  # a base form, whatever the script cuts
        ("Lagos", "PROPN", "NNP", "Lag"),  # names follow the encoder alone
    ],
)
def test_lemmas_of_unseen_words_are_words(word: str, upos: str, tag: str, lemma: str):
    lemmas = Lemmas({"troops|NOUN": "troops"}, {"carry", "box"})
    assert lemmas.of(word, upos, tag, "k 2 ") == lemma


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", "lower"), ("Seoul", "title"), ("NATO", "upper"), ("I", "initial"), ("U.S.", "dotted"),
        ("McCain", "mixed"), ("2023", "digits"), ("F-16", "alphanumeric"), ("—", "punctuation"),
        ("北京", "other"),
    ],
)  # fmt: skip
def test_shape_gives_back_the_case(word: str, shape: str):
    assert shape_of(word) == shape


def test_pipeline_survives_being_written_and_read(nlp: Language, tmp_path):
    nlp.to_disk(tmp_path / "copy")
    assert reading(spacy.load(tmp_path / "copy")(SENTENCES[0])) == reading(nlp(SENTENCES[0]))


def test_missing_network_is_named(tmp_path):
    shutil.copytree(DEFAULT, tmp_path / "broken")
    (tmp_path / "broken" / "encoder" / "reader.onnx").unlink()
    with pytest.raises(FileNotFoundError, match=r"reader\.onnx"):
        spacy.load(tmp_path / "broken")


def test_model_files_fit_the_repository():
    sizes = [path.stat().st_size for path in DEFAULT.parent.rglob("*") if path.is_file()]
    assert max(sizes) < 25_000_000
    assert sum(sizes) < 60_000_000
