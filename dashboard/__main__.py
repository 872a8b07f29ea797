"""Command line: `python -m dashboard report ...` and `python -m dashboard chart ...`.

Exit codes: 0 done, 1 refused or failed with a message in both languages, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dashboard.records import Lang
from dashboard.release import Database, ReleaseError
from dashboard.running_order import SCREENS
from dashboard.texts import text

LANGS: tuple[Lang, ...] = ("zh", "en")

DONE, REFUSED = 0, 1
REPORT_KINDS = ("docx", "pptx", "xlsx", "html", "zip")
UNIT_KINDS = ("docx", "pptx", "xlsx", "html")
CHART_KINDS = ("png", "svg", "pdf")
CHART_NAMES = (
    "map", "bars", "spread", "activities", "change_map", "change", "filled", "history", "waterfall", "dumbbells",
    "by_activity", "year_maps", "relation", "paired_map", "arrivals", "rules",
)  # fmt: skip


def say(key: str, /, **values: object) -> None:
    """A message in both languages, on the error stream."""
    print(" / ".join(in_lang(lang, key, values) for lang in LANGS), file=sys.stderr)


def in_lang(lang: Lang, key: str, values: Mapping[str, object]) -> str:
    """The text in one language; a pair of values is one for each."""
    return text(lang, key, **{n: v[LANGS.index(lang)] if isinstance(v, tuple) else v for n, v in values.items()})


def out_file(kinds: Sequence[str]) -> Callable[[str], Path]:
    """A file whose ending is one of these kinds."""

    def parse(name: str) -> Path:
        path = Path(name)
        if path.suffix.lower().lstrip(".") not in kinds:
            known = ", ".join(f".{kind}" for kind in kinds)
            raise argparse.ArgumentTypeError(
                " / ".join(text(lang, "cli.suffix", name=path.name, known=known) for lang in LANGS)
            )
        return path

    return parse


def parser() -> argparse.ArgumentParser:
    """The two commands."""
    top = argparse.ArgumentParser(prog="python -m dashboard", description="Reports and charts without the browser.")
    commands = top.add_subparsers(dest="command", required=True)
    report = commands.add_parser("report", help="a report of a campaign, or of one unit")
    report.add_argument(
        "--unit", help="of one unit: brief (.docx), slides (.pptx), table (.xlsx), offline page (.html)"
    )
    report.add_argument("--template", type=Path, help="an own .docx with places such as {{participation.total}}")
    report.add_argument(
        "--out", type=out_file(REPORT_KINDS), required=True, help=".docx .pptx .xlsx .html .zip (briefs)"
    )
    report.add_argument("--order", help=f"screens of .html and .pptx with commas between them: {', '.join(SCREENS)}")
    report.add_argument(
        "--vs", help="a second group of units to set beside the chosen ones: ids with commas between them"
    )
    report.add_argument("--ground", choices=("light", "dark"), help="of .html")
    chart = commands.add_parser("chart", help="one chart, as the page shows it")
    chart.add_argument("name", choices=CHART_NAMES, metavar="NAME", help=f"one of {', '.join(CHART_NAMES)}")
    chart.add_argument("--out", type=out_file(CHART_KINDS), required=True, help=".png .svg .pdf")
    chart.add_argument(
        "--print", dest="for_print", action="store_true", help="a PNG of 300 dpi instead of twice the screen"
    )
    for command in (report, chart):
        command.add_argument("--campaign", required=True, help="such as chongqing-2021")
        command.add_argument("--lang", choices=("zh", "en"), default="zh")
        command.add_argument("--base", help="year to compare with, or none")
        command.add_argument("--measure", help="measure id, such as participation")
        command.add_argument("--activity", help="activity id")
        command.add_argument("--kind", choices=("district", "zone"), help="kind of unit")
        command.add_argument("--units", help="unit ids with commas between them")
        command.add_argument("--as-of", help="day up to which reporting and duties are told, such as 2021-06-18")
        command.add_argument("--per10k", choices=("0", "1"), help="per 10,000 people")
    return top


def query_of(source: Database, asked: argparse.Namespace) -> dict[str, str]:
    """The URL parameters of a command."""
    from dashboard.reports.opening import campaign_query

    names = ("base", "measure", "activity", "kind", "units", "vs", "per10k", "as_of", "lang", "order", "ground")
    given = {name: getattr(asked, name, None) for name in names}
    return campaign_query(source, asked.campaign) | {name: value for name, value in given.items() if value}


def run_report(source: Database, asked: argparse.Namespace) -> tuple[bytes, str]:
    """The report's bytes, and the text key of what is missing in it."""
    from dashboard.reports.making import make_report, make_unit_report
    from dashboard.reports.opening import CannotReport, view_of

    kind = asked.out.suffix.lower().lstrip(".")
    view = view_of(source, query_of(source, asked))
    if asked.unit:
        if kind not in UNIT_KINDS:
            raise CannotReport("report.not_for_unit")
        made = make_unit_report(view, kind, asked.unit)
    else:
        made = make_report(view, kind, asked.template.read_bytes() if asked.template else None)
    return made.content, made.trouble


def run_chart(source: Database, asked: argparse.Namespace) -> tuple[bytes, str]:
    """The chart's bytes; its caption is printed."""
    from dashboard.reports.opening import view_of
    from dashboard.reports.picture import make_picture

    kind = asked.out.suffix.lower().lstrip(".")
    made = make_picture(
        view_of(source, query_of(source, asked)), asked.name, "print" if asked.for_print and kind == "png" else kind
    )
    print(made.caption)
    return made.content, ""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit code."""
    top = parser()
    asked = top.parse_args(arguments)
    if getattr(asked, "template", None) is not None and (asked.unit or asked.out.suffix.lower() != ".docx"):
        top.error("--template needs --out FILE.docx without --unit")
    # Without a server Streamlit warns at every cached call.
    logging.getLogger("streamlit").setLevel(logging.CRITICAL)
    os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "critical")
    from dashboard.reports.opening import CannotReport, open_release
    from dashboard.reports.render import RenderError

    started = time.monotonic()
    try:
        content, trouble = (run_report if asked.command == "report" else run_chart)(open_release(), asked)
        write_file(asked.out, content)
    except ReleaseError as error:
        say("cli.no_release")
        print(error, file=sys.stderr)
        return REFUSED
    except CannotReport as error:
        say(error.reason, **error.values)
        return REFUSED
    except RenderError as error:
        say(error.reason)
        return REFUSED
    except OSError as error:
        say("cli.cannot_write", path=error.filename or asked.out, why=error.strerror or error)
        return REFUSED
    if trouble:
        print(" / ".join(text(a, "cli.no_pictures", why=text(a, trouble)) for a in LANGS), file=sys.stderr)
    seconds = f"{time.monotonic() - started:.1f}"
    print(text(asked.lang, "cli.done", path=asked.out, size=len(content) // 1024, seconds=seconds))
    return DONE


def write_file(path: Path, content: bytes) -> None:
    """The file, whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
