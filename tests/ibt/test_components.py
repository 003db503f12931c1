"""The components and the form renderer: what they write, and what they leave out when there is nothing to write."""

import re
from dataclasses import dataclass

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string

from municipalities.models import User
from supervision.rules.period import Period
from supervision.screens import charts


def written(template, **context):
    """The template with the components at hand, white space made single."""
    source = "{% load components %}" + template
    return " ".join(engines["django"].from_string(source).render(context).split())


# -- the tag ------------------------------------------------------------------


def test_a_full_stop_can_follow_a_link():
    text = written('Zie {% component "link" url="/x/" %} het beleidskader {% endcomponent %}.')
    assert text == 'Zie <a class="utrecht-link utrecht-link--html-a" href="/x/">het beleidskader</a>.'


def test_what_comes_from_the_page_is_escaped_once():
    text = written('{% component "heading" %}{{ name }}{% endcomponent %}', name="<b> & co")
    assert text == '<h2 class="utrecht-heading-2">&lt;b&gt; &amp; co</h2>'


def test_an_input_is_escaped():
    assert 'href="&quot;&gt;"' in written('{% component "link" url=url %}x{% endcomponent %}', url='">')


def test_a_component_sees_its_inputs_and_nothing_of_the_page():
    assert "late" not in written('{% component "link" url="/" %}x{% endcomponent %}', kind="late")


def test_a_piece_of_template_becomes_an_input_of_another():
    text = written(
        '{% component "text" as meta %}Volgens {% component "link" url="/" %}dit{% endcomponent %}.{% endcomponent %}'
        '{% component "page_head" title="Overzicht" meta=meta %}{% endcomponent %}'
    )
    assert 'Volgens <a class="utrecht-link utrecht-link--html-a" href="/">dit</a>.</p>' in text
    assert "finding" not in text


def test_a_component_that_is_not_there_is_an_error():
    with pytest.raises(Exception, match=r"components/onbekend\.html"):
        written('{% component "onbekend" %}{% endcomponent %}')


# -- single components --------------------------------------------------------


def test_a_button_submits_and_is_secondary_unless_told_otherwise():
    text = written('{% component "button" %}Opslaan{% endcomponent %}')
    assert text.startswith('<button class="utrecht-button utrecht-button--secondary-action" type="submit"')
    assert "value" not in text


def test_a_button_with_an_address_is_a_link():
    text = written('{% component "button" kind="primary" url="/brief.pdf" download=True %}Brief{% endcomponent %}')
    assert re.match(r'<a class="utrecht-button-link .*--primary-action" href="/brief.pdf" download', text)


@pytest.mark.parametrize(("change", "words"), [("up", "trede 3↑ omhoog"), ("down", "trede 3↓ omlaag"), ("", "trede 3")])
def test_a_trede_is_a_number_with_words_for_who_does_not_see_its_colour(change, words):
    text = written('{% include "components/trede.html" with trede=3 change=change only %}', change=change)
    assert 'class="trede t3"' in text
    assert re.sub(r"<[^>]+>", "", text).strip() == words


def test_no_trede_is_said():
    text = written('{% include "components/trede.html" with trede=None only %}')
    assert "geen trede" in text


def test_only_the_sorted_column_says_how_it_is_sorted():
    head = '{% include "components/sort_head.html" with label="Realisatie" url="?sorteer=x" direction=direction only %}'
    assert 'aria-sort="descending"' in written(head, direction="descending")
    assert "aria-sort" not in written(head, direction="")


@dataclass
class Line:
    term: str
    text: str
    url: str = ""


def test_a_line_of_a_sum_opens_to_its_source():
    text = written(
        '{% include "components/sum_line.html" with op="+" label="Achterstand" value="171" source=source only %}',
        source=[Line("Werkboek", "COA.xlsx", "/x/"), Line("Blad en cel", "F287")],
    )
    assert text.startswith('<details class="sum__line">')
    assert ">COA.xlsx</a>" in text
    assert "<dd> F287 </dd>" in text


def test_pages_are_only_there_when_there_are_more_than_one():
    page = Paginator(range(30), 10).page(2)
    pages = '{% include "components/pages.html" with page=page query=query only %}'
    text = written(pages, page=page, query="toon=alle&")
    assert 'href="?toon=alle&amp;bladzijde=1"' in text
    assert "bladzijde 2 van 3" in text
    single = Paginator(range(3), 10).page(1)
    assert written(pages, page=single) == ""


def chart(*half_years):
    return written(
        '{% component "history_chart" wide=wide narrow=narrow half_years=half_years is_axis=is_axis id="v" name="Zeist" %}'
        "Bron: COA.{% endcomponent %}",
        wide=charts.wide_history(half_years),
        narrow=charts.narrow_history(half_years),
        half_years=half_years,
        is_axis=charts.fits_axis(half_years),
    )


def half_year(label="2022-1", achterstand=34, trede=2):
    return charts.HalfYear(label=label, achterstand_end=achterstand, taakstelling=37, trede=trede)


def test_a_chart_is_drawn_twice_and_has_its_numbers_in_a_table():
    text = chart(half_year("2021-2"), half_year())
    assert text.count("<svg") == 2
    assert len(set(re.findall(r'<title id="([^"]+)"', text))) == 2
    assert '<th scope="row">achterstand</th> <td>34</td><td class="main">34</td>' in text
    assert "Bron: COA." in text
    assert "<details" not in text


def test_the_table_of_many_half_years_opens():
    text = chart(*(half_year(str(Period(2002, 1).back(-n)), n, None) for n in range(40)))
    assert "<details" in text
    assert text.index("2021-2</th>") < text.index("2002-1</th>")


