"""The letterhead: one per province, kept by its beheerder."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django_scopes import scope, scopes_disabled

from letters.looks.pictures import kept_logo, kept_png
from letters.models import Letterhead, Signatory
from municipalities.models import Province
from municipalities.rights import Role
from tests.letters.cases import plain
from tests.letters.factories import make_letterhead, make_signatory
from tests.letters.pictures import SVG, png
from tests.municipalities.factories import make_province, make_superuser, make_user

WEB = "/beheer/letters/letterhead/"


@pytest.fixture
def gelderland(db: None) -> Province:
    return make_province(code="PV25", name="Gelderland")


def log_in(client: Client, role: str, province: Province) -> None:
    client.force_login(make_user(role=role, province=province))


def filled_in(**fields: object) -> dict[str, object]:
    """The form of the letterhead, with nobody who signs."""
    return {
        "organisation": "Provincie Utrecht",
        "wordmark": "Provincie\nUtrecht",
        "authority": "Gedeputeerde Staten",
        "bijlage_in_one_file": "on",
        "afschrift_days": "10",
        "receipt_days": "14",
        "signatories-TOTAL_FORMS": "0",
        "signatories-INITIAL_FORMS": "0",
        **fields,
    }


def who_signs(letterhead: Letterhead | None = None, row: int = 0, **fields: object) -> dict[str, object]:
    """The same form with one row of somebody who signs."""
    row_fields = {"id": "", "name": "A. Jansen", "function": "gedeputeerde", "position": "1", **fields}
    return {
        "signatories-TOTAL_FORMS": "1",
        "signatories-INITIAL_FORMS": "1" if fields.get("id") else "0",
        **{f"signatories-{row}-{name}": value for name, value in row_fields.items()},
    }


def test_a_province_has_one_letterhead(within_utrecht: Province) -> None:
    make_letterhead(within_utrecht)
    with pytest.raises(ValidationError):
        make_letterhead(within_utrecht)


@pytest.mark.parametrize("empty", ["organisation", "wordmark", "authority"])
def test_the_database_refuses_a_letterhead_that_does_not_say_who_writes(empty: str, within_utrecht: Province) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.create(
            province=within_utrecht, **{"organisation": "x", "wordmark": "x", "authority": "x", empty: ""}
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("footer", "→"),
        ("accent", "#ffcc00"),
        ("accent", "blauw"),
        ("afschrift_days", 0),
        ("receipt_days", 366),
        ("website", "https://www.provincie.example/"),
        ("website", "x"),
        ("email", "geen"),
        ("team", "日"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused(field: str, value: str, within_utrecht: Province) -> None:
    with pytest.raises(ValidationError) as refused:
        make_letterhead(within_utrecht, **{field: value})
    assert list(refused.value.message_dict) == [field]


def test_outside_a_province_no_letterhead_is_to_be_had(utrecht: Province) -> None:
    with pytest.raises(Exception, match="scope"):
        Letterhead.objects.first()


def test_a_beheerder_adds_and_changes_the_letterhead_of_the_own_province(
    client: Client, utrecht: Province, gelderland: Province
) -> None:
    with scope(province=gelderland):
        other = make_letterhead(gelderland, organisation="Provincie Gelderland")
    log_in(client, Role.BEHEERDER, utrecht)
    assert client.post(f"{WEB}add/", filled_in()).status_code == 302
    with scope(province=utrecht):
        own = Letterhead.objects.get()
    assert client.post(f"{WEB}{own.pk}/change/", filled_in(team="BEI")).status_code == 302
    with scope(province=utrecht):
        assert Letterhead.objects.get().team == "BEI"
    assert client.get(f"{WEB}add/").status_code == 403
    assert "Gelderland" not in client.get(WEB).content.decode()
    assert client.post(f"{WEB}{other.pk}/change/", filled_in(team="X")).status_code == 302
    with scope(province=gelderland):
        assert Letterhead.objects.get().team == "BEI"


def test_a_beheerder_sees_what_is_wrong_beside_the_field(client: Client, utrecht: Province) -> None:
    log_in(client, Role.BEHEERDER, utrecht)
    page = client.post(f"{WEB}add/", filled_in() | who_signs(name="naam →"))
    assert page.status_code == 200
    assert "Het teken ‘→’ kan niet in een brief staan." in page.content.decode()


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.VASTSTELLER])
def test_others_do_not_come_near_it(role: str, client: Client, utrecht: Province) -> None:
    log_in(client, role, utrecht)
    assert client.get(WEB).status_code in (302, 403)


def test_the_technical_administrator_keeps_them_all(client: Client, utrecht: Province, gelderland: Province) -> None:
    with scopes_disabled():
        make_letterhead(gelderland, organisation="Provincie Gelderland")
    client.force_login(make_superuser())
    assert client.post(f"{WEB}add/", filled_in(province=str(utrecht.pk))).status_code == 302
    page = client.get(WEB).content.decode()
    assert "Provincie Utrecht" in page
    assert "Provincie Gelderland" in page


# -- how it looks ----------------------------------------------------------------------------------


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def beheerder(client: Client, utrecht: Province) -> Client:
    log_in(client, Role.BEHEERDER, utrecht)
    return client


def the_letterhead(province: Province) -> Letterhead:
    with scope(province=province):
        return Letterhead.objects.prefetch_related("signatories").get()


@pytest.mark.parametrize(("data", "name"), [(SVG, "logo.svg"), (png(), "logo.png")])
def test_a_logo_is_kept_as_it_is_drawn(data: bytes, name: str, beheerder: Client, utrecht: Province) -> None:
    assert beheerder.post(f"{WEB}add/", filled_in(logo_file=upload(data, name))).status_code == 302
    letterhead = the_letterhead(utrecht)
    assert bytes(letterhead.logo) == kept_logo(data)
    assert letterhead.as_sender().logo in letterhead.pictures


def test_a_logo_stays_until_it_is_replaced_or_taken_away(beheerder: Client, utrecht: Province) -> None:
    beheerder.post(f"{WEB}add/", filled_in(logo_file=upload(SVG, "logo.svg")))
    change = f"{WEB}{the_letterhead(utrecht).pk}/change/"
    assert "Er is een svg van 1 kB." in beheerder.get(change).content.decode()
    beheerder.post(change, filled_in())
    assert bytes(the_letterhead(utrecht).logo) == kept_logo(SVG)
    page = beheerder.post(change, filled_in(logo_file=upload(png(), "logo.png"), without_logo="on"))
    assert "niet allebei" in page.content.decode()
    beheerder.post(change, filled_in(logo_file=upload(png(), "logo.png")))
    assert bytes(the_letterhead(utrecht).logo) == kept_logo(png())
    beheerder.post(change, filled_in(without_logo="on"))
    assert bytes(the_letterhead(utrecht).logo) == b""
    assert the_letterhead(utrecht).as_sender().logo == ""


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><script>1</script></svg>", "een script"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><image href='http://x/'/></svg>",
            "een foto of plaatje",
        ),
        (png()[:100], "beschadigd"),
        (b"", "leeg"),
        (b"x" * 600_000, "hoogstens 500 kB"),
    ],
)
def test_a_logo_that_may_not_stand_in_a_letter_is_refused_beside_its_field(
    data: bytes, said: str, beheerder: Client, utrecht: Province
) -> None:
    page = beheerder.post(f"{WEB}add/", filled_in(logo_file=upload(data, "logo.svg")))
    assert page.status_code == 200
    assert said in page.content.decode()
    with scope(province=utrecht):
        assert not Letterhead.objects.exists()


def test_a_colour_that_is_too_light_is_refused_with_its_contrast(beheerder: Client) -> None:
    page = beheerder.post(f"{WEB}add/", filled_in(accent="#ffcc00")).content.decode()
    assert "het contrast met wit is 1,51 en moet ten minste 4,5 zijn" in page


def test_the_terms_of_sending_are_the_usual_ones_until_they_are_changed(beheerder: Client, utrecht: Province) -> None:
    beheerder.post(f"{WEB}add/", filled_in())
    letterhead = the_letterhead(utrecht)
    assert (letterhead.bijlage_in_one_file, letterhead.afschrift_days, letterhead.receipt_days) == (True, 10, 14)
    change = f"{WEB}{letterhead.pk}/change/"
    beheerder.post(change, filled_in(bijlage_in_one_file="", afschrift_days="7", receipt_days="21"))
    letterhead = the_letterhead(utrecht)
    assert (letterhead.bijlage_in_one_file, letterhead.afschrift_days, letterhead.receipt_days) == (False, 7, 21)
    assert "ten minste 1 dag" in beheerder.post(change, filled_in(afschrift_days="0")).content.decode()


@pytest.mark.parametrize("days", [{"afschrift_days": 0}, {"receipt_days": 0}, {"receipt_days": 999}, {"accent": "x"}])
def test_the_database_refuses_settings_that_cannot_be(days: dict[str, object], within_utrecht: Province) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Letterhead.objects.create(province=within_utrecht, organisation="x", wordmark="x", authority="x", **days)


# -- who signs -------------------------------------------------------------------------------------

ON = date(2022, 9, 22)


def test_a_beheerder_says_who_signs_with_a_signature(beheerder: Client, utrecht: Province) -> None:
    row = who_signs(starts_on="2021-01-01", signature_file=upload(png(), "handtekening.png"))
    assert beheerder.post(f"{WEB}add/", filled_in() | row).status_code == 302
    letterhead = the_letterhead(utrecht)
    sender = letterhead.as_sender(on=ON)
    assert (sender.signatory_name, sender.signatory_function) == ("A. Jansen", "gedeputeerde")
    assert letterhead.pictures[sender.signature] == kept_png(png())
    page = beheerder.get(f"{WEB}{letterhead.pk}/change/").content.decode()
    assert "Er is een png van" in page
    assert "A. Jansen" in page


def test_a_signature_that_is_no_picture_is_refused(beheerder: Client) -> None:
    page = beheerder.post(f"{WEB}add/", filled_in() | who_signs(signature_file=upload(SVG, "handtekening.svg")))
    assert "Het bestand is geen png." in page.content.decode()


def test_who_leaves_gets_a_last_day_and_is_not_taken_away(beheerder: Client, utrecht: Province) -> None:
    beheerder.post(f"{WEB}add/", filled_in() | who_signs())
    letterhead = the_letterhead(utrecht)
    [row] = letterhead.all_signatories
    change = f"{WEB}{letterhead.pk}/change/"
    assert "DELETE" not in beheerder.get(change).content.decode()
    leaves = who_signs(id=str(row.pk), letterhead=str(letterhead.pk), ends_on="2022-06-30")
    assert beheerder.post(change, filled_in() | leaves).status_code == 302
    letterhead = the_letterhead(utrecht)
    assert letterhead.as_sender(on=date(2022, 6, 30)).signatory_name == "A. Jansen"
    assert letterhead.as_sender(on=ON).signatory_name == ""
    wrong = who_signs(id=str(row.pk), letterhead=str(letterhead.pk), starts_on="2022-07-01", ends_on="2022-06-30")
    assert "De laatste dag ligt vóór de eerste." in beheerder.post(change, filled_in() | wrong).content.decode()


def test_the_usual_one_is_the_first_who_may_sign_that_day(within_utrecht: Province) -> None:
    letterhead = make_letterhead(within_utrecht)
    letterhead.signatories.update(position=9)
    make_signatory(letterhead, name="A", ends_on=date(2022, 9, 21))
    make_signatory(letterhead, name="B", starts_on=ON, ends_on=ON)
    make_signatory(letterhead, name="C", starts_on=date(2022, 9, 23))

    def name(on: date) -> str:
        return letterhead.as_sender(on=on).signatory_name

    assert [name(date(2022, 9, day)) for day in (21, 22, 23)] == ["A", "B", "C"]
    assert letterhead.as_sender().signatory_name == ""


def test_another_one_may_be_asked_for_but_not_one_who_left(within_utrecht: Province) -> None:
    letterhead = make_letterhead(within_utrecht)
    team = make_signatory(letterhead, name="B. de Vries", role="teamleider", mandate="namens dezen,", position=2)
    left = make_signatory(letterhead, name="C. Smit", role="gedeputeerde", ends_on=date(2021, 12, 31))
    sender = letterhead.as_sender(on=ON, signatory=team.pk)
    assert (sender.signatory_name, sender.mandate) == ("B. de Vries", "namens dezen,")
    assert letterhead.as_sender(on=ON, signatory=left.pk).signatory_name == ""
    assert plain(left.why_not(on=ON)) == (
        "C. Smit, gedeputeerde ondertekende tot en met 31 december 2021 en kan een brief van 22 september 2022 niet"
        " ondertekenen."
    )
    assert left.why_not(on=date(2021, 12, 31)) == ""


def test_one_who_is_still_to_come_cannot_sign(within_utrecht: Province) -> None:
    to_come = make_signatory(make_letterhead(within_utrecht), starts_on=date(2022, 10, 1))
    assert plain(to_come.why_not(on=ON)).startswith(
        "de heer of mevrouw Voorbeeld, gedeputeerde ondertekent vanaf 1 oktober 2022"
    )
    assert to_come.why_not(on=date(2022, 10, 1)) == ""


@pytest.mark.parametrize(
    "fields", [{"name": "", "function": ""}, {"name": "A", "starts_on": date(2022, 2, 1), "ends_on": date(2022, 1, 31)}]
)
def test_the_database_refuses_somebody_who_cannot_sign(fields: dict[str, object], within_utrecht: Province) -> None:
    letterhead = make_letterhead(within_utrecht)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.create(letterhead=letterhead, **fields)


def test_signatories_of_another_province_are_not_to_be_had(utrecht: Province, gelderland: Province) -> None:
    with scope(province=gelderland):
        make_letterhead(gelderland, organisation="Provincie Gelderland")
    with scope(province=utrecht):
        assert not Signatory.objects.exists()
    with pytest.raises(Exception, match="scope"):
        Signatory.objects.first()


@pytest.mark.usefixtures("emptied_db")
def test_who_signed_in_the_fields_of_the_letterhead_signs_in_a_row() -> None:
    """The migration there and back: with a name, with a function only, and with neither."""
    letters = {"before": ("letters", "0003_letterhead_looks_and_signatories")}
    executor = MigrationExecutor(connection)
    try:
        before = executor.migrate([letters["before"]]).apps
        made = {}
        for code, name, function in (("PV21", "A. Jansen", "gedeputeerde"), ("PV22", "", "vacature"), ("PV23", "", "")):
            province = before.get_model("municipalities", "Province").objects.get(code=code)
            made[code] = (
                before.get_model("letters", "Letterhead")
                .objects.create(
                    province=province,
                    organisation=code,
                    wordmark=code,
                    authority=code,
                    signatory_name=name,
                    signatory_function=function,
                )
                .pk
            )
        executor = MigrationExecutor(connection)
        after = executor.migrate(executor.loader.graph.leaf_nodes("letters")).apps
        rows = after.get_model("letters", "Signatory").objects.order_by("letterhead__organisation")
        assert [(row.letterhead_id, row.name, row.function, row.ends_on) for row in rows] == [
            (made["PV21"], "A. Jansen", "gedeputeerde", None),
            (made["PV22"], "", "vacature", None),
        ]
        executor = MigrationExecutor(connection)
        back = (
            executor.migrate([letters["before"]])
            .apps.get_model("letters", "Letterhead")
            .objects.order_by("organisation")
        )
        assert [(each.signatory_name, each.signatory_function) for each in back] == [
            ("A. Jansen", "gedeputeerde"),
            ("", "vacature"),
            ("", ""),
        ]
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
