from django.urls import path, re_path

from staffel.curriculum.views import public

# Digits and dots only: what is no number never reaches the database.
VERSION = r"^programme/(?P<key>[a-z0-9-]{1,60})/(?P<number>[0-9.]{5,20})/"

app_name = "curriculum"
urlpatterns = [
    path("programme/", public.programme_list, name="programmes"),
    path("programme/<slug:key>/", public.programme, name="programme"),
    re_path(VERSION + r"$", public.version, name="version"),
    re_path(VERSION + r"einheiten/(?P<unit>[a-z0-9-]{1,60})/$", public.unit, name="unit"),
]
