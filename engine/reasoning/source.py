"""Generated Python: a program's comparisons as look-up tables and its statements as boolean expressions."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple, TypeAlias

from engine.content.conditions import All, Any, Comparison, Condition, FindingIs, Known, Leaf, Not, Some, leaves
from engine.content.measures import Measure
from engine.reasoning.strata import Program, Statement

Bounds: TypeAlias = tuple[int | None, int | None]
Row: TypeAlias = tuple[bool, ...]

COLUMNS = 64
"""Comparisons that share one table; a table has a row per interval, so its size grows with the square."""

DEPTH = 12
"""Parentheses within one expression; what lies deeper gets a line of its own, far from the parser's limit."""


class Table(NamedTuple):
    """Comparisons of one measure, decided together: ``rows[bisect_right(edges, value)]``.

    Args:
        place: the measure's place in the vector.
        columns: the numbers of the comparisons, one for each element of a row.
        edges: the bounds, ascending.
        rows: what holds in each interval between edges.
    """

    place: int
    columns: range
    edges: tuple[int, ...]
    rows: tuple[Row, ...]


class Leaves:
    """What a program's conditions end in: comparisons, numbered and in tables, ``known`` tests and findings.

    Attributes:
        tables: of at most COLUMNS comparisons each.
        numbers: of the distinct comparisons.
        known: the measures that ``known`` tests.
        findings: the ids of the statements that others read.

    Args:
        program: whose conditions.
    """

    def __init__(self, program: Program) -> None:
        self.tables: list[Table] = []
        self.numbers: dict[tuple[Measure, Bounds], int] = {}
        self.known: set[Measure] = set()
        self.findings: set[str] = set()
        places = {measure: place for place, measure in enumerate(program.measures)}
        bounds = self._collect(program)
        for measure in sorted(bounds):
            ordered = sorted(bounds[measure], key=_middle)
            for start in range(0, len(ordered), COLUMNS):
                self._add(measure, places[measure], ordered[start : start + COLUMNS])

    def _collect(self, program: Program) -> dict[Measure, set[Bounds]]:
        bounds: dict[Measure, set[Bounds]] = {}
        for statement in (statement for stratum in program.strata for statement in stratum):
            for leaf in leaves(statement.condition):
                match leaf:
                    case Comparison(measure):
                        bounds.setdefault(measure, set()).add(leaf.bounds)
                    case Known(measure):
                        self.known.add(measure)
                    case FindingIs(finding):
                        self.findings.add(finding)
        return bounds

    def _add(self, measure: Measure, place: int, some_bounds: list[Bounds]) -> None:
        first = len(self.numbers)
        for each in some_bounds:
            self.numbers[measure, each] = len(self.numbers)
        edges = tuple(sorted({edge for pair in some_bounds for edge in pair if edge is not None}))
        rows = tuple(_row(some_bounds, edges, interval) for interval in range(len(edges) + 1))
        self.tables.append(Table(place, range(first, len(self.numbers)), edges, rows))


def _middle(bounds: Bounds) -> tuple[int, int]:
    """Order bounds so that neighbours share edges; None stands for the other end."""
    low, high = bounds
    least = low if low is not None else high
    most = high if high is not None else low
    assert least is not None and most is not None
    return least, most


def _row(some_bounds: list[Bounds], edges: tuple[int, ...], interval: int) -> Row:
    """Say which bounds hold for the values v with ``bisect_right(edges, v) == interval``."""
    return tuple(
        (low is None or bisect_right(edges, low) <= interval)
        and (high is None or interval < bisect_right(edges, high))
        for low, high in some_bounds
    )  # fmt: skip


