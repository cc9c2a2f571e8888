"""Trains the language pipeline in models/ from the corpora in ../shared/gold."""
