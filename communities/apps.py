from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import fates, hooks, kinds, leaving, lines
        from communities.invitations import coming, posting

        kinds.register()
        lines.register()
        hooks.on_export(leaving.parts)
        hooks.on_erase(leaving.erase)
        hooks.on_hide(coming.hidden)
        hooks.on_suspend(coming.suspended)
        hooks.on_tick(posting.sweep)
        hooks.on_tick(coming.forget_old)
        fates.declare(leaving.FATES)
