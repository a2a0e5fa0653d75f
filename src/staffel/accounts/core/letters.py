"""Keep secrets out of letters that others than the addressee read, or that are kept after they were sent."""

import re

GAP = "…"
_TOKEN = re.compile(r"(?<=[/=])[A-Za-z0-9_-]{20,}")


def without_secrets(text: str, base_url: str) -> str:
    """Return ``text`` with what opens a door taken out of each address of this instance.

    Tokens (20 characters and more between strokes) and everything behind a question mark become "…"; the address is the
    same otherwise, so that one still sees where it led.

    >>> without_secrets("http://here/freigabe/abcdefghij0123456789AB/ bis morgen", "http://here")
    'http://here/freigabe/…/ bis morgen'
    """
    address = re.compile(re.escape(base_url) + r"""/[^\s"'<>]*""")
    return address.sub(lambda found: _shortened(found.group()), text)


def _shortened(address: str) -> str:
    path, question, _secret = address.partition("?")
    return _TOKEN.sub(GAP, path) + (f"?{GAP}" if question else "")
