import pytest

from staffel.curriculum.core.content import Answer, Item, ItemKind
from staffel.curriculum.core.files import InMemory
from staffel.curriculum.core.formats import cartridge_reading
from staffel.curriculum.core.formats.markup import NotReadable
from staffel.curriculum.core.stand_ins import COMPETENCY, FEEDBACK
from tests.curriculum.core.formats.samples import CARTRIDGE, changed, package


def read(files):
    return cartridge_reading.read(files)


def losses(name, old, new):
    return read(changed(CARTRIDGE, name, old, new))[1]


def test_read_makes_modules_of_the_first_level_and_units_of_the_second():
    whole, _losses = read(InMemory(CARTRIDGE))

    assert (whole.outline.title, whole.outline.key) == ("Kurs", "kurs")
    assert [(m.key, m.title, m.units) for m in whole.outline.modules] == [("woche-1", "Woche 1", ("woche-1", "thema"))]
    assert [(key, unit.title) for key, unit in whole.units.items()] == [("woche-1", "Woche 1"), ("thema", "Thema")]


def test_read_puts_pages_quizzes_links_and_files_where_they_belong():
    whole, _losses = read(InMemory(CARTRIDGE))

    assert whole.units["woche-1"].handout == "Grüße"
    answers = (Answer("Ja", right=True, feedback="Gut."), Answer("Nein", right=False, feedback=FEEDBACK))
    assert whole.units["thema"].quiz == (Item("que-1", ItemKind.SINGLE, COMPETENCY.key, "Stimmt das?", answers),)
    assert [(m.title, m.file, m.link, m.author, m.licence) for m in whole.units["thema"].materials] == [
        ("Netz", "", "https://www.beispiel.example/", "Unbekannt", "NOASSERTION"),
        ("Plan", "plan.txt", "", "Unbekannt", "NOASSERTION"),
    ]
    assert whole.files == {("thema", "plan.txt"): b"Plan\n"}


def test_read_says_what_is_made_up():
    assert read(InMemory(CARTRIDGE))[1] == (
        "Kompetenzen und Lernziele kennt das Format nicht. Alles ist der Kompetenz „Noch zuzuordnen“ zugeordnet, und jede "
        "Einheit hat ein Lernziel als Platzhalter.",
        "Abschlussregel, Terminvorlage, Ziel, Zielgruppe, Urheber und Lizenz müssen Sie prüfen und ergänzen.",
        "Zu Dateien und Links (2) fehlen Urheber und Lizenz. Eingetragen ist „Unbekannt“ und „NOASSERTION“.",
        "Antworten ohne Rückmeldung, die einen Platzhalter bekommen haben: 1.",
        "Einheiten ohne Dauer, für die 60 Minuten angenommen sind: 2.",
    )


@pytest.mark.parametrize("number", ["1", "2"])
def test_read_takes_older_versions_too(number):
    old = {
        path: content.replace(b"imsccv1p3", f"imsccv1p{number}".encode()).replace(b"xmlv1p3", f"xmlv1p{number}".encode())
        for path, content in CARTRIDGE.items()
    }

    assert read(InMemory(old)) == read(InMemory(CARTRIDGE))


