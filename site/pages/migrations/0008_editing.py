"""Who sets site and menus; people who write without publishing; the approval of their pages, by its own name."""

from importlib import import_module

from django.db import migrations

first = import_module("pages.migrations.0002_first_pages")

AUTHORS = "Authors"
SETTINGS = [
    ("pages", "sitesettings", ["change_sitesettings"]),
    ("pages", "menus", ["change_menus"]),
]
# Wagtail's own name for both is "Moderators approval": there are no moderators here.
APPROVAL = "Approval by the editors"
STOCK = "Moderators approval"


def let_editors_set(apps, schema_editor):
    editors = apps.get_model("auth", "Group").objects.get_or_create(name=first.EDITORS)[0]
    first.allow(apps, editors, SETTINGS)


def make_authors(apps, schema_editor):
    """Whoever may add but not publish writes drafts, changes their own, and hands them in."""
    authors = apps.get_model("auth", "Group").objects.get_or_create(name=AUTHORS)[0]
    first.allow(apps, authors, [("wagtailadmin", "admin", ["access_admin"])])
    first.allow_files(apps, authors, ["add", "choose"])
    homes = apps.get_model("wagtailcore", "Page").objects.filter(depth=2).select_related("locale")
    for home in homes:
        first.allow_pages(apps, authors, home, ["add"])


def name_the_approval(apps, schema_editor):
    for model in ("Task", "Workflow"):
        apps.get_model("wagtailcore", model).objects.filter(name=STOCK).update(name=APPROVAL)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0007_site_and_menus"),
    ]

    operations = [
        migrations.RunPython(let_editors_set, migrations.RunPython.noop),
        migrations.RunPython(make_authors, migrations.RunPython.noop),
        migrations.RunPython(name_the_approval, migrations.RunPython.noop),
    ]
