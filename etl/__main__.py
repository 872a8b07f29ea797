"""Command line: python -m etl load | check | decide | releases | rollback | verify | form | cells | text | catalog."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from etl.catalog import load_catalog
from etl.decisions import DEFAULT_FILE
from etl.decisions.decide import take_down
from etl.errors import AtlasError, UsageError
from etl.facts import Submission
from etl.files.intake import OFFICE_TIME, Job
from etl.files.kept import Kept
from etl.release.publish import (
    DEFAULT_DIR,
    Pointer,
    digest,
    locked,
    read_pointer,
    release_files,
    summarize,
    verify_file,
    write_pointer,
)
from etl.report import change_lines, file_line, step_line, summary_lines
from etl.rounds import Step
from etl.run import Wanted, is_current, load, rehearse

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused or failed with a message, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = _parser().parse_args(argv)
    try:
        code = int(arguments.run(arguments))
        sys.stdout.flush()
        return code
    except UsageError as error:
        print(f"{error.message_zh}\n{error.message_en}", file=sys.stderr)
        return WRONG_USAGE
    except AtlasError as error:
        print(f"{error.message_zh}\n{error.message_en}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # Whoever read the output went away (head, a closed window): nothing is wrong with the files.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        print(f"读写失败：{error}\nreading or writing failed: {error}", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m etl", description="安全生产月图鉴 · 数据装载 / Safety Month Atlas: loading"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text)
        sub.set_defaults(run=globals()[f"_{name}"])
        return sub

    _reading_commands(command)
    _release_commands(command)
    _clerk_commands(command)
    command("catalog", "检查编目 / check the catalogue")
    command("wait", "备好，等一条命令（数据导入页用） / be ready and wait for one command (for the desk)")
    return parser


Command = Callable[[str, str], argparse.ArgumentParser]


def _reading_commands(command: Command) -> None:
    """load and check, which take the same files."""
    for name, text in (
        ("load", "读取、检查、建库、发布 / read, check, build, publish"),
        ("check", "同上但不发布 / the same without publishing"),
    ):
        sub = command(name, text)
        sub.add_argument("paths", nargs="*", type=Path, metavar="PATH")
        sub.add_argument("--campaign", metavar="ID", help="活动编号，如 chongqing-2021 / campaign id")
        sub.add_argument("--releases", type=Path, default=DEFAULT_DIR, metavar="DIR")
        sub.add_argument(
            "--also",
            action="append",
            default=[],
            type=Path,
            metavar="PATH",
            help="默认文件夹之外再读 / beside the default folders",
        )
        sub.add_argument("--decisions", type=Path, default=DEFAULT_FILE, metavar="FILE", help="更正记录 / decisions")
        sub.add_argument(
            "--kept",
            type=Path,
            metavar="DIR",
            help="识别和转换的结果存放处，再读时不重做 / keeps what OCR and LibreOffice made, so that it is not made again",
        )
        sub.add_argument(
            "--findings", action="store_true", help="逐条列出错误、提醒和备注 / list every error, warning and note"
        )
        sub.add_argument("--quiet", action="store_true", help="只打印汇总 / only the summary")
        if name == "load":
            sub.add_argument(
                "--wait", type=float, default=0, metavar="S", help="等另一个装载结束，最多几秒 / wait for another load"
            )
            sub.add_argument("--if-changed", action="store_true", help="没有变化则不重装 / only when something changed")


def _release_commands(command: Command) -> None:
    """releases, rollback, verify."""
    for name, text in (
        ("releases", "列出数据版本 / list releases"),
        ("rollback", "退回到某一版本 / serve an earlier release"),
        ("verify", "校验版本 / verify a release"),
    ):
        sub = command(name, text)
        if name != "releases":
            sub.add_argument("id", nargs="?" if name == "verify" else None, metavar="ID")
        sub.add_argument("--releases", type=Path, default=DEFAULT_DIR, metavar="DIR")


def _clerk_commands(command: Command) -> None:
    """form and decide: what goes out to the units, and what was decided about what came back."""
    sub = command("form", "空白表 / a blank form or collected workbook to send out")
    sub.add_argument(
        "form_id", metavar="FORM_ID", help="表编号，或 duties（报送登记和典型案例月报）/ form id, or duties"
    )
    sub.add_argument("--campaign", metavar="ID", help="活动编号（缺省为最近一次） / campaign id (the newest if none)")
    target = sub.add_mutually_exclusive_group(required=True)
    target.add_argument("--docx", type=Path, metavar="FILE")
    target.add_argument("--xlsx", type=Path, metavar="FILE")
    sub = command(
        "decide", "记下更正、归属、退回（JSON 列表，- 为标准输入） / take down decisions (a JSON list, - for stdin)"
    )
    sub.add_argument("file", metavar="FILE")
    sub.add_argument("--decisions", type=Path, default=DEFAULT_FILE, metavar="FILE")
    sub = command("cells", "扫描件上各格的图片 / pictures of a scan's cells")
    sub.add_argument(
        "file", type=Path, metavar="FILE", help="文件或装有它的压缩包 / the file, or the archive it lies in"
    )
    sub.add_argument("--sha256", required=True, metavar="DIGEST")
    sub.add_argument(
        "--box", action="append", required=True, metavar="PAGE:L,T,R,B", help="页和四边（千分比） / per mille"
    )
    sub.add_argument("--out", type=Path, required=True, metavar="DIR")
    sub = command("text", "文件里写的文字（遮去个人信息） / the text of a file, private data masked")
    sub.add_argument(
        "file", type=Path, metavar="FILE", help="文件或装有它的压缩包 / the file, or the archive it lies in"
    )
    sub.add_argument("--sha256", required=True, metavar="DIGEST")
    sub.add_argument("--out", type=Path, metavar="FILE", help="缺省显示在屏幕上 / printed where none is given")


def _progress(number: int, total: int, what: Job | Step, submissions: list[Submission]) -> None:
    if isinstance(what, Step):
        print(step_line(number, total, what), flush=True)
        return
    for submission in submissions:
        print(file_line(number, total, what, submission), flush=True)


def _wanted(arguments: argparse.Namespace) -> Wanted:
    paths, also = tuple(arguments.paths), tuple(arguments.also)
    return Wanted(paths, also, arguments.campaign, arguments.decisions, Kept(arguments.kept), arguments.findings)


def _load(arguments: argparse.Namespace) -> int:
    wanted = _wanted(arguments)
    if arguments.if_changed and is_current(wanted, arguments.releases):
        print("没有变化，沿用现有数据 / nothing has changed; the data being served stays")
        return DONE
    loaded = load(wanted, arguments.releases, None if arguments.quiet else _progress, wait_s=arguments.wait)
    print("\n".join(summary_lines(loaded)))
    if loaded.pointer is None:
        print(
            "没有一个文件能读取，未发布；原有数据不变。\nNo file could be read; nothing was published.", file=sys.stderr
        )
        return FAILED
    return DONE


def _check(arguments: argparse.Namespace) -> int:
    wanted = _wanted(arguments)
    loaded = rehearse(wanted, None if arguments.quiet else _progress)
    print("\n".join(summary_lines(loaded)))
    print("\n".join(change_lines(loaded, arguments.releases)))
    return DONE if loaded.n_readable else FAILED


def _releases(arguments: argparse.Namespace) -> int:
    pointer = read_pointer(arguments.releases)
    for path in release_files(arguments.releases):
        mark = "*" if pointer and pointer.file == path.name else " "
        print(f"{mark} {path.stem}  {path.stat().st_size / 1e6:.1f} MB  {_release_words(path)}")
    return DONE


def _release_words(path: Path) -> str:
    """When a release was built and what it holds, or that it is damaged."""
    found = summarize(path)
    if found is None:
        return "已损坏或版本不符 / damaged or of another version"
    names = "、".join(found.campaigns[:6]) + ("…" if len(found.campaigns) > 6 else "")
    return f"{found.built_at:%Y-%m-%d %H:%M}  {found.n_submissions} 个文件 / files  {names}"


def _rollback(arguments: argparse.Namespace) -> int:
    path = arguments.releases / f"{Path(arguments.id).name}.duckdb"
    if not path.exists():
        raise UsageError(f"没有版本 {arguments.id}", f"no release {arguments.id}", found=arguments.id)
    with locked(arguments.releases):
        verify_file(path)
        pointer = read_pointer(arguments.releases)
        published = pointer.published_at if pointer else ""
        write_pointer(arguments.releases, Pointer(path.stem, path.name, digest(path), path.stat().st_size, published))
    print(f"已退回到 {path.stem} / now serving {path.stem}")
    return DONE


def _verify(arguments: argparse.Namespace) -> int:
    pointer = read_pointer(arguments.releases)
    if arguments.id is None and pointer is None:
        raise AtlasError("还没有发布过数据", "nothing has been published yet")
    name = f"{Path(arguments.id).name}.duckdb" if arguments.id else pointer.file if pointer else ""
    path = arguments.releases / name
    if not path.exists():
        raise UsageError(f"没有版本 {name}", f"no release {name}", found=name)
    counts = verify_file(path)
    if pointer and pointer.file == name and (digest(path) != pointer.sha256 or path.stat().st_size != pointer.bytes):
        print(f"{name} 与 CURRENT 记录的校验值不符 / {name} differs from what CURRENT says", file=sys.stderr)
        return FAILED
    print(
        f"{path.stem} 完好 / sound: fact {counts.get('fact', 0)}, submission {counts.get('submission', 0)}, finding {counts.get('finding', 0)}"
    )
    return DONE


def _form(arguments: argparse.Namespace) -> int:
    from etl.blank.command import write_blank

    print(write_blank(load_catalog(), arguments.form_id, arguments.campaign, arguments.docx, arguments.xlsx))
    return DONE


def _decide(arguments: argparse.Namespace) -> int:
    text = sys.stdin.read() if arguments.file == "-" else Path(arguments.file).read_text(encoding="utf-8-sig")
    with locked(arguments.decisions.parent):
        made = take_down(load_catalog(), text, arguments.decisions, datetime.now(OFFICE_TIME))
    for decision in made:
        print(f"{decision.decision_id}  {decision.kind}  {decision.source_name}")
    return DONE


def _cells(arguments: argparse.Namespace) -> int:
    from etl.ocr.cells import Cells, draw_cells

    for path in draw_cells(Cells(arguments.file, arguments.sha256, tuple(arguments.box)), arguments.out):
        print(path)
    return DONE


def _text(arguments: argparse.Namespace) -> int:
    from etl.plain_text import text_inside

    text = "\n".join(text_inside(arguments.file, arguments.sha256))
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    else:
        print(text)
    return DONE


def _wait(_: argparse.Namespace) -> int:
    from etl.waiting import wait_for_command

    return wait_for_command(main)


def _catalog(arguments: argparse.Namespace) -> int:
    from etl.catalog.check import check_catalog

    problems = check_catalog()
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"编目检查：{len(problems)} 处问题 / catalogue: {len(problems)} problems")
    return FAILED if problems else DONE


if __name__ == "__main__":
    sys.exit(main())
