"""A merge: what a publisher changed since the version that ours comes from, brought into our draft.

::

    (none) --begin--> open --finish--> (none), the draft is the result and comes from theirs
                      open --drop----> (none), the draft stays as it was
                      open --renew---> open, after the draft was changed
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from staffel.accounts.actions.audit import record
from staffel.accounts.models import Person
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.files import keep_ahead
from staffel.curriculum.actions.gathering import Gathered
from staffel.curriculum.actions.loading import load_gathered, load_programme
from staffel.curriculum.actions.locks import facts_of, locked
from staffel.curriculum.actions.progress import made, tell
from staffel.curriculum.core import numbers, rules
from staffel.curriculum.core.files import Over
from staffel.curriculum.core.merging import Merged
from staffel.curriculum.core.merging_values import TEXT
from staffel.curriculum.core.reader import read_outline
from staffel.curriculum.core.source_files import SourceFiles
from staffel.curriculum.core.writer import write_outline
from staffel.curriculum.models import Errand, Merge, Version
from staffel.curriculum.queries.files import programme_files
from staffel.curriculum.queries.merging import base_for, is_current, merged_of, seen, sides_of

LONGEST_TEXT = 200_000


@transaction.atomic
def begin_merge(theirs: Version, *, by: Person | str) -> Merge:
    """Open the merge of the received version ``theirs`` into the draft of its programme, and return it.

    Without a draft one is made of the highest own release, with the next number. A merge of the same version that is open
    already is returned as it is. Raises RuleBroken: CUR-23 for what was not received, CUR-25 without a common base, CUR-26 if
    ours comes from this version or a later one, CUR-10 while another merge is open, CUR-05 while ours is in review, CUR-11
    without files.
    """
    if theirs.state != Version.State.RECEIVED:
        raise RuleBroken(rules.WAS_RECEIVED, f"version {theirs.pk} is {theirs.state}", number=theirs.number)
    said = {"number": theirs.number, "publisher": theirs.publisher.name}
    base = base_for(theirs)
    if base is None:
        raise RuleBroken(
            rules.MERGE_BASE, f"nothing of programme {theirs.programme_id} comes from {theirs.publisher_id}", **said
        )
    if numbers.order(theirs.number) <= numbers.order(base.number):
        raise RuleBroken(rules.MERGE_NEWER, f"base {base.number}, theirs {theirs.number}", base=base.number, **said)
    draft = locked(_draft_of(theirs, base, by=by), Version.State.DRAFT)
    opened = Merge.objects.filter(draft=draft).select_related("theirs__publisher").first()
    if opened is not None and opened.theirs_id == theirs.pk:
        return opened
    if opened is not None:
        other = {"number": opened.theirs.number, "publisher": opened.theirs.publisher.name}
        raise RuleBroken(rules.MERGE_CLOSED, f"draft {draft.pk} has merge {opened.pk}", **other)
    opened = Merge.objects.create(draft=draft, base=base, theirs=theirs, draft_digest=draft.digest)
    sides_of(opened)
    record("curriculum.merge_begun", draft, by=by, after=facts_of(draft) | {"upstream": base.number, "theirs": theirs.number})
    return opened


@transaction.atomic
def choose(opened: Merge, choices: Mapping[str, Mapping[str, str]], *, by: Person | str) -> Merge:
    """Note how conflicts are decided, each by its id: ``{"pick": "ours" | "theirs" | "both" | "text", "text": "…"}``.

    What was chosen before about others stays. Raises RuleBroken: CUR-28 if the draft changed since, CUR-27 for what is no
    conflict or no choice of one.
    """
    opened = _locked(opened)
    _refuse_changed(opened)
    known = {conflict.id: conflict for conflict in merged_of(opened, sides_of(opened)).conflicts}
    for key, choice in choices.items():
        conflict = known.get(key)
        if conflict is None or conflict.picked({key: choice}) is None or len(choice.get("text", "")) > LONGEST_TEXT:
            raise RuleBroken(rules.MERGE_CHOICE, f"merge {opened.pk}: {key[:80]!r} {choice.get('pick')!r}")
        text = {"text": choice["text"]} if choice["pick"] == TEXT else {}
        opened.choices[key] = {"pick": choice["pick"], "of": seen(conflict)} | text
    opened.save(update_fields=["choices"])
    return opened


@transaction.atomic
def renew_merge(opened: Merge, *, by: Person | str) -> Merge:
    """Go on with the draft as it is now, and return the merge: choices about texts that are the same stay.

    Raises RuleBroken: CUR-05 while the draft is in review.
    """
    opened = _locked(opened)
    draft = locked(opened.draft, Version.State.DRAFT)
    known = {conflict.id: seen(conflict) for conflict in merged_of(opened, sides_of(opened)).conflicts}
    opened.choices = {key: choice for key, choice in opened.choices.items() if known.get(key) == choice.get("of")}
    opened.draft_digest = draft.digest
    opened.save(update_fields=["choices", "draft_digest"])
    record("curriculum.merge_renewed", draft, by=by, after=facts_of(draft) | {"conflicts": len(opened.choices)})
    return opened


def finish_merge(opened: Merge, *, by: Person | str) -> Version:
    """Make the result the draft's content, let it come from theirs, and return the draft.

    Raises RuleBroken: CUR-28 if the draft changed since the merge began, CUR-29 while conflicts are open, CUR-05 while the
    draft is in review; NotAProgramme with every mistake in the result. Then nothing is changed.
    """
    with transaction.atomic():
        opened = _locked(opened)
        locked(opened.draft, Version.State.DRAFT)
    _refuse_changed(opened)
    merged = merged_of(opened, sides_of(opened))
    _refuse_open(merged)
    choices = opened.choices
    with Gathered(SourceFiles(merged.source)) as gathered:
        keep_ahead(gathered.entries(), gathered.total)
        tell(Errand.Step.WRITE, 0, 0)
        with transaction.atomic():
            opened = _locked(opened)
            draft = locked(opened.draft, Version.State.DRAFT)
            _refuse_changed(opened)
            # Somebody decided otherwise while this was put together.
            if opened.choices != choices:
                raise RuleBroken(rules.MERGE_CHOICE, f"merge {opened.pk} was decided anew")
            before = facts_of(draft) | {"upstream": opened.base.number, "digest": draft.digest}
            theirs = opened.theirs
            opened.delete()
            draft = _load(gathered, draft, theirs, by=by)
            after = facts_of(draft) | {"upstream": theirs.number, "digest": draft.digest, "conflicts": len(merged.conflicts)}
            record("curriculum.merge_finished", draft, by=by, before=before, after=after)
            made(draft)
    return draft


@transaction.atomic
def drop_merge(opened: Merge, *, by: Person | str) -> None:
    """Give the merge up: its choices are gone, the draft stays as it is."""
    opened = _locked(opened)
    record("curriculum.merge_dropped", opened.draft, by=by, before=facts_of(opened.draft) | {"theirs": opened.theirs.number})
    opened.delete()


def _locked(opened: Merge) -> Merge:
    rows = Merge.objects.select_for_update(of=("self",))
    return rows.select_related("draft__programme", "base__publisher", "theirs__publisher").get(pk=opened.pk)


def _draft_of(theirs: Version, base: Version, *, by: Person | str) -> Version:
    """Return what is in work, a draft or in review; without one a draft is made of the highest release that comes from base."""
    own = Version.objects.filter(programme=theirs.programme_id, publisher=None)
    in_work = own.filter(state__in=[Version.State.DRAFT, Version.State.REVIEW]).first()
    if in_work is not None:
        return in_work
    taken = dict(own.values_list("number", "pk"))
    highest = own.get(pk=taken[max(taken, key=numbers.order)])
    files = programme_files(highest)
    if not files.paths():
        raise RuleBroken(rules.HAS_FILES, f"version {highest.pk} has no files", number=highest.number)
    number = numbers.free(numbers.after(highest.number), taken)
    outline = replace(read_outline(files), version=number)
    return load_programme(Over(files, write_outline(outline)), by=by, upstream=base).version


def _load(gathered: Gathered, draft: Version, theirs: Version, *, by: Person | str) -> Version:
    loaded = load_gathered(gathered, by=by, upstream=theirs).version
    if loaded.pk != draft.pk:
        raise RuntimeError(f"the merge of draft {draft.pk} was loaded as version {loaded.pk}")
    return loaded


def _refuse_changed(opened: Merge) -> None:
    if not is_current(opened):
        raise RuleBroken(rules.MERGE_CURRENT, f"draft {opened.draft_id} is {opened.draft.digest}, not {opened.draft_digest}")


def _refuse_open(merged: Merged) -> None:
    if left := merged.open():
        raise RuleBroken(rules.MERGE_DECIDED, f"{left[0].id} is open", open=len(left))
