from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "staffel.reporting"
