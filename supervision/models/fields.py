"""A half-year as a column."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from supervision.rules.period import NotAPeriod, Period

if TYPE_CHECKING:
    PeriodColumn = models.Field[Period | str, Period]
else:
    PeriodColumn = models.Field


class PeriodField(PeriodColumn):
    """Stores a Period as "2022-1", which sorts as half-years do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = 6
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: object) -> Period | None:
        return None if value is None else _stored(value)

    def to_python(self, value: Any) -> Period | None:
        if value is None or isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except NotAPeriod as error:
            raise ValidationError(str(error), code="invalid") from error

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(self.to_python(value))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))


@cache
def _stored(value: str) -> Period:
    """One object for each half-year: thousands of figures share a few dozen of them."""
    return Period(int(value[:4]), int(value[5]))
