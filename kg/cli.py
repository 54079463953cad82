"""The command `kg`: every verb reads its arguments, makes one library call, and prints."""

from __future__ import annotations

import errno
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import replace
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

import kg
from kg import settings, small_files, terminal
from kg.errors import BusyStoreError, DocumentError, InputError, KgError, QueryError
from kg.parsing import models
from kg.parsing.models import DEFAULT_MODEL, FAST_MODEL
from kg.workers import MOST

app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Turns geopolitical news into a knowledge graph: who does what to whom, who says so, and where.",
)

Paths = Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.")]
Model = Annotated[str, typer.Option(help="A spaCy pipeline: its name or its folder.", envvar="KG_MODEL")]
Fast = Annotated[bool, typer.Option("--fast", help="Read with the small model: sooner, and less well.")]
Actors = Annotated[
    Path | None,
    typer.Option(
        "--actors", exists=True, dir_okay=False, help="A CSV table of actors that adds to kg's own."
    ),
]
Types = Annotated[
    Path | None,
    typer.Option(
        "--types", exists=True, dir_okay=False, help="A CSV of event types of your own: see kg events --help."
    ),
]
Judgements = Annotated[Path, typer.Option(help="The file of decisions about who is who: see kg actors.")]
Date = Annotated[str | None, typer.Option(help="The date of articles that have none: 2025-05-02.")]
Publisher = Annotated[str | None, typer.Option(help="The publisher of articles that name none.")]
Map = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="What tables and records call a field: date=printed."),
]
Force = Annotated[bool, typer.Option("--force", help="Read texts that are not English, too.")]
StorePath = Annotated[
    str,
    typer.Option(  # what kg.toml says may hold a login, which no help must show
        "--store",
        help="The store: a folder or http://…; else kg-store.",
        envvar="KG_STORE",
        show_default=False,
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(min=1, max=MOST, help="Processes that read; as many as there are cores, if that pays."),
]
Dask = Annotated[
    str | None, typer.Option("--dask", help="Read on a Dask cluster: its scheduler's address, or local.")
]
Folder = Annotated[str, typer.Argument(help="The folder of articles.")]
Prune = Annotated[bool, typer.Option("--prune", help="Take out what is gone from the folder.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]
STATUSES = ("new", "changed", "moved", "unchanged", "deleted")
DEFAULT_STORE, DEFAULT_JUDGEMENTS = "kg-store", Path("kg-judgements.jsonl")


def _tell_version(wanted: bool) -> None:
    if wanted:
        terminal.say(f"kg {version('geopolitical-kg')}")
        raise typer.Exit()


@app.callback()
def defaults(
    context: typer.Context,
    _: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """Take the defaults from kg.toml in the current folder."""
    context.default_map = _for_verbs(context.command, settings.read(Path(settings.FILE)))


def _for_verbs(group: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The same defaults for each verb of a group."""
    below = group.commands.items()
    return {name: _for_verbs(c, found) if hasattr(c, "commands") else found for name, c in below}


def _names_of(kind: str | None) -> Callable[[], list[str]]:
    """Completes the names of what there is of a kind, of the kinds without one."""
    return lambda: [name for name, _ in kg.list(kind)]


class _Inputs:
    """Documents from paths; what cannot be read, and what of them is lost, is kept and told at the end."""

    def __init__(
        self,
        paths: Sequence[str],
        date: str | None,
        publisher: str | None,
        columns: Sequence[str] | None,
        force: bool,
        base: str | None = None,
    ) -> None:
        self.problems: list[InputError] = []
        self.lost: list[DocumentError] = []
        self.count = 0
        self.paths, self.base = paths, base
        self.how: dict[str, Any] = {
            "date": date,
            "publisher": publisher,
            "columns": _columns(columns or ()),
            "force": force,
        }
        for path in paths:  # a slip in a name is told before anything is loaded
            if path != "-" and not os.path.lexists(path):
                raise InputError(f"{path}: no such file or folder; check the path")

    def __iter__(self) -> Iterator[Any]:
        for document in kg.read(self.paths, base=self.base, on_error=self.problems.append, **self.how):
            self.count += 1
            yield document

    @contextmanager
    def findings(
        self,
        model: str,
        actors: Path | None,
        judgements: Path,
        workers: int | str | None,
        types: Path | None = None,
    ) -> Iterator[Iterator[Any]]:
        """What the documents say, with a bar where standard output does not run beside it."""
        kept = "nothing is stored; kg build keeps what it has read, and goes on from there"
        found = kg.findings(self, model, actors, judgements, self.lost.append, workers, types)
        with _stoppable(lambda: kept), closing(found), self.progress() as advance:
            yield _each_then(found, advance)

    @contextmanager
    def watched(self) -> Iterator[Iterator[Any]]:
        """The documents, with a bar for those that are done with."""
        with self.progress() as advance:
            yield _each_then(iter(self), advance)

    def progress(self) -> AbstractContextManager[Callable[[], None]]:
        """A bar for the documents."""
        from kg.reading.estimate import estimate

        return terminal.progress("articles", lambda: estimate(self.paths))

    def tell(self) -> None:
        """Names what could not be read or understood, and ends the command with exit code 1 if any is."""
        for problem in (*self.problems, *self.lost):
            terminal.complain(str(problem))
        if self.problems:
            terminal.complain(
                f"{len(self.problems)} of {self.count + len(self.problems)} inputs could not be read"
            )
        if self.lost:
            documents = len({error.document for error in self.lost})
            terminal.complain(
                f"{documents} of {self.count} articles could not be understood, or not all of them"
            )
        if self.problems or self.lost:
            raise typer.Exit(1)


@app.command()
def extract(
    paths: Paths,
    format: Annotated[
        str, typer.Option(help="table, jsonl, or html: the articles with their claims marked.")
    ] = "table",
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    date: Date = None,
    publisher: Publisher = None,
    map: Map = None,
    force: Force = False,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Print the claims of articles; stores nothing.

    Example: kg extract data/articles --format jsonl
    """
    _one_of("format", format, ("table", "jsonl", "html"))
    inputs, model = _Inputs(paths, date, publisher, map, force), _chosen(model, fast)
    from kg import listing, records

    with inputs.findings(model, actors, judgements, _processes(workers, dask)) as found:
        if format == "html":
            from kg.marked import page

            terminal.write(page(found))
        elif format == "jsonl":
            for claim in (c for one in found for c in one.claims):
                terminal.write(records.json_line(records.claim_record(claim)))
        else:
            for one in found:
                terminal.table(one.document.id, listing.CLAIM_COLUMNS, listing.claim_rows(one.claims))
    inputs.tell()


@app.command()
def events(
    paths: Paths,
    format: Annotated[
        str, typer.Option(help="table, jsonl, or an export: polecat, icews, gdelt …")
    ] = "table",
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out events that are less sure to be right as a whole.")
    ] = 0,
    stories: Annotated[
        bool, typer.Option("--stories", help="One line an event, with all its reports: table or jsonl.")
    ] = False,
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    types: Types = None,
    date: Date = None,
    publisher: Publisher = None,
    map: Map = None,
    force: Force = False,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Print the coded events of articles; stores nothing. What each type means: docs/events.md.

    Example: kg events data/articles --stories --format jsonl

    Types of your own: kg events data/articles --types own.csv, a table such as

    \b
        name,verbs,nouns,example,quad
        PIRACY,hijack|commandeer,piracy,Somali pirates hijacked a Greek tanker.,4
        HUNGER STRIKE,,hunger strike,Kurdish prisoners staged a hunger strike.,3
    """
    from kg.exports.coders import FORMATS

    _one_of("format", format, ("table", "jsonl") if stories else ("table", "jsonl", *FORMATS))
    inputs, model = _Inputs(paths, date, publisher, map, force), _chosen(model, fast)
    with inputs.findings(model, actors, judgements, _processes(workers, dask), types) as found:
        sure = (_with_events_from(min_confidence, one) for one in found)
        if stories:
            _print_stories(sure, format)
        elif format in FORMATS:
            _print_export(sure, FORMATS[format])
        else:
            _print_events(sure, format)
    inputs.tell()


def _with_events_from(least: float, one: Any) -> Any:
    """The findings of a document with the events that are sure enough."""
    return replace(one, events=[e for e in one.events if not e.confidence < least])


def _print_events(findings: Iterator[Any], format: str) -> None:
    from kg import listing, records

    for one in findings:
        if format == "jsonl":
            for event in one.events:
                terminal.write(records.json_line(records.event_record(event)))
        else:
            terminal.table(one.document.id, listing.EVENT_COLUMNS, listing.event_rows(one.events))


def _print_export(findings: Iterator[Any], write: Callable[[list[Any]], str]) -> None:
    from kg.exports.coders import Report

    reports: list[Report] = []
    for one in findings:
        claims = {c.id: c for c in one.claims}
        reports += [Report(e, one.document, claims.get(e.claim)) for e in one.events]
    terminal.write(write(reports).rstrip("\n"))


def _print_stories(findings: Iterator[Any], format: str) -> None:
    from kg import listing, records
    from kg.coding.stories import cluster

    kept = [(one.document, one.events) for one in findings]
    found = cluster([e for _, events in kept for e in events], [d for d, _ in kept])
    if format == "jsonl":
        for story in found:
            terminal.write(records.json_line(records.story_record(story)))
    else:
        terminal.table(None, listing.STORY_COLUMNS, listing.story_rows(found))


@app.command()
def dates(
    paths: Paths,
    format: Annotated[str, typer.Option(help="table or jsonl.")] = "table",
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    date: Date = None,
    map: Map = None,
    force: Force = False,
) -> None:
    """Print the expressions of time of articles that stand for a date or an interval.

    Example: kg dates data/articles --format jsonl
    """
    _one_of("format", format, ("table", "jsonl"))
    inputs, model = _Inputs(paths, date, None, map, force), _chosen(model, fast)
    from kg import listing, records

    with inputs.watched() as documents:
        found = kg.dates(documents, model, inputs.lost.append)
        if format == "jsonl":
            for document, when in found:
                terminal.write(records.json_line(records.date_record(document, when)))
        rows = list(listing.date_rows(found))
    if format == "table":
        terminal.table(None, listing.DATE_COLUMNS, rows)
    inputs.tell()


@app.command()
def build(
    paths: Paths,
    store: StorePath = DEFAULT_STORE,
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    types: Types = None,
    date: Date = None,
    publisher: Publisher = None,
    map: Map = None,
    force: Force = False,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Read articles into a store; those that it has already and that have not changed are left alone.

    Example: kg build data/articles --store kg-store
    """
    from kg.pipeline import require_usable

    base = _base(store)
    inputs, model = _Inputs(paths, date, publisher, map, force, base), _chosen(model, fast)
    documents = iter(inputs)
    first = next(documents, None)
    if first is None:
        inputs.tell()
        raise InputError("nothing to build from: no article was found; name files or folders that hold some")
    require_usable(model, actors, judgements, types)
    with kg.open_store(store, create=True) as opened:
        _keep_base(opened, base, paths)

        def kept() -> str:
            return f"{len(opened.documents())} articles are in {store}; the same command goes on from there"

        with _stoppable(kept), inputs.progress() as advance:
            report = kg.build(
                chain([first], documents),
                opened,
                model,
                actors,
                judgements,
                lambda _: advance(),
                _processes(workers, dask),
                types,
            )
    terminal.say(
        f"{store}: {report.written} articles written, {report.unchanged} unchanged; "
        f"{report.claims} claims, {report.events} events"
    )
    inputs.lost += report.lost
    inputs.tell()


def _base(store: str) -> str | None:
    """The folder that a store's ids are relative to; none where there is no store yet."""
    if not store.startswith(("http://", "https://")) and not os.path.exists(store):
        return None
    if os.path.isdir(store) and not os.listdir(store):
        return None
    with kg.open_store(store, read_only=True) as opened:
        return opened.base()


def _keep_base(store: Any, base: str | None, paths: Sequence[str]) -> None:
    """Remembers the folder that was named first."""
    from kg.reading import base_of

    if base is None and any(os.path.isdir(path) for path in paths):
        store.keep_base(base_of(paths))


@app.command()
def sync(
    folder: Folder,
    store: StorePath = DEFAULT_STORE,
    prune: Prune = False,
    format: Annotated[str, typer.Option(help="table, a line each; or jsonl.")] = "table",
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    types: Types = None,
    date: Date = None,
    publisher: Publisher = None,
    map: Map = None,
    force: Force = False,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Make a store say what a folder says: what is new, changed, moved, deleted, or a copy of another.

    Example: kg sync data/articles --store kg-store
    """
    from kg.pipeline import require_usable

    _one_of("format", format, ("table", "jsonl"))
    inputs, model = _Inputs([folder], date, publisher, map, force), _chosen(model, fast)
    require_usable(model, actors, judgements, types)
    with kg.open_store(store, create=True) as opened:

        def kept() -> str:
            return f"{len(opened.documents())} articles are in {store}; the same command goes on from there"

        with _stoppable(kept), inputs.progress() as advance:
            report = kg.sync(
                folder, opened, prune=prune, model=model, actor_table=actors, judgements=judgements,
                type_table=types, workers=_processes(workers, dask), progress=lambda _: advance(),
                **inputs.how,
            )  # fmt: skip
    _tell_sync(store, report, format, prune)
    inputs.problems, inputs.lost = report.problems, report.built.lost
    inputs.count = report.counts.total() - report.counts["deleted"]
    inputs.tell()


@app.command()
def watch(
    folder: Folder,
    store: StorePath = DEFAULT_STORE,
    prune: Prune = False,
    format: Annotated[str, typer.Option(help="table, a line each; or jsonl.")] = "table",
    every: Annotated[
        float, typer.Option(min=0.1, max=86400, help="Seconds between two looks at the folder.")
    ] = 2,
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    types: Types = None,
    date: Date = None,
    publisher: Publisher = None,
    map: Map = None,
    force: Force = False,
    workers: Workers = None,
    dask: Dask = None,
) -> None:
    """Sync a folder whenever something in it changes, until Ctrl-C.

    Example: kg watch news --store kg-store
    """
    _one_of("format", format, ("table", "jsonl"))
    inputs, model = _Inputs([folder], date, publisher, map, force), _chosen(model, fast)
    told: set[str] = set()  # what cannot be read is told once, and not at each change
    kept = f"{store} keeps what it has; kg sync or kg watch goes on from there"
    with _stoppable(lambda: kept), inputs.progress() as advance:
        reports = kg.watch(
            folder, store, every=every, prune=prune, model=model, actor_table=actors, judgements=judgements,
            type_table=types, workers=_processes(workers, dask), progress=lambda _: advance(), **inputs.how,
        )  # fmt: skip
        first = next(reports)
    with _stoppable(lambda: kept):
        for report in chain([first], reports):
            _tell_sync(store, report, format, prune)
            problems = [str(problem) for problem in (*report.problems, *report.built.lost)]
            for problem in problems:
                if problem not in told:
                    terminal.complain(problem)
            told = set(problems)


def _tell_sync(store: str, report: Any, format: str, prune: bool) -> None:
    """A line for each document that is not as it was; then how many there are of each kind."""
    from kg import records

    for change in report.changes:
        if format == "jsonl":
            terminal.write(records.json_line(change.record()))
            continue
        was = f" (was {change.before})" if change.before else ""
        copy = f" (copy of {change.copy_of})" if change.copy_of else ""
        terminal.say(f"{change.status:9} {change.document}{was}{copy}")
    if format == "table":
        why = "while something cannot be read" if prune else "--prune takes them out"
        kept = f" (kept; {why})" if report.counts["deleted"] and not report.pruned else ""
        counts = ", ".join(f"{report.counts[kind]} {kind}" for kind in STATUSES)
        copies = f"{len(report.copies)} {'copy' if len(report.copies) == 1 else 'copies'}"
        told = f"; {copies} (kg query --name reports)" if report.copies else ""
        terminal.say(f"{store}: {counts}{kept}{told}")


@app.command()
def fetch(
    addresses: Annotated[list[str], typer.Argument(metavar="ADDRESS…", help="Of pages, files or feeds.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write to.")],
    force: Force = False,
) -> None:
    """Fetch articles from the web into a folder, a file each with its address; of feeds those of all items.

    Example: kg fetch https://example.org/news.rss -o news
    """
    problems: list[InputError] = []
    count = 0
    for path in kg.fetch(addresses, output, force=force, on_error=problems.append):
        count += 1
        terminal.say(str(path))
    for problem in problems:
        terminal.complain(str(problem))
    if problems:
        terminal.complain(f"{len(problems)} of {count + len(problems)} articles could not be fetched")
        raise typer.Exit(1)


@app.command()
def query(
    text: Annotated[str | None, typer.Argument(help="A SPARQL query.")] = None,
    file: Annotated[Path | None, typer.Option(help="A file that holds the query.")] = None,
    name: Annotated[
        str | None,
        typer.Option(help="A named query: see kg list queries.", autocompletion=_names_of("queries")),
    ] = None,
    store: StorePath = DEFAULT_STORE,
    format: Annotated[str, typer.Option(help="table, csv, tsv, json, xml or turtle.")] = "table",
    timeout: Annotated[
        float, typer.Option(help="Seconds after which the query is stopped; 0 for no limit.")
    ] = 300,
    memory: Annotated[float, typer.Option(help="Gigabytes that the query may take; 0 for no limit.")] = 4,
    allow_remote: Annotated[bool, typer.Option(help="Allow SERVICE and FROM in the query.")] = False,
) -> None:
    """Ask the store a SPARQL query, or one that kg knows by name.

    Example: kg query --name who-demands-what
    """
    _one_of("format", format, ("table", "csv", "tsv", "json", "xml", "turtle"))
    given = [g for g in (text, file, name) if g is not None]
    if len(given) != 1:
        raise QueryError("give one of: the query's text, --file FILE, --name NAME")
    sparql = text if file is None else small_files.read_text(file)
    with kg.open_store(store, read_only=True) as opened:
        answer = kg.query(
            opened, sparql, name=name, timeout=timeout, memory=memory, allow_remote=allow_remote
        )
        _answer(answer, format)


@app.command()
def export(
    output: Output,
    store: StorePath = DEFAULT_STORE,
    format: Annotated[
        str | None, typer.Option(help="See kg list exports; else by the file's ending.")
    ] = None,
) -> None:
    """Write the store to a file: Turtle, N-Quads, JSON-LD, GraphML, CSV …

    Example: kg export -o graph.ttl
    """
    with kg.open_store(store, read_only=True) as opened:
        kg.export(opened, output, format)
    terminal.say(f"wrote {output}")


@app.command()
def view(
    output: Output,
    store: StorePath = DEFAULT_STORE,
    writer: Annotated[str, typer.Option(help="See kg list views.")] = "page",
    title: Annotated[str | None, typer.Option(help="Else the headline that most articles tell of.")] = None,
) -> None:
    """Write the actor graph as one HTML file that opens without a network.

    Example: kg view -o graph.html
    """
    with kg.open_store(store, read_only=True) as opened:
        kg.view(opened, output, writer, title=title)
    terminal.say(f"wrote {output}")


@app.command()
def check(
    store: StorePath = DEFAULT_STORE,
    format: Annotated[str, typer.Option(help="table or jsonl.")] = "table",
) -> None:
    """Check the store: SHACL shapes, offsets against the texts, dangling references. Exit 1 if any fails.

    Example: kg check --store kg-store
    """
    from kg import records

    _one_of("format", format, ("table", "jsonl"))
    with kg.open_store(store, read_only=True) as opened:
        findings = kg.check(opened)
        count = len(opened.documents())
    if format == "jsonl":
        for finding in findings:
            terminal.write(records.json_line(dict(finding.record())))
    elif findings:
        terminal.table(
            None,
            ("document", "check", "node", "what is wrong"),
            [tuple(f.record().values()) for f in findings],
        )
    if findings:
        raise typer.Exit(1)
    if format == "table":
        terminal.say(f"{store}: {count} documents, nothing wrong")


@app.command()
def rebuild(
    store: StorePath = DEFAULT_STORE,
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    types: Types = None,
    workers: Workers = None,
) -> None:
    """Read all articles of a store anew, from the texts that it keeps: after an update of kg.

    Example: kg rebuild --store kg-store
    """
    model = _chosen(model, fast)
    with kg.open_store(store, read_only=True, any_version=True) as opened:
        count = len(opened.graphs())
    kept = f"{store} is as it was; the same command goes on from there"
    with _stoppable(lambda: kept), terminal.progress("articles", lambda: count) as advance:
        report = kg.rebuild(store, model, actors, judgements, lambda _: advance(), workers, types)
    terminal.say(f"{store}: {report.written + report.unchanged} articles read anew")
    for problem in report.lost:
        terminal.complain(str(problem))
    if report.lost:
        raise typer.Exit(1)


@app.command()
def remove(document: Annotated[str, typer.Argument(help="Its id: see kg query --name documents.")],
           store: StorePath = DEFAULT_STORE) -> None:  # fmt: skip
    """Take a document and all that it says out of the store.

    Example: kg remove trade-war.txt
    """
    with kg.open_store(store) as opened:
        kg.remove(opened, document)
    terminal.say(f"removed {document}")


@app.command()
def backup(directory: Annotated[Path, typer.Argument(help="A folder that is not there yet.")],
           store: StorePath = DEFAULT_STORE) -> None:  # fmt: skip
    """Copy the store into a new folder while it is in use.

    Example: kg backup kg-store-monday
    """
    with kg.open_store(store, read_only=True) as opened:
        kg.backup(opened, directory)
    terminal.say(f"copied {store} to {directory}")


@app.command("list")
def list_(
    kind: Annotated[
        str | None,
        typer.Argument(help="extractors, exports, views or queries.", autocompletion=_names_of(None)),
    ] = None,
) -> None:
    """List what there is of a kind, with a line of explanation each; without one, the kinds.

    Example: kg list queries
    """
    terminal.table(None, ("name", "what it is"), kg.list(kind))


# ── who is who ──

actors_app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    actors_app,
    name="actors",
    help="""Show whom mentions are taken for and why; find, merge, split and rename actors.

    Example: kg actors list data/articles
    """,
)
Why = Annotated[str, typer.Option(help="The reason, kept with the decision.")]


@actors_app.command("list")
def list_actors(
    paths: Paths,
    format: Annotated[str, typer.Option(help="table, or jsonl: a line for each mention.")] = "table",
    model: Model = DEFAULT_MODEL,
    fast: Fast = False,
    actors: Actors = None,
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    map: Map = None,
    force: Force = False,
) -> None:
    """List the actors of articles with their mentions, each with the reason for it.

    Example: kg actors list data/articles
    """
    _one_of("format", format, ("table", "jsonl"))
    inputs, model = _Inputs(paths, None, None, map, force), _chosen(model, fast)
    from kg import listing, records

    with inputs.watched() as documents:
        mentions = kg.mentions(documents, model, actors, judgements, inputs.lost.append)
        if format == "jsonl":
            for document, judgement in mentions:
                if judgement.actor is not None and judgement.verdict == "same":
                    terminal.write(records.json_line(records.mention_record(document, judgement)))
        rows = list(listing.mention_rows(j for _, j in mentions))
    if format == "table":
        terminal.table(None, listing.MENTION_COLUMNS, rows)
    inputs.tell()


@actors_app.command()
def find(name: str, store: StorePath = DEFAULT_STORE, actors: Actors = None) -> None:
    """List the actors of a name, with how many documents of the store mention them.

    Example: kg actors find Kim
    """
    from kg import listing

    with _stored(store) as opened:
        found = kg.find(name, opened, actors)
    if not found:
        raise InputError(f"no actor has {name!r} as its id or in a name")
    terminal.table(None, listing.FOUND_COLUMNS, listing.found_rows(found))


@actors_app.command()
def template() -> None:
    """Print a table for actors of your own: its columns and an example.

    Example: kg actors template > own.csv
    """
    terminal.write(kg.template().rstrip())


@actors_app.command()
def merge(
    keep: str,
    drop: str,
    why: Why = "",
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    store: StorePath = DEFAULT_STORE,
    actors: Actors = None,
) -> None:
    """Decide that two actors (by id or name) are one: in the store at once, and in every build.

    Example: kg actors merge donald-trump trump
    """
    with _decided_in(store, judgements, actors) as opened:
        done = kg.merge(judgements, keep, drop, _user(), why, store=opened, actor_table=actors)
        terminal.say(f"{done.id}: {done.drop} is {done.keep}")


@actors_app.command()
def split(
    actor: str,
    document: str,
    start: Annotated[int | None, typer.Option(help="Only the mention at this character.")] = None,
    into: Annotated[str | None, typer.Option(help="The other actor's id.")] = None,
    why: Why = "",
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    store: StorePath = DEFAULT_STORE,
    actors: Actors = None,
) -> None:
    """Decide that an actor's mentions in a document are somebody else: in the store at once.

    Example: kg actors split kim a.txt --start 120 --into kim-2
    """
    with _decided_in(store, judgements, actors) as opened:
        done = kg.split(
            judgements, actor, document, _user(), why, start, into, store=opened, actor_table=actors
        )
        terminal.say(f"{done.id}: {done.actor} in {document} is {done.into}")


@actors_app.command()
def rename(
    actor: str,
    label: str,
    why: Why = "",
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    store: StorePath = DEFAULT_STORE,
    actors: Actors = None,
) -> None:
    """Decide how an actor (by id or name) is to be called: in the store at once, and in every build.

    Example: kg actors rename cctv "China Central Television"
    """
    with _decided_in(store, judgements, actors) as opened:
        done = kg.rename(judgements, actor, label, _user(), why, store=opened, actor_table=actors)
        terminal.say(f"{done.id}: {done.actor} is called {label}")


@actors_app.command()
def undo(
    judgement: str,
    why: Why = "",
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    store: StorePath = DEFAULT_STORE,
    actors: Actors = None,
) -> None:
    """Take a decision back, in the store too; it stays in the file as undone.

    Example: kg actors undo j-0123456789abcdef
    """
    with _decided_in(store, judgements, actors):
        kg.undo(judgements, judgement, _user(), why)
        terminal.say(f"{judgement} is undone")


@actors_app.command("judgements")
def list_judgements(
    judgements: Judgements = DEFAULT_JUDGEMENTS,
    format: Annotated[str, typer.Option(help="table, or jsonl: as --judgements reads them.")] = "table",
) -> None:
    """List the decisions that are in force.

    Example: kg actors judgements
    """
    from kg import listing, records

    _one_of("format", format, ("table", "jsonl"))
    found = kg.judgements(judgements)
    if format == "jsonl":
        for decision in found:
            terminal.write(records.json_line(records.decision_record(decision)))
    else:
        terminal.table(None, listing.DECISION_COLUMNS, listing.decision_rows(found))


@contextmanager
def _stored(store: str) -> Iterator[Any]:
    """The store, or None where there is no folder of that name."""
    if store.lower().startswith(("http:", "https:")) or Path(store).exists():
        with kg.open_store(store, read_only=True) as opened:
            yield opened
    else:
        yield None


@contextmanager
def _decided_in(store: str, judgements: Path, actors: Path | None) -> Iterator[Any]:
    """The store to look names up in, or None; what is decided meanwhile then holds in it at once.

    Also what was decided before, where that was killed between the two.
    """
    from kg.actors.judgements import AlreadyDecidedError

    before: AlreadyDecidedError | None = None
    with _stored(store) as opened:
        try:
            yield opened
        except AlreadyDecidedError as error:
            before = error
    done = 0
    if opened is not None:
        try:
            with kg.open_store(store) as writable:
                done = _honour(store, writable, judgements, actors)
        except BusyStoreError as error:
            terminal.complain(f"{error}; the next kg build honours the decision")
    if before is not None and not done:
        raise before


def _honour(name: str, store: Any, judgements: Path, actors: Path | None) -> int:
    """Reads anew what decisions concern; how many articles that were."""
    from kg.corpus import waiting

    count = len(waiting(store, judgements))
    kept = "the decision is kept; the next kg build honours it"
    with _stoppable(lambda: kept), terminal.progress("articles", lambda: count) as advance:
        report = kg.honour(store, judgements, actors, lambda _: advance())
    if report.written:
        terminal.say(f"{name}: {report.written} articles read anew")
    for problem in report.lost:
        terminal.complain(str(problem))
    if report.lost:
        raise typer.Exit(1)
    return int(report.written)


def _user() -> str:
    return getpass.getuser()


# ── printing ──


def _each_then(items: Iterator[Any], call: Callable[[], None]) -> Iterator[Any]:
    """Items, with a call after each."""
    for item in items:
        yield item
        call()


class _StoppedError(KgError):
    """Ctrl-C, and what is kept of the work."""


@contextmanager
def _stoppable(kept: Callable[[], str]) -> Iterator[None]:
    """Ctrl-C ends a command with one line that says what is kept and how to go on."""
    try:
        yield
    except KeyboardInterrupt:
        raise _StoppedError(f"interrupted: {kept()}") from None


def _answer(answer: Any, format: str) -> None:
    """The answer to a query: rows, triples, or yes and no."""
    if format == "table":
        columns, rows = answer.table()
        terminal.table(None, columns, rows)
    else:
        terminal.write(getattr(answer, f"to_{format}")().rstrip("\r\n"))


def _chosen(model: str, fast: bool) -> str:
    """The language model that the options ask for; an error if it is not there."""
    name = FAST_MODEL if fast else model
    models.folder(name)
    return name


def _columns(options: Sequence[str]) -> dict[str, str]:
    """Field → column, of options like date=printed."""
    pairs = [option.partition("=") for option in options]
    if wrong := [field for field, _, column in pairs if not column]:
        raise InputError(f"--map {wrong[0]}: not FIELD=COLUMN; write, for instance, --map date=printed")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _processes(workers: int | None, dask: str | None) -> int | str | None:
    """Where articles are read: in so many processes, or on a cluster."""
    if workers is not None and dask is not None:
        raise KgError("--workers and --dask: give one of them")
    return workers if dask is None else dask


def _one_of(what: str, value: str, allowed: Sequence[str]) -> None:
    if value not in allowed:
        raise KgError(f"--{what} {value}: not one of {', '.join(allowed)}")


def main(args: Sequence[str] | None = None) -> None:
    """The entry point: what goes wrong is one line on standard error and an exit code.

    It is 1, or 2 for a command line that is wrong, or 130 for one that was stopped by Ctrl-C.
    """
    os.environ["PYTHONSAFEPATH"] = "1"  # no process of ours imports from the folder that the user is in
    terminal.prepare()
    sys.exit(_run(args))


def _run(args: Sequence[str] | None) -> int:
    try:
        code = int(app(args, standalone_mode=False) or 0)
        sys.stdout.flush()
    except KgError as error:
        terminal.complain(f"kg: {error}")
        return 130 if isinstance(error, _StoppedError) else 1
    except typer.TyperException as error:
        return _misused(error)
    except OSError as error:
        terminal.close_output()
        if error.errno != errno.EPIPE:  # else nobody reads any more, as with `| head`
            terminal.complain(f"kg: {error.filename or 'standard output'}: {error.strerror or error}")
        return 1
    if code == 130:
        terminal.complain("kg: interrupted")
    return code


def _misused(error: typer.TyperException) -> int:
    """Says what is wrong with a command line; to one that says nothing, what there is to say."""
    told = error.format_message()
    if told.startswith("Usage:"):
        terminal.explain(told)
    else:
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "kg"
        terminal.complain(f"kg: {told} (see {command} --help)")
    return error.exit_code
