"""Which browser on which system, in words a person recognises; nothing more of the user agent is kept."""

# In this order: each later browser also calls itself by an earlier name.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_in_words(user_agent: str) -> str:
    """Return browser and system, like "Firefox, Windows"; "Unbekanntes Gerät" if neither is known."""
    found = (
        next((word for sign, word in _BROWSERS if sign in user_agent), ""),
        next((word for sign, word in _SYSTEMS if sign in user_agent), ""),
    )
    return ", ".join(word for word in found if word) or "Unbekanntes Gerät"
