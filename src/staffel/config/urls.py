from django.conf import settings
from django.urls import include, path

from staffel.accounts.urls import ALLAUTH

urlpatterns = [
    path("", include("staffel.base.urls")),
    path("", include("staffel.portal.urls")),
    # Before the pages of single places, whose addresses begin alike.
    path("", include("staffel.municipalities.urls")),
    path("", include("staffel.reporting.urls")),
    path("", include("staffel.accounts.urls")),
    path("", include(ALLAUTH)),
    path("", include("staffel.curriculum.urls")),
    path("", include("staffel.cohorts.urls")),
    path("", include("staffel.admissions.urls")),
    path("", include("staffel.learning.urls")),
    path("", include("staffel.credentials.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("", include("staffel.ui.urls")))

handler400 = "staffel.ui.views.bad_request"
handler403 = "staffel.ui.views.permission_denied"
handler404 = "staffel.ui.views.page_not_found"
handler500 = "staffel.ui.views.server_error"
