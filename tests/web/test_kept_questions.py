"""A closed round is measured by the questions that were asked, whatever coaches make of them later."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from engine.advise import Adviser
from engine.content.questionnaire import Questionnaire, Scale
from tests.small import shipped
from tests.web.making import REVIEW
from tests.web.of_nokka import closed, manager
from web import content

__all__ = ["closed", "manager"]


def members_scores(manager: FlaskClient) -> dict[str, Any]:
    """Give what the manager's file has of the members' part of the result."""
    result = json.loads(manager.get("/teams/1/export").data)["rounds"][0]["result"]
    scores = result["profile"]["members"]
    assert isinstance(scores, dict)
    return scores


def change(app: Flask, *questionnaires: Questionnaire) -> None:
    """Let an application have other questionnaires, as after a restart with changed content."""
    by_id = {str(each.id): each for each in questionnaires}
    library = replace(shipped(), questionnaires=by_id, digest=repr(sorted(by_id)) + repr(by_id.get(REVIEW)))
    content.use(app, Adviser(library, "compiled"))


def test_a_changed_scale_changes_no_closed_round(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Another scale, or a question that is reversed since, leaves every score of a closed round as it was."""
    before = members_scores(manager)
    review = shipped().questionnaires[REVIEW]
    turned = review.dimensions[0].questions[0].model_copy(update={"reversed": True})
    first = review.dimensions[0].model_copy(update={"questions": (turned, *review.dimensions[0].questions[1:])})
    others = [each for each in shipped().questionnaires.values() if each.id != REVIEW]
    for other in ({"scale": Scale.model_construct(from_=1, to=4)}, {"dimensions": (first, *review.dimensions[1:])}):
        change(app, review.model_copy(update=other), *others)
        assert members_scores(manager) == before
        assert manager.get(f"/rounds/{closed}/result").status_code == 200


def test_a_questionnaire_that_is_gone_takes_no_result_with_it(app: Flask, manager: FlaskClient, closed: int) -> None:
    """Where the content no longer has the questionnaire, the round's answers are there as before."""
    before = members_scores(manager)
    change(app, *(each for each in shipped().questionnaires.values() if each.id != REVIEW))
    assert members_scores(manager) == before
    page = manager.get(f"/rounds/{closed}/result").text
    assert "Nobody in the team answered" not in page
