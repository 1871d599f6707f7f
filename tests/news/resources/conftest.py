"""Files of resources."""

from django.core.files.base import ContentFile
from wagtail.documents.models import Document


def document(name="registre.pdf", content=b"%PDF-1.4 small", title="Registre"):
    made = Document(title=title, file=ContentFile(content, name=name))
    made._set_document_file_metadata()
    made.save()
    return made
