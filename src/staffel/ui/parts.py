"""The small values that components are made of; a view builds them, a tag shows them.

A tag also takes a plain tuple in the same order, which is what a query returns.
"""

from typing import NamedTuple


class Crumb(NamedTuple):
    """One step of the breadcrumb; the last one, without ``href``, is the page itself."""

    text: str
    href: str = ""


class Destination(NamedTuple):
    """One entry of the main navigation or of the footer."""

    text: str
    href: str


class Fact(NamedTuple):
    """A labelled value; ``note`` holds its date or source."""

    label: str
    value: object
    note: str = ""
    href: str = ""


class Step(NamedTuple):
    """A step of a path; ``state`` is ``done``, ``now``, ``next`` or ``plain``, ``when`` a date, ``reason`` a sentence."""

    title: str
    state: str
    when: str = ""
    reason: str = ""
    href: str = ""


class Bar(NamedTuple):
    """One bar: ``value`` gives its length, ``shown`` its text; ``tone`` is ``accent`` or ``quiet``."""

    label: str
    value: float
    shown: str = ""
    tone: str = "accent"


class Task(NamedTuple):
    """One line of a task list; ``tone`` is that of its badge."""

    title: str
    href: str
    status: str
    tone: str = "neutral"


class File(NamedTuple):
    """A file to fetch: ``kind`` like ``CSV``, ``size`` like ``1,2 MB``."""

    title: str
    href: str
    kind: str
    size: str = ""


class Tab(NamedTuple):
    """One tab, which is a link to a page of its own."""

    text: str
    href: str
    current: bool = False


class KeysetPage(NamedTuple):
    """The neighbours of a page that is found by key, not by number; empty where there is none."""

    previous_href: str = ""
    next_href: str = ""
    words: str = ""


class Credit(NamedTuple):
    """Where figures come from; ``words`` is the credit line that the licence asks for."""

    words: str
    href: str = ""
