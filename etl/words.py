"""How word lists are written down in the code."""


def words(text: str) -> frozenset[str]:
    """The words of `text`, parted by blanks, as a set."""
    return frozenset(text.split())
