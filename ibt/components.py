"""The template tag `component`: a partial of `templates/components/` round a block of content.

A component without content is included: `{% include "components/trede.html" with trede=3 only %}`; one with content is
`{% component "link" url=url %}beleidskader{% endcomponent %}`. Either way the comment at its top names its inputs.
Settings name this module as a template library, so that no app has to import it.
"""

from django import template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag(end_name="endcomponent")
def component(content: str, partial: str, **inputs: object) -> SafeString:
    """Render the component with the block as `content` and nothing else of the page's context.

    White space round the block and round the result goes, so that a full stop can follow a link.
    """
    # The block was escaped when it was rendered.
    block = mark_safe(content.strip())  # noqa: S308
    return mark_safe(render_to_string(f"components/{partial}.html", {**inputs, "content": block}).strip())  # noqa: S308


@register.filter
def error_count(form: BaseForm) -> int:
    """How many messages there are on the form and its fields together."""
    return sum(len(messages) for messages in form.errors.values())
