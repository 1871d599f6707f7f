"""How forms are drawn: Django's own field groups through our two templates, by Jinja.

Only `{{ form }}` and `field.as_field_group` look different. Widgets are left alone, so the CMS, which draws
its fields itself, is not touched; Django's own widgets are drawn by the Jinja templates it has of them as well.
"""

from functools import cached_property
from typing import Any

from django.forms.renderers import Jinja2, TemplatesSetting
from django.template import engines

WIDGETS = "django/forms/widgets/"


class FaceRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    @cached_property
    def _quick(self) -> Jinja2:
        return Jinja2()

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith(WIDGETS):
            return self._quick.get_template(template_name)
        if template_name in (self.form_template_name, self.field_template_name):
            return engines["jinja2"].get_template(template_name)
        return super().get_template(template_name)
