from django.urls import path, re_path

from staffel.curriculum import views

# Digits and dots only: what is no number never reaches the database.
VERSION = r"^programme/(?P<key>[a-z0-9-]{1,60})/(?P<number>[0-9.]{5,20})/"

app_name = "curriculum"
urlpatterns = [
    path("programme/", views.programme_list, name="programmes"),
    path("programme/<slug:key>/", views.programme, name="programme"),
    re_path(VERSION + r"$", views.version, name="version"),
    re_path(VERSION + r"einheiten/(?P<unit>[a-z0-9-]{1,60})/$", views.unit, name="unit"),
]
