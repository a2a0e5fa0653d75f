"""What an award keeps of the completion it rests on: enough to explain it years later without any other table."""

from staffel.learning.core.completion import Completion, Reason


def evidence_of(completion: Completion) -> dict:
    """Return a completion as values that JSON can hold.

    Keys: ``state``, ``attended``, ``total`` (minutes), ``needed`` (an exact fraction as text), ``reasons``: a tree of ``key``,
    ``state``, ``sentence`` (German, with named gaps), ``values``, ``parts``.
    """
    return {
        "state": completion.state.value,
        "attended": completion.attended,
        "total": completion.total,
        "needed": str(completion.needed),
        "reasons": [_reason(reason) for reason in completion.reasons],
    }


def _reason(reason: Reason) -> dict:
    values = {name: value if isinstance(value, int | str) else str(value) for name, value in reason.values.items()}
    parts = [_reason(part) for part in reason.parts]
    return {"key": reason.key, "state": reason.state.value, "sentence": reason.sentence, "values": values, "parts": parts}
