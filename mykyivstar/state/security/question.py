"""The secret question on the security screen."""

from typing import Any

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.identity import secret_question
from mykyivstar.guard import action, actor, caller
from mykyivstar.state.security.forms import SecurityForm


class QuestionForm(TypedDict):
    """A question and its answer."""

    question: str
    answer: str


class QuestionState(SecurityForm, rx.State):
    """Setting the secret question."""

    @action
    async def choose(self, form: QuestionForm) -> Any:
        """Replace the question."""
        await secret_question.set_question(
            wiring.unit_of_work,
            actor(),
            question=form["question"],
            answer=form["answer"],
            address=caller().address,
            at=wiring.clock().now(),
        )
        return self._done()