class Source:
    """The text of the function ``decide(vector)``, line by line.

    It returns the numbers of the statements that are true and, if it is three-valued, of those that are unknown.
    Three-valued, everything has two locals: whether it is true (``c``, ``s``), and whether it is possible, that is
    true or unknown (``d``, ``q``). ``not`` swaps the two: what is not possible is false, so its negation is true.

    Args:
        program: what is decided.
        end_in: what its conditions end in.
        three_valued: whether measures that are compared may be unknown.
    """

    def __init__(self, program: Program, end_in: Leaves, *, three_valued: bool) -> None:
        self._program = program
        self._leaves = end_in
        self._three_valued = three_valued
        self._negated = {"c": "d", "d": "c"} if three_valued else {"c": "c"}
        self._places = {measure: place for place, measure in enumerate(program.measures)}
        self._names: dict[tuple[str, str], str] = {}  # (statement, part) → the local that holds it
        self._hoisted: dict[str, str] = {}  # expression → the local that holds it
        self._lines: list[str] = ["def decide(vector):"]

    def text(self) -> str:
        """Give the source; it expects ``bisect`` and, for each table n, ``En`` and ``Rn`` among its globals."""
        self._line("T=[];U=[];t=T.append;u=U.append")
        if self._places:
            self._line("".join(f"v{place}," for place in self._places.values()) + "=vector")
        for place in sorted(self._places[measure] for measure in self._leaves.known):
            self._line(f"k{place}=v{place} is not None")
        for number, table in enumerate(self._leaves.tables):
            self._table(number, table)
        for number, statement in enumerate(statement for stratum in self._program.strata for statement in stratum):
            self._statement(number, statement)
        self._line("return T,U")
        return "\n".join(self._lines) + "\n"

    def _line(self, text: str) -> None:
        self._lines.append(" " + text)

    def _table(self, number: int, table: Table) -> None:
        row = f"R{number}[bisect(E{number},v{table.place})]"
        true = "".join(f"c{column}," for column in table.columns)
        if not self._three_valued:
            return self._line(f"{true}={row}")
        possible = true.replace("c", "d")
        width = len(table.columns)
        self._line(f"if v{table.place} is None:{true}=(False,)*{width};{possible}=(True,)*{width}")
        return self._line(f"else:{true}={possible}={row}")

    def _statement(self, number: int, statement: Statement) -> None:
        true = self._expression(statement.condition, "c")
        possible = self._expression(statement.condition, "d") if self._three_valued else true
        is_read = statement.id in self._leaves.findings
        if true.isalnum() and possible.isalnum():
            self._names[statement.id, "c"], self._names[statement.id, "d"] = true, possible
            is_read = False  # whoever reads it reads what it stands for
        else:
            self._names[statement.id, "c"], self._names[statement.id, "d"] = f"s{number}", f"q{number}"
        # lists of what holds, rather than a tuple of booleans to filter: most statements are false
        for line in self._outcomes(number, true, possible, is_read):
            self._line(line)

    def _outcomes(self, number: int, true: str, possible: str, is_read: bool) -> list[str]:
        s, q = f"s{number}", f"q{number}"
        if self._three_valued:
            stores = f"{s}={q}=True;", f"{s}=False;{q}=True;", f"else:{s}={q}=False"
        else:
            stores = f"{s}=True;", "", f"else:{s}=False"
        then, or_else, otherwise = stores if is_read else ("", "", "")
        lines = [f"if {true}:{then}t({number})"]
        lines += [f"elif {possible}:{or_else}u({number})"] if self._three_valued else []
        return lines + ([otherwise] if otherwise else [])

    def _expression(self, condition: Condition, part: str) -> str:
        """Write a condition's true (``c``) or possible (``d``) part, with a stack of its own: it may be deep."""
        tasks: list[tuple[Condition, str, bool]] = [(condition, part, False)]
        done: list[tuple[str, int]] = []
        while tasks:
            node, part, ready = tasks.pop()
            match node:
                case Comparison() | Known() | FindingIs():
                    done.append((self._leaf(node, part), 0))
                case Not(inner) if not ready:
                    tasks += (node, part, True), (inner, self._negated[part], False)
                case All(parts) | Any(parts) | Some(_, parts) if not ready:
                    tasks.append((node, part, True))
                    tasks += [(each, part, False) for each in reversed(parts)]
                case _:
                    width = 1 if isinstance(node, Not) else len(node.parts)
                    written = done[len(done) - width :]
                    del done[len(done) - width :]
                    done.append(self._compound(node, written))
        return done[0][0]

    def _leaf(self, leaf: Leaf, part: str) -> str:
        match leaf:
            case Comparison(measure):
                return f"{part}{self._leaves.numbers[measure, leaf.bounds]}"
            case Known(measure):
                return f"k{self._places[measure]}"
            case FindingIs(finding):
                return self._names[finding, part]

    def _compound(self, node: All | Any | Not | Some, written: list[tuple[str, int]]) -> tuple[str, int]:
        text = _compound_text(node, [text for text, _ in written])
        depth = 1 + max((depth for _, depth in written), default=0)
        if depth <= DEPTH:
            return text, depth
        name = self._hoisted.get(text)
        if name is None:
            name = self._hoisted[text] = f"h{len(self._hoisted)}"
            self._line(f"{name}={text}")
        return name, 0


def _compound_text(node: All | Any | Not | Some, parts: list[str]) -> str:
    match node:
        case Not():
            return f"(not {parts[0]})"
        case All():
            return f"({' and '.join(parts)})" if parts else "True"
        case Any():
            return f"({' or '.join(parts)})" if parts else "False"
        case Some(count):
            # `+` is faster than a call, but a long chain of it is a deep tree to Python's compiler
            total = "+".join(parts) if 0 < len(parts) <= 8 else f"sum(({''.join(part + ',' for part in parts)}))"
            return f"({total}>={count})"
