"""The addresses of the supervision: the half-year comes first, as it is what every page is about."""

from django.urls import path, register_converter

from supervision.converters import PeriodConverter
from supervision.views import (
    carry_over,
    deliveries,
    differences,
    entry,
    herverdelingen,
    municipality,
    overview,
    own_counts,
    policy,
    prognosis,
    taakstelling,
    workbooks,
)

register_converter(PeriodConverter, "period")

app_name = "supervision"

urlpatterns = [
    path("", overview.home, name="home"),
    path("<period:period>/", overview.overview, name="overview"),
    path("<period:period>/overzicht.xlsx", overview.overview_xlsx, name="overview_xlsx"),
    path("<period:period>/gemeenten/", municipality.municipalities, name="municipalities"),
    path("<period:period>/gemeenten/<str:code>/", municipality.municipality, name="municipality"),
    path(
        "<period:period>/gemeenten/<str:code>/cijfers.csv",
        municipality.municipality_csv,
        name="municipality_csv",
    ),
    path(
        "<period:period>/gemeenten/<str:code>/eigen-opgave/",
        own_counts.own_count_add,
        name="own_count_add",
    ),
    path("<period:period>/gemeenten/<str:code>/wat-als/", prognosis.what_if, name="what_if"),
    path("<period:period>/cijfers/", entry.entry, name="entry"),
    path(
        "<period:period>/cijfers/herverdelingen/",
        herverdelingen.herverdeling_add,
        name="herverdeling_add",
    ),
    path("<period:period>/cijfers/taakstelling/", taakstelling.taakstelling, name="taakstelling"),
    path("<period:period>/cijfers/herindeling/", carry_over.carry_over, name="carry_over"),
    path("<period:period>/cijfers/verschillen/", differences.differences, name="differences"),
    path("<period:period>/cijfers/leveringen/", deliveries.deliveries, name="deliveries"),
    path("<period:period>/cijfers/werkboek/", workbooks.workbook_give, name="workbook_give"),
    path("<period:period>/cijfers/werkboek/<int:pk>/", workbooks.workbook_see, name="workbook_see"),
    path("<period:period>/cijfers/werkboek/<int:pk>/vastleggen/", workbooks.workbook_confirm, name="workbook_confirm"),
    path(
        "<period:period>/cijfers/werkboek/<int:pk>/wegleggen/", workbooks.workbook_set_aside, name="workbook_set_aside"
    ),
    path(
        "<period:period>/cijfers/werkboek/<int:pk>/problemen.csv",
        workbooks.workbook_problems,
        name="workbook_problems",
    ),
    path("<period:period>/cijfers/werkboek/<int:pk>/bestand/", workbooks.workbook_file, name="workbook_file"),
    path("<period:period>/cijfers/<str:code>/", entry.entry_row, name="entry_row"),
    path("leveringen/<int:pk>/intrekken/", deliveries.delivery_withdraw, name="delivery_withdraw"),
    path("leveringen/<int:pk>/werkboek/", workbooks.delivery_workbook, name="delivery_workbook"),
    path("beleidskader/<int:pk>/", policy.policy, name="policy"),
]
