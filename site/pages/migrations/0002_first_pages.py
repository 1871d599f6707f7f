"""The four trees, the Site record, and the groups that may write in them.

Page rows are written by hand (path, depth, url_path): historical models know nothing of the tree.
"""

import uuid

from django.conf import settings
from django.db import migrations
from django.utils import timezone

ROOT, STEP = "0001", 4
HOMES = {"en": "Home", "fr": "Accueil", "ar": "الرئيسية", "nl": "Home"}
# (app, model, slug, titles): the same slug in every language, as the addresses are (house.md).
LISTS = [
    ("news", "NewsIndexPage", "news", {"en": "News", "fr": "Actualités", "ar": "الأخبار", "nl": "Nieuws"}),
    (
        "news",
        "ResourceIndexPage",
        "resources",
        {"en": "Resources", "fr": "Ressources", "ar": "الموارد", "nl": "Bronnen"},
    ),
    (
        "pages",
        "SpaceIndexPage",
        "communities",
        {"en": "Communities", "fr": "Communautés", "ar": "المجتمعات", "nl": "Communities"},
    ),
]

EDITORS = "Editors"
PAGE = ("wagtailcore", "page")
IMAGE, DOCUMENT = ("wagtailimages", "image"), ("wagtaildocs", "document")
EDITORS_ON_PAGES = ["add", "change", "publish", "lock", "unlock", "bulk_delete"]
TRANSLATORS_ON_PAGES = ["change", "publish"]
EDITORS_EVERYWHERE = [
    ("wagtailadmin", "admin", ["access_admin"]),
    ("wagtail_localize", "translation", ["submit_translation"]),
    ("themes", "theme", ["add_theme", "change_theme", "delete_theme", "view_theme"]),
    ("wagtailredirects", "redirect", ["add_redirect", "change_redirect", "delete_redirect", "view_redirect"]),
]
TRANSLATORS_EVERYWHERE = EDITORS_EVERYWHERE[:2]


def content_type(apps, app, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)[0]


def permission(apps, app, model, codename):
    """Django makes these rows after all migrations; here they are needed before."""
    rows = apps.get_model("auth", "Permission").objects
    existing = rows.filter(content_type__app_label=app, codename=codename).first()
    if existing is not None:
        return existing
    name = "Can " + codename.replace("_", " ")
    return rows.create(content_type=content_type(apps, app, model), codename=codename, name=name)


def make_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Locale = apps.get_model("wagtailcore", "Locale")
    root = Page.objects.get(path=ROOT)
    # Wagtail's welcome page, and the Site that it is the root of.
    Page.objects.filter(path__startswith=ROOT, depth__gt=1).delete()
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in HOMES}
    keys = [uuid.uuid4() for _ in range(len(LISTS) + 1)]
    for number, (code, title) in enumerate(HOMES.items(), start=1):
        home = add(apps, ("pages", "HomePage"), root, number, locales[code], keys[0], title, f"home-{code}")
        for place, (app, model, slug, titles) in enumerate(LISTS, start=1):
            add(apps, (app, model), home, place, locales[code], keys[place], titles[code], slug)
        home.numchild = len(LISTS)
        home.save()
    Page.objects.filter(pk=root.pk).update(numchild=len(HOMES))
    apps.get_model("wagtailcore", "Site").objects.create(
        hostname="localhost",
        port=80,
        site_name=settings.SITE_NAME,
        is_default_site=True,
        root_page_id=Page.objects.get(slug=f"home-{settings.LANGUAGE_CODE}", depth=2).pk,
    )


def add(apps, model, parent, number, locale, key, title, slug):
    now = timezone.now()
    return apps.get_model(*model).objects.create(
        path=f"{parent.path}{number:0{STEP}d}",
        depth=parent.depth + 1,
        numchild=0,
        url_path=f"{parent.url_path}{slug}/",
        title=title,
        draft_title=title,
        slug=slug,
        live=True,
        locale_id=locale.pk,
        translation_key=key,
        source_language=locale.language_code,
        content_type_id=content_type(apps, model[0], model[1].lower()).pk,
        first_published_at=now,
        last_published_at=now,
    )


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    homes = list(apps.get_model("wagtailcore", "Page").objects.filter(depth=2).select_related("locale"))
    editors = Group.objects.get_or_create(name=EDITORS)[0]
    empty(apps, editors)
    allow(apps, editors, EDITORS_EVERYWHERE)
    allow_files(apps, editors, ["add", "change", "choose", "delete"])
    for home in homes:
        allow_pages(apps, editors, home, EDITORS_ON_PAGES)
        translators = Group.objects.get_or_create(name=f"Translators: {home.locale.language_code}")[0]
        allow(apps, translators, TRANSLATORS_EVERYWHERE)
        allow_files(apps, translators, ["choose"])
        allow_pages(apps, translators, home, TRANSLATORS_ON_PAGES)
    # Wagtail's second group and the approval that hangs on it: editors approve each other's work.
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.all():
        task.groups.set([editors])
    Group.objects.filter(name="Moderators").delete()


def empty(apps, group):
    """What Wagtail gave its own Editors group on the whole tree."""
    group.permissions.clear()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.filter(group=group).delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.filter(group=group).delete()


def allow(apps, group, rows):
    for app, model, codenames in rows:
        group.permissions.add(*(permission(apps, app, model, codename) for codename in codenames))


def allow_pages(apps, group, home, verbs):
    for verb in verbs:
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page_id=home.pk, permission=permission(apps, *PAGE, f"{verb}_page")
        )


def allow_files(apps, group, verbs):
    collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for app, model in (IMAGE, DOCUMENT):
        for verb in verbs:
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group, collection=collection, permission=permission(apps, app, model, f"{verb}_{model}")
            )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("news", "0001_initial"),
        ("themes", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RunPython(make_pages, migrations.RunPython.noop),
        migrations.RunPython(make_groups, migrations.RunPython.noop),
    ]
