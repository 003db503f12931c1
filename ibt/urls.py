"""Every address of the site."""

from allauth.account import urls as account
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from ibt.health import health

# One door: the admin sends people to the login page that counts failed attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Trede: beheer"
admin.site.index_title = "Gegevens"

# Of allauth's pages those where one comes in, and chooses a password of one's own. Who has an account, and its address,
# is for a beheerder to say: the page on which one changes that oneself is not there.
ACCOUNT_PAGES = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # Says that one cannot.
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    path("gezond/", health, name="health"),
    path("account/", include([page for page in account.urlpatterns if page.name in ACCOUNT_PAGES])),
    path("beheer/beleidskader/", include("supervision.policy_urls")),
    path("beheer/teksten/", include("letters.text_urls")),
    path("beheer/", admin.site.urls),
    path("", include("letters.urls")),
    path("", include("supervision.urls")),
]

handler400 = "ibt.errors.bad_request"
handler403 = "ibt.errors.permission_denied"
handler404 = "ibt.errors.page_not_found"
handler500 = "ibt.errors.server_error"
