"""The addresses of the letters. The converter `period` is registered by `supervision.urls`."""

from django.urls import path

import supervision.urls  # noqa: F401  registers the converter
from letters.views import batches, letters, note, page

app_name = "letters"

urlpatterns = [
    path("<period:period>/brieven/", letters.letters, name="letters"),
    path("<period:period>/brieven/brieven.zip", letters.archive, name="archive"),
    path("<period:period>/brieven/opdracht/<int:pk>/", batches.batch, name="batch"),
    path("<period:period>/brieven/opdracht/<int:pk>/opnieuw/", batches.batch_again, name="batch_again"),
    path("<period:period>/gemeenten/<str:code>/brief/", page.letter, name="letter"),
    path("<period:period>/gemeenten/<str:code>/brief/toezichtbrief.pdf", page.letter_pdf, name="letter_pdf"),
    path(
        "<period:period>/gemeenten/<str:code>/brief/toezichtbrief-met-bijlage.pdf",
        page.letter_pdf,
        {"with_bijlage": True},
        name="letter_with_bijlage_pdf",
    ),
    path("<period:period>/gemeenten/<str:code>/gespreksnotitie.pdf", note.note_pdf, name="note_pdf"),
    path("<period:period>/gemeenten/<str:code>/brief/bijlage.pdf", page.bijlage_pdf, name="bijlage_pdf"),
]
