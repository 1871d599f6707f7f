"""What the CMS does not let anyone do, and that it works for those who may."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.urls import NoReverseMatch, reverse
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from profiles.models import User
from themes.models import Theme

pytestmark = pytest.mark.django_db


def test_account_page_sets_no_name_address_or_password(editor, client_of):
    client = client_of(editor)
    html = client.get("/cms/account/").content.decode()
    assert client.get("/cms/account/").status_code == 200
    for name in ("email", "first_name", "password", "avatar"):
        assert f"{name}" not in html.split("<form", 1)[1]


@pytest.mark.parametrize("person", ["editor", "translator_ar"])
@pytest.mark.parametrize("path", ["users/", "users/new/", "groups/", "groups/new/", "sites/", "locales/"])
def test_editors_reach_no_people_and_no_settings(person, path, cast, client_of):
    assert client_of(cast[person]).get(f"/cms/{path}").status_code in (302, 403, 404)


def test_root_sets_groups_and_nothing_else(root, member, client_of):
    client, edit = client_of(root), f"/cms/users/edit/{member.pk}/"
    before = User.objects.values().get(pk=member.pk)
    page = client.get(edit)
    assert page.status_code == 200
    assert set(page.context["form"].fields) == {"groups"}
    editors = Group.objects.get(name="Editors")
    wanted = {"groups": [editors.pk], "email": "x@y.example", "password1": "x" * 20, "password2": "x" * 20}
    client.post(edit, {**wanted, "is_superuser": "on", "is_active": "", "display_name": "X"})
    assert list(member.groups.all()) == [editors]
    assert User.objects.values().get(pk=member.pk) == before


@pytest.mark.parametrize(
    "path", ["users/new/", "users/delete/{pk}/", "groups/", "groups/new/", "bulk/profiles/user/delete/?id={pk}",
             "bulk/profiles/user/set_active_state/?id={pk}", "bulk/profiles/user/assign_role/?id={pk}"],
)  # fmt: skip
def test_root_makes_and_deletes_nobody(path, root, member, client_of):
    client = client_of(root)
    for send in (client.get, client.post):
        assert send(f"/cms/{path.format(pk=member.pk)}").status_code in (302, 403, 404)
    member.refresh_from_db()
    assert member.is_active


def test_list_of_people_works_for_root(root, client_of):
    assert client_of(root).get("/cms/users/").status_code == 200


def test_no_private_model_is_registered(db):
    """access.md: private content is never a Wagtail object."""
    assert get_snippet_models() == [Theme]
    private = {"communities", "profiles", "space_forum", "forum_conversation", "files", "events", "search"}
    for model in apps.get_models():
        if model._meta.app_label in private:
            assert not issubclass(model, Page)
            with pytest.raises(NoReverseMatch):
                reverse(f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:list")


def test_cms_pages_work_and_carry_their_own_policy(editor, client_of):
    client = client_of(editor)
    for path in ("", "translations/", "images/", "documents/", "snippets/themes/theme/", "reports/aging-pages/",
                 "redirects/"):  # fmt: skip
        answer = client.get(f"/cms/{path}")
        assert answer.status_code == 200, path
        assert "'unsafe-eval'" not in answer["Content-Security-Policy"]
        assert answer["Content-Security-Policy"].startswith("default-src 'self'")


def test_home_lists_and_landing_pages_are_kept(editor, client_of, closed_space):
    client = client_of(editor)
    pages = [*Page.objects.filter(depth__in=(2, 3)), closed_space.landing_pages.first()]
    for page in pages:
        for verb in ("delete", "unpublish", "move"):
            client.post(reverse(f"wagtailadmin_pages:{verb}", args=[page.pk]))
    assert Page.objects.filter(pk__in=[page.pk for page in pages], live=True).count() == len(pages)


def test_landing_page_is_not_made_by_hand(editor, client_of):
    index = Page.objects.get(url_path="/home-fr/communities/")
    answer = client_of(editor).get(reverse("wagtailadmin_pages:add", args=["pages", "spacepage", index.pk]))
    assert answer.status_code in (302, 403, 404)


def test_editor_writes_on_a_landing_page(editor, client_of, closed_space):
    page = closed_space.landing_pages.get(alias_of=None, locale__language_code="fr")
    client, edit = client_of(editor), reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(edit).context["form"]
    assert not {"slug", "title", "space"} & set(form.fields)


def test_picture_needs_words(article):
    from django.core.exceptions import ValidationError
    from wagtail.images.models import Image
    from wagtail.images.tests.utils import get_test_image_file

    image = Image.objects.create(title="x", file=get_test_image_file())
    with pytest.raises(ValidationError, match="picture"):
        article("fr", picture=image)


def test_comments_have_no_address(client):
    """comments-xtd's own views and JSON stay unmounted until `news` has doors of its own."""
    for name in ("comments-post-comment", "comments-xtd-sent", "comments-xtd-api-create"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/comments/post/", "/comments/api/comment/", "/en/comments/post/", "/api/comment/"):
        assert client.get(path, follow=True).status_code == 404


def test_every_rendition_is_webp_without_metadata(db):
    """Wagtail's own thumbnails too: a JPEG rendition would keep where the picture was taken."""
    from io import BytesIO

    from django.core.files.base import ContentFile
    from PIL import Image as Pillow
    from wagtail.images.models import Image

    exif = Pillow.Exif()
    exif[0x010E] = "taken in a secret place"
    raw = BytesIO()
    Pillow.new("RGB", (300, 200)).save(raw, "JPEG", exif=exif)
    image = Image.objects.create(title="x", file=ContentFile(raw.getvalue(), name="x.jpg"))
    rendition = image.get_rendition("max-165x165")
    with rendition.file.open() as made:
        content = made.read()
    assert rendition.file.name.endswith(".webp") and b"secret" not in content


@pytest.mark.parametrize("name", ["page.html", "picture.svg", "script.js"])
def test_document_of_a_dangerous_kind_is_refused(name, editor, client_of):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.documents.models import Document

    upload = SimpleUploadedFile(name, b"<script>alert(1)</script>")
    client_of(editor).post(reverse("wagtaildocs:add"), {"title": "x", "file": upload, "collection": 1})
    assert not Document.objects.filter(title="x").exists()


@pytest.mark.parametrize(
    ("verb", "path", "given"),
    [
        ("post", "choose-external-link/", {}),
        ("get", "choose-email-link/", {"link_url": "https://["}),
        ("get", "choose-anchor-link/", {"parent_page_id": "x"}),
        ("get", "choose-page/", {"target_pages[]": "x"}),
    ],
)
def test_request_that_a_chooser_stumbles_over_is_refused_in_words(verb, path, given, editor, client_of):
    answer = getattr(client_of(editor), verb)(f"/cms/{path}", given)
    assert answer.status_code == 400 and answer.content
    assert client_of(editor).get(f"/cms/{path}").status_code == 200