def test_without_figures_there_is_a_sentence_and_no_chart():
    text = chart()
    assert "Van Zeist zijn nog geen cijfers bekend." in text
    assert "<svg" not in text


# -- page ---------------------------------------------------------------------


@dataclass
class Item:
    period: Period
    note: str
    url: str


def test_the_page_can_do_without_everything():
    text = render_to_string("base.html")
    assert 'class="bar"' in text
    for part in ("<nav", "<details", "voorbeeldcijfers", "csrfmiddlewaretoken"):
        assert part not in text


def test_the_period_has_a_way_back_and_none_forward_at_the_end():
    period = Period(2022, 1)
    context = {
        "period": period,
        "periods": [Item(period, "peildatum 1 juli 2022", "/2022-1/"), Item(period.previous, "", "/2021-2/")],
        "previous_url": "/2021-2/",
        "next_url": "",
    }
    text = " ".join(render_to_string("base.html", context).split())
    assert 'aria-label="Vorig halfjaar: 2021-2"' in text
    assert "Volgend halfjaar" not in text
    assert '<a href="/2022-1/" aria-current="true">2022-1 <span>peildatum 1 juli 2022</span></a>' in text


def test_a_stranger_has_no_menu_and_somebody_has_one():
    assert "Afmelden" not in render_to_string("base.html", {"user": AnonymousUser()})
    somebody = User(username="m.deboer", role="toezichthouder")
    text = render_to_string("base.html", {"user": somebody, "csrf_token": "x"})
    assert "m.deboer" in text
    assert "toezichthouder" in text
    assert '<form method="post"' in text


@pytest.mark.parametrize(
    ("level", "role"), [(constants.SUCCESS, "status"), (constants.INFO, "status"), (constants.ERROR, "alert")]
)
def test_what_went_wrong_is_read_out_at_once(level, role):
    text = render_to_string("base.html", {"messages": [Message(level, "Zo is het.")]})
    assert re.search(rf'role="{role}">Zo is het\.', text)


# -- forms --------------------------------------------------------------------


class HerverdelingForm(forms.Form):
    van = forms.ChoiceField(label="Van", choices=[("GM0344", "Utrecht")])
    personen = forms.IntegerField(label="Personen", help_text="Hele personen.", min_value=1)
    reden = forms.CharField(label="Reden", required=False, widget=forms.Textarea)
    soort = forms.ChoiceField(label="Soort", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    zeker = forms.BooleanField(label="Zeker")
    basis = forms.CharField(widget=forms.HiddenInput)


def form_written(data=None, error=None):
    form = HerverdelingForm(data)
    if error:
        form.add_error(None, error)
    return " ".join(str(form).split())


def test_each_control_has_the_class_of_its_kind():
    text = form_written()
    for kind in ("utrecht-select", "utrecht-textbox", "utrecht-textarea", "utrecht-radio-button", "utrecht-checkbox"):
        assert f'class="{kind} {kind}--html-' in text
    assert 'type="hidden" name="basis"' in text
    assert "utrecht-textbox" not in re.search(r'<input[^>]*name="basis"[^>]*>', text)[0]


def test_each_control_has_its_label_and_only_what_may_be_left_out_says_so():
    text = form_written()
    assert '<label class="utrecht-form-label" for="id_personen">Personen</label>' in text
    assert '<legend class="utrecht-form-label">Soort</legend>' in text
    assert text.count("(niet verplicht)") == 1


def test_without_errors_nothing_is_said_of_them():
    text = form_written()
    assert "fout" not in text.lower()
    assert "aria-invalid" not in text


def test_errors_stand_together_and_each_beside_its_field():
    text = form_written({"van": "GM0344", "personen": "3,5", "soort": "a", "zeker": "on", "basis": "1"})
    assert "Er is 1 fout" in text
    assert re.search(r'href="#id_personen">Personen: [^<]+</a>', text)
    control = re.search(r'<input[^>]*name="personen"[^>]*>', text)[0]
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_personen_helptext id_personen_error"' in control
    assert 'id="id_personen_helptext"' in text
    assert 'id="id_personen_error"' in text


def test_what_was_typed_stays_also_when_it_is_no_number():
    text = form_written({"personen": "drie"})
    assert re.search(r'type="text" inputmode="numeric" name="personen" value="drie"', text)


def test_every_message_is_counted_those_of_the_whole_form_too():
    text = form_written({"van": "GM0344", "soort": "a", "zeker": "on", "basis": "1"}, error="Van en naar zijn gelijk.")
    assert "Er zijn 2 fouten" in text
    assert "<li>Van en naar zijn gelijk.</li>" in text


def test_an_error_of_a_hidden_field_is_not_lost():
    text = form_written({"van": "GM0344", "personen": "1", "soort": "a", "zeker": "on"})
    assert "basis" in re.search(r'<div class="errors".*?</div>', text)[0]


def test_a_placeholder_is_left_out_as_it_is_no_label():
    class Login(forms.Form):
        naam = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Naam", "class": "smal"}))

    text = str(Login())
    assert "placeholder" not in text
    assert "utrecht-textbox--html-input smal" in text


def test_the_title_says_that_something_is_wrong():
    wrong = HerverdelingForm({})
    title = re.compile(r"<title>\s*Fout:")
    assert title.search(render_to_string("base.html", {"form": wrong}))
    assert title.search(render_to_string("base.html", {"has_errors": True}))
    assert not title.search(render_to_string("base.html", {"form": HerverdelingForm()}))
