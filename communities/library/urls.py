from django.urls import path

from communities.library.views import adding, binning, changing, offering, sharing, shelf

app_name = "library"
urlpatterns = [
    path("", shelf.library, name="library"),
    path("bin/", binning.bin_, name="bin"),
    path("new/files/", adding.files, name="files_new"),
    path("new/link/", adding.link, name="link_new"),
    path("new/note/", adding.note, name="note_new"),
    path("new/folder/", adding.folder, name="folder_new"),
    path("shared/", sharing.shared, name="shared"),
    path("shared/<str:public_id>/", sharing.shared_item, name="shared_item"),
    path("shared/<str:public_id>/removal/", sharing.shared_removal, name="shared_removal"),
    path("<str:public_id>/", shelf.item, name="item"),
    path("<str:public_id>/versions/", shelf.versions, name="versions"),
    path("<str:public_id>/versions/new/", changing.version_new, name="version_new"),
    path("<str:public_id>/versions/<int:number>/", shelf.version, name="version"),
    path("<str:public_id>/details/", changing.details, name="details"),
    path("<str:public_id>/place/", changing.place, name="place"),
    path("<str:public_id>/removal/", binning.removal, name="removal"),
    path("<str:public_id>/restoration/", binning.restoration, name="restoration"),
    path("<str:public_id>/offer/", offering.offer, name="offer"),
    path("<str:public_id>/offer/answer/", offering.answer, name="offer_answer"),
    path("<str:public_id>/offer/withdrawal/", offering.withdrawal, name="offer_withdrawal"),
    path("<str:public_id>/sharing/", sharing.sharing_page, name="sharing"),
    path("<str:public_id>/sharing/<str:share>/revocation/", sharing.revocation, name="sharing_revocation"),
]
