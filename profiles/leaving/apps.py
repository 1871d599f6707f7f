from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeavingConfig(AppConfig):
    name = "profiles.leaving"
    label = "leaving"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("leaving")

    def ready(self) -> None:
        from communities import fates, hooks
        from files import readers
        from profiles.leaving import belongings, erasing, exporting

        hooks.on_export(belongings.parts)
        hooks.on_erase(exporting.forget)
        hooks.on_tick(exporting.tick)
        hooks.on_tick(erasing.tick)
        fates.declare(belongings.FATES)
        readers.register(exporting.KIND, exporting.may_read)
