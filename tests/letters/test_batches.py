"""Making many concepts: once however often it is asked, and one that fails never stops the others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from letters import together
from letters.actions import batch_items, batches
from letters.actions.making import make_concept
from letters.models import Batch, BatchItem, Draft, Letter
from letters.papers.drafts import sheets_of
from letters.tasks import fill_queue
from letters.together import Common
from letters.written import written
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions import Refused
from tests.letters.batching import CODES, DONE, FAILED, LEFT, TO_DO, reasons, record, started, states, waiting, work
from tests.letters.factories import make_letterhead
from tests.letters.reading import text_of
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON

TODAY = NOON.date()


@pytest.fixture
def three(within_utrecht: Province, supervisor: User) -> list[Municipality]:
    """Of three municipalities a letter can be made."""
    make_letterhead(within_utrecht)
    return record(by=supervisor)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Laying out takes no time; gives the letters that were laid out."""
    made: list[str] = []

    def lay_out(sheets):
        made.append(sheets.letter)
        return b"%PDF of a test"

    monkeypatch.setattr(batch_items, "laid_out", lay_out)
    return made


def concept(by: User, municipality: Municipality) -> Letter:
    return make_concept(by=by, municipality=municipality, period=FIRST_HALF_OF_2022, now=NOON, today=TODAY)


# -- asking -------------------------------------------------------------------


def test_there_are_tasks_for_all(three: list[Municipality], supervisor: User) -> None:
    batch = started(supervisor, *three)
    assert states(batch) == dict.fromkeys(CODES, TO_DO)
    assert waiting(batch) == 3


def test_asking_again_shows_the_same_batch_and_adds_no_work(three: list[Municipality], supervisor: User) -> None:
    first = started(supervisor, *three)
    assert started(supervisor, *three) == first
    assert (BatchItem.objects.count(), waiting(first)) == (3, 3)


def test_what_another_adds_is_theirs(three: list[Municipality], supervisor: User, quick: list[str]) -> None:
    other = make_user(role=Role.TOEZICHTHOUDER, province=supervisor.province)
    batch = started(supervisor, three[0])
    assert started(other, *three) == batch
    work(batch)
    assert states(batch) == dict.fromkeys(CODES, DONE)
    makers = dict(Letter.objects.values_list("municipality__code", "made_by"))
    assert makers == {CODES[0]: supervisor.pk, CODES[1]: other.pk, CODES[2]: other.pk}


def test_after_the_end_a_new_batch_begins(three: list[Municipality], supervisor: User, quick: list[str]) -> None:
    first = started(supervisor, *three)
    work(first)
    assert first.finished_at is not None
    assert started(supervisor, *three) != first


def test_the_database_refuses_two_batches_at_work(three: list[Municipality], supervisor: User) -> None:
    batch = started(supervisor, *three)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.create(province=batch.province, period=batch.period, asked_at=NOON, asked_by=supervisor)


def test_nothing_is_no_batch(three: list[Municipality], supervisor: User) -> None:
    with pytest.raises(Refused, match="Kruis eerst aan"):
        started(supervisor)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_no_letters_starts_nothing(three: list[Municipality], utrecht: Province, role: Role) -> None:
    with pytest.raises(Refused, match="Brieven maken mag alleen"):
        started(make_user(role=role, province=utrecht), *three)


def test_somebody_of_another_province_starts_nothing(three: list[Municipality], utrecht: Province) -> None:
    other = make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25"))
    with pytest.raises(Refused):
        batches.start_batch(by=other, province=utrecht, period=FIRST_HALF_OF_2022, municipalities=three, now=NOON)


# -- making -------------------------------------------------------------------


def test_a_concept_is_made_with_its_pdf_and_what_is_open(three: list[Municipality], supervisor: User, tmp_path) -> None:
    batch = started(supervisor, three[1])
    work(batch)
    letter = Letter.objects.get()
    assert (letter.municipality, letter.state, letter.made_by) == (three[1], Letter.State.CONCEPT, supervisor)
    assert letter.open_points is not None
    draft = letter.draft
    file = tmp_path / "brief.pdf"
    file.write_bytes(draft.pdf)
    text = text_of(file)
    assert "Houten" in text
    assert "De zes treden" not in text, "the bijlage is one for all"
    assert draft.html_sha256 == sheets_of(written(letter, today=localdate(draft.made_at))).sha256
    assert batch.finished_at is not None


