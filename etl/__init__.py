"""read -> annotate -> extract -> stage -> publish: dated articles to a snapshot of actors and events."""
