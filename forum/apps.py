from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Labelled `space_forum`: `forum` is machina's own label."""

    name = "forum"
    label = "space_forum"
    default_auto_field = "django.db.models.BigAutoField"
