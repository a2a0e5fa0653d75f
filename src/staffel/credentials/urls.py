from django.urls import path, re_path

from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``
from staffel.credentials.views import office, verification

app_name = "credentials"
urlpatterns = [
    path("buero/staffeln/<id:public_id>/zertifikate/", office.awards, name="awards"),
    path("buero/staffeln/<id:public_id>/zertifikate/ausstellen/", office.issue, name="issue"),
    path("buero/urkunden/vorschau/<id:public_id>.pdf", office.preview, name="preview"),
    # The 13 characters of a code.
    path("buero/urkunden/<slug:public_id>/widerrufen/", office.revoke, name="revoke"),
    path("urkunde/<slug:public_id>.pdf", office.paper, name="paper"),
    path("pruefen/", verification.ask, name="verify"),
    # Anything people type, but no NUL, which is an error in PostgreSQL.
    re_path(r"^pruefen/(?P<code>[^/\x00]{1,60})/$", verification.answer, name="verified"),
]
