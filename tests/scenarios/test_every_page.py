"""Each page, on a laptop and on a phone: nothing for axe to find, no error in the console, no sideways scroll."""

import pytest

PAGES = [
    "/2022-1/",
    "/2022-1/?toon=achterstand&sorteer=gemeente",
    "/2022-2/",
    "/2015-1/",
    "/2022-1/gemeenten/",
    "/2022-1/gemeenten/GM0344/",
    "/2022-1/gemeenten/GM0331/",
    "/2022-2/gemeenten/GM0344/",
    "/2015-1/gemeenten/GM0344/",
    "/2022-1/agenda/",
    "/2022-2/agenda/",
    "/2022-1/gemeenten/GM0344/dossier/",
    "/2022-1/gemeenten/GM0331/dossier/",
    "/2022-1/gemeenten/GM0344/tijdlijn/",
    "/2022-1/gemeenten/GM0331/tijdlijn/?toon=contacten",
    "/2022-1/gemeenten/GM0344/dossier/contacten/toevoegen/",
    "/2022-1/gemeenten/GM0344/dossier/afspraken/toevoegen/?maatregel=1",
    "/2022-1/gemeenten/GM0344/dossier/omstandigheden/toevoegen/",
    "/2022-1/gemeenten/GM0344/dossier/verbeterplannen/vragen/",
    "/2022-1/cijfers/",
    "/2022-2/cijfers/",
    "/2015-1/cijfers/",
    "/2022-1/cijfers/leveringen/",
    "/2022-1/cijfers/herverdelingen/",
    "/2022-1/cijfers/taakstelling/",
    "/2022-2/cijfers/taakstelling/",
    "/2022-1/cijfers/verschillen/",
    "/2015-1/cijfers/verschillen/",
    "/2019-1/cijfers/herindeling/",
    "/2022-1/cijfers/herindeling/",
    "/2018-2/gemeenten/GM0620/",
    "/2022-1/gemeenten/GM0344/eigen-opgave/",
    "/2022-2/gemeenten/GM0344/wat-als/?erbij=46&weken=6",
    "/2022-1/gemeenten/GM0344/wat-als/",
    "/2022-1/?stand=2022-09-22",
    "/2022-1/gemeenten/GM0344/?stand=2022-09-22",
    "/2022-1/cijfers/werkboek/",
    "/2015-1/cijfers/werkboek/",
    "/2022-1/besluiten/",
    "/2022-1/besluiten/?toon=wijkt-af",
    "/2022-2/besluiten/",
    "/2015-1/besluiten/",
    "/2022-1/besluiten/GM0344/",
    "/2022-1/besluiten/GM0344/voorstellen/",
    "/2022-1/besluiten/GM0331/",
    "/2022-1/besluiten/GM0335/",
    "/2022-1/besluiten/GM0321/",
    "/2022-1/besluiten/GM0321/voorstellen/",
    "/2022-2/besluiten/GM0344/tussentijds/",
    "/2022-1/brieven/",
    "/2015-1/brieven/",
    "/2022-1/gemeenten/GM0344/brief/",
    "/2015-1/gemeenten/GM0344/brief/",
    "/account/password/change/",
]
REFUSALS = [
    ("/brieven/999/", 404),
    ("/2022-3/", 404),
    ("/2022-1/gemeenten/GM9999/", 404),
    ("/2022-1/gemeenten/GM0202/", 404),
    ("/niets/", 404),
    ("/2022-1/cijfers/werkboek/999/", 404),
    ("/2022-1/gemeenten/GM0344/dossier/verbeterplannen/999/", 404),
    ("/2022-1/besluiten/GM0344/999/", 404),
    ("/2022-1/brieven/opdracht/999/", 404),
]

pytestmark = pytest.mark.browser


def test_pages_for_a_supervisor(demo, visit, size):
    supervisor = visit(demo, "toezichthouder", size=size)
    for path in PAGES:
        assert supervisor.goes_to(path) == 200, path
        supervisor.finds_nothing_wrong()


def test_pages_for_who_decides(demo, visit, size):
    decider = visit(demo, "vaststeller", size=size)
    for path in ("/2022-1/besluiten/", "/2022-1/besluiten/?toon=voorgesteld", "/2022-1/besluiten/GM0335/"):
        assert decider.goes_to(path) == 200, path
        decider.finds_nothing_wrong()


def test_pages_that_say_no(demo, visit, size):
    supervisor = visit(demo, "toezichthouder", size=size)
    for path, status in REFUSALS:
        assert supervisor.goes_to(path) == status, path
        supervisor.finds_nothing_wrong()


def test_pages_for_a_reader(demo, visit, size):
    reader = visit(demo, "lezer", size=size)
    for path in ("/2022-1/", "/2022-1/cijfers/", "/2022-1/gemeenten/GM0344/"):
        assert reader.goes_to(path) == 200, path
        reader.finds_nothing_wrong()
    assert reader.goes_to("/2022-1/cijfers/herverdelingen/") == 403
    reader.finds_nothing_wrong()


def test_the_policy_and_the_withdrawal_of_a_delivery(demo, visit, size):
    supervisor = visit(demo, "toezichthouder", size=size)
    supervisor.goes_to("/2022-1/")
    supervisor.page.get_by_role("link", name="Beleidskader").first.click()
    supervisor.sees_heading("Beleidskader Interbestuurlijk Toezicht 2021–2024")
    supervisor.finds_nothing_wrong()
    supervisor.goes_to("/2022-1/cijfers/leveringen/")
    supervisor.page.get_by_role("link", name="Intrekken").first.click()
    supervisor.finds_nothing_wrong()


def test_the_login_page_and_a_wrong_password(demo, visit, size):
    somebody = visit(demo, size=size)
    somebody.goes_to("/2022-1/")
    somebody.sees_heading("Inloggen")
    somebody.finds_nothing_wrong()
    somebody.logs_in("toezichthouder", "fout")
    somebody.finds_nothing_wrong()
    somebody.logs_in("toezichthouder", "trede-demo")
    somebody.sees_heading("Overzicht 2022-1")
