"""The bijlage that explains the ladder: the same for every municipality of the province. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from letters.words.case import Sender
from letters.words.composing import entries
from letters.words.content import BijlageContent, Bullets, LadderRow, Running, Section, TermTable, plain
from letters.words.sentences import cardinal
from letters.words.texts import Filler, kept_together, pairs, text, texts
from supervision.rules.dutch import long_date
from supervision.rules.period import Period
from supervision.rules.policy import OWED, Metric, Policy


def compose_bijlage(*, policy: Policy, valid_from: Period, period: Period, sender: Sender) -> BijlageContent:
    """The ladder as the policy's data has it; for all letters of the province over the half-year."""
    organisation = sender.organisation[:1].lower() + sender.organisation[1:]
    fill = Filler({"helft": period.words, "organisatie": organisation})
    return BijlageContent(
        title=fill(text("bijlage", "titel")),
        description=fill(text("bijlage", "omschrijving")),
        author=sender.authority,
        running=Running(
            sender=sender.organisation,
            title=text("bijlage", "naam"),
            aside="\n".join(fill(line) for line in texts("bijlage", "kop")),
        ),
        sender=sender,
        entries=entries(
            ("hoort_bij", fill(text("bijlage", "hoort_bij"))),
            ("beleid", policy.name),
            ("geldt_vanaf", long_date(valid_from.start)),
        ),
        name=text("bijlage", "naam"),
        intro=fill(text("bijlage", "inleiding")),
        ladder_heading=fill(text("bijlage", "kop_treden"), aantal_treden=cardinal(len(policy.steps))),
        ladder_heads=texts("bijlage", "kolommen"),
        ladder=tuple(
            LadderRow(
                number=str(step.number),
                name=step.name,
                when=kept_together(step.when),
                follows=kept_together(step.follows),
            )
            for step in policy.steps
        ),
        sections=(
            Section(
                heading=text("bijlage", "kop_toepassing"),
                parts=(Bullets(items=tuple(plain(each) for each in _application(policy))),),
            ),
            Section(
                heading=text("bijlage", "kop_rekenen"),
                parts=(TermTable(heads=texts("bijlage", "begrippen_kolommen"), rows=pairs("bijlage", "begrippen")),),
            ),
            Section(
                heading=text("bijlage", "kop_bronnen"),
                parts=(
                    Bullets(
                        items=(
                            *(plain(kept_together(source)) for source in texts("bijlage", "bronnen")),
                            plain(f"{policy.name} van de {organisation}"),
                        )
                    ),
                ),
            ),
        ),
    )


def _application(policy: Policy) -> Iterable[str]:
    conditions = [step.condition for step in policy.steps if step.condition]
    compares = Metric.ACHTERSTAND_AGAINST_TAAKSTELLING
    yield text("bijlage", "toepassing", "besluit")
    if any(condition.metric is compares for condition in conditions):
        reading = "met_herverdeling" if policy.counts_herverdeling else "zonder_herverdeling"
        yield text("bijlage", "toepassing", reading)
    in_a_row = {condition.metric for condition in conditions if condition.half_years > 1}
    if compares in in_a_row:
        yield text("bijlage", "toepassing", "rij_taakstelling")
    if Metric.ACHTERSTAND in in_a_row:
        yield text("bijlage", "toepassing", "rij_achterstand")
    if any(condition.metric.is_percentage for condition in conditions):
        yield text("bijlage", "toepassing", "percentage")
    if any(metric not in OWED for metric in in_a_row):
        yield text("bijlage", "toepassing", "rij_gehuisvest")
    if policy.most_steps_up is not None:
        steps = "één trede" if policy.most_steps_up == 1 else f"{cardinal(policy.most_steps_up)} treden"
        yield Filler({"treden": steps})(text("bijlage", "toepassing", "in_een_keer"))
    if policy.down_by_decision:
        yield text("bijlage", "toepassing", "omlaag_na_besluit")
    if policy.outcomes:
        names = " of ".join(f"‘{name}’" for name in policy.outcomes)
        yield Filler({"uitkomsten": names})(text("bijlage", "toepassing", "naast_de_ladder"))
