"""``pelikirja why``: the chain of reasons, or what was missing and by how much."""

from __future__ import annotations

import sys
from typing import Any

import click
from rich.text import Text as Styled
from rich.tree import Tree

from engine.advise import Adviser
from engine.advising.advice import Advice
from engine.advising.data import Presenter
from engine.advising.reasons import Step
from engine.advising.recommendations import UNLESS, Recommendation
from engine.advising.wording import number, word
from engine.cli.input import Asked, Work, answers_options
from engine.cli.shared import console, content_option, errors_for_people, language_option
from engine.content.measures import THOUSAND
from engine.content.suggestions import did_you_mean
from engine.errors import PelikirjaError


@click.command("why")
@answers_options
@click.argument("id_", metavar="[ID]", required=False)
@content_option
@language_option
def command(id_: str | None, **options: Any) -> None:
    """Explain a rule, finding or play for the teams in ANSWERS.

    If it fired, the whole chain is shown, from the measures to the play. If not, what was missing and by how much.
    Without an ID: the findings that were nearest to coming, but did not.
    """
    with errors_for_people():
        work = Work(Asked(**options))
        work.report()
        if id_:
            _check(work, id_)
        adviser = Adviser(work.library, "compiled")
        for case in work.cases():
            presenter = work.presenter(work.advise(adviser, case))
            explanation = Explanation(presenter)
            console().print(explanation.of(id_) if id_ else explanation.nearest())
        sys.exit(1 if work.wrong else 0)


def _check(work: Work, id_: str) -> None:
    library = work.library
    known = {*library.rules, *library.plays, *library.replaced}
    if id_ not in known:
        hint = did_you_mean(id_, known)
        raise PelikirjaError(f"no rule, finding or play is called “{id_}”; {hint}".rstrip("; "))


class Explanation:
    """Explains one id to a person, as a tree for the terminal.

    Args:
        presenter: a team's advice in a language.
    """

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._advice: Advice = presenter.advice
        self._library = presenter.library
        self._reasons = presenter.reasons

    def of(self, id_: str) -> Tree:
        """Give the explanation of a rule, finding or play."""
        id_ = self._library.replaced.get(id_, id_)
        if id_ in self._library.plays:
            return self._play(id_)
        tree = Tree(Styled.assemble((self._team(), "bold"), " · ", id_))
        self._add_rule(tree, id_)
        return tree

    def nearest(self) -> Tree:
        """Give the findings that were nearest to coming, with what each would have taken."""
        tree = Tree(Styled.assemble((self._team(), "bold"), " · ", self._say("nearest")))
        for miss in self._reasons.nearest():
            branch = tree.add(Styled.assemble(self._reasons.title(miss.rule), (f"  {miss.rule}", "dim")))
            for step in miss.lacking:
                _add_step(branch, step)
        return tree

    def _team(self) -> str:
        return self._advice.team or self._say("your-team")

    def _say(self, key: str, **values: object) -> str:
        return word(key, self._presenter.language, **values)

    def _play(self, play: str) -> Tree:
        title = self._library.plays[play].file.title.get(self._presenter.language)
        tree = Tree(Styled.assemble((self._team(), "bold"), " · ", title, (f"  {play}", "dim")))
        chosen = next((each for each in self._advice.recommendations if each.play == play), None)
        held = next((each for each in self._advice.held_back if each.play == play), None)
        if chosen:
            self._add_chosen(tree, chosen)
        elif held:
            branch = tree.add(Styled(self._say("held-back"), style="yellow"))
            for step in self._reasons.chain(UNLESS + play):
                _add_step(branch, step)
            if held.instead:
                instead = self._library.plays[held.instead].file.title.get(self._presenter.language)
                branch.add(self._say("instead", name=instead))
        else:
            self._add_not_chosen(tree, play)
        return tree

    def _add_chosen(self, tree: Tree, chosen: Recommendation) -> None:
        tree.add(Styled(self._say(chosen.when), style="bold green" if chosen.when == "start-here" else "bold"))
        tree.add(self._terms(chosen))
        for caution in self._presenter.cautions(chosen):
            tree.add(Styled(caution, style="yellow"))
        if chosen.lever:
            tree.add(self._presenter.why(chosen)[0])
        for play in chosen.instead_of:
            tree.add(self._say("instead-of", name=self._library.plays[play].file.title.get(self._presenter.language)))
        for rule in chosen.rules:
            branch = tree.add(Styled.assemble(self._say("rule", id=rule), ("", "dim")))
            for step in self._reasons.chain(rule):
                _add_step(branch, step)

    def _terms(self, chosen: Recommendation) -> str:
        language = self._presenter.language
        terms = ", ".join(
            f"{self._say(f'term-{name}')} {number(_hundredths(getattr(chosen.terms, name)), language)}"
            for name in chosen.terms.__slots__
        )
        return self._say("priority", value=number(_hundredths(chosen.priority), language), terms=terms)

    def _add_not_chosen(self, tree: Tree, play: str) -> None:
        tree.add(Styled(self._say("not-recommended"), style="yellow"))
        for rule in self._library.rules.values():
            if rule.play == play:
                self._add_rule(tree.add(self._say("rule", id=rule.id)), rule.id)

    def _add_rule(self, tree: Tree, rule: str) -> None:
        verdict = self._advice.situation.verdict(rule)
        found = self._library.rules[rule].finding
        if found:
            tree.add(Styled(self._reasons.title(rule), style="bold"))
        if verdict:
            branch = tree.add(Styled(self._say("it-fired"), style="green"))
            for step in self._reasons.chain(rule):
                _add_step(branch, step)
        else:
            key = "not-fired" if verdict is False else "not-known"
            branch = tree.add(Styled(self._say(key), style="yellow"))
            for step in self._reasons.lacking(rule):
                _add_step(branch, step)
        # A rule's own reason is a coach's note in one language, which is English in the built-in content.
        if self._library.rules[rule].why and self._presenter.language == "en":
            tree.add(Styled(self._library.rules[rule].why, style="dim"))


def _hundredths(thousandths: int) -> Any:
    from decimal import Decimal  # noqa: PLC0415  # for the rounding of this line only

    return (Decimal(thousandths) / THOUSAND).quantize(Decimal("0.01"))


def _add_step(tree: Tree, step: Step) -> None:
    branch = tree.add(step.text)
    for below in step.below:
        _add_step(branch, below)
