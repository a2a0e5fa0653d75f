from django.urls import path, re_path

from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``
from staffel.portal.views import cohort, office, own, privacy, public

app_name = "portal"
urlpatterns = [
    path("", public.start, name="start"),
    path("mein-bereich/", own.own, name="own"),
    path("buero/", office.office, name="office"),
    path("staffeln/<id:public_id>/", cohort.cohort_overview, name="cohort"),
    path("impressum/", public.imprint, name="imprint"),
    path("datenschutz/", public.privacy, name="privacy"),
    path("barrierefreiheit/", public.accessibility, name="accessibility"),
    path("leichte-sprache/", public.easy_language, name="easy_language"),
    path("gebaerdensprache/", public.sign_language, name="sign_language"),
    path("konto/daten/", privacy.own_data, name="own_data"),
    re_path(r"^konto/daten/export\.(?P<ending>json|html)$", privacy.own_data_export, name="own_data_export"),
    path("konto/daten/loeschen/", privacy.erase, name="erase"),
    path("datenschutz/daten/", privacy.categories, name="categories"),
    path("datenschutz/daten/export.csv", privacy.categories_export, name="categories_export"),
    path("buero/aufbewahrung/", privacy.retention, name="retention"),
]
