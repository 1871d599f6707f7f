from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import hooks
        from search import library
        from search.entries import follow_slug, register_source

        hooks.on_hide(follow_slug)
        hooks.on_present(lambda space, old_slug: follow_slug(space, old_slug, []))
        hooks.on_library(library.follow)
        hooks.on_change(library.follow_space)
        register_source(library.KIND, library.everything)
