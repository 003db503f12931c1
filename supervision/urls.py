"""The addresses of the supervision: the half-year comes first, as it is what every page is about."""

from django.urls import path, register_converter

from supervision.converters import DossierSubjectConverter, PeriodConverter
from supervision.views import (
    agenda,
    attachments,
    carry_over,
    decision,
    decisions,
    deliveries,
    differences,
    dossier,
    entry,
    herverdelingen,
    municipality,
    overview,
    own_counts,
    pasting,
    policy,
    prognosis,
    proposals,
    taakstelling,
    timeline,
    verbeterplannen,
    workbooks,
)

register_converter(PeriodConverter, "period")
register_converter(DossierSubjectConverter, "dossier_subject")

app_name = "supervision"

DOSSIER = "<period:period>/gemeenten/<str:code>/dossier/"
ENTRIES = f"{DOSSIER}<dossier_subject:subject>/"

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
    path(DOSSIER, dossier.dossier, name="dossier"),
    path("<period:period>/gemeenten/<str:code>/tijdlijn/", timeline.timeline, name="timeline"),
    path("<period:period>/agenda/", agenda.agenda, name="agenda"),
    path(f"{ENTRIES}toevoegen/", dossier.dossier_add, name="dossier_add"),
    path(f"{ENTRIES}<uuid:entry>/", dossier.dossier_entry, name="dossier_entry"),
    path(f"{ENTRIES}<uuid:entry>/wijzigen/", dossier.dossier_change, name="dossier_change"),
    path(f"{ENTRIES}<uuid:entry>/intrekken/", dossier.dossier_withdraw, name="dossier_withdraw"),
    path(f"{DOSSIER}contacten/<uuid:entry>/bijlagen/", attachments.attachment_add, name="attachment_add"),
    path(f"{DOSSIER}bijlagen/<int:pk>/", attachments.attachment, name="attachment"),
    path(f"{DOSSIER}bijlagen/<int:pk>/intrekken/", attachments.attachment_withdraw, name="attachment_withdraw"),
    path(f"{DOSSIER}verbeterplannen/vragen/", verbeterplannen.plan_add, name="plan_add"),
    path(f"{DOSSIER}verbeterplannen/<int:pk>/", verbeterplannen.plan, name="plan"),
    path(f"{DOSSIER}verbeterplannen/<int:pk>/intrekken/", verbeterplannen.plan_withdraw, name="plan_withdraw"),
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
    path("<period:period>/cijfers/plakken/", pasting.paste, name="paste"),
    path("<period:period>/cijfers/<str:code>/", entry.entry_row, name="entry_row"),
    path("<period:period>/besluiten/", decisions.decisions, name="decisions"),
    path("<period:period>/besluiten/<str:code>/", decision.decision, name="decision"),
    path("<period:period>/besluiten/<str:code>/stap/", decision.decision_step, name="decision_step"),
    path("<period:period>/besluiten/<str:code>/voorstellen/", proposals.propose, name="propose"),
    path("<period:period>/besluiten/<str:code>/tussentijds/", proposals.propose_interim, name="propose_interim"),
    path("<period:period>/besluiten/<str:code>/<int:pk>/", decision.proposal, name="proposal"),
    path("leveringen/<int:pk>/intrekken/", deliveries.delivery_withdraw, name="delivery_withdraw"),
    path("leveringen/<int:pk>/werkboek/", workbooks.delivery_workbook, name="delivery_workbook"),
    path("beleidskader/<int:pk>/", policy.policy, name="policy"),
]
