"""What the pages about one block of text work with, and how they answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from letters.actions.texts import LabelTaken, NoRoom, TextChanged, Whose
from letters.own_texts import Version, history_of, versions_in_force
from letters.samples import Sample, choices_of, likely_choice, sample_of, sample_period
from letters.screens.text_forms import BlockForm
from letters.screens.texts_page import Clash, Preview, clash_of, picker_of, preview_of, source_of
from letters.text_check import warnings_of
from letters.words.blocks import ALWAYS, Block
from letters.words.kinds import Kind, kinds
from letters.words.picks import picks_of
from municipalities.access import StaffRequest
from supervision.actions import Refused
from supervision.policies import policy_history
from supervision.rules.policy import Step
from supervision.views.common import province_of


class Desk:
    """What a page about one block of a kind works with; `slug` is empty for a new block."""

    def __init__(self, request: StaffRequest, kind: str, slug: str = "") -> None:
        self.request, self.province, self.kind, self.slug = request, province_of(request), kind_of(kind), slug
        self.history = history_of(province=self.province, kind=self.kind, slug=slug) if slug else ()
        if slug and not self.history:
            raise Http404(f"De {self.kind.name.lower()} heeft geen tekst op dit adres.")
        self.known = versions_in_force(province=self.province, kind=self.kind)
        self.period = sample_period(province=self.province, today=localdate())
        self.choices = choices_of(province=self.province, period=self.period)
        self.chosen = self._chosen()
        self.whose = Whose(province=self.province, kind=self.kind)

    @property
    def current(self) -> Version:
        return self.history[0]

    def _chosen(self) -> str:
        asked = (self.request.POST if self.request.method == "POST" else self.request.GET).get("gemeente", "")
        if asked in {each.code for each in self.choices}:
            return asked
        when = self.current.block.when if self.history else ALWAYS
        return likely_choice(self.choices, when=when)

    def form(self) -> BlockForm:
        data = self.request.POST if self.request.method == "POST" else None
        block = self.current.block if self.slug else None
        return BlockForm(data, block=block, known=[each.block for each in self.known], steps=self._steps())

    def _steps(self) -> tuple[Step, ...]:
        policy = policy_history(province=self.province).in_force(self.period)
        return policy.steps if policy else ()

    def sample(self) -> Sample | None:
        return sample_of(
            province=self.province,
            period=self.period,
            code=self.chosen,
            maker=self.request.user,
            today=localdate(),
        )

    def preview(self, block: Block, sample: Sample | None = None) -> Preview:
        blocks = [each.block for each in self.known if not each.is_gone]
        return preview_of(block, sample=sample or self.sample(), blocks=blocks, delivered=self.delivered)

    @property
    def delivered(self) -> Block | None:
        return next((each.block for each in self.history if each.is_delivered), None)

    @property
    def may_restore(self) -> bool:
        """Whether there are delivered words, and others hold."""
        return self.delivered is not None and replace(self.current.block, version=0) != self.delivered

    @property
    def followable(self) -> Kind | None:
        """The base of which the block had the words before it got its own; None where it has them, or never had."""
        had = self.kind.base and any(each.kind == self.kind.base for each in self.history)
        return kinds()[self.kind.base] if had and self.current.kind == self.kind.slug else None

    def page(
        self, form: BlockForm, *, block: Block | None, clash: Clash | None = None, status: int = 200
    ) -> HttpResponse:
        sample = self.sample()
        context = {
            "kind": self.kind,
            "slug": self.slug,
            "form": form,
            "source": source_of(self.current, self.kind) if self.slug else None,
            "label": self.current.block.label if self.slug else "",
            "base": kinds()[self.current.kind] if self.slug and self.current.kind != self.kind.slug else None,
            "preview": self.preview(block, sample) if block else None,
            "picker": picker_of(self.choices, chosen=self.chosen),
            "picks": picks_of(sample.values if sample else {}),
            "clash": clash,
            "has_errors": status != 200,
        }
        return render(self.request, "letters/text_edit.html", context, status=status)

    def answer(self, write: Callable[[Desk, BlockForm], str]) -> HttpResponse:
        """To a form that was sent: a preview, or what came of writing it. `write` gives the slug of what it wrote."""
        form = self.form()
        if not form.is_valid():
            return self.page(form, block=form.read, status=422)
        if self.request.POST.get("doe") == "voorbeeld":
            return self.page(form, block=form.typed)
        try:
            slug = write(self, form)
        except TextChanged as changed:
            return self._clashes(form, changed)
        except Refused as refused:
            return self._refuses(form, refused)
        for warning in warnings_of(form.typed, delivered=self.delivered):
            messages.warning(self.request, warning)
        return redirect("texts:block", kind=self.kind.slug, slug=slug)

    def _clashes(self, form: BlockForm, changed: TextChanged) -> HttpResponse:
        """Both are shown, and the form keeps what was typed: saved again it goes over the other."""
        clash = clash_of(str(changed), theirs=changed.theirs.block, ours=form.typed)
        form.sees(changed.theirs.block.version)
        return self.page(form, block=form.typed, clash=clash, status=409)

    def _refuses(self, form: BlockForm, refused: Refused) -> HttpResponse:
        field = {NoRoom: "after", LabelTaken: "label"}.get(type(refused))
        typed = form.typed
        form.add_error(field if field in form.fields else None, str(refused))
        return self.page(form, block=typed, status=422)


def kind_of(slug: str) -> Kind:
    kind = kinds().get(slug)
    if kind is None:
        raise Http404("Deze soort brief is er niet.")
    return kind
