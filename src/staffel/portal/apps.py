from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "staffel.portal"
