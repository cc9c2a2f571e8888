"""Corpora to training sentences over spaCy's tokens (the part of training/ that runs without torch)."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import acts, names, treebanks
from training.corpora import held_back, tokens_of
from training.ends import plain_sentences
from training.treebanks import Word, project

CONTRACTION = """\
# sent_id = own-1
# text = Envoys don't wanna talk.
1\tEnvoys\tenvoy\tNOUN\tNNS\tNumber=Plur|Typo=Yes\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4-5\twanna\t_\t_\t_\t_\t_\t_\t_\t_
4\twant\twant\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
5\tto\tto\tPART\tTO\t_\t6\tmark\t_\t_
6\ttalk\ttalk\tVERB\tVB\tVerbForm=Inf\t4\txcomp\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
"""


@pytest.fixture
def contraction(tmp_path: Path):
    file = tmp_path / "own.conllu"
    file.write_text(CONTRACTION, encoding="utf8")
    ((_, text, words),) = treebanks.parsed(file)
    return text, words


def test_words_of_a_contraction_find_their_characters(contraction):
    text, words = contraction
    shares_all = ["wanna", "wanna"]  # "want" and "to" have no characters of their own
    assert [text[word.start : word.end] for word in words] == [
        "Envoys",
        "do",
        "n't",
        *shares_all,
        "talk",
        ".",
    ]


def test_tree_is_carried_over_to_spacy_tokens(contraction):
    text, words = contraction
    sentence = project("own", "own-1", text, words)
    tree = sentence.tree
    assert tree is not None
    talk = sentence.words.index("talk")
    assert sentence.words[:3] == ["Envoys", "do", "n't"]
    assert tree.head.count(-1) == 1
    assert sentence.words[tree.head[talk]] in ("wanna", "wan")
    assert (tree.lemma[2], tree.dep[2], tree.morph[0]) == ("not", "advmod", "Number=Plur")


def test_token_over_two_words_takes_the_upper_one():
    words = [
        Word("10", "10", "NUM", "CD", "", 1, "nummod", 0, 2),
        Word("pm", "pm", "NOUN", "NN", "", -1, "root", 2, 4),
    ]
    tree = project("own", "own-2", "10pm", words).tree
    assert tree is not None
    assert tree.head.count(-1) == 1
    assert tree.upos[tree.head.index(-1)] == "NOUN"


def test_treebank_tokens_become_running_text():
    text, places = names.plain_text(
        ["``", "No", ",", "''", "said", "Li", "(", "aide", ")", ";", "it", "'s", "over", "."]
    )
    assert text == '"No," said Li (aide); it\'s over.'
    assert text[slice(*places[5])] == "Li"


def test_label_of_a_corpus_leaves_a_set_open():
    record = {"id": "own", "tokens": ["President", "Ada", "Thorn", "met", "Kestrian", "envoys", "Monday"]}
    gmb = names._from_tags("gmb", {**record, "tags": ["B-per", "I-per", "I-per", "O", "B-gpe", "O", "B-tim"]})
    assert gmb.names is not None
    assert [sorted(allowed) for allowed in gmb.names[1:3]] == [["B-PER"], ["I-PER"]]
    assert gmb.names[4] == {"B-NORP", "B-LOC"}
    assert gmb.names[5] == gmb.names[6] == names.OUTSIDE
    assert "O" in gmb.names[0]
    assert "B-PER" not in gmb.names[0]


def test_acts_keep_to_their_sentence():
    text = "Ada Thorn left. Norland accused her of spying on Monday."

    def span(part: str) -> dict:
        return {"start": text.index(part), "end": text.index(part) + len(part), "text": part}

    event = {
        "type": "ACCUSE", "trigger": span("accused"),
        "source": [span("Norland")], "target": [span("Ada Thorn")],
        "status": "happened", "claimant": [], "when": span("Monday"), "place": None,
    }  # fmt: skip
    first, second = acts.sentences("own", {"id": "own", "text": text, "events": [event]})
    assert first.acts == []
    (act,) = second.acts or []
    assert second.words[slice(*act.trigger)] == ["accused"]
    assert [second.words[slice(*span)] for span in act.roles["source"]] == [["Norland"]]
    assert (act.roles["target"], act.roles["time"]) == ([], [(6, 7)])


@pytest.mark.parametrize(
    ("text", "count"),
    [("They met. Nobody spoke.", 2), ("The U.S. Senate voted.", 1), ("A headline\nThe first sentence.", 2)],
)
def test_plain_sentences(text: str, count: int):
    assert len(list(plain_sentences(tokens_of(text)))) == count


def test_a_fifth_is_held_back_for_ever():
    held = [held_back(f"item-{number}") for number in range(1_000)]
    assert 150 < sum(held) < 250
    assert held == [held_back(f"item-{number}") for number in range(1_000)]


def test_nothing_held_back_is_trained_on(gold: Path):  # noqa: ARG001
    taught = {
        sentence.key.rsplit("#", 1)[0]
        for sentence in (*acts.every_source(), *names.dispatch())
        if sentence.source != "own"
    }
    assert not any(held_back(key) for key in taught)
    development = {sentence.key.rsplit("#", 1)[0] for sentence in acts.every_source(held=True)}
    assert not taught & development


def test_our_own_annotations_are_of_other_items(gold: Path):  # noqa: ARG001
    own = {record["id"] for record in acts.own_records()}
    held = {record["id"] for record in acts.own_records(acts.OWN_HELD)}
    corpora = {r["id"] for file in acts.FILES for held in (True, False) for r in acts.records_of(file, held)}
    named = {sentence.key.split("#")[0] for sentence in names.dispatch(held=True)}
    assert len(own) == 47_350
    assert len(held) == 250
    assert not own & (held | corpora | named)
    assert not held & (corpora | named)
