from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "news.comments"
    # `comments` would be read as django_comments' own.
    label = "news_comments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("comments")

    def ready(self) -> None:
        from news.comments import hearing

        hearing.register()
