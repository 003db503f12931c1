"""What holds for every policy and every history: the advice is a step of it, the same each time, and explained."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.ladder import Advice, Held, advise
from supervision.rules.opgave import work_out
from supervision.rules.period import Period
from supervision.rules.policy import Condition, Metric, Policy
from supervision.rules.tipping import sensitivity
from tests.supervision.rules.examples import P, half_year, step

thresholds = {
    Metric.ACHTERSTAND: st.integers(1, 40).map(Fraction),
    Metric.ACHTERSTAND_AGAINST_TAAKSTELLING: st.fractions(Fraction(1, 4), 3, max_denominator=8),
    Metric.SHORTFALL: st.integers(1, 20).map(Fraction),
    Metric.PERCENTAGE_TAAKSTELLING: st.fractions(1, 120, max_denominator=8),
    Metric.PERCENTAGE_TOTAALOPGAVE: st.fractions(1, 120, max_denominator=8),
}


@st.composite
def conditions(draw):
    metric = draw(st.sampled_from(Metric))
    return Condition(metric=metric, threshold=draw(thresholds[metric]), half_years=draw(st.integers(1, 4)))


@st.composite
def any_policy(draw):
    numbers = sorted(draw(st.sets(st.integers(1, 9), min_size=1, max_size=6)))
    first, *others = numbers
    return Policy(
        name="Willekeurig",
        source="",
        counts_herverdeling=draw(st.booleans()),
        steps=(step(first), *(step(number, draw(conditions())) for number in others)),
        most_steps_up=draw(st.none() | st.integers(1, 3)),
        down_by_decision=draw(st.booleans()),
    )


@st.composite
def any_history(draw):
    """Half-years up to now, of which some lack; the last one is there."""
    rows = draw(
        st.lists(
            st.tuples(st.integers(-30, 60), st.integers(0, 30), st.integers(-5, 5), st.integers(0, 60)),
            min_size=1,
            max_size=8,
        )
    )
    first = P.back(len(rows) - 1)
    half_years = work_out(
        half_year(
            first.back(-n),
            achterstand_start=start if n == 0 or start % 3 == 0 else None,
            taakstelling=taakstelling,
            herverdeling=herverdeling,
            realisation=realisation,
        )
        for n, (start, taakstelling, herverdeling, realisation) in enumerate(rows)
    )
    for gone in draw(st.sets(st.integers(1, 7))):
        half_years.pop(P.back(gone), None)
    return half_years


circumstances = st.fixed_dictionaries(
    {
        "before": st.none() | st.integers(0, 10),
        "exists_from": st.none() | st.integers(0, 8).map(P.back),
        "frozen": st.frozensets(st.integers(0, 9).map(P.back), max_size=4),
    }
)


@given(any_policy(), any_history(), circumstances)
def test_the_advice_is_one_of_the_steps_and_the_same_each_time(policy, half_years, known):
    advice = advise(policy, half_years, P, **known)
    assert advice.step in policy.steps
    assert advice == advise(policy, dict(reversed(half_years.items())), P, **known)
    assert advice.could_be >= advice.trede
    assert isinstance(advice.sentence, str)


@given(any_policy(), any_history(), circumstances)
def test_the_explanation_recomputes_to_the_advice(policy, half_years, known):
    """From the explanation alone: what held, how far, in which half-years, and what held the advice back."""
    advice = advise(policy, half_years, P, **known)
    assert recomputed(policy, advice) == advice.trede
    for clause in advice.clauses:
        assert (clause.surplus is not None and clause.surplus >= 0) == (P in clause.row)
        assert all(holds_in(policy, clause.condition, half_years[period]) for period in clause.row)
        assert not set(clause.row) & advice.frozen
        assert len(clause.row) <= clause.condition.half_years
        assert is_unbroken(clause.row, advice.frozen)


def recomputed(policy: Policy, advice: Advice) -> int:
    """Worked out anew, without the code that gave it."""
    numbers = [each.number for each in policy.steps]
    stood = None
    if advice.before is not None:
        stood = max((number for number in numbers if number <= advice.before), default=numbers[0])
    if advice.period in advice.frozen:
        return numbers[0] if stood is None else stood
    found = {clause.step.number: len(clause.row) >= clause.condition.half_years for clause in advice.clauses}
    reached = max([numbers[0], *(number for number, holds in found.items() if holds)])
    if stood is None:
        return reached
    if policy.most_steps_up is not None:
        reached = min(reached, numbers[min(numbers.index(stood) + policy.most_steps_up, len(numbers) - 1)])
    return max(reached, stood) if policy.down_by_decision else reached


def holds_in(policy: Policy, condition: Condition, opgave) -> bool:
    """By the fraction itself, where the rules count persons."""
    asked = opgave.taakstelling + opgave.herverdeling
    match condition.metric:
        case Metric.ACHTERSTAND:
            return opgave.achterstand_end >= condition.threshold
        case Metric.ACHTERSTAND_AGAINST_TAAKSTELLING:
            compared = asked if policy.counts_herverdeling else opgave.taakstelling
            return opgave.achterstand_end > 0 and opgave.achterstand_end >= condition.threshold * compared
        case Metric.SHORTFALL:
            return asked - opgave.realisation >= condition.threshold
        case Metric.PERCENTAGE_TAAKSTELLING:
            return asked > 0 and Fraction(100 * opgave.realisation, asked) < condition.threshold
        case Metric.PERCENTAGE_TOTAALOPGAVE:
            whole = opgave.totaalopgave
            return whole > 0 and Fraction(100 * opgave.realisation, whole) < condition.threshold


def is_unbroken(row: tuple[Period, ...], frozen: frozenset[Period]) -> bool:
    """From now back, with nothing between but what was frozen."""
    expected = P
    for period in row:
        while expected in frozen:
            expected = expected.previous
        if period != expected:
            return False
        expected = expected.previous
    return True


@given(any_policy(), any_history(), circumstances)
def test_a_row_stops_only_where_the_condition_does_not_hold_or_figures_lack(policy, half_years, known):
    advice = advise(policy, half_years, P, **known)
    for clause in advice.clauses:
        if clause.holds:
            assert clause.missing is None
            continue
        stopped = P
        while stopped in clause.row or stopped in advice.frozen:
            stopped = stopped.previous
        if advice.exists_from is not None and stopped < advice.exists_from:
            assert clause.missing is None
        elif clause.missing is None:
            assert not holds_in(policy, clause.condition, half_years[stopped])
        else:
            assert clause.missing == stopped


@given(any_policy(), any_history(), circumstances, st.integers(1, 60))
def test_more_housed_never_raises_the_advice(policy, half_years, known, more):
    now = half_years[P]
    better = {**half_years, P: replace(now, realisation=now.realisation + more)}
    assert advise(policy, better, P, **known).trede <= advise(policy, half_years, P, **known).trede


@given(any_policy(), any_history(), circumstances)
def test_what_would_have_tipped_it_does_and_one_less_does_not(policy, half_years, known):
    advice = advise(policy, half_years, P, **known)
    stands = sensitivity(policy, half_years, advice)
    now = half_years[P]

    def trede_with(more):
        return advise(policy, {**half_years, P: replace(now, realisation=now.realisation + more)}, P, **known).trede

    for tipping, sign in ((stands.lower, 1), (stands.higher, -1)):
        if tipping:
            assert trede_with(sign * tipping.persons) == tipping.trede != advice.trede
            assert trede_with(sign * (tipping.persons - 1)) == advice.trede
    if stands.lower is None:
        assert trede_with(500) == advice.trede
    if stands.higher is None:
        assert trede_with(-now.realisation) == advice.trede


@given(any_policy(), any_history(), circumstances)
def test_limits_are_kept(policy, half_years, known):
    advice = advise(policy, half_years, P, **known)
    if known["before"] is None or P in known["frozen"]:
        assert advice.held in (None, Held.FROZEN)
        return
    stood = policy.standing(known["before"])
    index = policy.steps.index
    if policy.most_steps_up is not None:
        assert index(advice.step) - index(stood) <= policy.most_steps_up
    if policy.down_by_decision:
        assert index(advice.step) >= index(stood)
    assert (advice.held is None) == (advice.step == advice.reached)
