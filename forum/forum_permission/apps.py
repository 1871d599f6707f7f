from machina.apps.forum_permission.apps import ForumPermissionAppConfig


class PermissionConfig(ForumPermissionAppConfig):
    name = "forum.forum_permission"
