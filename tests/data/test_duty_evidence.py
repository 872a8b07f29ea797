"""The duties of the four notices on evidence with exact dates: what an act at that moment makes of its due date."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import datetime

import duckdb
import pytest

from etl.assemble import assemble
from etl.catalog import load_catalog
from etl.catalog.load import CATALOG_DIR
from etl.files.intake import Job
from etl.read_file import read_job
from etl.release.build import build_release

# campaign, unit, item, period, when, amount -> duty, number, state, state where “前” excludes, state where days off move
CASES = [
    ("chongqing-2021", "万州区", "活动方案", "", "2021-05-28 23:59:59", "", "CQ-01", 1, "met", "met", "met"),
    ("chongqing-2021", "涪陵区", "活动方案", "", "2021-05-29 23:59:59", "", "CQ-01", 1, "met", "met_late", "met"),
    ("chongqing-2021", "渝中区", "活动方案", "", "2021-05-30", "", "CQ-01", 1, "met_late", "met_late", "met"),
    ("chongqing-2021", "北碚区", "活动方案", "", "2021-05-31 17:30", "", "CQ-01", 1, "met_late", "met_late", "met"),
    ("chongqing-2021", "大渡口区", "活动方案", "", "2021-06-01", "", "CQ-01", 1, "met_late", "met_late", "met_late"),
    ("chongqing-2021", "万州区", "总结报告", "", "2021/7/2 18:00", "", "CQ-02", 1, "met", "met_late", "met"),
    ("chongqing-2021", "涪陵区", "总结报告", "", "2021年7月3日", "", "CQ-02", 1, "met_late", "met_late", "met_late"),
    ("chongqing-2021", "万州区", "统计表", "", "2021-07-02 00:00", "", "CQ-03", 1, "met", "met_late", "met"),
    ("chongqing-2021", "万州区", "典型案例曝光", "", "2021-06-01", "", "CQ-04", 1, "met", "met", "met"),
    ("chongqing-2021", "万州区", "典型案例曝光", "", "2021-12-31 23:59:59", "", "CQ-04", 7, "met", "met", "met"),
    # Published on 1 July: July's case, whatever month the line names. June stays without.
    ("chongqing-2021", "涪陵区", "典型案例曝光", "6月", "2021-07-01", "", "CQ-04", 2, "met", "met", "met"),
    ("chongqing-2021", "涪陵区", "", "", "", "", "CQ-04", 1, "missing", "missing", "missing"),
    ("ningxia-2021", "银川市", "联络员", "", "2021-05-31 23:59:59", "", "NX-09", 1, "met", "met_late", "met"),
    ("ningxia-2021", "石嘴山市", "活动通知", "", "2021-05-31 08:00", "", "NX-10", 1, "met", "met_late", "met"),
    ("ningxia-2021", "银川市", "活动总结", "", "2021-07-05 20:00", "2000字", "NX-12", 1, "met", "met_late", "met"),
    ("ningxia-2021", "石嘴山市", "活动总结", "", "2021-07-04", "2,001", "NX-12", 1, "met", "met", "met"),
    ("ningxia-2021", "银川市", "上报典型案例", "6月", "2021-07-01", "", "NX-03", 1, "met_late", "met_late", "met_late"),
    ("ningxia-2021", "石嘴山市", "上报典型案例", "", "2021-06-30 23:59", "", "NX-03", 1, "met", "met", "met"),
    ("ningxia-2021", "宁夏回族自治区安委办", "曝光黑名单", "", "2021-12-31", "", "NX-05", 1, "met", "met", "met"),
    ("ningxia-2021", "自治区安委会办公室", "公益广告", "", "2021-06-10", "", "NX-06", 1, "missing", "missing", "missing"),
    ("jilin-2021", "长春市", "联络员", "", "2021-05-24 16:00", "", "JL-01", 1, "met", "met_late", "met"),
    ("jilin-2021", "长春市", "活动方案", "", "2021-05-29", "", "JL-02", 1, "met_late", "met_late", "met_late"),
    ("jilin-2021", "长春市", "周报", "", "2021-06-03 15:00:00", "", "JL-03", 1, "met", "met", "met"),
    ("jilin-2021", "四平市", "周报", "", "2021-06-03 15:00:01", "", "JL-03", 1, "met_late", "met_late", "met_late"),
    ("jilin-2021", "长春市", "周报", "", "2021-06-13 23:59:59", "", "JL-03", 2, "met_late", "met_late", "met_late"),
    ("jilin-2021", "长春市", "周报", "", "2021-06-14", "", "JL-03", 3, "met", "met", "met"),
    ("jilin-2021", "四平市", "周报", "第2周", "2021-06-21", "", "JL-03", 2, "met_late", "met_late", "met_late"),
    ("jilin-2021", "四平市", "", "", "", "", "JL-03", 4, "missing", "missing", "missing"),
    ("jilin-2021", "长春市", "总结", "", "2021-06-30 23:59:59", "", "JL-04", 1, "met", "met_late", "met"),
    ("jilin-2021", "吉林省", "启动仪式", "", "2021-05-31 09:00", "", "JL-07", 1, "met", "met", "met"),
    ("jincheng-2022", "城区", "周报", "", "2022-06-02 10:00:00", "", "JC-03", 1, "met", "met_late", "met"),
    ("jincheng-2022", "城区", "周报", "", "2022-06-16 09:59:59", "", "JC-03", 3, "met", "met", "met"),
    ("jincheng-2022", "城区", "周报", "", "2022-06-30 10:01", "", "JC-03", 5, "met_late", "met_late", "met_late"),
    ("jincheng-2022", "城区", "联络员表", "", "2022-05-30 12:00", "", "JC-01", 1, "met", "met_late", "met"),
    ("jincheng-2022", "城区", "总结", "", "2022-07-01", "", "JC-05", 1, "met", "met_late", "met"),
    ("jincheng-2022", "城区", "典型案例曝光", "", "2022-12-31", "", "JC-07", 7, "met", "met", "met"),
    ("jincheng-2022", "晋城开发区", "典型案例曝光", "", "2022-06-08", "", "JC-07", 1, *["not_applicable"] * 3),
    ("jincheng-2022", "晋城市", "新闻发布会", "", "2022-06-21", "", "JC-09", 1, "met_late", "met_late", "met_late"),
]  # fmt: skip
SETTINGS = {"inclusive": (1, 0), "exclusive": (0, 0), "moved": (1, 1)}
Found = dict[tuple[str, str, str, int], tuple[str, bool]]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Found]:
    folder = tmp_path_factory.mktemp("evidence")
    jobs = []
    for campaign in dict.fromkeys(c[0] for c in CASES):
        path = folder / f"{campaign}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["单位", "报送内容", "所属期", "收到时间", "字数"])
            writer.writerows(c[1:6] for c in CASES if c[0] == campaign and c[2])
        jobs.append(Job(path, path.name, campaign, datetime(2023, 1, 31), False))

    def built(name: str) -> Found:
        root = folder / name
        if not root.exists():
            shutil.copytree(CATALOG_DIR, root)
            text = (root / "settings.yaml").read_text(encoding="utf-8")
            for key, value in zip(("before_is_inclusive", "due_moves_to_workday"), SETTINGS[name], strict=True):
                old = next(line for line in text.splitlines() if line.startswith(key))
                text = text.replace(old, f"{key}: {value}")
            (root / "settings.yaml").write_text(text, encoding="utf-8")
            catalog = load_catalog(root)
            build_release(
                catalog,
                assemble(catalog, [s for j in jobs for s in read_job(catalog, j)]),
                [],
                folder / f"{name}.duckdb",
                name,
                name,
                datetime(2023, 1, 31, 12),
            )
        with duckdb.connect(str(folder / f"{name}.duckdb"), read_only=True) as con:
            rows = con.execute(
                "select campaign_id, name, duty_id, due_no, state, is_over_limit"
                " from duty_status_at(null) join unit using (unit_id)"
            ).fetchall()
        return {r[:4]: r[4:] for r in rows}

    return built


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_case(states: Callable[[str], Found], setting: str) -> None:
    found, wrong = states(setting), []
    names = {"宁夏回族自治区安委办": "宁夏回族自治区", "自治区安委会办公室": "宁夏回族自治区"}
    for case in CASES:
        campaign, unit, *_, duty, number = case[:8]
        want = case[8 + list(SETTINGS).index(setting)]
        got = found[campaign, names.get(str(unit), str(unit)), str(duty), int(number)][0]
        if got != want:
            wrong.append((case[:8], want, got))
    assert wrong == []


def test_every_notice_and_state_has_cases() -> None:
    assert {str(c[6])[:2] for c in CASES} == {"CQ", "NX", "JL", "JC"}
    assert {c[8] for c in CASES} == {"met", "met_late", "missing", "not_applicable"}
    assert any(c[8] != c[9] for c in CASES) and any(c[8] != c[10] for c in CASES)


def test_too_long_a_summary_counts_and_is_remarked(states: Callable[[str], Found]) -> None:
    found = states("inclusive")
    assert found["ningxia-2021", "银川市", "NX-12", 1] == ("met", False)
    assert found["ningxia-2021", "石嘴山市", "NX-12", 1] == ("met", True)


def test_a_kind_nobody_registers_is_not_missing(states: Callable[[str], Found]) -> None:
    assert states("inclusive")["jincheng-2022", "沁水县", "JC-02", 1][0] == "no_evidence"
    assert states("inclusive")["jincheng-2022", "沁水县", "JC-01", 1][0] == "missing"
