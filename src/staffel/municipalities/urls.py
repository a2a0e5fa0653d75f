from django.urls import path, re_path

from staffel.municipalities import api, views

app_name = "municipalities"
urlpatterns = [
    path("kommunen/", views.municipality_list, name="list"),
    path("kommunen/vorschlaege/", views.suggestions, name="suggestions"),
    re_path(r"^kommunen/export\.(?P<ending>csv|xlsx|json)$", views.municipality_export, name="export"),
    path("foerderung/", views.project_list, name="projects"),
    re_path(r"^foerderung/export\.(?P<ending>csv|xlsx|json)$", views.project_export, name="project_export"),
    path("daten/", views.open_data, name="open_data"),
    path("api/v1/openapi.json", api.description, name="api_description"),
    path("api/v1/municipalities", api.municipality_list, name="api_municipalities"),
    path("api/v1/municipalities/<str:ags>", api.municipality, name="api_municipality"),
    path("api/v1/kreise", api.kreis_list, name="api_kreise"),
    path("api/v1/kreise/<str:code>", api.kreis, name="api_kreis"),
    path("api/v1/laender", api.land_list, name="api_laender"),
    path("api/v1/laender/<str:code>", api.land, name="api_land"),
    path("api/v1/funded-projects", api.project_list, name="api_projects"),
    path("api/v1/<path:rest>", api.nothing, name="api_nothing"),
    path("api/v1/", api.nothing, name="api_root"),
]
