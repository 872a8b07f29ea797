"""What a load says to the clerk: one line a file, then a summary, and for `check` what would change."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from pathlib import Path

from etl.catalog.model import Catalog
from etl.decisions.apply import APPLIED, GONE, LAPSED, SUPERSEDED
from etl.facts import Submission, number_words
from etl.files.intake import Job
from etl.findings import FindingRow
from etl.release.publish import current_facts
from etl.rounds import Step
from etl.run import Loaded

_LEVELS = (("error", "错误"), ("warning", "提醒"), ("note", "备注"))
_STEPS = {
    "office": ("正在转换 {n} 个旧格式文件，约需几秒", "converting old files ({n}), some seconds"),
    "scan": ("正在识别 {n} 个扫描件，每页约需半分钟", "reading scans ({n}), about half a minute a page"),
}
MAX_LISTED = 30
VALUE_KINDS = ("value", "accept")
Key = tuple[str, str, str]


def file_line(number: int, total: int, job: Job, submission: Submission) -> str:
    """[12/143] ✓ chongqing-2021 渝北区.docx: 46 项，读出 45."""
    counted = sum(f.state in ("reported", "explicit_zero") for f in submission.facts)
    if submission.is_refused:
        if any(f.rule == "rejected_by_hand" for f in submission.findings):
            return f"[{number}/{total}] － {job.name}：已退回 / rejected"
        why = submission.findings[0].rule if submission.findings else "?"
        return f"[{number}/{total}] ✗ {job.name}：未读取（{why}） / not read"
    mark = "✓" if not submission.facts or any(f.unit_id for f in submission.facts) else "✗"
    what = f"{len(submission.facts)} 项，读出 {counted}" if submission.facts else f"登记 {len(submission.evidence)} 条"
    tail = "" if mark == "✓" else "，单位不明 / unit unknown"
    return f"[{number}/{total}] {mark} {submission.campaign_id or '?'}  {job.name}：{what}{tail}"


def step_line(number: int, total: int, step: Step) -> str:
    """[48/49] … 正在识别 1 个扫描件."""
    zh, en = _STEPS[step.name]
    return f"[{number}/{total}] … {zh.format(n=step.count)} / {en.format(n=step.count)}"


def summary_lines(loaded: Loaded) -> list[str]:
    """The outcome by campaign, then what needs a look: refused files, then errors of values, file by file."""
    assembly = loaded.assembly
    status = Counter(s.status for s in assembly.standings)
    also = sum(len(s.also_named) for s in assembly.standings)
    debris = sum(j.is_debris for j in loaded.jobs)
    n_files = len(loaded.jobs) - debris
    lines = [
        "",
        f"文件 {n_files} 个：计入 {status['current']}，被替代 {status['superseded']}，未读取 {status['refused']}，重复 {also}"
        f" / {n_files} files: {status['current']} counted, {status['superseded']} superseded, {status['refused']} refused, {also} duplicates",
    ]
    if debris:
        lines.append(f"另有 {debris} 个系统临时文件未读 / {debris} temporary files of other programs were left alone")
    lines += _campaign_lines(loaded)
    levels = loaded.open_findings or Counter(f.level for f in _open_findings(loaded))
    lines.append("发现 / findings: " + "，".join(f"{zh} {levels.get(level, 0)}" for level, zh in _LEVELS))
    lines += _finding_lines(loaded) if loaded.listed else _error_lines(loaded)
    if levels.get("warning") and not loaded.listed:
        lines.append("  提醒和备注用 --findings 逐条列出 / list warnings and notes with --findings")
    lines += _decision_lines(loaded)
    if loaded.pointer:
        lines.append(f"已发布 / published: {loaded.pointer.release_id}（{loaded.pointer.bytes / 1e6:.1f} MB）")
    return lines


_NO_ANSWER = frozenset({"not_filled", "row_missing", "not_reported", "not_asked"})


def _decision_lines(loaded: Loaded) -> list[str]:
    """The decisions that no longer hold. One about a file that this run was not asked to read has not lapsed."""
    gone = sum(o.state == LAPSED and o.found == GONE for o in loaded.outcomes) if loaded.is_part else 0
    lapsed = sum(o.state == LAPSED for o in loaded.outcomes) - gone
    superseded = sum(o.state == SUPERSEDED for o in loaded.outcomes)
    said = (
        (gone, "  {n} 条人工更正的文件不在本次读取之列，与本次无关 / {n} decisions are about files not read this time"),
        (lapsed, "  ! {n} 条人工更正已失效，请重新核对 / {n} decisions lapsed; please look again"),
        (
            superseded,
            "  ! {n} 条人工更正的来源已被新文件取代，不再计入 / {n} decisions are about files that were replaced",
        ),
    )
    return [words.format(n=n) for n, words in said if n]


def _campaign_lines(loaded: Loaded) -> list[str]:
    """How many units of each campaign have reported: as in the release, those whose file answers anything."""
    reported: dict[str, set[str]] = {}
    for standing in loaded.assembly.standings:
        answered = {f.unit_id for f in standing.submission.facts if f.state not in _NO_ANSWER}
        for unit_id in standing.current_units & answered:
            if unit_id and standing.submission.campaign_id:
                reported.setdefault(standing.submission.campaign_id, set()).add(unit_id)
    lines = []
    for campaign_id, units in sorted(reported.items()):
        roster = loaded.catalog.roster(loaded.catalog.campaigns[campaign_id])
        expected = {u.unit_id for u in roster}
        missing = [u.short_name for u in roster if u.unit_id not in units]
        known = loaded.assembly.outside_units
        outside = [known[u][1] if u in known else u for u in sorted(units - expected)]
        line = f"  {campaign_id}：{len(units & expected)}/{len(roster)} 个单位"
        line += f"；未报 {len(missing)} 个：{'、'.join(missing)}" if missing else ""
        lines.append(line + (f"；名单外 {len(outside)} 个，不计入合计：{'、'.join(outside)}" if outside else ""))
    return lines


def _open_findings(loaded: Loaded) -> list[FindingRow]:
    """The findings that no decision in force has settled: neither corrected the value nor explained the finding."""
    decisions = [o.decision for o in loaded.outcomes if o.state == APPLIED]
    corrected = {(d.source_sha256, d.part, d.unit_id, d.indicator_id) for d in decisions if d.kind in VALUE_KINDS}
    explained = {(d.source_sha256, d.unit_id, d.indicator_id, d.rule) for d in decisions if d.kind == "explain"}
    files = {s.submission_id: s.submission for s in loaded.assembly.standings}

    def is_settled(finding: FindingRow) -> bool:
        file = files.get(finding.submission_id or "")
        if file is None or finding.rule in ("corrected", "confirmed"):
            return False
        blank = (finding.unit_id or "", finding.indicator_id or "")
        return (file.sha256, file.part, *blank) in corrected or (file.sha256, *blank, finding.rule) in explained

    return [f for f in loaded.assembly.findings if not is_settled(f)]


def _error_lines(loaded: Loaded) -> list[str]:
    """Refused files with their reason, then the errors of files that count; the samples' own oddities are left out."""
    names = {s.submission_id: s for s in loaded.assembly.standings}
    by_file: dict[str, list[FindingRow]] = defaultdict(list)
    for finding in _open_findings(loaded):
        standing = names.get(finding.submission_id or "")
        if finding.level != "error" or standing is None or standing.status == "superseded":
            continue
        if standing.status == "refused" or not standing.submission.is_sample:
            by_file[standing.submission.source_name].append(finding)
    lines = [f"  ✗ {name}：{f.place}  {f.message_zh}" for name, found in by_file.items() for f in found]
    more = len(lines) - MAX_LISTED
    return lines[:MAX_LISTED] + ([f"  … 还有 {more} 条 / {more} more"] if more > 0 else [])


