"""How the text of a letter is put into html."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_OPEN_MARK = re.compile(r"\[nog in te vullen: [^\]]*\]")


@register.filter
def marked(written: str) -> SafeString:
    """The text, escaped, with what is still to be filled in set apart."""
    escaped = conditional_escape(written)
    return mark_safe(_OPEN_MARK.sub(lambda match: f"<mark>{match[0]}</mark>", escaped))  # noqa: S308
