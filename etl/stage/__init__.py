"""What extraction found, kept: immutable Parquet extracts and the list of all articles ever given.

Beside the database lies `<stem>.extracts/`: extracts named by content, model and extractor version, `todo/`
with the shards that wait for extraction, and `runs/` with what each run was given. Everything is written
under a temporary name and renamed, so a killed run leaves nothing half done.
"""
