"""What sort of thing a resource is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    GUIDE = "guide", _("Guide")
    REPORT = "report", _("Report")
    CASE_LAW = "case-law", _("Case law")
    TEMPLATE = "template", _("Template")
    TRAINING = "training", _("Training")
    AUDIO = "audio", _("Audio")
    VIDEO = "video", _("Video")
