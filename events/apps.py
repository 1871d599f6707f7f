from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import activity, fates, hooks
        from events import activities, leaving, search, wholes
        from search import entries

        activity.register_kind(
            "event_announced",
            sentence=_("%(actor)s announced an event"),
            mail=_("There is a new event in one of your spaces."),
            is_news=True,
        )
        activity.register_resolver("event_", activities.lines)
        hooks.on_hide(search.space_hidden)
        hooks.on_change(search.space_changed)
        hooks.on_whole(wholes.parts)
        hooks.on_export(leaving.parts)
        fates.declare(leaving.FATES)
        entries.register_source(search.KIND, search.entries)
