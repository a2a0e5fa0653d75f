"""How a form looks: Django's renderer with KERN's markup."""

from django.forms.renderers import DjangoTemplates

INPUT = "kern-form-input__input"
WIDGET_CLASSES = {
    **{
        f"django/forms/widgets/{name}.html": INPUT
        for name in ("text", "email", "url", "number", "password", "search", "tel", "color", "date", "time", "datetime")
    },
    "django/forms/widgets/input.html": INPUT,
    "django/forms/widgets/textarea.html": INPUT,
    "django/forms/widgets/file.html": INPUT,
    "django/forms/widgets/clearable_file_input.html": INPUT,
    "django/forms/widgets/select.html": "kern-form-input__select",
    "django/forms/widgets/select_date.html": "kern-form-input__select",
    "django/forms/widgets/checkbox.html": "kern-form-check__checkbox",
    "django/forms/widgets/checkbox_option.html": "kern-form-check__checkbox",
    "django/forms/widgets/radio_option.html": "kern-form-check__radio",
}
# Widgets whose markup is ours, not only their class.
TEMPLATES = {
    "django/forms/widgets/radio.html": "ui/forms/radios.html",
    "django/forms/widgets/checkbox_select.html": "ui/forms/checkboxes.html",
}


class KernRenderer(DjangoTemplates):
    """Render fields with label, hint, error and widget in this order, required or voluntary in words."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name):
        return super().get_template(TEMPLATES.get(template_name, template_name))

    def render(self, template_name, context, request=None):
        css = WIDGET_CLASSES.get(template_name)
        if css:
            attrs = context["widget"]["attrs"]
            attrs["class"] = " ".join(dict.fromkeys([css, *attrs.get("class", "").split()]))
        return super().render(template_name, context, request)
