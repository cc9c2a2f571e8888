"""Dramatis' own spaCy components; importing this package registers them.

`dramatis_sentence_ends` finds sentence ends; `dramatis_encoder` runs the fine-tuned encoder over each
sentence.
"""

from etl.language.acts import Act, ActRole
from etl.language.component import EncoderComponent, make_encoder
from etl.language.sentence_ends import SentenceEnds, make_sentence_ends

__all__ = ["Act", "ActRole", "EncoderComponent", "SentenceEnds", "make_encoder", "make_sentence_ends"]
