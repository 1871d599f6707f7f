from django.urls import path

from communities.library.views import adding, binning, changing, shelf

app_name = "library"
urlpatterns = [
    path("", shelf.library, name="library"),
    path("bin/", binning.bin_, name="bin"),
    path("new/files/", adding.files, name="files_new"),
    path("new/link/", adding.link, name="link_new"),
    path("new/note/", adding.note, name="note_new"),
    path("new/folder/", adding.folder, name="folder_new"),
    path("<str:public_id>/", shelf.item, name="item"),
    path("<str:public_id>/versions/", shelf.versions, name="versions"),
    path("<str:public_id>/versions/new/", changing.version_new, name="version_new"),
    path("<str:public_id>/versions/<int:number>/", shelf.version, name="version"),
    path("<str:public_id>/details/", changing.details, name="details"),
    path("<str:public_id>/place/", changing.place, name="place"),
    path("<str:public_id>/removal/", binning.removal, name="removal"),
    path("<str:public_id>/restoration/", binning.restoration, name="restoration"),
]
