"""What editors read about an upload and about a version that others made: facts, licences, the chain of packages."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.curriculum import words
from staffel.curriculum.models import Upload, Version
from staffel.curriculum.queries.editing import Size
from staffel.curriculum.queries.releases import ReleaseFacts
from staffel.curriculum.queries.uploads import Here
from staffel.ui.parts import Fact
from staffel.ui.words import moment, whole

NO_LICENCE = "–"


def facts_of_report(upload: Upload) -> list[Fact]:
    """Return what is in an upload; nothing for one with mistakes."""
    report = upload.report
    if report["mistakes"]:
        return []
    found = [
        Fact(_("Art"), upload.get_kind_display()),
        Fact(_("Programm"), report["title"], report["key"]),
        Fact(_("Version"), report["version"]),
    ]
    if report["publisher"]:
        at = parse_datetime(report["released_at"])
        found.append(
            Fact(_("Herausgeber"), report["publisher"], _("freigegeben am %(when)s") % {"when": moment(at)} if at else "")
        )
    size = Size(report["modules"], report["units"], report["minutes"], report["competencies"])
    found.append(Fact(_("Umfang"), size_words(size)))
    if report["quiz"] or report["tasks"]:
        found.append(Fact(_("Zum Üben"), practice_words(report["quiz"], report["tasks"])))
    count = ngettext("%(n)s Datei", "%(n)s Dateien", report["files"]) % {"n": whole(report["files"])}
    found.append(Fact(_("Materialien"), count, words.size(report["bytes"])))
    found.append(Fact(_("Lizenz der Texte"), report["licence"] or NO_LICENCE, report["author"]))
    if report["upstream"]:
        found.append(Fact(_("Beruht auf"), chain_words(report["upstream"])))
    return found


def size_words(size: Size) -> str:
    """Return how much a version holds: ``2 Module, 10 Einheiten, 40 Stunden, 8 Kompetenzen``."""
    return ", ".join(
        (
            ngettext("%(n)s Modul", "%(n)s Module", size.modules) % {"n": whole(size.modules)},
            ngettext("%(n)s Einheit", "%(n)s Einheiten", size.units) % {"n": whole(size.units)},
            words.hours(size.minutes),
            ngettext("%(n)s Kompetenz", "%(n)s Kompetenzen", size.competencies) % {"n": whole(size.competencies)},
        )
    )


def practice_words(quiz: int, tasks: int) -> str:
    """Return how much there is to practise with."""
    questions = ngettext("%(n)s Quizfrage", "%(n)s Quizfragen", quiz) % {"n": whole(quiz)}
    return f"{questions}, {ngettext('%(n)s Transferaufgabe', '%(n)s Transferaufgaben', tasks) % {'n': whole(tasks)}}"


def chain_words(upstream: list[dict]) -> str:
    """Return what a package was made from, the nearest first."""
    return ", ".join(_("%(version)s von %(publisher)s") % each for each in upstream)


def licences(counted) -> list[tuple[str, str]]:
    """Return each licence with how many materials have it, in words."""
    return [(name, ngettext("%(n)s Material", "%(n)s Materialien", n) % {"n": whole(n)}) for name, n in counted]


def between(report: dict) -> str:
    """Return with what an upload was compared, in the dative: ``unserer Version 1.0.0``, empty without anything."""
    said = {"number": report["against"], "publisher": report["against_publisher"]}
    if report.get("draft"):
        return _("Ihrem Entwurf %(number)s") % said
    if report["against_publisher"]:
        return _("Version %(number)s von %(publisher)s") % said
    return _("unserer Version %(number)s") % said if report["against"] else ""


def warnings(upload: Upload, here: Here) -> list[tuple[str, str]]:
    """Return what speaks against taking an upload, as a title and what it means."""
    found = []
    if higher := here.higher:
        said = {"number": upload.report["version"], "higher": higher.number}
        if higher.publisher:
            title = _("Eine höhere Version ist schon hier.")
            text = _(
                "Von %(publisher)s haben Sie schon Version %(higher)s. Dieses Paket ist Version %(number)s: Was seither neu "
                "ist, fehlt darin. Ihr Entwurf bleibt, wie er ist, wenn Sie es trotzdem übernehmen."
            )
            said["publisher"] = higher.publisher.name
        elif higher.state == Version.State.RELEASED:
            title = _("Eine höhere Version ist schon freigegeben.")
            text = _(
                "In der Datei steht Version %(number)s, freigegeben ist schon %(higher)s. Vielleicht ist es ein alter Stand, "
                "in dem Neueres fehlt. Freigeben lässt sich der Entwurf erst mit einer höheren Nummer."
            )
        else:
            title = _("Ihr Entwurf hat eine höhere Nummer.")
            text = _(
                "In der Datei steht Version %(number)s, Ihr Entwurf ist schon %(higher)s. Vielleicht ist es ein alter Stand, "
                "in dem Neueres fehlt. Sehen Sie unten nach, was wegfallen würde."
            )
        found.append((title, text % said))
    if here.upstream:
        said = {"older": here.older, "number": here.upstream.number, "publisher": here.upstream.publisher.name}
        text = _(
            "Es ist aus Version %(older)s von %(publisher)s gemacht, Ihre Fassung schon aus Version %(number)s. Was dort "
            "zwischen beiden neu ist, fehlt vermutlich darin."
        )
        found.append((_("Das Paket beruht auf einem älteren Stand als Ihre Fassung."), text % said))
    return found


def facts_of_received(version: Version, size: Size, facts: ReleaseFacts | None) -> list[Fact]:
    """Return the facts of a version that was received."""
    found = [
        Fact(_("Herausgeber"), version.publisher.name),
        Fact(_("Freigegeben"), moment(version.released_at) if version.released_at else NO_LICENCE),
        Fact(_("Umfang"), size_words(size), words.size(facts.size) if facts else ""),
        Fact(_("Lizenz der Texte"), version.licence),
    ]
    if facts and facts.licences:
        said = ", ".join(f"{name}: {count}" for name, count in licences(facts.licences))
        found.append(Fact(_("Lizenzen der Materialien"), said))
    return found
