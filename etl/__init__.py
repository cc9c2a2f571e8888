"""read -> annotate -> extract -> stage -> publish: dated articles to a DuckDB snapshot of actors and events."""