def _finding_lines(loaded: Loaded) -> list[str]:
    """Every open finding below its file, in Chinese as the errors above."""
    words = dict(_LEVELS)
    lines: list[str] = []
    for name, found in groupby(loaded.listed, key=lambda f: f.source_name):
        lines.append(f"  {name or '各文件合看 / all files together'}")
        lines += [f"    {words[f.level]}  {f.place}  {f.message_zh}" for f in found]
    return lines


def change_lines(loaded: Loaded, folder: Path) -> list[str]:
    """What publishing would change against the release being served: new, changed and lost values."""
    before = current_facts(folder)
    after = {
        (s.submission.campaign_id or "", f.unit_id or "", f.indicator_id): f.value
        for s in loaded.assembly.standings
        for f in s.submission.facts
        if f.unit_id in s.current_units and f.unit_id is not None
    }
    changed = [k for k, v in after.items() if k in before and before[k] != v]
    lost = [k for k, v in before.items() if k not in after and v is not None]
    new = sum(k not in before and v is not None for k, v in after.items())
    lines = [
        f"若发布：新增 {new} 项，改动 {len(changed)} 项，消失 {len(lost)} 项"
        f" / if published: {new} new values, {len(changed)} changed, {len(lost)} gone"
    ]
    lines += [_change_line(loaded.catalog, k, before[k], after[k]) for k in changed[:MAX_LISTED]]
    if len(changed) > MAX_LISTED:
        lines.append(f"  … 还有 {len(changed) - MAX_LISTED} 项改动 / {len(changed) - MAX_LISTED} more changes")
    if lost:
        lines.append("  ! 消失的数来自本次没有读到的文件 / values go because their files are not among those read:")
        by_campaign = Counter(campaign for campaign, _, _ in lost)
        lines += [f"    {campaign}：{n} 项 / values" for campaign, n in sorted(by_campaign.items())]
    return lines


def _change_line(catalog: Catalog, key: Key, before: float | None, after: float | None) -> str:
    campaign_id, unit_id, indicator_id = key
    unit = catalog.units[unit_id].name if unit_id in catalog.units else unit_id
    campaign = catalog.campaigns.get(campaign_id)
    form = catalog.forms.get((campaign.form_id if campaign else None) or "")
    indicator = form.by_indicator.get(indicator_id) if form else None
    label = indicator.label_zh if indicator else indicator_id
    return f"  {campaign_id} {unit} {label}：{number_words(before) or '—'} → {number_words(after) or '—'}"