@pytest.mark.parametrize("name, old, new, sentence", [
    ("imsmanifest.xml", "imswl_xmlv1p3", "imsdt_xmlv1p3", "„Netz“ fehlt: Diskussionen gibt es hier nicht."),
    ("imsmanifest.xml", "imswl_xmlv1p3", "imsbasiclti_xmlv1p0",
     "„Netz“ fehlt: Verknüpfungen mit Werkzeugen (LTI) gibt es hier nicht."),
    ("imsmanifest.xml", "imswl_xmlv1p3", "neu", "„Netz“ fehlt: Inhalte der Art „neu“ gibt es hier nicht."),
    ("imsmanifest.xml", 'identifierref="r3"', 'identifierref="r9"', "„Netz“ fehlt: Das Paket enthält dazu keine Datei."),
    ("imsmanifest.xml", '<item identifier="i5" identifierref="r3"><title>Netz</title></item>', "",
     "Dateien und Seiten, die nicht im Inhaltsverzeichnis stehen: 1. Sie fehlen."),
    ("imsmanifest.xml", 'href="plan.txt"', 'href="plan.exe"',
     "Die Datei „plan.exe“ fehlt: „plan.exe“ ist keine Datei, die eine Einheit enthalten kann. Erlaubt sind csv, docx, jpeg, "
     "jpg, md, mp3, mp4, odp, ods, odt, pdf, png, pptx, svg, txt, vtt, webp, xlsx."),
    ("imsmanifest.xml", 'href="plan.txt"', 'href="fort.txt"', "Die Datei „fort.txt“ fehlt: Sie liegt nicht im Paket."),
    ("link.xml", "https://www.beispiel.example/", "javascript:alert(1)",
     "Der Link „Netz“ fehlt: Seine Adresse beginnt nicht mit https:// oder http://."),
    ("quiz.xml", "cc.true_false.v0p1", "cc.essay.v0p1",
     "quiz.xml: Die Frage „Eins“ fehlt: Ihre Art (Freitext) gibt es hier nicht."),
    ("quiz.xml", "<setvar>100</setvar>", "",
     "Die Frage „QUE_1“ in quiz.xml fehlt: Es ist nicht genau eine Antwort als richtig bezeichnet."),
    ("page.html", "Grüße", "<script>x</script><iframe></iframe><img src='../../x.png'>x",
     "page.html: Ein Verweis führt aus dem Paket hinaus und fehlt."),
    ("page.html", "Grüße", "<script>x</script><iframe></iframe><iframe></iframe>x",
     "Auf der Seite „Seite“ fehlen: Skripte (1), eingebettete Seiten (2)."),
    ("page.html", "Grüße", "<a href='andere.html'>dort</a>",
     "Verweise im Text auf Seiten und Dateien des Pakets, die zu bloßem Text wurden: 1."),
])  # fmt: skip
def test_read_names_what_it_cannot_carry(name, old, new, sentence):
    assert sentence in losses(name, old, new)


def test_read_takes_pictures_and_files_of_a_page():
    picture = b"\x89PNG\r\n\x1a\n"
    files = CARTRIDGE | {
        "page.html": b'<p>vor</p><img src="Bild%20Eins.PNG" alt="Zwei Balken"><a href="mehr/liste.txt">Die Liste</a>',
        "Bild Eins.PNG": picture,
        "mehr/liste.txt": b"1",
    }

    whole, _losses = read(InMemory(files))

    unit = whole.units["woche-1"]
    assert unit.handout == "vor\n\nDie Liste\n\n:::figure bild-eins.png\n:::"
    assert [(m.file, m.title, m.alt) for m in unit.materials] == [
        ("bild-eins.png", "bild-eins.png", "Zwei Balken"),
        ("liste.txt", "Die Liste", ""),
    ]


def test_read_gives_pages_for_instructors_to_the_guide():
    files = changed(
        CARTRIDGE,
        "imsmanifest.xml",
        'href="page.html"><file',
        'href="page.html" intendeduse="lessonplan"><file',
    )

    assert read(files)[0].units["woche-1"].guide == "Grüße"


BOMB = '<!DOCTYPE manifest [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<manifest'
DOCTYPE = "Die Datei hat eine Dokumenttyp-Angabe (DOCTYPE). Solche Dateien werden nicht gelesen."


