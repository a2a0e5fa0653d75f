from django.urls import path

from staffel.base import views

app_name = "base"
urlpatterns = [
    path("health/alive/", views.alive, name="alive"),
    path("health/ready/", views.ready, name="ready"),
    path("metrics/", views.figures, name="metrics"),
]
