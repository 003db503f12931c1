import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import letters.looks.fonts
import letters.models.letterhead


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0002_letters_from_concept_to_receipt"),
        ("municipalities", "0002_one_person_decides"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signatory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        default=1,
                        help_text="Wie het laagste getal heeft en op de datum van de brief mag ondertekenen, ondertekent.",
                        verbose_name="volgorde",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        help_text="Zoals gedeputeerde of teamleider.",
                        max_length=40,
                        validators=[letters.looks.fonts.validate_printable],
                        verbose_name="rol",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        help_text="Leeg zolang de naam niet bekend is: de brief vraagt er dan om.",
                        max_length=60,
                        validators=[letters.looks.fonts.validate_printable],
                        verbose_name="naam",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        help_text="Zoals zij onder de naam staat.",
                        max_length=120,
                        validators=[letters.looks.fonts.validate_printable],
                        verbose_name="functie",
                    ),
                ),
                (
                    "mandate",
                    models.CharField(
                        blank=True,
                        help_text="De regel onder het bestuursorgaan. Leeg: namens hen,",
                        max_length=60,
                        validators=[letters.looks.fonts.validate_printable],
                        verbose_name="mandaat",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(blank=True, help_text="Leeg: altijd al.", null=True, verbose_name="vanaf"),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, help_text="Leeg: tot nader order.", null=True, verbose_name="tot en met"
                    ),
                ),
                ("signature", models.BinaryField(blank=True, default=bytes, verbose_name="handtekening")),
            ],
            options={
                "verbose_name": "ondertekenaar",
                "verbose_name_plural": "ondertekenaars",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="letterhead",
            name="accent",
            field=models.CharField(
                blank=True,
                help_text="Van het woordmerk, de lijn erboven en de koppen, zoals #1a4f7a. Leeg: zwart.",
                max_length=7,
                validators=[letters.models.letterhead.validate_colour],
                verbose_name="kleur",
            ),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="afschrift_days",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="Na de verzending van de brief gaat het afschrift naar de raad.",
                validators=[
                    django.core.validators.MinValueValidator(1, "Vul ten minste 1 dag in."),
                    django.core.validators.MaxValueValidator(365, "Vul hoogstens 365 dagen in."),
                ],
                verbose_name="dagen tot het afschrift",
            ),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="bijlage_in_one_file",
            field=models.BooleanField(
                default=True,
                help_text="Uit: de brief en de bijlage gaan als twee bestanden, altijd samen.",
                verbose_name="bijlage in hetzelfde bestand",
            ),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="footer",
            field=models.CharField(
                blank=True,
                help_text="Eén regel onder aan elke bladzijde, naast het nummer.",
                max_length=90,
                validators=[letters.looks.fonts.validate_printable],
                verbose_name="voetregel",
            ),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="logo",
            field=models.BinaryField(blank=True, default=bytes, verbose_name="logo"),
        ),
        migrations.AddField(
            model_name="letterhead",
            name="receipt_days",
            field=models.PositiveSmallIntegerField(
                default=14,
                help_text="Na een verzending waarbij daarom is gevraagd.",
                validators=[
                    django.core.validators.MinValueValidator(1, "Vul ten minste 1 dag in."),
                    django.core.validators.MaxValueValidator(365, "Vul hoogstens 365 dagen in."),
                ],
                verbose_name="dagen tot de ontvangstbevestiging",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterhead",
            constraint=models.CheckConstraint(
                condition=models.Q(("accent", ""), ("accent__regex", "^#[0-9A-Fa-f]{6}\\Z"), _connector="OR"),
                name="letterhead_accent_form",
                violation_error_message="Schrijf een kleur als #1a4f7a.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterhead",
            constraint=models.CheckConstraint(
                condition=models.Q(("afschrift_days__range", (1, 365)), ("receipt_days__range", (1, 365))),
                name="letterhead_days_within_a_year",
                violation_error_message="Een termijn is ten minste 1 en hoogstens 365 dagen.",
            ),
        ),
        migrations.AddField(
            model_name="signatory",
            name="letterhead",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signatories",
                to="letters.letterhead",
                verbose_name="briefhoofd",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(("function", ""), ("name", ""), _negated=True),
                name="signatory_has_name_or_function",
                violation_error_message="Een ondertekenaar heeft een naam of een functie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="signatory_ends_after_it_starts",
                violation_error_message="De laatste dag ligt vóór de eerste.",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="signatory",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg: de gebruikelijke op de datum van de brief.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="letters.signatory",
                verbose_name="ondertekenaar",
            ),
        ),
    ]
