"""Jobs of accounts."""

from staffel.base.jobs import job


@job("accounts.send_letter")
def send_letter(letter: str) -> None:
    """Send one letter."""
    raise NotImplementedError(letter)
