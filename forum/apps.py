from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    """Labelled `space_forum`: `forum` is machina's own label."""

    name = "forum"
    label = "space_forum"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from communities import activity, fates, hooks
        from files import readers
        from forum import (
            activities,
            attachments,
            bin,
            drafts,
            entries,
            leaving,
            marks,
            moderation,
            polling,
            posting,
            scheduling,
            solving,
            spaces,
            unanswered,
            uploads,
            wholes,
        )
        from forum.talking import belongings
        from search.entries import register_source

        activity.register_kind(
            "topic_posted",
            sentence=_("%(actor)s opened a topic"),
            mail=_("There is a new topic in one of your spaces."),
            is_news=True,
        )
        activity.register_kind(
            "reply_posted",
            sentence=_("%(actor)s answered"),
            mail=_("There is a new answer in a topic that you take part in."),
            is_news=True,
        )
        activity.register_kind(
            "announcement_posted",
            sentence=_("%(actor)s made an announcement"),
            mail=_("There is an announcement in one of your spaces."),
            is_news=True,
        )
        activity.register_kind(
            "announcement_added",
            sentence=_("%(actor)s made an announcement"),
            mail=_("There is an announcement in one of your spaces."),
            is_news=True,
        )
        activity.register_kind(
            solving.TOLD,
            sentence=_("%(actor)s chose your answer as the solution"),
            mail=_("An answer of yours was chosen as the solution of a question."),
        )
        activity.register_kind(
            "post_reported",
            sentence=_("A post was reported"),
            mail=_("A post was reported in a space that you look after. It waits for your decision."),
            right="moderate",
        )
        activity.register_kind(
            "own_post_hidden",
            sentence=_("A post of yours was hidden by those who look after the space"),
            mail=_("A post of yours was hidden by those who look after the space."),
        )
        activity.register_kind(
            "mentioned",
            sentence=_("%(actor)s named you in a post"),
            mail=_("You are named in a post in one of your spaces."),
        )
        activity.register_kind(
            "own_post_not_published",
            sentence=_("A post of yours could not be published at its hour"),
            mail=_("A post of yours could not be published at the hour you chose. Your words are kept."),
            right="",
        )
        for prefix in ("topic_", "announcement_"):
            activity.register_resolver(prefix, activities.topics)
        for prefix in ("reply_", "solution_", "mentioned"):
            activity.register_resolver(prefix, activities.replies)
        activity.register_resolver("post_reported", activities.cases)
        hooks.on_found(spaces.give_a_forum)
        hooks.on_leave(marks.forget_in_space)
        hooks.on_leave(polling.forget_in_space)
        hooks.on_leave(belongings.forget_in_space)
        hooks.on_leave(drafts.forget_in_space)
        hooks.on_leave(uploads.forget_in_space)
        hooks.on_tick(scheduling.tick)
        hooks.on_tick(bin.tick)
        hooks.on_tick(uploads.tick)
        hooks.on_hide(entries.follow_new_address)
        hooks.on_change(entries.follow_space)
        hooks.on_tick(moderation.tick)
        hooks.on_tick(polling.tick)
        hooks.on_whole(wholes.parts)
        hooks.on_unanswered(unanswered.unanswered)
        hooks.on_export(leaving.parts)
        hooks.on_erase(leaving.erase)
        fates.declare(leaving.FATES)
        readers.register(posting.FILE_KIND, attachments.may_read)
        register_source(entries.TOPIC, entries.all_topics)
        register_source(entries.POST, entries.all_replies)
