"""What may go wrong in a run and is no fault of the code."""


class DramatisError(RuntimeError):
    """Stops a run; its message is one sentence for the user: what, where, what to do."""
