"""Who is who: mentions, the cast of one article (`cast`), one actor across all articles (`across`)."""
