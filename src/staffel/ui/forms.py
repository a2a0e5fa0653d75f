"""How a form looks: Django's renderer with KERN's markup."""

from django.forms.renderers import TemplatesSetting


class KernRenderer(TemplatesSetting):
    """Render every form field with the kit."""
