"""How the text of a letter is put into html."""

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from letters.screens.marking import HERE, MISS, MISS_END
from letters.words.content import Span
from letters.words.texts import MARK

register = template.Library()


@register.filter
def marked(written: str) -> SafeString:
    """The text, escaped, with what is still to be filled in set apart; in a preview also what was not found."""
    escaped = MARK.sub(lambda match: f"<mark>{match[0]}</mark>", conditional_escape(written))
    for sign, html in _IN_HTML.items():
        escaped = escaped.replace(sign, html)
    return mark_safe(escaped)  # noqa: S308


_IN_HTML = {
    MISS: '<mark class="miss"><span class="vh">[niet gevonden: </span>',
    MISS_END: '<span class="vh">]</span></mark>',
    HERE: "<span data-here></span>",
}


# What the column with the data of a letter has room for.
LONGEST_IN_COLUMN = 26


@register.filter
def in_column(address: str) -> SafeString:
    """An e-mail address; one that is too long for its column goes on to the next line after its @, not in a word.

    By a zero width space: any element within a link parts its tag from its annotation, which PDF/UA forbids.
    """
    name, at, domain = address.partition("@")
    if not at or len(address) <= LONGEST_IN_COLUMN:
        return conditional_escape(address)
    return format_html("{}{}\u200b{}", name, at, domain)


@register.filter
def spans(written: Iterable[Span]) -> SafeString:
    """The same, with what is bold in bold."""
    shown = (
        format_html("<strong>{}</strong>", marked(each.text)) if each.is_bold else marked(each.text) for each in written
    )
    return mark_safe("".join(shown))  # noqa: S308
