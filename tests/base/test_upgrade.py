"""A database of each earlier release becomes one of this release, with its rows.

``RELEASES`` names the last migration of every context at a release; a new release adds its line and never changes one.
"""

import pytest

RELEASES = {
    "0.1.0": (
        ("accounts", "0001_people_and_organisations"),
        ("municipalities", "0001_directory"),
        ("cohorts", "0001_pilot_staffeln"),
        ("sessions", "0001_initial"),
    ),
}
# As that release wrote them, without today's models.
ROWS_OF = {
    "0.1.0": """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("INSERT INTO accounts_organisation (id, public_id, name) VALUES (7, '0123456789AB', 'Amt')")
    cursor.execute("INSERT INTO accounts_person (id, password, public_id, name, email, is_active)"
                   " VALUES (7, '', 'AB0123456789', 'Anke Beispiel', 'anke@example.org', TRUE)")
    cursor.execute("INSERT INTO cohorts_pilotcohort (id, number, starts_on, start_precision, end_precision, published_on,"
                   " source, qualified_total, qualified_is_inferred)"
                   " VALUES (7, 1, '2021-10-27', 'day', '', '2021-10-27', 'https://example.org/', 15, FALSE)")
""",
}
READ = """
import django; django.setup()
from staffel.accounts.models import Organisation, Person
from staffel.cohorts.models import PilotCohort
person = Person.objects.get(pk=7)
print(person.name, person.email, person.public_id, person.is_example, person.acting, Organisation.objects.get(pk=7).name,
      PilotCohort.objects.get(pk=7).qualified_total)
"""


@pytest.mark.django_db
@pytest.mark.parametrize("release", RELEASES)
def test_a_database_of_an_earlier_release_migrates(instance, release):
    for context, migration in RELEASES[release]:
        instance("manage.py", "migrate", context, migration, "-v0")
    instance("-c", ROWS_OF[release])
    instance("manage.py", "migrate", "-v0")

    assert instance("-c", READ) == "Anke Beispiel anke@example.org AB0123456789 False None Amt 15\n"
    assert instance("manage.py", "migrate", "--check") == ""
