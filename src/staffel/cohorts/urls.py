from django.urls import path

from staffel.cohorts import views

app_name = "cohorts"
urlpatterns = [path("staffeln/", views.pilot, name="pilot")]
