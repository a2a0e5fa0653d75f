import json

import pytest

from staffel.curriculum.pages.linked_data import block, course, resource
from staffel.curriculum.pages.unit import unit_page
from staffel.curriculum.queries import files, versions
from tests.curriculum.small_programme import small_files
from tests.curriculum.taught import released, taught_files


def test_nothing_leaves_the_block():
    html = block({"name": "</script><!--&\u2028"})

    assert html == (
        '<script type="application/ld+json">{"@context":"https://schema.org",'
        '"name":"\\u003c/script\\u003e\\u003c!--\\u0026\\u2028"}</script>'
    )
    assert json.loads(html[35:-9])["name"] == "</script><!--&\u2028"


@pytest.mark.django_db
def test_a_programme_is_a_course_with_its_units_as_parts(settings):
    settings.BASE_URL = "https://staffel.example"
    version = released(small_files())
    base = "https://staffel.example/programme/kleines-programm/1.0.0/"

    assert course(versions.version_facts(version), "de") == {
        "@type": "Course",
        "@id": base,
        "url": base,
        "name": "Kleines Programm",
        "description": "Zum Ausprobieren.",
        "courseCode": "kleines-programm",
        "version": "1.0.0",
        "inLanguage": "de",
        "license": "https://creativecommons.org/licenses/by/4.0/deed.de",
        "datePublished": version.released_on.isoformat(),
        "isAccessibleForFree": True,
        "timeRequired": "PT8H",
        "teaches": ["Planen", "Reden"],
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "Synchronous", "courseWorkload": "PT8H"},
        "hasPart": [
            {"@type": "LearningResource", "@id": f"{base}einheiten/{key}/", "name": name, "position": position}
            for position, (key, name) in enumerate([("aufbruch", "Aufbruch"), ("weiter", "Weiter"), ("schluss", "Schluss")], 1)
        ],
    }


@pytest.mark.django_db
def test_a_unit_is_a_learning_resource(settings):
    settings.BASE_URL = "https://staffel.example"
    version = released(taught_files())
    page = unit_page(versions.version_facts(version), "aufbruch", files.unit_content(version, "aufbruch"))
    base = "https://staffel.example/programme/kleines-programm/1.0.0/"

    assert resource(page, "en") == {
        "@type": "LearningResource",
        "@id": f"{base}einheiten/aufbruch/",
        "url": f"{base}einheiten/aufbruch/",
        "name": "Aufbruch",
        "inLanguage": "en",
        "license": "https://creativecommons.org/licenses/by/4.0/deed.de",
        "learningResourceType": "lesson",
        "timeRequired": "PT4H",
        "teaches": ["Sie fangen an.", "Sie reden darüber."],
        "position": 1,
        "isPartOf": {"@type": "Course", "@id": base, "name": "Kleines Programm"},
    }
