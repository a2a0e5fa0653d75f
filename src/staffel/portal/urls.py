from django.urls import path

from staffel.portal.views import cohort, office, own, public

app_name = "portal"
urlpatterns = [
    path("", public.start, name="start"),
    path("mein-bereich/", own.own, name="own"),
    path("buero/", office.office, name="office"),
    path("staffeln/<str:public_id>/", cohort.cohort_overview, name="cohort"),
    path("impressum/", public.imprint, name="imprint"),
    path("datenschutz/", public.privacy, name="privacy"),
    path("barrierefreiheit/", public.accessibility, name="accessibility"),
    path("leichte-sprache/", public.easy_language, name="easy_language"),
    path("gebaerdensprache/", public.sign_language, name="sign_language"),
]