@pytest.mark.parametrize("name, old, new, sentence", [
    ("imsmanifest.xml", "<manifest", BOMB, f"imsmanifest.xml: {DOCTYPE}"),
    ("imsmanifest.xml", "<manifest", '<!DOCTYPE m SYSTEM "file:///etc/passwd">\n<manifest', f"imsmanifest.xml: {DOCTYPE}"),
    ("quiz.xml", "<questestinterop", '<!DOCTYPE q SYSTEM "http://127.0.0.1/x.dtd">\n<questestinterop', f"quiz.xml: {DOCTYPE}"),
    ("link.xml", "<webLink", "<!DOCTYPE x>\n<webLink", f"link.xml: {DOCTYPE}"),
    ("imsmanifest.xml", "Woche 1", "Woche &x;",
     "imsmanifest.xml: Die Datei ist kein lesbares XML, der Fehler steht in Zeile 7."),
    ("imsmanifest.xml", "</manifest>", "", "imsmanifest.xml: Die Datei ist kein lesbares XML, der Fehler steht in Zeile 23."),
    ("imsmanifest.xml", 'href="page.html"', 'href="../../page.html"',
     "imsmanifest.xml: Der Verweis „../../page.html“ führt aus dem Paket hinaus."),
    ("imsmanifest.xml", 'href="page.html"', 'href="/etc/passwd.html"',
     "imsmanifest.xml: Der Verweis „/etc/passwd.html“ führt aus dem Paket hinaus."),
    ("imsmanifest.xml", 'href="page.html"', 'href="%2e%2e/x.html"',
     "imsmanifest.xml: Der Verweis „%2e%2e/x.html“ führt aus dem Paket hinaus."),
    ("imsmanifest.xml", 'href="page.html"', 'href="file:///x.html"',
     "imsmanifest.xml: Der Verweis „file:///x.html“ führt aus dem Paket hinaus."),
    ("imsmanifest.xml", 'href="page.html"', 'href="fort.html"', "fort.html: Diese Datei fehlt im Paket."),
    ("imsmanifest.xml", 'identifier="r2"', 'identifier="r1"', "imsmanifest.xml: Die Kennung „r1“ kommt zweimal vor."),
    ("imsmanifest.xml", "imsccv1p3/imscp_v1p1", "imscc/imscp_v1p1",
     "imsmanifest.xml: Das ist kein Common Cartridge in Fassung 1.1, 1.2 oder 1.3."),
    ("imsmanifest.xml", "</resources>", '</resources><a:authorizations xmlns:a="x"/>',
     "imsmanifest.xml: Dieses Common Cartridge ist geschützt und lässt sich nicht einlesen."),
    ("page.html", "Grüße", "<div>" * 150, "page.html: Die Seite ist tiefer als 100 Ebenen verschachtelt."),
    ("page.html", "Grüße", "x" * 1_000_000, "page.html: Die Datei hat 1000047 Bytes, gelesen werden höchstens 1000000."),
])  # fmt: skip
def test_read_refuses_what_is_dangerous_or_damaged(name, old, new, sentence):
    with pytest.raises(NotReadable) as refusal:
        read(changed(CARTRIDGE, name, old, new))

    assert str(refusal.value) == sentence


def test_read_refuses_more_text_than_anybody_writes():
    pages = 90
    items = "".join(f'<item identifier="p{n}" identifierref="q{n}"><title>{n}</title></item>' for n in range(pages))
    entries = "".join(f'<resource identifier="q{n}" type="webcontent" href="{n}.html"/>' for n in range(pages))
    manifest = (
        CARTRIDGE["imsmanifest.xml"]
        .decode()
        .replace("</item>\n  </item></organization>", f"{items}</item></item></organization>")
    )
    manifest = manifest.replace("</resources>", f"{entries}</resources>")
    page = b"<p>" + b" " * 999_000

    with pytest.raises(NotReadable) as refusal:
        read(InMemory({"imsmanifest.xml": manifest.encode()} | {f"{n}.html": page for n in range(pages)} | {
            path: content for path, content in CARTRIDGE.items() if path != "imsmanifest.xml"
        }))  # fmt: skip

    assert str(refusal.value) == "Die Texte des Pakets haben zusammen mehr als 80000000 Bytes."


def test_read_refuses_a_package_of_which_nothing_is_left():
    manifest = CARTRIDGE["imsmanifest.xml"].replace(b"webcontent", b"x").replace(b"imswl", b"x").replace(b"imsqti", b"x")

    with pytest.raises(NotReadable) as refusal:
        read(package(CARTRIDGE, imsmanifest=manifest))

    assert str(refusal.value) == "Das Paket enthält nichts, was sich als Einheit übernehmen lässt."
