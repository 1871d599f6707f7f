"""Editors decide about comments, and whether visitors may write any."""

from django.db import migrations

EDITORS = "Editors"
RIGHTS = [
    ("comment", "moderate_comments", "Moderate comments of public pages"),
    ("commentsettings", "change_commentsettings", "Can change comments"),
]


def allow(apps, schema_editor):
    """Django makes these rows after all migrations; here they are needed before."""
    group = apps.get_model("auth", "Group").objects.get_or_create(name=EDITORS)[0]
    types = apps.get_model("contenttypes", "ContentType").objects
    for model, codename, name in RIGHTS:
        content_type = types.get_or_create(app_label="news_comments", model=model)[0]
        right = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]
        group.permissions.add(right)


class Migration(migrations.Migration):
    dependencies = [
        ("news_comments", "0001_initial"),
        # Makes the group, and takes from it what Wagtail had given.
        ("pages", "0002_first_pages"),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
