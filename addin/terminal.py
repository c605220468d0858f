"""What the commands share: the open workbook, errors as sentences, questions, JSON, exit status."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from addin import replies
from addin.errors import AddinError
from addin.hosts.base import Workbook
from addin.hosts.errors import HostError
from addin.online import opened_anywhere
from addin.questions import Question
from addin.runs import Run, language_of
from workbook_templates.words import Words

DONE, NEEDS_A_PERSON, COULD_NOT = 0, 1, 2
ANSWERS = {True: Words("[Y/t]", "[Y/n]"), False: Words("[y/T]", "[y/N]")}
YES, NO = frozenset({"y", "ya", "yes"}), frozenset({"t", "tidak", "n", "no"})

out, err = Console(soft_wrap=True), Console(stderr=True, soft_wrap=True)

File = Annotated[str, typer.Argument(help="The workbook, or the link of a spreadsheet.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
With = Annotated[
    str,
    typer.Option(
        "--with", envvar="LAJUR_WITH", help="Work in excel or libreoffice, where it may be open."
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Answer every question with yes.")]


def language() -> str:
    """The language of messages that come before a workbook could say its own."""
    return "en" if os.environ.get("LAJUR_LANG", "id").lower().startswith("en") else "id"


def is_attended(as_json: bool = False) -> bool:
    """Whether somebody sits there who can be asked."""
    return not as_json and sys.stdin.isatty() and err.is_terminal


def ask(question: str, spoken: str, default: bool) -> bool:
    """A yes or a no of the person at the terminal; Enter is the default."""
    while True:
        err.print(f"{question} {ANSWERS[default][spoken]} ", end="", markup=False, highlight=False)
        answer = sys.stdin.readline()
        said = answer.strip().casefold()
        if not said:
            return default and answer != ""
        if said in YES | NO:
            return said in YES


def answer(question: Question) -> bool:
    """The answer of the person at the terminal."""
    return ask(question.text, question.language, question.default)


@contextmanager
def opened(file: str, program: str = "") -> Iterator[Workbook]:
    """The open workbook; what fails from here on is said in its own language."""
    workbook = opened_anywhere(file, program)
    try:
        yield workbook
    except (AddinError, HostError) as refused:
        refused.facts["language"] = language_of(workbook) or language()
        raise
    finally:
        workbook.close()


@contextmanager
def failing(file: str, as_json: bool) -> Iterator[None]:
    """Turn errors into a sentence (or JSON) and exit status 2."""
    try:
        yield
    except (AddinError, HostError) as refused:
        reply = failed(file, refused, as_json)
        if as_json:
            print_json(reply)
        raise typer.Exit(COULD_NOT) from None


def failed(file: str, refused: AddinError | HostError, as_json: bool) -> dict[str, Any]:
    """Say why a workbook could not be done; the same for `--json`."""
    spoken = str(refused.facts.get("language") or language())
    if not as_json:
        err.print(f"[bold]{file}[/bold]: {refused.words[spoken]}", highlight=False)
    return replies.failure(file, refused.code, refused.words, spoken)


@contextmanager
def bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not err.is_terminal:
        yield lambda step, done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=err, transient=True) as progress:

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step)
            progress.update(tasks[step], completed=done, total=total)
            if done == total:  # nothing moves while a person is asked
                progress.remove_task(tasks.pop(step))

        yield show


def exit_status(run: Run) -> int:
    """1 where something needs a person or was not answered, else 0."""
    return NEEDS_A_PERSON if run.issues or run.copy.shadow.outbox else DONE


def say(reply: dict[str, Any], as_json: bool, words: str) -> None:
    """An answer as JSON, or as its sentence."""
    if as_json:
        print_json(reply)
    else:
        out.print(words, highlight=False)


def print_json(reply: dict[str, Any]) -> None:
    """An answer on one line, for programs."""
    print(json.dumps(reply, ensure_ascii=False))
