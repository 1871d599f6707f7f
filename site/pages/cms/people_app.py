"""wagtail.users as this site mounts it."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    user_viewset = "pages.cms.people.UserViewSet"
    group_viewset = "pages.cms.people.GroupViewSet"

    def ready(self) -> None:
        from django.contrib.auth import get_user_model
        from django.contrib.auth.models import Group
        from wagtail.permissions import register_permission_policy

        from pages.cms.people import NobodyPolicy, RootChangesPolicy

        user = get_user_model()
        register_permission_policy(user, RootChangesPolicy(user))
        register_permission_policy(Group, NobodyPolicy(Group))
