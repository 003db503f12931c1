"""Every address of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from ibt.health import health

# One door: the admin sends people to the login page that counts failed attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Trede: beheer"
admin.site.index_title = "Gegevens"

urlpatterns = [
    path("gezond/", health, name="health"),
    path("account/", include("allauth.account.urls")),
    path("beheer/", admin.site.urls),
    path("", include("letters.urls")),
    path("", include("supervision.urls")),
]

handler400 = "ibt.errors.bad_request"
handler403 = "ibt.errors.permission_denied"
handler404 = "ibt.errors.page_not_found"
handler500 = "ibt.errors.server_error"
