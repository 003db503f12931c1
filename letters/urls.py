"""The addresses of the letters. The converter `period` is registered by `supervision.urls`."""

from django.urls import path

import supervision.urls  # noqa: F401  registers the converter
from letters import views

app_name = "letters"

urlpatterns = [
    path("<period:period>/gemeenten/<str:code>/brief/", views.letter, name="letter"),
    path("<period:period>/gemeenten/<str:code>/brief/toezichtbrief.pdf", views.letter_pdf, name="letter_pdf"),
    path(
        "<period:period>/gemeenten/<str:code>/brief/toezichtbrief-met-bijlage.pdf",
        views.letter_pdf,
        {"with_bijlage": True},
        name="letter_with_bijlage_pdf",
    ),
    path("<period:period>/gemeenten/<str:code>/gespreksnotitie.pdf", views.note_pdf, name="note_pdf"),
    path("<period:period>/gemeenten/<str:code>/brief/bijlage.pdf", views.bijlage_pdf, name="bijlage_pdf"),
]
