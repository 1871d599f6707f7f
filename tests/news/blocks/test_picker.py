"""The block picker: icon, description, preview, in the look of the site."""

import pytest
from django.urls import reverse
from wagtail import hooks

from news.blocks import BodyBlock
from news.models import NewsPage
from tests.news.blocks.kinds import document, image

pytestmark = pytest.mark.django_db
NAMES = list(BodyBlock().child_blocks)


def block(name):
    return NewsPage._meta.get_field("body").stream_block.child_blocks[name]


@pytest.mark.parametrize("name", NAMES)
def test_block_has_icon_group_and_description(name):
    icons = [icon for hook in hooks.get_hooks("register_icons") for icon in hook([])]
    known = {icon.rpartition("/")[2].removesuffix(".svg") for icon in icons}
    assert block(name).meta.icon in known
    assert block(name).get_description() and block(name).meta.group


@pytest.mark.parametrize("filled", [False, True], ids=["new site", "with files"])
@pytest.mark.parametrize("name", NAMES)
def test_block_shows_itself_in_the_picker(name, filled, editor, client_of, article):
    if filled:
        image()
        for file in ("a.pdf", "a.mp3"):
            document(file)
        article("fr", "But")
    address = f"{reverse('wagtailadmin_block_preview')}?id={block(name).definition_prefix}"
    answer = client_of(editor).get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "/face.css" in html and block(name).is_previewable
    assert html.partition('<div class="prose">')[2].partition("</main>")[0].removesuffix("</div>").strip()
