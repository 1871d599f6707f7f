from django.http import HttpResponse
from django.urls import include, path

from forum_bench.counting import trivial

urlpatterns = [
    path("bench-trivial", trivial),
    path("login/", lambda request: HttpResponse(status=401), name="login"),
    path("logout/", lambda request: HttpResponse(status=401), name="logout"),
    path("forum/", include("machina.urls")),
]
