from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import hooks
        from search.entries import follow_slug

        hooks.on_hide(follow_slug)
        hooks.on_present(lambda space, old_slug: follow_slug(space, old_slug, []))
