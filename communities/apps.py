from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import covers, fates, hooks, kinds, leaving
        from files import readers

        kinds.register()
        hooks.on_export(leaving.parts)
        hooks.on_erase(leaving.erase)
        fates.declare(leaving.FATES)
        readers.register(covers.KIND, covers.may_read)
