"""Findings by rule: the legend of the states stands inside the margin, in the states' order."""

from __future__ import annotations

from dashboard.charts.findings import LEGEND_PX, RuleBar, draw_findings


def test_the_legend_has_its_room_above_the_bars_and_names_only_what_there_is() -> None:
    bars = [RuleBar("负数 · 差错", (1, 0, 0, 0), ""), RuleBar("更正了数值 · 说明", (0, 0, 0, 2), "")]
    parts = [("未处理", "#BC6824"), ("已说明", "#F1F2F4"), ("已更正", "#8D97A1"), ("不必处理", "#E3E8ED")]
    figure = draw_findings(bars, parts)
    assert [trace.name for trace in figure.data] == ["未处理", "不必处理"]
    layout = figure.layout
    # A legend entry is some 20 pixels high; beyond the margin it would be cut off with a saved picture's frame.
    assert layout.showlegend and layout.legend.y == 1 and layout.margin.t >= LEGEND_PX >= 24
    assert layout.legend.traceorder == "normal"
