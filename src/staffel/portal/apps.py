from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "staffel.portal"

    def ready(self):
        from staffel.portal import navigation  # noqa: PLC0415 - apps are not loaded before
        from staffel.ui import frame  # noqa: PLC0415

        frame.set_navigation(navigation.DESTINATIONS)
        for role, destinations in navigation.OF_ROLES.items():
            frame.set_navigation(destinations, role=role)
        frame.set_footer(navigation.LEGAL)
        frame.set_demo(navigation.DEMO)
