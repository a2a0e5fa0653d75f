"""What is asked about an open merge: the conflicts, what was chosen, and what came together by itself."""

import hashlib

from staffel.base.rules import RuleBroken
from staffel.curriculum.core import numbers, rules
from staffel.curriculum.core.content import Source
from staffel.curriculum.core.merging import Merged, merge
from staffel.curriculum.core.merging_values import Conflict
from staffel.curriculum.models import Merge, Version
from staffel.curriculum.queries.files import source_of

Sides = tuple[Source, Source, Source]


def sides_of(opened: Merge) -> Sides:
    """Return base, ours and theirs. Six queries. Raises RuleBroken: CUR-11 if one of them has no files."""
    found = []
    for version in (opened.base, opened.draft, opened.theirs):
        source = source_of(version)
        if source is None:
            raise RuleBroken(rules.HAS_FILES, f"version {version.pk} has no files", number=version.number)
        found.append(source)
    return found[0], found[1], found[2]


def merged_of(opened: Merge, sides: Sides) -> Merged:
    """Return what the merge comes to with what was chosen so far."""
    return merge(*sides, opened.choices)


def seen(conflict: Conflict) -> str:
    """Return a short text that is another one when one of the three texts is: what a choice was made about."""
    return hashlib.sha256(repr((conflict.base, conflict.ours, conflict.theirs)).encode()).hexdigest()[:16]


def is_current(opened: Merge) -> bool:
    """Whether the draft is as it was when the merge began. No query."""
    return opened.draft.digest == opened.draft_digest


def base_for(theirs: Version) -> Version | None:
    """Return the received version of the same publisher that our newest version comes from; None if there is none.

    Asked are the draft and then own releases, the highest first. One query.
    """
    own = Version.objects.filter(programme=theirs.programme_id, upstream__publisher=theirs.publisher_id)
    rows = own.filter(publisher=None).select_related("upstream__publisher")
    highest = sorted(rows, key=lambda row: (not row.is_fixed, numbers.order(row.number)), reverse=True)
    return highest[0].upstream if highest else None
