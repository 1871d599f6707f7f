from django.http import HttpResponse, HttpResponseRedirect

from files.following import FollowingMiddleware


def test_redirect_is_told_to_whoever_cannot_stop_at_it(rf):
    follow = FollowingMiddleware(lambda request: HttpResponseRedirect("/en/"))
    told = follow(rf.post("/", headers={"X-Follow": "no"}))
    assert (told.status_code, told["X-Location"], told.has_header("Location")) == (200, "/en/", False)
    plain = follow(rf.post("/"))
    assert (plain.status_code, plain["Location"], plain.has_header("X-Location")) == (302, "/en/", False)


def test_other_answers_stay_as_they_are(rf):
    follow = FollowingMiddleware(lambda request: HttpResponse("as it is", status=422))
    assert follow(rf.post("/", headers={"X-Follow": "no"})).status_code == 422
