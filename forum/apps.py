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
            approving,
            attachments,
            bin,
            drafts,
            entries,
            following,
            leaving,
            marks,
            moderation,
            pace,
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
            why="subscriptions",
        )
        activity.register_kind(
            "reply_posted",
            sentence=_("%(actor)s answered"),
            mail=_("There is a new answer in a topic that you take part in."),
            is_news=True,
            why="subscriptions",
        )
        activity.register_kind(
            "announcement_posted",
            sentence=_("%(actor)s made an announcement"),
            mail=_("There is an announcement in one of your spaces."),
            is_news=True,
            why="subscriptions",
        )
        activity.register_kind(
            "announcement_added",
            sentence=_("%(actor)s made an announcement"),
            mail=_("There is an announcement in one of your spaces."),
            is_news=True,
            why="subscriptions",
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
            "own_post_moved",
            sentence=_("A topic in which you wrote was moved to a space that you cannot read"),
            mail=_("A topic in which you wrote was moved to a place that you cannot read."),
            right="",
        )
        activity.register_kind(
            "waiting_post",
            sentence=_("A first post waits for approval"),
            mail=_("A post waits for approval in a space that you look after."),
            right="moderate",
        )
        activity.register_kind(
            "own_post_approved",
            sentence=_("A post of yours was approved: everybody who reads this space sees it now"),
            mail=_("A post of yours that was waiting was approved."),
        )
        activity.register_kind(
            "own_post_declined",
            sentence=_("A post of yours was not approved. The reason and your words are here"),
            mail=_("A post of yours was not approved. The reason is on the site."),
        )
        activity.register_kind(
            "own_notice",
            sentence=_("Those who look after a space have written to you about a post of yours"),
            mail=_(
                "Those who look after a space have written to you about a post of yours. You can read it on the site."
            ),
        )
        for prefix, resolver in activities.OF_APPROVING.items():
            activity.register_resolver(prefix, resolver)
        activity.register_kind(
            "mentioned",
            sentence=_("%(actor)s named you in a post"),
            mail=_("You are named in a post in one of your spaces."),
            why="subscriptions",
        )
        activity.register_kind(
            "own_post_not_published",
            sentence=_("A post of yours could not be published at its hour"),
            mail=_("A post of yours could not be published at the hour you chose. Your words are kept."),
            right="",
        )
        for prefix in activities.ABOUT_TOPICS:
            activity.register_resolver(prefix, activities.topics)
        for prefix in activities.REPLIES:
            activity.register_resolver(prefix, activities.replies)
        activity.register_resolver("post_reported", activities.cases)
        hooks.on_found(spaces.give_a_forum)
        hooks.on_leave(marks.forget_in_space)
        hooks.on_tick(pace.tick)
        hooks.on_leave(following.forget_in_space)
        hooks.on_leave(approving.forget_in_space)
        hooks.on_erase(approving.forget)
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
