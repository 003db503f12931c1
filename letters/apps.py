from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "letters"
    verbose_name = "brieven"

    def ready(self) -> None:
        """Letters stand on pages of supervision, which does not know them. Models are there only now."""
        from letters.screens.story import letters_in
        from letters.screens.waiting import dues_of, lines_of, listed_of, tasks_of, work_of
        from supervision.screens import added, timeline

        added.add_source(
            added.Source(
                slug="brieven", waiting=work_of, tasks=tasks_of, dues=dues_of, lines=lines_of, listed=listed_of
            )
        )
        timeline.add_source(timeline.Source(slug="brieven", label="Brieven", read=letters_in))
