"""What the bar on every page shows: the menu, the half-year in sight, and the way to other half-years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import ResolverMatch, reverse
from django.utils.timezone import localdate
from django_htmx.middleware import HtmxDetails
from django_scopes import scope

from municipalities.models import User
from supervision.figures import KnownPeriod, current_period, known_of
from supervision.rules.dutch import long_date
from supervision.rules.period import FIRST_YEAR, LAST_YEAR, Period

# The pages that are there in every half-year, and where they stand in the menu.
SECTIONS = {
    "supervision:overview": "overview",
    "supervision:entry": "entry",
    "supervision:entry_row": "entry",
    "supervision:paste": "entry",
    "supervision:herverdeling_add": "entry",
    "supervision:taakstelling": "entry",
    "supervision:differences": "entry",
    "supervision:carry_over": "entry",
    "supervision:deliveries": "entry",
    "supervision:delivery_withdraw": "entry",
    "supervision:workbook_give": "entry",
    "supervision:workbook_see": "entry",
    "supervision:workbook_confirm": "entry",
    "supervision:decisions": "decisions",
    "supervision:decision": "decisions",
    "supervision:decision_step": "decisions",
    "supervision:proposal": "decisions",
    "supervision:propose": "decisions",
    "supervision:propose_interim": "decisions",
    "supervision:municipalities": "municipalities",
    "supervision:municipality": "municipalities",
    "supervision:own_count_add": "municipalities",
    "supervision:agenda": "overview",
    "supervision:dossier": "municipalities",
    "supervision:timeline": "municipalities",
    "supervision:dossier_add": "municipalities",
    "supervision:dossier_entry": "municipalities",
    "supervision:dossier_change": "municipalities",
    "supervision:dossier_withdraw": "municipalities",
    "supervision:attachment_add": "municipalities",
    "supervision:attachment_withdraw": "municipalities",
    "supervision:plan_add": "municipalities",
    "supervision:plan": "municipalities",
    "supervision:plan_withdraw": "municipalities",
    "letters:letter": "letters",
    "letters:letters": "letters",
    "letters:batch": "letters",
    "letters:page": "letters",
    "letters:text": "letters",
    "letters:details": "letters",
    "letters:submit": "letters",
    "letters:take_back": "letters",
    "letters:send_back": "letters",
    "letters:agree": "letters",
    "letters:send": "letters",
    "letters:receive": "letters",
    "letters:withdraw": "letters",
    "letters:correct": "letters",
    "letters:follow": "letters",
    "letters:mail": "letters",
}
# A page that is of this half-year alone or only an answer to a form, and the page that leads to it.
STANDS_ON = {
    "supervision:plan": "supervision:municipalities",
    "supervision:entry_row": "supervision:entry",
    "supervision:paste": "supervision:entry",
    "supervision:workbook_see": "supervision:workbook_give",
    "supervision:workbook_confirm": "supervision:workbook_give",
    "supervision:decision_step": "supervision:decisions",
    "supervision:proposal": "supervision:decisions",
    "letters:batch": "letters:letters",
    "letters:page": "letters:letters",
    "letters:text": "letters:letters",
    "letters:details": "letters:letters",
    "letters:submit": "letters:letters",
    "letters:take_back": "letters:letters",
    "letters:send_back": "letters:letters",
    "letters:agree": "letters:letters",
    "letters:send": "letters:letters",
    "letters:receive": "letters:letters",
    "letters:withdraw": "letters:letters",
    "letters:correct": "letters:letters",
    "letters:follow": "letters:letters",
    "letters:mail": "letters:letters",
}
# What the address of another half-year does not keep.
OF_THIS_PERIOD = ("bladzijde",)


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """`current` is "page" on that page itself, "true" on one that belongs to it, else empty."""

    label: str
    url: str
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodItem:
    period: Period
    note: str
    url: str


def bar(request: HttpRequest) -> dict[str, Any]:
    """One query; none for who is not logged in, in the admin, and for a part of a page."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or user.province is None or not _has_bar(request):
        return {}
    with scope(province=user.province):
        ledger = known_of(province=user.province)
    known = ledger.periods
    page = _Page(request)
    period = page.period or current_period(known, today=localdate())
    earliest, latest = _reach(known, period)
    return {
        "province": user.province,
        "period": period,
        "has_sample_figures": ledger.has_samples,
        "nav": _nav(page, period, user),
        "periods": _periods(page, period, known),
        "previous_url": page.url_in(period.previous) if period > earliest else "",
        "next_url": page.url_in(period.next) if period < latest else "",
    }


