from django.urls import path

from staffel.curriculum import views

app_name = "curriculum"
urlpatterns = [
    path("programme/", views.programme_list, name="programmes"),
    path("programme/<slug:key>/", views.programme, name="programme"),
    path("programme/<slug:key>/<str:number>/", views.version, name="version"),
    path("programme/<slug:key>/<str:number>/einheiten/<slug:unit>/", views.unit, name="unit"),
]
