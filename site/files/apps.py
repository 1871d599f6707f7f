from django.apps import AppConfig
from django.db.models.signals import pre_save


class FilesConfig(AppConfig):
    name = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from files.cms_forms import clean_stash

        pre_save.connect(clean_stash, sender="wagtailcore.UploadedFile", dispatch_uid="files.clean_stash")
