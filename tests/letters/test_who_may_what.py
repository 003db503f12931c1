"""The page in docs about who may do what is the one that the code makes."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from letters import procedure as of_letters
from municipalities.rights import IN_DUTCH, Role
from supervision import procedure as of_decisions


def made() -> str:
    written = StringIO()
    call_command("who_may_what", stdout=written)
    return written.getvalue()


def test_the_page_is_up_to_date() -> None:
    kept = (Path(settings.BASE_DIR) / "docs" / "wie-mag-wat.md").read_text(encoding="utf-8")
    assert kept == made(), "python manage.py who_may_what > docs/wie-mag-wat.md"


def test_it_has_every_right_role_and_step() -> None:
    page = made()
    assert all(words in page for words in IN_DUTCH.values())
    assert all(role.label in page for role in Role)
    assert page.count("\n| --- ") == 3
    rows = len(IN_DUTCH) + len(of_decisions.TRANSITIONS) + len(of_letters.TRANSITIONS)
    assert page.count("\n| ") == 3 * 2 + rows
    assert "| voorgesteld | vaststellen | vaststeller | vastgesteld |" in page
    assert "| ter akkoord | vaststellen | vaststeller | vastgesteld |" in page