def test_a_task_makes_a_share_on_what_it_read_once(
    three: list[Municipality], supervisor: User, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Common] = []

    def common_of(**which) -> Common:
        read.append(together.common_of(**which))
        return read[-1]

    monkeypatch.setattr(batch_items, "common_of", common_of)
    monkeypatch.setattr(batch_items, "SHARE", 2)
    batch = started(supervisor, *three)
    assert [batch_items.make_share(batch.pk, clock=now) for _ in range(3)] == [2, 1, 0]
    assert (len(quick), len(read)) == (3, 2)
    assert states(batch) == dict.fromkeys(CODES, DONE)


@pytest.mark.parametrize(("letters", "tasks"), [(1, 1), (3, 3), (26, 8), (161, 9), (342, 18)])
def test_there_are_as_many_tasks_as_workers_may_share(utrecht: Province, letters: int, tasks: int) -> None:
    """A share is of twenty letters; of few letters several workers make one each."""
    fill_queue(1, to_do=letters)
    fill_queue(1, to_do=letters)
    assert DBTaskResult.objects.count() == tasks


def test_a_batch_after_a_batch_makes_no_second_letter(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    for _ in range(2):
        work(started(supervisor, *three))
    assert (Letter.objects.count(), Draft.objects.count(), len(quick)) == (3, 3, 6)


def test_who_lacks_figures_is_told_which_and_the_others_are_made(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    baarn = Municipality.objects.get(code="GM0308")
    batch = started(supervisor, baarn, *three)
    work(batch)
    assert states(batch) == {"GM0308": FAILED} | dict.fromkeys(CODES, DONE)
    assert reasons(batch)["GM0308"].startswith("Over 2022-1 kan nog geen brief worden gemaakt: de taakstelling")
    assert batch.finished_at is not None


def test_what_goes_wrong_with_one_is_logged_and_the_others_are_made(
    three: list[Municipality], supervisor: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall_over(sheets):
        if "Houten" in sheets.letter:
            raise OSError("No space left on device")
        return b"%PDF"

    monkeypatch.setattr(batch_items, "laid_out", fall_over)
    batch = started(supervisor, *three)
    work(batch)
    assert states(batch) == {"GM0307": DONE, "GM0321": FAILED, "GM0331": DONE}
    assert reasons(batch) == {"GM0321": "Er ging iets mis; probeer opnieuw."}
    assert "No space left on device" in caplog.text
    assert not Draft.objects.filter(letter__municipality__code="GM0321").exists()


def test_an_error_of_the_database_spoils_no_other_letter(
    three: list[Municipality], supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_it(sheets):
        if "Houten" in sheets.letter:
            Draft.objects.create(letter_id=None, html_sha256="", pdf=b"", made_at=NOON)
        return b"%PDF"

    monkeypatch.setattr(batch_items, "laid_out", break_it)
    batch = started(supervisor, *three)
    work(batch)
    assert states(batch) == {"GM0307": DONE, "GM0321": FAILED, "GM0331": DONE}


def test_what_failed_is_made_again(
    three: list[Municipality], supervisor: User, monkeypatch: pytest.MonkeyPatch, quick: list[str]
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(batch_items, "laid_out", lambda sheets: 1 / 0)
        batch = started(supervisor, *three[:2])
        work(batch)
    assert set(states(batch).values()) == {FAILED}
    once_more = batches.again(by=supervisor, batch=batch, now=NOON)
    assert once_more != batch
    work(once_more)
    assert states(once_more) == {"GM0307": DONE, "GM0321": DONE}


def test_what_failed_in_a_batch_at_work_is_tried_again_in_it(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    batch = started(supervisor, *three)
    batch.items.filter(municipality=three[0]).update(state=FAILED, reason="Er ging iets mis", ended_at=NOON, attempts=3)
    assert batches.again(by=supervisor, batch=batch, now=NOON) == batch
    assert states(batch) == dict.fromkeys(CODES, TO_DO)
    work(batch)
    assert states(batch) == dict.fromkeys(CODES, DONE)
    assert reasons(batch) == {}


def test_nothing_failed_is_nothing_to_try_again(three: list[Municipality], supervisor: User, quick: list[str]) -> None:
    batch = started(supervisor, *three)
    with pytest.raises(Refused, match="niets mislukt"):
        batches.again(by=supervisor, batch=batch, now=NOON)


# -- letters that are there ---------------------------------------------------


def test_a_letter_that_was_worked_on_keeps_its_words_and_gets_its_pdf(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    letter = concept(supervisor, three[0])
    Letter.objects.filter(pk=letter.pk).update(worked_on=True, open_points=7, version=4)
    batch = started(supervisor, *three)
    work(batch)
    assert states(batch)["GM0307"] == LEFT
    assert reasons(batch)["GM0307"].startswith("Aan dit concept is al gewerkt")
    after = Letter.objects.get(pk=letter.pk)
    assert (after.open_points, after.version, after.changed_at) == (7, 4, letter.changed_at)
    assert Draft.objects.filter(letter=letter).exists()


def test_a_letter_that_waits_for_agreement_is_left_alone(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    letter = concept(supervisor, three[0])
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SUBMITTED, submitted_to=supervisor)
    batch = started(supervisor, three[0])
    work(batch)
    assert reasons(batch)["GM0307"].startswith("De brief ligt ter akkoord")
    assert Letter.objects.get(pk=letter.pk).state == Letter.State.SUBMITTED


def test_a_letter_that_was_changed_while_it_was_laid_out_keeps_what_it_has(
    three: list[Municipality], supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lay_out(sheets):
        Letter.objects.update(version=2, open_points=5)
        return b"%PDF"

    monkeypatch.setattr(batch_items, "laid_out", lay_out)
    work(started(supervisor, three[0]))
    assert Letter.objects.get().open_points == 5


# -- after a worker was killed -----------------------------------------------


def killed_at_the_first(batch: Batch) -> None:
    """What a killed worker leaves: a task that is "running" for ever, and an item that was begun on."""
    DBTaskResult.objects.first().claim("killed")
    with batch_items._next(batch) as item:
        assert item is not None


def test_a_worker_that_starts_takes_up_what_a_killed_one_left(
    three: list[Municipality], supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = started(supervisor, *three)
    killed_at_the_first(batch)
    assert waiting(batch) == 2
    options: dict[str, object] = {}
    monkeypatch.setattr(db_worker.Command, "handle", lambda self, **given: options.update(given))
    call_command("worker")
    assert waiting(batch) == 3
    assert options["max_tasks"] == 12


def test_another_worker_takes_up_what_a_killed_one_left(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    batch = started(supervisor, *three)
    killed_at_the_first(batch)
    work(batch)
    assert states(batch) == dict.fromkeys(CODES, DONE)
    assert batch.finished_at is not None


def test_starting_workers_again_and_again_adds_no_tasks(three: list[Municipality], supervisor: User) -> None:
    batch = started(supervisor, *three)
    for _ in range(3):
        batches.resume_all(now=NOON)
    assert waiting(batch) == 3


def test_who_looks_sees_to_it_that_it_goes_on_when_nothing_happens(three: list[Municipality], supervisor: User) -> None:
    batch = started(supervisor, *three)
    DBTaskResult.objects.all().delete()
    assert not batches.resume_when_quiet(batch, now=NOON + timedelta(seconds=20))
    assert waiting(batch) == 0
    assert batches.resume_when_quiet(batch, now=NOON + timedelta(seconds=40))
    assert waiting(batch) == 3


def test_an_end_that_was_not_written_is_written_later(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    batch = started(supervisor, *three)
    batch.items.update(state=DONE, ended_at=NOON)
    batches.resume_all(now=NOON)
    batch.refresh_from_db()
    assert batch.finished_at == NOON


def test_an_item_on_which_workers_die_again_and_again_is_given_up(
    three: list[Municipality], supervisor: User, quick: list[str]
) -> None:
    batch = started(supervisor, three[0])
    batch.items.update(attempts=batch_items.MOST_ATTEMPTS)
    work(batch)
    assert reasons(batch) == {"GM0307": "Het maken van deze brief is een paar keer afgebroken. Probeer het opnieuw."}


def test_what_two_workers_made_at_once_is_saved_once(
    three: list[Municipality], supervisor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On SQLite nothing is held while a letter is laid out."""
    ended = NOON - timedelta(days=1)

    def meanwhile(sheets):
        BatchItem.objects.update(state=DONE, ended_at=ended)
        return b"%PDF of who came second"

    monkeypatch.setattr(batch_items, "laid_out", meanwhile)
    batch = started(supervisor, three[0])
    work(batch)
    assert batch.items.get().ended_at == ended
    assert not Draft.objects.exists()
