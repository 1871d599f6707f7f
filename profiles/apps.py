from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.account.signals import email_confirmed

        from communities import hooks
        from files import readers
        from profiles import audiences, joining, kinds, parting, photos, search
        from search import entries

        email_confirmed.connect(joining.address_confirmed, dispatch_uid="profiles.joining.address_confirmed")
        for kind in photos.KINDS.values():
            readers.register(kind, photos.may_read, is_cut=True)
        kinds.register()
        hooks.on_erase(parting.forget)
        hooks.on_apart(audiences.apart_from)
        entries.register_source(search.KIND, search.entries)
        entries.register_hiding(search.hidden_from)
