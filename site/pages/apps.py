from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    name = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import fates, hooks, naming
        from pages import changes, landing, leaving, proposals, purge, search_entries, upkeep, wishes
        from pages.cms import language
        from pages.frame import reading
        from pages.site_record import keep_site_record
        from pages.translations import titles, trees
        from search.entries import register_source

        upkeep.listen()
        titles.listen()
        language.listen()
        changes.listen()
        naming.on_name(reading.site_name)
        hooks.on_found(landing.open_landing_of_known)
        hooks.on_present(landing.follow)
        hooks.on_hide(purge.forget)
        hooks.on_mentions(purge.mentions)
        hooks.on_tick(wishes.tick)
        hooks.on_tick(trees.go_on_with_all)
        hooks.on_export(leaving.parts)
        hooks.on_erase(leaving.erase)
        fates.declare(leaving.FATES)
        proposals.register()
        for kind, source in search_entries.SOURCES.items():
            register_source(kind, source)
        post_migrate.connect(keep_site_record, sender=self, dispatch_uid="pages.site_record")
