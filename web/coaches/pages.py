"""The rule base as pages, for coaches."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from babel.dates import format_timedelta
from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from engine.cli.shared import built_in
from web.accounts.signing_in import only
from web.coaches import names
from web.coaches.checking import Checks, content_folder, make_checks, path_below
from web.coaches.kept import kept
from web.coaches.rule_base import RuleBase, Wanted
from web.coaches.sentences import Sentences
from web.coaches.texts import clauses, play_text
from web.coaches.trials import Trials
from web.coaches.written import written
from web.coaches.written_rules import title_of
from web.content import library
from web.database.models import now
from web.translations import _, language

pages: Final = Blueprint("coaches", __name__, template_folder="templates")

Answer = str | Response
Found = TypeVar("Found")
coaches: Final = only("coach", "admin")
MOMENT: Final = timedelta(seconds=5)


@pages.context_processor
def shared() -> dict[str, Any]:
    """Give the templates of coaches what they all use."""
    folder = content_folder()
    return {
        "names": names,
        "library": library(),
        "title_of": lambda rule: title_of(rule, library(), language()),
        "file_of": lambda path: path_below(path, folder),
        "since": _since,
        # Coaches' notes are in one language, which is English in the content that comes with Pelikirja.
        "notes_lang": Markup(' lang="en"') if folder == built_in() else "",
    }


@pages.get("/rules")
@coaches
def rules() -> Answer:
    """Show the rules as written, or those that fit a search."""
    base, wanted = kept(RuleBase), Wanted.of(request.args)
    return render_template("coaches/rules.html", base=base, wanted=wanted, found=base.find(wanted))


@pages.get("/rules/<id_>")
@coaches
def rule(id_: str) -> Answer:
    """Show one rule, or one instance of a rule for every dimension."""
    base = kept(RuleBase)
    as_written, instance = there(base.rule(id_))
    if id_ not in (as_written.id, instance and instance.id):
        return redirect(url_for("coaches.rule", id_=instance.id if instance else as_written.id))
    shown = instance or as_written.first
    return render_template(
        "coaches/rule.html", as_written=as_written, instance=instance, rule=shown,
        sentence=Sentences(library(), language()).of(shown.condition), written=written(shown, library()),
        connections=base.connections([instance] if instance else as_written.instances),
    )  # fmt: skip


@pages.get("/plays")
@coaches
def plays() -> Answer:
    """Show every play."""
    return render_template("coaches/plays.html", base=kept(RuleBase))


@pages.get("/plays/<id_>")
@coaches
def play(id_: str) -> Answer:
    """Show one play, for no team in particular."""
    found = there(library().plays.get(id_))
    text = play_text(found, library(), language())
    return render_template("coaches/play.html", play=found, text=text, base=kept(RuleBase))


@pages.get("/agreements")
@coaches
def agreements() -> Answer:
    """Show every agreement template."""
    return render_template("coaches/agreements.html", base=kept(RuleBase))


@pages.get("/agreements/<id_>")
@coaches
def agreement(id_: str) -> Answer:
    """Show one agreement template."""
    found = there(library().templates.get(id_))
    shown = clauses(found, library(), language())
    return render_template("coaches/agreement.html", template=found, clauses=shown, base=kept(RuleBase))


@pages.get("/questionnaires")
@coaches
def questionnaires() -> Answer:
    """Show every questionnaire."""
    return render_template("coaches/questionnaires.html")


@pages.get("/questionnaires/<id_>")
@coaches
def questionnaire(id_: str) -> Answer:
    """Show one questionnaire."""
    return render_template("coaches/questionnaire.html", questionnaire=there(library().questionnaires.get(id_)))


@pages.get("/check")
@coaches
def check() -> Answer:
    """Show the warnings of the content in use, and every fault of its files as they stand now."""
    checks: Checks = kept(make_checks)
    return render_template("coaches/check.html", checked=checks.latest())


@pages.get("/scenarios")
@coaches
def scenarios() -> Answer:
    """Show what became of the coaches' scenarios, and what they cover."""
    return render_template("coaches/scenarios.html", results=kept(Trials).results())


def _since(at: datetime) -> str:
    """Write how long ago something was, as the reader's language does."""
    passed = at - now()
    return _("just now") if -passed < MOMENT else format_timedelta(passed, add_direction=True, locale=language())


def there(found: Found | None) -> Found:
    """Give what was found; what is not there is a page that does not exist."""
    if found is None:
        abort(404)
    return found
