"""noema from Python: a mind that stores what it is told, thinks about it, and answers.

    import noema

    with noema.Mind("my.life") as mind:
        mind.tell("Ann lives in Oslo.")
        mind.think(seconds=2)
        print(mind.ask("where does Ann live?")["answer"])

Everything is computed by the same functions as for the command line; results are dicts and lists with the keys of the
commands' JSON. Python's lock is released while noema works, so threads work side by side, and Ctrl-C is heard. What goes
wrong is a noema.Error that says what, where and what to do. docs/python.md shows more.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Optional, Union

from ._noema import BadArguments, Error, UnknownName, UsageError
from ._noema import Mind as _Mind
from ._noema import new_life as _new_life
from ._noema import results_of as _results_of

__all__ = ["BadArguments", "Error", "Mind", "Rows", "Run", "UnknownName", "UsageError", "new_life"]

Path = Union[str, "os.PathLike[str]"]
Time = Union[str, float, datetime.datetime]
Row = dict[str, Any]

for _kind in (Error, BadArguments, UnknownName, UsageError):
    _kind.__module__ = "noema"  # as users name it

_PAGE = 200  # entries of a list that are fetched at once
_BATCH = 100  # inputs that are told at once: few enough for Ctrl-C to be heard between batches


def new_life(path: Path, model: str = "tiny", *, seed: int = 1, max_bytes: int = 0, max_concepts: int = 0,
             force: bool = False) -> Row:
    """Makes a new life. `model` is a file that `noema train` made, or `tiny` or `small` for random weights; budgets of 0
    are none. Returns life, model, seed and file_bytes."""
    return _row(_new_life(os.fspath(path), model, seed, max_bytes, max_concepts, force))


class Rows(list[Row]):
    """The rows of a query, with its `columns`; `is_cut` says that there were more."""

    columns: list[str]
    is_cut: bool


class Mind:
    """A life that is open for telling and asking. One process at a time can have it open so; several threads may use it
    at once.

    With thinks=True it thinks in the background whenever nothing else is done. Use it in a `with` block, or close() it:
    the graph is then written to the life. What tell() acknowledged is durable before that."""

    def __init__(self, path: Path, *, thinks: bool = False) -> None:
        self._path = os.fspath(path)
        self._mind = _Mind(self._path, thinks)

    def __enter__(self) -> Mind:
        return self

    def __exit__(self, kind: Optional[type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<noema.Mind {self._path!r}{'' if self._mind.is_open() else ', closed'}>"

    @property
    def path(self) -> str:
        """The life's file."""
        return self._path

    def close(self) -> None:
        """Writes the graph to the life and gives it back. A closed mind may be closed again."""
        if self._mind.is_open():
            self._mind.close()

    # --- Telling

    def tell(self, text: str, *, id: Optional[str] = None, group: Optional[str] = None, speaker: Optional[str] = None,
             label: Optional[str] = None, time: Optional[Time] = None) -> int:
        """Stores an input, one line of text, and returns its number. It is durable when this returns. An id that told the
        same text before stores nothing again."""
        given = {"text": text, "id": id, "group": group, "speaker": speaker, "label": label, "time": time}
        return self.tell_all([given])[0]

    def tell_all(self, inputs: Iterable[Union[str, Mapping[str, Any]]]) -> list[int]:
        """Stores many inputs, texts or dicts with the arguments of tell(), and returns their numbers. Each hundred of
        them is stored as a whole or not at all."""
        numbers: list[int] = []
        batch: list[Row] = []

        def send() -> None:
            if batch:
                numbers.extend(one["episode"] for one in self._call("tell", inputs=batch)["told"])
                batch.clear()

        for one in inputs:
            batch.append(_input_of(one))
            if len(batch) == _BATCH:
                send()
        send()
        return numbers

    def forget(self, input: Union[int, str], *, group: str = "") -> Row:
        """Withdraws an input, by its number or its id in the group: what it told is no longer known. undo() of the thought
        that is returned takes it back."""
        return self._call("forget", input=str(input), group=group)

    # --- Asking

    def ask(self, question: str, *, learn: bool = True, as_of: Optional[Time] = None) -> Row:
        """The answer to a question: answer (None if the life abstains), confidence, evidence, chain, inferred_by. With
        `learn` the question is stored. `as_of` asks what was known then: a time, or the number of an input."""
        return self._call("ask", question=question, learn=learn, as_of=_time_of(as_of))

    def recall(self, cue: str, k: int = 10, *, group: Optional[str] = None, speaker: Optional[str] = None) -> list[Row]:
        """The inputs that a cue calls up, best first, at most k (200)."""
        hits: list[Row] = self._call("recall", cue=cue, k=k, group=group, speaker=speaker)["hits"]
        return hits

    def facts(self, thing: str, *, as_of: Optional[Time] = None) -> list[Row]:
        """What is known of a thing, with dates and the inputs that told it."""
        return list(self._pages("facts", thing=thing, as_of=_time_of(as_of)))

    def relations(self) -> list[Row]:
        """The ways in which inputs say something of things, as thinking found them."""
        return list(self._pages("relations"))

    def rules(self) -> list[Row]:
        """Which facts follow from others."""
        return list(self._pages("rules"))

    def query(self, text: str, parameters: Optional[Mapping[str, Any]] = None, *, rows: int = 1000,
              seconds: float = 10) -> Rows:
        """Asks the graph in SQL or by a pattern (MATCH ...), read only; `parameters` gives values to $name in it. The
        result has `columns`, and `is_cut` if there were more than `rows` (10,000 at most)."""
        found = self._call("query", sql=text, parameters=dict(parameters or {}), rows=rows, seconds=seconds)
        result = Rows(found["rows"])
        result.columns = found["columns"]
        result.is_cut = found["cut"]
        return result

    # --- The graph

    def concept(self, name: Union[str, int]) -> Row:
        """A concept, by its label or its id: forms, parts, wholes, categories, senses, what stands before and after it."""
        return self._call("concept", concept=_concept_of(name))

    def neighbours(self, name: Union[str, int]) -> list[Row]:
        """All concepts one edge away from a concept, the most frequent first."""
        return list(self._pages("neighbours", concept=_concept_of(name)))

    def graph(self, around: Union[str, int, None] = None, *, depth: int = 2) -> tuple[list[Row], list[Row]]:
        """All nodes and edges, or those within `depth` steps of a concept, as two lists of dicts: pandas.DataFrame(nodes),
        networkx.from_pandas_edgelist(pandas.DataFrame(edges), "from", "to", edge_attr=True)."""
        nodes: list[Row] = []
        edges: list[Row] = []
        for line in self._mind.graph("" if around is None else _concept_of(around), depth).splitlines():
            row = json.loads(line)
            if "edge" in row:
                edges.append(row["edge"])
            else:
                nodes.append(row["node"])
        return nodes, edges

    # --- Thinking

    def think(self, seconds: Optional[float] = 2) -> Row:
        """Thinks for so many seconds, or (None) until nothing is left to examine: thoughts, by_kind, gain_bits, seconds
        ... Ctrl-C ends it early; what was thought is kept."""
        if seconds is not None and not seconds > 0:
            raise BadArguments(f"seconds: expected a number above 0, or None, found {seconds}")
        return _row(self._mind.think(seconds or 0))

    def thoughts(self) -> Iterator[Row]:
        """What was thought, the newest first, with gain, reason and evidence."""
        return self._pages("thoughts")

    def why(self, name: Union[str, int]) -> Row:
        """How a concept came to be: itself, first_inputs, and the thoughts about it, the oldest first."""
        origin: Row = {}
        thoughts: list[Row] = []
        for page in self._answers("why", concept=_concept_of(name)):
            origin = page
            thoughts += page["thoughts"]
        return {key: value for key, value in origin.items() if key not in ("total", "next")} | {"thoughts": thoughts}

    def undo(self, thought: Union[str, int]) -> Row:
        """Takes back a thought on which no later one stands, by its number."""
        return self._call("undo", thought=f"thought:{thought}" if isinstance(thought, int) else thought)

    # --- The life

    def status(self) -> Row:
        """How large the life is, what it thinks about, and the hash of its graph."""
        return self._call("status")

    def inputs(self, after: int = 0) -> Iterator[Row]:
        """The inputs as they came, the oldest first, from the one behind number `after` on; also those that come while
        this goes on."""
        while True:
            rows = self.query("SELECT * FROM episode WHERE id > $after ORDER BY id", {"after": after}, rows=_PAGE)
            yield from rows
            if not rows:
                return
            after = rows[-1]["id"]

    def score(self, file: Path, *, arms: Sequence[str] = (), max_words: int = 0) -> list[Row]:
        """How well the life predicts a text, compared with other arms (docs/arms.md): a dict an arm, with bits_per_char,
        word_perplexity, differences ... The life itself learns nothing from it. 0 words scores all."""
        rows: list[Row] = json.loads(self._mind.score(os.fspath(file), list(arms), max_words))
        return rows

    # --- How

    def _call(self, operation: str, **arguments: Any) -> Row:
        return _row(self._mind.call(operation, json.dumps(_given(arguments))))

    def _answers(self, operation: str, **arguments: Any) -> Iterator[Row]:
        """The answers of an operation that gives a list in pages."""
        cursor: Optional[int] = 0
        while cursor is not None:
            answer = self._call(operation, limit=_PAGE, cursor=cursor, **arguments)
            yield answer
            cursor = answer["next"]

    def _pages(self, operation: str, **arguments: Any) -> Iterator[Row]:
        for answer in self._answers(operation, **arguments):
            yield from answer[operation]


