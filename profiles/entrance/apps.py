from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """Coming in: the charter, invitations, what stands around allauth's sign-up and sign-in."""

    name = "profiles.entrance"
    label = "entrance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from communities import fates, hooks
        from profiles.entrance import charter, invitations, leaving
        from profiles.sessions import limits

        user_logged_in.connect(charter.signed_in, dispatch_uid="profiles.entrance.charter.signed_in")
        hooks.on_export(leaving.parts)
        hooks.on_erase(leaving.erase)
        fates.declare(leaving.FATES)
        hooks.on_tick(invitations.forget_old)
        # Answered at the floor: the time says nothing of who has an account.
        limits.guard("entrance:invitations", limits.Guard("invite", "email"))
