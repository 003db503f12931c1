"""Reads: a few bulk queries, into the rules' dataclasses, to what a screen or letter shows.

The number of queries depends neither on the municipalities nor on the half-years, and neither they nor the rows that
they fetch depend on how often was counted within a half-year. Each can also be asked as it was known at a moment.
"""

from supervision.figures.assessing import LOOK_BACK, assess_municipality, assess_province
from supervision.figures.assessment import HERVERDELING, Agreed, Announced, Assessment, Count
from supervision.figures.behind import (
    Cell,
    closes,
    figures_behind,
    figures_in_force,
    herverdelingen_of,
)
from supervision.figures.half_years import (
    Closing,
    KnownPeriod,
    closing_of,
    current_period,
    has_sample_figures,
    known_of,
    known_periods,
)
from supervision.figures.rows import stands
from supervision.figures.totals import Total, total_of

__all__ = [
    "HERVERDELING",
    "LOOK_BACK",
    "Agreed",
    "Announced",
    "Assessment",
    "Cell",
    "Closing",
    "Count",
    "KnownPeriod",
    "Total",
    "assess_municipality",
    "assess_province",
    "closes",
    "closing_of",
    "current_period",
    "figures_behind",
    "figures_in_force",
    "has_sample_figures",
    "herverdelingen_of",
    "known_of",
    "known_periods",
    "stands",
    "total_of",
]
