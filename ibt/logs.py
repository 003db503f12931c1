"""Log lines: JSON for machines, text for people at a terminal. Nothing here adds who did it or what was typed."""

import logging.config
from typing import Any

import structlog
from structlog.typing import Processor


def logging_config(*, form: str, level: str) -> None:
    """Send every line of Django's, allauth's and our own loggers to stderr in one form, `json` or `text`."""
    if form not in ("json", "text"):
        raise ValueError(f"LOG_FORMAT is {form!r}; it can be json or text")
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_dict_config(shared=shared, renderers=_renderers(form), level=level))


def _renderers(form: str) -> list[Processor]:
    if form == "text":
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain)]
    # show_locals would write figures, names and passwords into the log.
    traceback = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [structlog.processors.ExceptionRenderer(traceback), structlog.processors.JSONRenderer(ensure_ascii=False)]


def _dict_config(*, shared: list[Processor], renderers: list[Processor], level: str) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderers],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # A variable that a template lacks is told with all that the page knows, names of people included.
            "django.template": {"level": "INFO"},
            # Every subset of a font is a line at INFO.
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING"},
        },
    }
