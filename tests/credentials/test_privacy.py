from datetime import UTC, date, datetime

import pytest

from staffel.accounts.models import AuditEntry
from staffel.credentials import actions, privacy
from staffel.credentials.core.personal import CATEGORIES
from staffel.credentials.models import Award
from tests.accounts.factories import make_emil, make_person
from tests.credentials.factories import FACTS, make_award, make_finished_cohort, make_finisher

pytestmark = pytest.mark.django_db


def test_export_gives_a_person_their_own_awards():
    cohort = make_finished_cohort()
    award = make_award(make_finisher(cohort))
    make_award(make_finisher(cohort, "Bert"))

    assert privacy.export(make_person("Anke")) == {
        "Urkunden": [
            {
                "Prüfcode": award.code,
                "Art": "Zertifikat",
                "Name": "Anke Beispiel",
                "Ausgestellt am": "2024-09-05",
                "Angaben": FACTS,
                "Nachweis": {"state": "fulfilled"},
                "Widerrufen am": None,
                "Grund des Widerrufs": "",
            }
        ]
    }
    assert privacy.export(make_person("Cora")) == {"Urkunden": []}


def test_erase_keeps_a_valid_award_and_says_why():
    make_award(make_finisher(make_finished_cohort()))

    assert privacy.erase(make_person("Anke"), by="Test") == [
        "Eine gültige Urkunde bleibt mit Ihrem Namen gespeichert, bis zehn Jahre nach der Ausstellung.",
        "So können andere das Papier in Ihren Händen weiter prüfen. Wünschen Sie das nicht, bitten Sie um Widerruf.",
    ]
    assert Award.objects.get().holder_name == "Anke Beispiel"


def test_erase_blanks_a_revoked_award_but_it_stays_revoked():
    award = make_award(make_finisher(make_finished_cohort()))
    actions.revoke_award(award, reason="Anke hieß anders.", by=make_emil())

    assert privacy.erase(make_person("Anke"), by="Test") == ["Name und Nachweis einer widerrufenen Urkunde sind gelöscht."]

    award.refresh_from_db()
    assert (award.holder_name, award.evidence, award.revocation_reason, award.is_valid) == ("", {}, "gelöscht", False)
    assert AuditEntry.objects.filter(action="credentials.holder_forgotten").count() == 1
    assert privacy.erase(make_person("Anke"), by="Test") == []


def test_expire_blanks_after_ten_years_and_the_code_stays_valid():
    cohort = make_finished_cohort()
    old = make_award(make_finisher(cohort), issued_on=date(2014, 1, 1))
    young = make_award(make_finisher(cohort, "Bert"), issued_on=date(2014, 1, 2))

    assert privacy.expire(datetime(2024, 1, 3, 12, tzinfo=UTC)) == {"credentials.awards": 1}
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.holder_name, old.evidence, old.is_valid, old.has_paper) == ("", {}, True, False)
    assert young.holder_name == "Bert Beispiel"
    assert privacy.expire(datetime(2024, 1, 3, 12, tzinfo=UTC)) == {"credentials.awards": 0}


def test_every_personal_field_is_declared():
    [category] = CATEGORIES
    fields = {field.name for field in Award._meta.get_fields()}

    assert set(category.fields["Award"]) - fields == set()
