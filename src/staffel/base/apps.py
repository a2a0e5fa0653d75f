from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class BaseConfig(AppConfig):
    name = "staffel.base"

    def ready(self):
        # Every context registers its jobs in ``tasks``.
        autodiscover_modules("tasks")
