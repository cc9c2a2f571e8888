"""Loading pipelines, naming them, and reading long texts in pieces."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from etl.annotate import PipelineError, annotate, dependency_scheme, load_pipeline, model_version

NEWS = "The envoys of both states met in Vienna. They agreed on little, a diplomat said.\n\nTalks go on.\n"


def test_unknown_pipeline_says_what_to_do():
    with pytest.raises(PipelineError, match=r"no language pipeline 'xx_none'.*--model"):
        load_pipeline("xx_none")


def test_pipeline_without_parser_is_refused(tmp_path):
    spacy.blank("en").to_disk(tmp_path / "bare")
    with pytest.raises(PipelineError, match="no parser and no name finder"):
        load_pipeline(str(tmp_path / "bare"))


def test_any_trained_pipeline_is_taken(tmp_path):
    """A parser that labels by the ClearNLP scheme, as spaCy's own English pipelines do."""
    other = spacy.blank("en")
    parser, finder = other.add_pipe("parser"), other.add_pipe("ner")
    for label in ("nsubjpass", "pobj", "ROOT"):
        parser.add_label(label)
    finder.add_label("GPE")
    other.initialize()
    other.to_disk(tmp_path / "other")
    loaded = load_pipeline(str(tmp_path / "other"))
    assert dependency_scheme(loaded) == "clearnlp"
    assert model_version(loaded) != model_version(load_pipeline())


def test_default_pipeline_is_labelled_by_ud(nlp: Language):
    assert dependency_scheme(nlp) == "ud"


def test_version_is_stable_and_fit_for_a_file_name(nlp: Language):
    version = model_version(nlp)
    assert re.fullmatch(r"dramatis_en-\d+\.\d+\.\d+-[0-9a-f]{12}", version)
    assert version == model_version(load_pipeline())


def test_version_changes_with_the_files(nlp: Language, tmp_path):
    nlp.to_disk(tmp_path / "copy")
    with (tmp_path / "copy" / "encoder" / "lemmas.json").open("a") as file:
        file.write(" ")
    assert model_version(load_pipeline(str(tmp_path / "copy"))) != model_version(nlp)


def test_short_text_is_one_piece(nlp: Language):
    (offset, doc), *rest = annotate(nlp, NEWS)
    assert (offset, doc.text, rest) == (0, NEWS, [])


def test_empty_text_is_one_empty_doc(nlp: Language):
    (offset, doc), *rest = annotate(nlp, "")
    assert (offset, len(doc), rest) == (0, 0, [])
    assert doc._.acts == ()
    assert doc.ents == ()


def test_long_text_is_cut_between_sentences(nlp: Language):
    text = NEWS * 40
    pieces = list(annotate(nlp, text, piece_chars=1_000))
    assert "".join(doc.text for _, doc in pieces) == text
    assert all(offset == sum(len(doc.text) for _, doc in pieces[:n]) for n, (offset, _) in enumerate(pieces))
    assert all(doc.text.endswith("\n\n") for _, doc in pieces[:-1])
    assert all(len(doc.text) <= 1_000 for _, doc in pieces)


@pytest.mark.parametrize("text", ["word " * 300, "x" * 1_234, "Line.\n" * 200, "One. Two. " * 100])
def test_no_character_is_lost_whatever_the_text(text: str):
    blank = spacy.blank("en")
    pieces = list(annotate(blank, text, piece_chars=100))
    assert "".join(doc.text for _, doc in pieces) == text
    assert [text[offset : offset + len(doc.text)] for offset, doc in pieces] == [
        doc.text for _, doc in pieces
    ]


def test_five_megabytes_are_read_in_pieces():
    seen: list[int] = []

    class Counting(Language):
        lang = "en"

        def __call__(self, text, **_):  # type: ignore[override]
            seen.append(len(text))
            return Doc(self.vocab)

    list(annotate(Counting(), NEWS * 55_000))
    assert sum(seen) == len(NEWS) * 55_000
    assert max(seen) <= 100_000


def test_loads_with_spacy_once_the_components_are_imported():
    """In a process of its own, so that nothing but `etl.language` has registered them."""
    code = (
        "import spacy, etl.language\n"
        "from pathlib import Path\n"
        "doc = spacy.load(Path('models/dramatis_en'))('Chad expelled the envoy.')\n"
        "print([(t.text, t.dep_) for t in doc if t.dep_ == 'ROOT'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[('expelled', 'ROOT')]"
