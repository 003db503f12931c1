"""The addresses of the text blocks."""

from django.urls import path

from letters.views import texts as views

app_name = "texts"

urlpatterns = [
    path("", views.texts, name="list"),
    path("voorbeeld/", views.text_preview, name="preview"),
    path("<slug:kind>/", views.texts, name="kind"),
    path("<slug:kind>/nieuw/", views.text_add, name="add"),
    path("<slug:kind>/<slug:slug>/", views.text, name="block"),
    path("<slug:kind>/<slug:slug>/wijzigen/", views.text_edit, name="edit"),
    path("<slug:kind>/<slug:slug>/gebruik/", views.text_use, name="use"),
]
