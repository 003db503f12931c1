"""Files with a contact: kept as they were given, and taken away with a reason."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from municipalities.models import User
from supervision.actions.dossier import Mistake, check_personal
from supervision.actions.ledger import Refused, lock
from supervision.attachments import check_attachment
from supervision.models import Attachment, Contact

MOST_ATTACHMENTS = 20
"""With one contact."""


@transaction.atomic
def add_attachment(
    *, by: User, contact: Contact, name: str, content: bytes, now: datetime, size: int | None = None
) -> tuple[Attachment, bool]:
    """Keep a file with the contact. The same bytes again give the one that is there, and False.

    Raises NoAttachment for a file that is not taken; Refused when the contact has too many, or does not stand.
    """
    kind, name = check_attachment(name=name, content=content, size=len(content) if size is None else size)
    digest = hashlib.sha256(content).hexdigest()
    lock(contact.province)
    with scope(province=contact.province):
        standing = Contact.objects.filter(entry=contact.entry, replaced_at=None, withdrawn_at=None).first()
        if standing is None:
            raise Refused("Dit contact is intussen ingetrokken. De bijlage is niet bewaard.")
        present = Attachment.objects.filter(contact__entry=contact.entry, withdrawn_at=None).defer("content")
        same = present.filter(sha256=digest).first()
        if same is not None:
            return same, False
        if present.count() >= MOST_ATTACHMENTS:
            raise Refused(f"Bij één contact passen hoogstens {MOST_ATTACHMENTS} bijlagen.")
        added = Attachment.objects.create(
            contact=standing,
            kind=kind,
            name=name,
            content=content,
            size=len(content),
            sha256=digest,
            given_at=now,
            given_by=by,
        )
    return added, True


@transaction.atomic
def withdraw_attachment(*, by: User, attachment: Attachment, reason: str, now: datetime) -> bool:
    """Its content goes for good; its name, its SHA-256 and the reason stay. False when it was withdrawn already."""
    if not reason.strip():
        raise Mistake("Vul in waarom de bijlage weg moet.", field="reason")
    check_personal(reason, label="reden", field="reason")
    province = attachment.contact.province
    lock(province)
    with scope(province=province):
        standing = Attachment.objects.filter(pk=attachment.pk, withdrawn_at=None)
        return bool(standing.update(content=b"", withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason.strip()))
