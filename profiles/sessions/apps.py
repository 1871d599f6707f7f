from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    name = "profiles.sessions"
    # `sessions` is Django's own.
    label = "account_sessions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("sessions")

    def ready(self) -> None:
        from profiles.sessions import hearing

        hearing.register()
