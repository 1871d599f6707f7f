from django.apps import AppConfig


class CommunitiesConfig(AppConfig):
    name = "communities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import (
            covers,
            fates,
            granting,
            hooks,
            kinds,
            leaving,
            lines,
            taking,
            wholes,
        )
        from communities.invitations import coming, posting
        from communities.library import binning, news, offering, reading, sharing
        from communities.library import leaving as library_leaving
        from communities.library import wholes as library_wholes
        from files import readers

        kinds.register()
        lines.register()
        hooks.on_export(leaving.parts)
        hooks.on_erase(leaving.erase)
        hooks.on_hide(coming.hidden)
        hooks.on_suspend(coming.suspended)
        hooks.on_tick(posting.sweep)
        hooks.on_tick(coming.forget_old)
        hooks.on_whole(wholes.parts)
        hooks.on_tick(granting.tick)
        hooks.on_tick(taking.tick)
        hooks.on_erase(taking.forget)
        hooks.on_hide(taking.space_hidden)
        readers.register(taking.KIND, taking.may_read)
        fates.declare(leaving.FATES)
        readers.register(covers.KIND, covers.may_read, is_cut=True)
        news.register()
        sharing.register()
        offering.register()
        hooks.on_tick(binning.empty_old)
        hooks.on_whole(library_wholes.parts)
        hooks.on_export(library_leaving.parts)
        hooks.on_erase(library_leaving.erase)
        fates.declare(library_leaving.FATES)
        readers.register(reading.KIND, reading.may_read, originals=reading.may_read_original)
