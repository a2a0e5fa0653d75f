"""Certificates as PDF: accessible (PDF/UA-1), made to last (PDF/A-3a), the same bytes whenever they are made.

The typesetter gets nothing but one JSON text, so that no name can become a command. It is built once in each process, on the
first certificate, and takes about 40 MB. A certificate takes 8 ms.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from staffel.base.addresses import absolute
from staffel.credentials.core import code as codes
from staffel.credentials.queries.papers import Paper
from staffel.credentials.queries.words import hours, long_date
from staffel.ui import typesetting

TEMPLATE = settings.SOURCE / "credentials" / "templates" / "credentials" / "certificate.typ"
STANDARDS = ["a-3a", "ua-1"]
# Of the name in points: a long one is set smaller, rather than over four lines.
NAME_SIZES = ((28, 30), (45, 25), (90, 20), (200, 16))
# More modules than this need the room above the title.
ROOMY_MODULES = 7


def certificate_pdf(paper: Paper) -> bytes:
    """Return the certificate as PDF; the same paper gives the same bytes. No query.

    Raises typesetting.FontsMissing if the fonts were never fetched, typst.TypstError if the name has
    letters that no font has (``core.lettering`` is asked before an award is issued).
    """
    document = json.dumps(document_of(paper), ensure_ascii=False)
    day = datetime.fromisoformat(paper.issued_on).replace(tzinfo=UTC)
    with typesetting.one_at_a_time:
        return _typesetter().compile(
            format="pdf", sys_inputs={"document": document}, pdf_standards=STANDARDS, timestamp=int(day.timestamp())
        )


@lru_cache(maxsize=1)
def _typesetter():
    # Heavy: only who makes a certificate pays for it.
    import typst  # noqa: PLC0415

    return typst.Compiler(str(TEMPLATE), font_paths=typesetting.fonts(), ignore_system_fonts=True)


def document_of(paper: Paper) -> dict:
    """Return all words of a certificate as ``certificate.typ`` prints them."""
    facts, is_whole = paper.facts, paper.kind == "certificate"
    heading = _("Zertifikat") if is_whole else _("Teilnahmebescheinigung")
    shown = codes.show(paper.code) if paper.code else _("folgt mit der Ausstellung")
    address = absolute(f"/pruefen/{paper.code}/" if paper.code else "/pruefen/")
    example = facts.get("is_example", False)
    return {
        "title": f"{heading} {facts['programme']}: {paper.name}",
        "description": _("%(heading)s für %(name)s") % {"heading": heading, "name": paper.name},
        "wordmark": typesetting.wordmark(),
        "office": facts["office"],
        "mark": _("Vorschau") if not paper.code else _("Beispiel") if example else "",
        "notice": _notice(paper, example),
        "room": 16 if len(facts["modules"]) <= ROOMY_MODULES else 4,
        "heading": heading,
        "before": _("Wir bestätigen, dass"),
        "name": paper.name,
        "name_size": next(size for longest, size in NAME_SIZES if len(paper.name) <= longest),
        "statement": _statement(facts, is_whole),
        "batons": min(facts["sessions"], 20),
        "facts": _fact_lines(facts),
        "modules_heading": _("Inhalte"),
        "modules_head": [_("Nr."), _("Modul"), _("Stunden")],
        "modules": [[str(module["number"]), module["title"], hours(module["minutes"])] for module in facts["modules"]],
        "requirement": facts["requirement"],
        "issued": _("Ausgestellt von %(office)s am %(day)s") % {"office": facts["office"], "day": long_date(paper.issued_on)},
        "verify": _("Ob dieses Papier echt und gültig ist, zeigt die Prüfung mit diesem Code. Es gilt ohne Unterschrift."),
        "code": shown,
        "verify_address": address,
        "qr": _qr(address),
        "qr_alt": _("QR-Code zur Prüfung: %(address)s") % {"address": address},
        "attachment": _attachment(paper, address) if paper.code else "",
        "attachment_name": _("angaben.json"),
        "attachment_words": _("Die Angaben dieser Urkunde für Programme"),
    }


def _notice(paper: Paper, example: bool) -> str:
    if not paper.code:
        return _("Vorschau: So wird die Urkunde aussehen. Ausgestellt ist sie noch nicht.")
    return _("Beispiel: Diese Urkunde gehört zu einer erfundenen Staffel und bestätigt nichts.") if example else ""


def _statement(facts: dict, is_whole: bool) -> str:
    if is_whole:
        return _("das Programm %(programme)s mit Erfolg abgeschlossen hat.") % facts
    if facts["module"]:
        return _("am Modul %(module)s des Programms %(programme)s teilgenommen hat.") % facts
    return _("am Programm %(programme)s teilgenommen hat.") % facts


def _fact_lines(facts: dict) -> list[list[str]]:
    period = {"first": long_date(facts["first_day"]), "last": long_date(facts["last_day"])}
    time = {"attended": hours(facts["minutes_attended"]), "all": hours(facts["minutes"])}
    sessions = ngettext("an einem Vormittag", "an %(count)s Vormittagen", facts["sessions"]) % {"count": facts["sessions"]}
    return [
        [_("Zeitraum"), _("%(first)s bis %(last)s") % period],
        [_("Teilnahme"), _("%(attended)s von %(all)s Stunden") % time + f", {sessions}"],
        [_("Programm"), _("%(programme)s, Version %(version)s") % facts],
        [_("Staffel"), facts["cohort"]],
    ]


def _qr(address: str) -> str:
    # Trying all eight masks takes 4 ms of 13; any of them can be read.
    code = segno.make(address, error="m", micro=False, mask=2)
    return typesetting.with_namespace(code.svg_inline(border=0, dark="#12151f"))


def _attachment(paper: Paper, address: str) -> str:
    content = {"kind": paper.kind, "name": paper.name, "code": paper.code, "issued_on": paper.issued_on, "verify": address}
    return json.dumps(content | paper.facts, ensure_ascii=False, indent=1, sort_keys=True)
