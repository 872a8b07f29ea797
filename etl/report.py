"""What a load says to the clerk: one line a file, then a summary, and for `check` what would change."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from etl.facts import Submission
from etl.intake import Job
from etl.run import Loaded, current_facts

_LEVELS = (("error", "错误"), ("warning", "提醒"), ("note", "备注"))


def file_line(number: int, total: int, job: Job, submission: Submission) -> str:
    """[12/143] ✓ chongqing-2021 渝北区.docx: 46 项，读出 45."""
    counted = sum(f.state in ("reported", "explicit_zero") for f in submission.facts)
    if submission.is_refused:
        why = submission.findings[0].rule if submission.findings else "?"
        return f"[{number}/{total}] ✗ {job.name}：未读取（{why}） / not read"
    what = f"{len(submission.facts)} 项，读出 {counted}" if submission.facts else f"登记 {len(submission.evidence)} 条"
    return f"[{number}/{total}] ✓ {submission.campaign_id or '?'}  {job.name}：{what}"


def summary_lines(loaded: Loaded) -> list[str]:
    """The outcome by campaign, then findings by level, then files that need a look."""
    assembly = loaded.assembly
    status = Counter(s.status for s in assembly.standings)
    also = sum(len(s.also_named) for s in assembly.standings)
    lines = [
        "",
        f"文件 {len(loaded.jobs)} 个：计入 {status['current']}，被替代 {status['superseded']}，未读取 {status['refused']}，重复 {also}"
        f" / {len(loaded.jobs)} files: {status['current']} counted, {status['superseded']} superseded, {status['refused']} refused, {also} duplicates",
    ]
    reported: dict[str, set[str]] = {}
    for standing in assembly.standings:
        for unit_id in standing.current_units:
            if unit_id and standing.submission.campaign_id:
                reported.setdefault(standing.submission.campaign_id, set()).add(unit_id)
    for campaign_id, units in sorted(reported.items()):
        campaign = loaded.catalog.campaigns[campaign_id]
        roster = loaded.catalog.roster(campaign)
        missing = [u.short_name for u in roster if u.unit_id not in units]
        tail = f"；未报：{'、'.join(missing[:8])}{'…' if len(missing) > 8 else ''}" if missing else ""
        lines.append(f"  {campaign_id}：{len(units & {u.unit_id for u in roster})}/{len(roster)} 个单位{tail}")
    levels = Counter(f.level for f in assembly.findings)
    lines.append("发现 / findings: " + "，".join(f"{zh} {levels[level]}" for level, zh in _LEVELS))
    for standing in assembly.standings:
        if standing.status == "refused":
            first = next((f for f in assembly.findings if f.submission_id == standing.submission_id), None)
            lines.append(f"  ✗ {standing.submission.source_name}：{first.message_zh if first else ''}")
    if loaded.pointer:
        lines.append(f"已发布 / published: {loaded.pointer.release_id}（{loaded.pointer.bytes / 1e6:.1f} MB）")
    return lines


def change_lines(loaded: Loaded, folder: Path) -> list[str]:
    """What publishing would change against the release being served."""
    before = current_facts(folder)
    after = {
        (s.submission.campaign_id or "", f.unit_id or "", f.indicator_id): f.value
        for s in loaded.assembly.standings
        for f in s.submission.facts
        if f.unit_id in s.current_units and f.unit_id is not None
    }
    new = sum(k not in before for k in after)
    changed = [k for k, v in after.items() if k in before and before[k] != v]
    lines = [f"若发布：新增 {new} 项，改动 {len(changed)} 项 / if published: {new} new values, {len(changed)} changed"]
    for campaign, unit, indicator in changed[:20]:
        name = loaded.catalog.units[unit].name if unit in loaded.catalog.units else unit
        lines.append(
            f"  {campaign} {name} {indicator}: {before[(campaign, unit, indicator)]} → {after[(campaign, unit, indicator)]}"
        )
    return lines
