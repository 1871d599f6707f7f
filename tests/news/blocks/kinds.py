"""One of every kind of block, with the words that a translator must find in it."""

import uuid

from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

RICH = "<p>Un <b>mot</b>.</p>"


def image(name="x", size=(1300, 900)):
    return Image.objects.create(title=name, file=get_test_image_file(filename=f"{name}.png", size=size))


def document(name):
    return Document.objects.create(
        title=f"Titre de {name}", file=ContentFile(b"1234", name=name), file_size=4
    )


def items(*values):
    """A list as the CMS saves it, each member with its id."""
    return [{"type": "item", "value": value, "id": str(uuid.uuid4())} for value in values]


def kinds(page):
    """name -> (value as saved, words to translate). `page`: one that related blocks lead to."""
    picture, pdf, sound, film = image(), document("guide.pdf"), document("son.mp3"), document("film.mp4")
    return {
        "heading": ("Titre", ["Titre"]),
        "text": ("<p>Une phrase.</p><p>Deux phrases.</p>", ["Une phrase.", "Deux phrases."]),
        "quote": ({"text": "Dit", "author": "Fatou"}, ["Dit", "Fatou"]),
        "figures": (
            {"figures": items({"number": "1 sur 6", "words": "tenus trop longtemps"})},
            ["1 sur 6", "tenus trop longtemps"],
        ),
        "faq": (
            {"questions": items({"question": "Pourquoi ?", "answer": "<p>Parce que.</p>"})},
            ["Pourquoi ?", "Parce que."],
        ),
        "table": (
            {
                "row_headings": True,
                "table": {
                    "caption": "Légende du tableau",
                    "columns": [{"type": "text", "heading": "Tribunal"}, {"type": "number", "heading": "Jours"}],
                    "rows": [{"values": ["Avec registre", "17.5"]}],
                },
            },
            ["Légende du tableau", "Tribunal", "Jours", "Avec registre"],
        ),
        "image": (
            {"image": picture.pk, "alt": "Un motif", "decorative": False, "caption": "Légende", "credit": "Nadia"},
            ["Un motif", "Légende", "Nadia"],
        ),
        "pair": (
            {
                "first": {"image": picture.pk, "alt": "À gauche", "decorative": False},
                "second": {"image": picture.pk, "alt": "À droite", "decorative": False},
                "caption": "Les deux",
                "credit": "Samir",
            },
            ["À gauche", "À droite", "Les deux", "Samir"],
        ),
        "file": ({"document": pdf.pk, "title": "Le guide", "language": "ar"}, ["Le guide"]),
        "audio": (
            {"document": sound.pk, "title": "Dix minutes", "transcript": "<p>Ce qui est dit.</p>"},
            ["Dix minutes", "Ce qui est dit."],
        ),
        "video": (
            {"title": "Un matin", "document": film.pk, "url": "", "poster": picture.pk, "transcript": "<p>Vu.</p>"},
            ["Un matin", "Vu."],
        ),
        "cta": ({"text": "Aller", "page": page.pk, "url": ""}, ["Aller"]),
        "related": ({"title": "Voir aussi", "pages": items(page.pk)}, ["Voir aussi"]),
        "people": (
            {"people": items({"name": "Nadia", "role": "Avocate", "image": picture.pk, "text": "Au registre."})},
            ["Nadia", "Avocate", "Au registre."],
        ),
    }  # fmt: skip


# Those whose drawing asks the database.
ASKING = ("text", "image", "pair", "file", "audio", "video", "cta", "related", "people")


def raw(name, value):
    return {"type": name, "value": value, "id": str(uuid.uuid4())}
