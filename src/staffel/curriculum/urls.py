from django.urls import path, re_path

from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``
from staffel.curriculum.views import keys, public, public_files

# Digits and dots only: what is no number never reaches the database.
VERSION = r"^programme/(?P<key>[a-z0-9-]{1,60})/(?P<number>[0-9.]{5,20})/"
UNIT = VERSION + r"einheiten/(?P<unit>[a-z0-9-]{1,60})/"

app_name = "curriculum"
urlpatterns = [
    path("programme/", public.programme_list, name="programmes"),
    path("programme/<slug:key>/", public.programme, name="programme"),
    re_path(VERSION + r"$", public.version, name="version"),
    re_path(UNIT + r"$", public.unit, name="unit"),
    re_path(UNIT + r"leitfaden/$", public.guide, name="guide"),
    re_path(UNIT + r"dateien/(?P<name>[^/]{1,120})$", public_files.material, name="file"),
    re_path(VERSION + r"kompetenzen/$", public.competencies, name="competencies"),
    re_path(VERSION + r"kompetenzen/(?P<competency>[a-z0-9-]{1,60})/$", public.competency, name="competency"),
    re_path(VERSION + r"paket/$", public_files.package, name="package"),
    re_path(VERSION + r"ordner/$", public_files.folder, name="folder"),
    re_path(VERSION + r"publisher\.pem$", public_files.publisher, name="publisher"),
    path("programme/<slug:key>/vergleich/", public.comparison, name="comparison"),
    # Office: keys and trust.
    path("buero/programme/schluessel/", keys.keys, name="keys"),
    path("buero/programme/schluessel/neu/", keys.key_new, name="key_new"),
    path("buero/programme/schluessel/wechseln/", keys.key_rotate, name="key_rotate"),
    path("buero/programme/schluessel/sperren/", keys.key_revoke, name="key_revoke"),
    path("buero/programme/schluessel/<id:public_id>.pem", keys.own_pem, name="own_pem"),
    path("buero/programme/herausgeber/neu/", keys.publisher_new, name="publisher_new"),
    path("buero/programme/herausgeber/<id:public_id>.pem", keys.publisher_pem, name="publisher_pem"),
    path("buero/programme/herausgeber/<id:public_id>/abloesen/", keys.publisher_retire, name="publisher_retire"),
    path("buero/programme/herausgeber/<id:public_id>/sperren/", keys.publisher_revoke, name="publisher_revoke"),
]
