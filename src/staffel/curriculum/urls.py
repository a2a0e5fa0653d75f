from django.urls import path, re_path

from staffel.base import converters  # noqa: F401 - gives routes ``<id:…>``
from staffel.curriculum.views import downloads, editing, errands, keys, merging, public, public_files, reading, upload

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
    re_path(UNIT + r"downloads/(?P<kind>(?:unit|group|form)-(?:pdf|odt|docx))/$", downloads.download, name="unit_download"),
    re_path(UNIT + r"dateien/(?P<name>[A-Za-z0-9._-]{1,100})$", public_files.material, name="file"),
    re_path(VERSION + r"kompetenzen/$", public.competencies, name="competencies"),
    re_path(VERSION + r"kompetenzen/(?P<competency>[a-z0-9-]{1,60})/$", public.competency, name="competency"),
    re_path(VERSION + r"methoden/$", public.methods, name="methods"),
    re_path(VERSION + r"methoden/(?P<method>[a-z0-9-]{1,60})/$", public.method, name="method"),
    re_path(VERSION + r"glossar/$", public.glossary, name="glossary"),
    re_path(VERSION + r"paket/$", downloads.package, name="package"),
    re_path(VERSION + r"ordner/$", downloads.folder, name="folder"),
    re_path(VERSION + r"downloads/(?P<kind>[a-z0-9.-]{3,9})/$", downloads.download, name="download"),
    re_path(VERSION + r"publisher\.pem$", public_files.publisher, name="publisher"),
    path("programme/<slug:key>/vergleich/", public.comparison, name="comparison"),
    # Office: programmes, versions, uploads.
    path("buero/programme/", editing.programmes, name="editing"),
    path("buero/programme/versionen/<id:public_id>/", editing.version, name="edited"),
    path("buero/programme/versionen/<id:public_id>/lesen/", reading.version, name="read"),
    path("buero/programme/versionen/<id:public_id>/lesen/<slug:unit>/", reading.unit, name="read_unit"),
    path("buero/programme/versionen/<id:public_id>/lesen/<slug:unit>/leitfaden/", reading.guide, name="read_guide"),
    path("buero/programme/versionen/<id:public_id>/lesen/<slug:unit>/dateien/<file:name>", reading.file, name="read_file"),
    # Not below lesen/, where the keys of units stand.
    path("buero/programme/versionen/<id:public_id>/kompetenzen/", reading.competencies, name="read_competencies"),
    path("buero/programme/versionen/<id:public_id>/kompetenzen/<slug:competency>/", reading.competency, name="read_competency"),
    path("buero/programme/versionen/<id:public_id>/methoden/", reading.methods, name="read_methods"),
    path("buero/programme/versionen/<id:public_id>/methoden/<slug:method>/", reading.method, name="read_method"),
    path("buero/programme/versionen/<id:public_id>/glossar/", reading.glossary, name="read_glossary"),
    path("buero/programme/versionen/<id:public_id>/vergleich/", editing.version_comparison, name="edited_comparison"),
    path("buero/programme/versionen/<id:public_id>/ordner.zip", editing.version_folder, name="edited_folder"),
    path("buero/programme/versionen/<id:public_id>/paket.zip", editing.version_package, name="edited_package"),
    path("buero/programme/versionen/<id:public_id>/nummer/", editing.version_number, name="edited_number"),
    path("buero/programme/versionen/<id:public_id>/pruefen/", editing.version_submit, name="edited_submit"),
    path("buero/programme/versionen/<id:public_id>/freigeben/", editing.version_release, name="edited_release"),
    path("buero/programme/versionen/<id:public_id>/zurueckgeben/", editing.version_back, name="edited_back"),
    path("buero/programme/versionen/<id:public_id>/verwerfen/", editing.version_discard, name="edited_discard"),
    path("buero/programme/versionen/<id:public_id>/als-entwurf/", editing.version_adopt, name="edited_adopt"),
    path("buero/programme/versionen/<id:public_id>/zusammenfuehren/", merging.merge_new, name="merge_new"),
    path("buero/programme/hochladen/", upload.upload_new, name="upload_new"),
    path("buero/programme/hochladen/<id:public_id>/", upload.upload_preview, name="upload"),
    path("buero/programme/hochladen/<id:public_id>/vergleich/", upload.upload_comparison, name="upload_comparison"),
    path("buero/programme/hochladen/<id:public_id>/uebernehmen/", upload.upload_receive, name="upload_receive"),
    path("buero/programme/hochladen/<id:public_id>/als-entwurf/", upload.upload_take_over, name="upload_take_over"),
    path("buero/programme/hochladen/<id:public_id>/verwerfen/", upload.upload_drop, name="upload_drop"),
    path("buero/programme/vorgaenge/<id:public_id>/", errands.errand, name="errand"),
    # Office: merges.
    path("buero/programme/zusammenfuehrungen/<id:public_id>/", merging.merge, name="merge"),
    path("buero/programme/zusammenfuehrungen/<id:public_id>/entscheiden/", merging.merge_decide, name="merge_decide"),
    path("buero/programme/zusammenfuehrungen/<id:public_id>/fortsetzen/", merging.merge_renew, name="merge_renew"),
    path("buero/programme/zusammenfuehrungen/<id:public_id>/abschliessen/", merging.merge_finish, name="merge_finish"),
    path("buero/programme/zusammenfuehrungen/<id:public_id>/verwerfen/", merging.merge_drop, name="merge_drop"),
    path("buero/programme/zusammenfuehrungen/<id:public_id>/ergebnis/", merging.merge_result, name="merge_result"),
    path("buero/programme/zusammenfuehrungen/<id:public_id>/ergebnis.zip", merging.merge_folder, name="merge_folder"),
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
