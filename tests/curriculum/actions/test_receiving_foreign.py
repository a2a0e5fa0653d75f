"""A course from another learning platform becomes a draft, and is not released before somebody wrote what it lacked."""

from io import BytesIO

import pytest

from staffel.accounts.core.roles import Role
from staffel.base.rules import RuleBroken
from staffel.curriculum.actions.receiving import take_over, upload
from staffel.curriculum.actions.release import submit
from staffel.curriculum.core import rules
from staffel.curriculum.core.formats import cartridge, qti, qti_items
from staffel.curriculum.core.package.writer import write_zip
from staffel.curriculum.models import Upload
from staffel.curriculum.queries.files import source_of
from staffel.ui import markdown
from tests.accounts.factories import make_emil, make_person
from tests.curriculum.generated import generated

pytestmark = pytest.mark.django_db

KINDS = {
    "cc11.imscc": (lambda source: cartridge.files(source, markdown.render, cartridge.V1_1), Upload.Kind.CARTRIDGE),
    "cc13.imscc": (lambda source: cartridge.files(source, markdown.render, cartridge.V1_3), Upload.Kind.CARTRIDGE),
    "qti21.zip": (lambda source: qti.files(source, markdown.render, qti_items.V2_1), Upload.Kind.QTI),
    "qti30.zip": (lambda source: qti.files(source, markdown.render, qti_items.V3_0), Upload.Kind.QTI),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_foreign_course_becomes_a_draft_that_is_not_ready(name):
    emil, jonas = make_emil(), make_person("Jonas", role=Role.EDITOR)
    files, kind = KINDS[name]
    stream = BytesIO()
    write_zip(files(generated(2)), stream)
    stream.seek(0)

    sent = upload(stream, name, by=jonas, organisation=emil.acting.organisation)
    version = take_over(sent, by=jonas).version
    source = source_of(version)

    assert sent.kind == kind
    assert len(sent.report["lost"]) > 0
    assert (version.state, len(source.outline.units)) == ("draft", 2)
    assert sum(len(source.unit(key).quiz) for key in source.outline.units) > 0
    with pytest.raises(RuleBroken) as refusal:
        submit(version, by=jonas)
    assert refusal.value.rule is rules.NO_STAND_INS
    assert "die Kompetenz „Noch zuzuordnen“" in refusal.value.values["left"]
    assert "die Lernziele in 2 Einheiten" in refusal.value.values["left"]
