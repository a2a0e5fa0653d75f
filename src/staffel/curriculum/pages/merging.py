"""What a merge shows: each conflict with its form, how far it is, what came together by itself, and what does not fit."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext as _

from staffel.curriculum.core.changes import change_log
from staffel.curriculum.core.comparing import compare
from staffel.curriculum.core.content import Source
from staffel.curriculum.core.lines import Mistake
from staffel.curriculum.core.merging import Merged
from staffel.curriculum.core.merging_values import TEXT, Conflict
from staffel.curriculum.core.package.writer import write_zip
from staffel.curriculum.core.source_files import SourceFiles
from staffel.curriculum.core.words import Difference, flowing, prose_diff, word_diff
from staffel.curriculum.forms import ChoiceForm
from staffel.curriculum.models import Merge


@dataclass(frozen=True, slots=True)
class Card:
    """A conflict with its number from 1, the base, how ours and theirs differ from it, and the form that decides it."""

    number: int
    conflict: Conflict
    base: str
    ours: Difference
    theirs: Difference
    form: ChoiceForm
    decided: bool

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"stelle-{self.number}"

    @property
    def choice(self) -> dict[str, str]:
        """What was chosen, of a form that is valid."""
        pick = self.form.cleaned_data["pick"]
        return {"pick": pick, "text": self.form.cleaned_data["text"]} if pick == TEXT else {"pick": pick}

    @property
    def was_touched(self) -> bool:
        """Whether anything was picked at all: what is left open for later is no mistake."""
        return bool(self.form.data.get(self.form.add_prefix("pick")))


class Trouble(NamedTuple):
    """Something that does not fit together in the result: in which unit, what, and in which line of which file."""

    title: str
    sentence: str
    place: str


def cards(page, opened: Merge, data=None, judged: Container[str] | None = None) -> list[Card]:
    """Return the conflicts of ``page`` (Django's ``Page``) as cards; ``data`` is what was sent.

    ``judged`` are the ids of the conflicts that get their mistakes shown, None for all; the others only keep what was sent.
    """
    numbered = enumerate(page, start=page.start_index() or 1)
    return [_card(number, conflict, opened, data, judged is None or conflict.id in judged) for number, conflict in numbered]


def _card(number: int, conflict: Conflict, opened: Merge, data, judged: bool) -> Card:
    chosen = opened.choices.get(conflict.id, {})
    pick = conflict.picked(opened.choices)
    # The first text of one's own begins as ours, so that there is something to change.
    initial = {"pick": pick, "text": chosen.get("text") or conflict.ours or conflict.theirs}
    if data is not None and not judged:
        initial |= {name: data[f"{conflict.id}-{name}"] for name in initial if f"{conflict.id}-{name}" in data}
        data = None
    difference = prose_diff if conflict.kind == "text" else word_diff
    other = opened.theirs.publisher.name
    form = ChoiceForm(data, picks=conflict.picks, other=other, initial=initial, prefix=conflict.id, number=number)
    return Card(
        number,
        conflict,
        flowing(conflict.base) if conflict.kind == "text" else conflict.base,
        difference(conflict.base, conflict.ours),
        difference(conflict.base, conflict.theirs),
        form,
        pick is not None,
    )


def progress(total: int, left: int) -> str:
    """Return how far it is: ``3 von 7 entschieden``."""
    if not total:
        return _("Es gibt keine Widersprüche: Alles passt von selbst zusammen.")
    return _("%(done)s von %(all)s entschieden") % {"done": total - left, "all": total}


def next_anchor(merged: Merged, decided: str) -> str:
    """Return the anchor of the conflict after the one that was ``decided`` alone, empty for several."""
    ids = [conflict.id for conflict in merged.conflicts]
    if decided not in ids:
        return ""
    # Counted from 1; the last one stays where it is.
    return f"#stelle-{min(ids.index(decided) + 2, len(ids))}"


def mistakes(found: Iterable[Mistake], source: Source) -> list[Trouble]:
    """Return what does not fit, by the titles of the units."""
    known = set(source.outline.units)
    troubles = []
    for mistake in found:
        key = mistake.file.split("/")[1] if mistake.file.startswith("units/") else ""
        title = _("Einheit „%(title)s“") % {"title": source.unit(key).title} if key in known else _("Das ganze Programm")
        place = _("%(file)s, Zeile %(line)s") % {"file": mistake.file, "line": mistake.line}
        troubles.append(Trouble(title, mistake.sentence, place))
    return troubles


def taken_over(sides: tuple[Source, Source, Source], opened: Merge) -> tuple[str, list[str]]:
    """Return a heading with who changed something since the base, and what, in sentences."""
    log = change_log(compare(sides[0], sides[2]))
    said = {"name": opened.theirs.publisher.name, "base": opened.base.number}
    heading = _("Was %(name)s seit Version %(base)s geändert hat")
    return heading % said, [*log.outline, *log.units, *log.competencies]


def result_zip(opened: Merge, source: Source, stream: BinaryIO) -> None:
    """Write the result to ``stream`` as a folder in a ZIP file."""
    files, top = SourceFiles(source), opened.draft.programme.key
    write_zip(((f"{top}/{path}", partial(files.open, path)) for path in files.paths()), stream)
