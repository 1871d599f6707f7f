"""Wagtail's and Django's records of where this site answers, kept in step with `settings.BASE_URL`."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps as installed
from django.conf import settings


def keep_site_record(apps: Any = None, **kwargs: Any) -> None:
    """After every `migrate`, hence after every start of `make run`, with whatever PORT."""
    where = urlsplit(settings.BASE_URL)
    port = where.port or (443 if where.scheme == "https" else 80)
    wagtail_site = installed.get_model("wagtailcore", "Site")
    record = wagtail_site.objects.filter(is_default_site=True).first()
    if record is not None and (record.hostname, record.port) != (where.hostname, port):
        record.hostname, record.port = where.hostname, port
        record.save()
    # The same domain for comments-xtd's mails as for Wagtail's addresses (stack.md).
    installed.get_model("sites", "Site").objects.update_or_create(
        pk=settings.SITE_ID, defaults={"domain": where.netloc, "name": settings.SITE_NAME}
    )
