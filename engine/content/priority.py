"""The weights of the one formula that orders recommendations, as coaches set them."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from engine.content.model import Model, Number, Whole, fault

Share = Annotated[Number, Field(ge=0, le=1)]


class Weights(Model):
    """How much each term counts; they add up to 1."""

    need: Share
    customers: Share
    effect: Share
    evidence: Share
    effort: Share


class SeverityNeeds(Model):
    """The need of a finding of each severity when it is as far beyond its threshold as possible."""

    critical: Share
    high: Share
    medium: Share
    low: Share


class Effects(Model):
    """What an expected effect is worth."""

    large: Share
    medium: Share
    small: Share


class Grades(Model):
    """What a grade of evidence is worth."""

    A: Share
    B: Share
    C: Share


class EffortStep(Model):
    """What a sitting is worth up to so many minutes; the last step has no limit."""

    up_to: Annotated[Whole | None, Field(alias="up-to", ge=1, description="minutes")] = None
    is_: Annotated[Share, Field(alias="is")]


class Priority(Model):
    """``rules/priority.yaml``: the weights, and what each term is worth."""

    weights: Weights
    severity: SeverityNeeds
    within_severity: Annotated[Share, Field(alias="within-severity")]
    effect: Effects
    evidence: Grades
    effort: Annotated[tuple[EffortStep, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _check_weights(self) -> Priority:
        weights = self.weights
        total = weights.need + weights.customers + weights.effect + weights.evidence + weights.effort
        if total != 1:
            raise fault("bad-weights", f"the weights add up to {total}", "make them add up to 1", at=("weights",))
        if self._range_of_the_rest() >= weights.customers:
            message = "“customers” does not outweigh effect, evidence and effort together"
            hint = "raise its weight: at equal need, findings about customers come first"
            raise fault("bad-weights", message, hint, at=("weights", "customers"))
        return self

    @model_validator(mode="after")
    def _check_severities(self) -> Priority:
        needs = (self.severity.critical, self.severity.high, self.severity.medium, self.severity.low)
        if min(high - low for high, low in pairwise(needs)) < self.within_severity:
            message = "“within-severity” is larger than the step between two severities"
            hint = "make it smaller: a lower severity must never outweigh a higher one"
            raise fault("bad-weights", message, hint, at=("within-severity",))
        return self

    @model_validator(mode="after")
    def _check_effort(self) -> Priority:
        limits = [step.up_to for step in self.effort]
        if limits[-1] is not None or sorted({each for each in limits[:-1] if each}) != limits[:-1]:
            hint = "let “up-to:” grow from step to step, and leave it out in the last"
            raise fault("bad-effort", "the steps of “effort” do not cover every length once", hint, at=("effort",))
        return self

    def _range_of_the_rest(self) -> Decimal:
        efforts = [step.is_ for step in self.effort]
        return (
            self.weights.effect * (self.effect.large - self.effect.small)
            + self.weights.evidence * (self.evidence.A - self.evidence.C)
            + self.weights.effort * (max(efforts) - min(efforts))
        )
