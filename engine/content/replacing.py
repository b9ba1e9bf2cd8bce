"""Rules that take the place of one instance of a for-each rule."""

from __future__ import annotations

from collections.abc import Mapping

from engine.content.files import Files, Read
from engine.content.rules import AnyRuleForm, FindingForm
from engine.content.source import Mapping as Written
from engine.content.source import Text
from engine.content.suggestions import did_you_mean
from engine.errors import Problem


def replacements(files: Files) -> tuple[dict[str, str], list[Problem]]:
    """Give the replacing rule's id by the replaced one's, and the replacements that cannot be."""
    instances = {
        str(read.model.id): read for read in files.rules if isinstance(read.node, Written) and read.node.dimension
    }
    known = {*instances, *files.named["rules"]}
    judged = not files.unread & {"rules", "questionnaire"}
    replaced: dict[str, str] = {}
    problems = []
    for read in files.rules:
        target = read.model.replaces
        if target is None:
            continue
        said = _unfit(read, target, instances, replaced) if target in instances else None
        if target not in known and judged:
            said = (
                f"no for-each rule has the instance “{target}”",
                did_you_mean(target, known) or "name the id of one instance, such as low-roles",
            )
        if said:
            problems.append(Problem(read.path, target.place.line, target.place.column, "bad-replaces", *said))
        elif target in instances:
            replaced[str(target)] = str(read.model.id)
    return replaced, problems


def _unfit(
    read: Read[AnyRuleForm], target: Text, instances: Mapping[str, Read[AnyRuleForm]], replaced: Mapping[str, str]
) -> tuple[str, str] | None:
    if target in replaced:
        return f"“{replaced[target]}” takes the place of “{target}” already", "keep one of the two"
    if target == read.model.id:
        return "a rule cannot take the place of its own name", "give this rule an id of its own"
    if isinstance(instances[target].model, FindingForm) != isinstance(read.model, FindingForm):
        message = f"“{target}” and this rule are of different sorts"
        return message, "a finding is replaced by a finding, a recommendation by a recommendation"
    return None
