from django.urls import path

from staffel.ui import views

app_name = "ui"
urlpatterns = [
    path("bausteine/", views.gallery, name="gallery"),
    path("bausteine/vorschlaege/", views.gallery_suggestions, name="gallery_suggestions"),
]