class Run:
    """The folder of an experiment that `noema run` made."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.fspath(folder)
        self.results()  # so that a folder that is none is refused at once

    def __repr__(self) -> str:
        return f"<noema.Run {self._folder!r}>"

    def results(self) -> Row:
        """results.json: what each arm cost and scored, how the arms differ; with the seconds that they took."""
        return _row(_results_of(self._folder))

    def curves(self) -> list[Row]:
        """A dict for each experience and arm: arm, experience, and what was measured there; None where nothing was."""
        return self.table("curves")

    def table(self, name: str) -> list[Row]:
        """A table of the run, by name: curves, results, against or, where classes come task by task, accuracy_matrix."""
        path = os.path.join(self._folder, name + ".csv")
        try:
            with open(path, newline="", encoding="utf-8") as file:
                return [{key: _value_of(text) for key, text in row.items()} for row in csv.DictReader(file)]
        except OSError as error:
            raise Error(f"{path}: cannot be read ({error.strerror}); is this the folder of a finished run?") from None


def _row(text: str) -> Row:
    row: Row = json.loads(text)
    return row


def _given(arguments: Mapping[str, Any]) -> Row:
    return {key: value for key, value in arguments.items() if value is not None}


def _time_of(time: Optional[Time]) -> Any:
    """ISO 8601; a whole number is that of an input, another number seconds since 1970."""
    if isinstance(time, float):
        time = datetime.datetime.fromtimestamp(time, datetime.timezone.utc)
    if isinstance(time, datetime.datetime):
        return time.astimezone(datetime.timezone.utc).isoformat()
    return str(time) if isinstance(time, int) else time


def _input_of(given: Union[str, Mapping[str, Any]]) -> Row:
    if isinstance(given, str):
        return {"text": given}
    one = _given(given)
    if isinstance(one.get("time"), datetime.datetime):
        one["time"] = _time_of(one["time"])
    return one


def _concept_of(name: Union[str, int]) -> str:
    return f"concept:{name}" if isinstance(name, int) else name


def _value_of(text: Optional[str]) -> Union[int, float, str, None]:
    """A field of CSV: a number, a text, or None for an empty one."""
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
