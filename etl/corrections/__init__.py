"""The analyst's corrections file: what each line would do, and how a line is added or taken back."""

from etl.corrections.check import Verdict, check
from etl.corrections.file import append, corrections_file, take_back

__all__ = ["Verdict", "append", "check", "corrections_file", "take_back"]
