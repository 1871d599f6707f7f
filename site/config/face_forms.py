"""How forms are drawn: Django's own field groups through our two templates.

Only `{{ form }}` and `field.as_field_group` look different. Widgets are left alone, so the CMS, which draws
its fields itself, is not touched.
"""

from django.forms.renderers import TemplatesSetting


class FaceRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
