"""The addresses of the letters. The converter `period` is registered by `supervision.urls`."""

from django.urls import path

import supervision.urls  # noqa: F401  registers the converter
from letters.views import batches, documents, editing, letter, letters, note, page, steps

app_name = "letters"

urlpatterns = [
    path("<period:period>/brieven/", letters.letters, name="letters"),
    path("<period:period>/brieven/brieven.zip", letters.archive, name="archive"),
    path("<period:period>/brieven/opdracht/<int:pk>/", batches.batch, name="batch"),
    path("<period:period>/brieven/opdracht/<int:pk>/opnieuw/", batches.batch_again, name="batch_again"),
    path("brieven/<int:pk>/voorleggen/", steps.submit, name="submit"),
    path("brieven/<int:pk>/terugnemen/", steps.take_back, name="take_back"),
    path("brieven/<int:pk>/terugsturen/", steps.send_back, name="send_back"),
    path("brieven/<int:pk>/vaststellen/", steps.agree, name="agree"),
    path("brieven/<int:pk>/verzenden/", steps.send, name="send"),
    path("brieven/<int:pk>/ontvangst/<int:dispatch>/", steps.receive, name="receive"),
    path("brieven/<int:pk>/intrekken/", steps.withdraw, name="withdraw"),
    path("brieven/<int:pk>/correctie/", steps.correct, name="correct"),
    path("brieven/<int:pk>/afschrift/", steps.follow, name="follow"),
    path("brieven/<int:pk>/stukken/<int:document>/", documents.document, name="document"),
    path("brieven/<int:pk>/openbaar/", documents.metadata, name="public_metadata"),
    path("brieven/<int:pk>/e-mail/", documents.mail, name="mail"),
    path("brieven/<int:pk>/e-mail/<int:dispatch>/", documents.dispatch_mail, name="dispatch_mail"),
    path("brieven/<int:pk>/", letter.letter, name="page"),
    path("brieven/<int:pk>/tekst/<slug:slug>/", editing.text, name="text"),
    path("brieven/<int:pk>/gegevens/", editing.details, name="details"),
    path("brieven/<int:pk>/soort/", editing.kind, name="kind"),
    path("brieven/<int:pk>/bevestiging/", editing.confirmation, name="confirmation"),
    path("brieven/<int:pk>/concept.pdf", letter.concept_pdf, name="concept_pdf"),
    path("brieven/<int:pk>/bijlage.pdf", letter.concept_bijlage, name="concept_bijlage"),
    path("brieven/<int:pk>/voorbeeld/", editing.preview, name="preview"),
    path("<period:period>/gemeenten/<str:code>/brief/", page.letter, name="letter"),
    path("<period:period>/gemeenten/<str:code>/brief/maken/", page.make, name="make"),
    path("<period:period>/gemeenten/<str:code>/gespreksnotitie.pdf", note.note_pdf, name="note_pdf"),
]