def _has_bar(request: HttpRequest) -> bool:
    match = request.resolver_match
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    is_part = bool(htmx and not htmx.boosted and not htmx.history_restore_request)
    return not is_part and not (match and match.app_name == "admin")


class _Page:
    """The page that is asked for, and the same page in another half-year."""

    def __init__(self, request: HttpRequest) -> None:
        self.match: ResolverMatch | None = request.resolver_match
        self.view_name = self.match.view_name if self.match else ""
        self.in_sight: object = getattr(request, "period_in_sight", None)
        kept = request.GET.copy()
        for key in OF_THIS_PERIOD:
            kept.pop(key, None)
        self.query = f"?{kept.urlencode()}" if kept else ""

    @property
    def kwargs(self) -> Mapping[str, Any]:
        return self.match.kwargs if self.match else {}

    @property
    def period(self) -> Period | None:
        period = self.kwargs.get("period", self.in_sight)
        return period if isinstance(period, Period) else None

    def url_in(self, period: Period) -> str:
        if self.period is None or self.view_name not in SECTIONS:
            return reverse("supervision:overview", kwargs={"period": period})
        if self.view_name in STANDS_ON:
            return reverse(STANDS_ON[self.view_name], kwargs={"period": period})
        return reverse(self.view_name, kwargs={**self.kwargs, "period": period}) + self.query


def _nav(page: _Page, period: Period, user: User) -> tuple[NavItem, ...]:
    sections = [
        ("Overzicht", "overview"),
        ("Cijfers", "entry"),
        ("Besluiten", "decisions"),
        ("Brieven", "letters"),
        ("Gemeenten", "municipalities"),
    ]
    items = [_nav_item(label, section, page, period) for label, section in sections]
    if user.is_staff:
        items.append(NavItem(label="Beheer", url=reverse("admin:index"), current=""))
    return tuple(items)


def _nav_item(label: str, section: str, page: _Page, period: Period) -> NavItem:
    name = "letters:letters" if section == "letters" else f"supervision:{section}"
    belongs = "true" if SECTIONS.get(page.view_name) == section else ""
    return NavItem(
        label=label,
        url=reverse(name, kwargs={"period": period}),
        current="page" if page.view_name == name else belongs,
    )


def _reach(known: Sequence[KnownPeriod], period: Period) -> tuple[Period, Period]:
    """How far back and forth a step goes: one half-year beyond what is known, to add to it."""
    first, last = (known[-1].period, known[0].period) if known else (period, period)
    earliest = first if first == Period(FIRST_YEAR, 1) else first.previous
    latest = last if last == Period(LAST_YEAR, 2) else last.next
    return earliest, latest


def _periods(page: _Page, period: Period, known: Sequence[KnownPeriod]) -> tuple[PeriodItem, ...]:
    """The known half-years, the one to come and the one in sight; newest first."""
    notes = {each.period: _note(each) for each in known}
    _, latest = _reach(known, period)
    notes.setdefault(latest, "nog geen cijfers")
    notes.setdefault(period, "geen cijfers")
    return tuple(
        PeriodItem(period=each, note=notes[each], url=page.url_in(each)) for each in sorted(notes, reverse=True)
    )


def _note(known: KnownPeriod) -> str:
    return f"peildatum {long_date(known.period.peildatum)}" if known.is_closed else "loopt"
