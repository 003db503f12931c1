"""What a beheerder fills in of the letterhead: the pictures are checked and kept as they are drawn."""

# mypy: disable-error-code="type-arg"

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from letters.looks.pictures import MOST_BYTES, PictureRefused, kept_logo, kept_png, kind_of
from letters.models import Letterhead, Signatory


class PictureField(forms.FileField):
    """Gives the picture as it is to be kept, or None where no file was chosen."""

    def __init__(self, kept: Callable[[bytes], bytes], accept: str, **kwargs: Any) -> None:
        self.kept = kept
        messages = {"empty": "Het bestand is leeg.", "invalid": "Kies een bestand."}
        widget = forms.FileInput(attrs={"accept": accept})
        super().__init__(required=False, widget=widget, error_messages=messages, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        try:
            # One byte more than fits is enough to see that it does not.
            return self.kept(file.read(MOST_BYTES + 1))
        except PictureRefused as refused:
            raise ValidationError(str(refused), code="picture") from refused


class WideInput(forms.TextInput):
    """For a whole line of the letter."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "vLargeTextField"})


class PicturedForm(forms.ModelForm):
    """One picture of the row: to be put in its place, to be taken away, or left as it is."""

    picture: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = bytes(getattr(self.instance, self.picture))
        field = self.fields[f"{self.picture}_file"]
        if there:
            field.help_text = f"Er is een {kind_of(there)} van {max(1, len(there) // 1000)} kB. {field.help_text}"
        else:
            self.fields[f"without_{self.picture}"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        filled = super().clean()
        file, without = f"{self.picture}_file", f"without_{self.picture}"
        if self.cleaned_data.get(file) and self.cleaned_data.get(without):
            self.add_error(without, "Kies een nieuw bestand of haal het oude weg, niet allebei.")
        return filled

    def _post_clean(self) -> None:
        chosen: bytes | None = self.cleaned_data.get(f"{self.picture}_file")
        if chosen or self.cleaned_data.get(f"without_{self.picture}"):
            setattr(self.instance, self.picture, chosen or b"")
        super()._post_clean()  # type: ignore[misc]


class LetterheadForm(PicturedForm):
    picture = "logo"
    logo_file = PictureField(
        kept_logo,
        ".svg,.png",
        label="Logo",
        help_text="Een svg met alleen vormen en kleuren, of een png; komt in de plaats van het woordmerk, dat dan wordt voorgelezen.",
    )
    without_logo = forms.BooleanField(label="Logo weghalen", required=False)

    class Meta:
        model = Letterhead
        fields = (
            *(
                "province",
                "organisation",
                "wordmark",
                "unit",
                "post_line",
                "postcode_town",
                "website",
                "domain",
                "team",
            ),
            *("accent", "footer", "contact_name", "phone", "email", "authority"),
            *("bijlage_in_one_file", "afschrift_days", "receipt_days"),
        )
        widgets: ClassVar = {
            **dict.fromkeys(("wordmark", "unit"), forms.Textarea(attrs={"rows": 3})),
            "footer": WideInput(),
        }
        # The column of the labels would break the long word.
        labels: ClassVar = {"receipt_days": "Dagen tot de bevestiging"}


class SignatoryForm(PicturedForm):
    picture = "signature"
    signature_file = PictureField(
        kept_png,
        ".png",
        label="Handtekening",
        help_text="Een png. Komt boven de naam; nooit in de openbare versie.",
    )
    without_signature = forms.BooleanField(label="Handtekening weghalen", required=False)

    class Meta:
        model = Signatory
        fields = ("position", "role", "name", "function", "mandate", "starts_on", "ends_on")
        widgets = dict.fromkeys(("name", "function", "mandate"), WideInput())
