"""What goes on in the background: comments are translated for the team."""

from dragoman.core.accounts.queries import workspace_facts
from dragoman.core.language.translate import translate
from dragoman.ground.events.registry import on
from dragoman.kit import workspace

from . import offers  # noqa: F401  # found with its tasks
from .actions import note_translation
from .events import SurveyAnswered
from .models import Survey


@on(SurveyAnswered, outside=True)
def translate_comment(event: SurveyAnswered) -> None:
    """Translate a comment into the team's language, by engines that may be far away."""
    workspace_id = workspace.get_current_id()
    survey = Survey.objects.filter(workspace_id=workspace_id, pk=event.survey_id).first()
    if survey is None or not survey.comment or survey.translated:
        return
    target = workspace_facts(workspace_id).language
    made = translate(survey.comment, source=survey.language, target=target)
    if made is not None:
        note_translation(survey, text=made.text, language=target)
