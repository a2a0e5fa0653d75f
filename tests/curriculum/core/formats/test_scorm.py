import functools
import http.server
import threading
from itertools import pairwise

import pytest
from lxml import etree
from lxml import html as parse_html

from staffel.curriculum.core.formats import scorm
from staffel.curriculum.core.formats.markup import resolve
from tests.curriculum.core.formats.samples import files_in, html
from tests.curriculum.generated import generated
from tests.journeys.stage import chromium

NAMES = {"m": scorm.CP, "adlcp": scorm.ADL, "imsmd": scorm.MD}


def test_manifest_shows_modules_with_units_as_scos():
    source = generated(3)
    files = files_in(scorm.files(source, html))
    root = etree.fromstring(files["imsmanifest.xml"])

    organization = root.find("m:organizations/m:organization", NAMES)
    assert root.find("m:organizations", NAMES).get("default") == organization.get("identifier")
    assert organization.findtext("m:title", namespaces=NAMES) == source.outline.title
    shown = {
        item.findtext("m:title", namespaces=NAMES): [
            each.findtext("m:title", namespaces=NAMES) for each in item.iterfind("m:item", NAMES)
        ]
        for item in organization.iterfind("m:item", NAMES)
    }
    assert shown == {module.title: [source.units[key].title for key in module.units] for module in source.outline.modules}
    resources = {each.get("identifier"): each for each in root.iterfind(".//m:resource", NAMES)}
    for item in organization.iterfind("m:item/m:item", NAMES):
        resource = resources[item.get("identifierref")]
        assert resource.get(f"{{{scorm.ADL}}}scormtype") == "sco"
        assert [each.get("identifierref") for each in resource.iterfind("m:dependency", NAMES)] == ["shared"]
    assert {each.get("href") for each in root.iterfind(".//m:file", NAMES)} | {"imsmanifest.xml"} == set(files)
    identifiers = [each.get("identifier") for each in root.iter() if each.get("identifier")]
    assert len(set(identifiers)) == len(identifiers)


def test_manifest_is_one_of_scorm_1_2():
    root = etree.fromstring(files_in(scorm.files(generated(2), html))["imsmanifest.xml"])

    assert root.findtext("m:metadata/m:schema", namespaces=NAMES) == "ADL SCORM"
    assert root.findtext("m:metadata/m:schemaversion", namespaces=NAMES) == "1.2"
    title = root.find("m:metadata/imsmd:lom/imsmd:general/imsmd:title/imsmd:langstring", NAMES)
    assert (title.text, title.get("{http://www.w3.org/XML/1998/namespace}lang")) == ("Erdachtes Programm: ein Beispiel", "de")


def test_pages_need_nothing_from_elsewhere():
    files = files_in(scorm.files(generated(2), html))

    for path, content in files.items():
        if path.endswith(".html"):
            page = parse_html.fromstring(content)
            loaded = [each for element, _, each, _ in page.iterlinks() if element.tag != "a"]
            inside = [each for _, _, each, _ in page.iterlinks() if "://" not in each]
            assert all(each in inside for each in loaded)
            assert {resolve(path, each) for each in inside} <= set(files)
            assert not page.xpath("//script[not(@src)] | //@onclick | //style")
            levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
            assert all(after - before <= 1 for before, after in pairwise(levels))


def test_losses_name_quizzes_and_guides():
    assert scorm.losses(generated(2))[-3:] == (
        "Die Quizfragen (2 Einheiten) fehlen. Es gibt sie als QTI 2.1, das ILIAS nicht liest.",
        "Ablauf, Leitfaden und Folien für Lehrende (2 Einheiten) fehlen, denn alle Seiten sind für Teilnehmende.",
        "Methodenkarten und Glossar fehlen.",
    )


PLATFORM = """<!DOCTYPE html><html lang="de"><meta charset="utf-8"><title>Plattform</title><script>
window.said = [];
window.API = {
  LMSInitialize: function () { said.push("begin"); return "true"; },
  LMSGetValue: function (name) { return name === "cmi.core.lesson_status" ? window.status_ || "not attempted" : ""; },
  LMSSetValue: function (name, value) {
    said.push(name.replace("cmi.core.", "") + "=" + value);
    if (name === "cmi.core.lesson_status") { window.status_ = value; }
    return "true";
  },
  LMSCommit: function () { return "true"; },
  LMSFinish: function () { said.push("finish"); return "true"; }
};
</script><iframe src="units/einheit-1.html" style="width: 60rem; height: 20rem"></iframe></html>"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def platform(tmp_path):
    """Yield a page in a platform that has the unit in a frame."""
    for path, content in (files_in(scorm.files(generated(2), html)) | {"index.html": PLATFORM.encode()}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=tmp_path))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    with chromium() as browser:
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        page.wait_for_function("said.length === 2")
        yield page
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.journey
def test_the_platform_hears_of_the_start_the_end_and_the_time(platform):
    assert platform.evaluate("said") == ["begin", "lesson_status=incomplete"]

    platform.frames[1].evaluate("document.getElementById('ende').scrollIntoView()")
    platform.wait_for_function("said.length === 3")
    assert platform.evaluate("said[2]") == "lesson_status=completed"

    platform.evaluate("document.querySelector('iframe').src = 'about:blank'")
    platform.wait_for_function("said.length === 5")
    assert platform.evaluate("said[3].replace(/[0-9]/g, '0')") == "session_time=00:00:00"
    assert platform.evaluate("said[4]") == "finish"
