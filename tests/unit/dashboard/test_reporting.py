"""Arithmetic of the Reporting page, its chart and its URL day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import cast

import pytest

from dashboard.charts.arrivals import ArrivalWords, Step, cumulate, draw_arrivals, tick_days
from dashboard.components.reporting_view import ReportingView
from dashboard.filter_words import describe_place
from dashboard.filters import Choices, Filters, change_filters, parse_filters, to_query
from dashboard.records import Campaign, Lang, Measure
from dashboard.records.reporting import NO_RATE, Clock, DutyRate, DutyState
from dashboard.release import Database
from dashboard.reporting import Tally, UnitDuties, arrivals_of, by_unit, moment_of, parted, tally_of
from dashboard.reports.duty_words import duty_sentence
from dashboard.statements.duties import Duties
from dashboard.statements.reporting import standing_headline, whole_headline
from dashboard.texts import text

CLOCK = datetime(2021, 7, 6, 16, 20)
LOADED = datetime(2021, 9, 1, 9)
ROW = DutyState("220100", "长春市", "长春", "Changchun", "city", "JL-03", 1, "weekly_report", "weekly", "2021-06-03",
                datetime(2021, 6, 3, 15), "units", True, None, "missing", False, 0, "")  # fmt: skip
CAMPAIGN = Campaign("jilin-2021", "jilin", "吉林省", "Jilin", "吉林", 2021, None, "", "", "", "", "notice", date(2021, 6, 1),
                    date(2021, 6, 30), None, None, True, True, 0, 0)  # fmt: skip
LANGS: tuple[Lang, ...] = ("zh", "en")
CHOICES = Choices((CAMPAIGN, replace(CAMPAIGN, campaign_id="jilin-2022", year=2022)), (), (), {}, {})


@pytest.mark.parametrize(
    ("as_of", "want"),
    [
        ("", CLOCK),
        ("2021-06-18", datetime(2021, 6, 18, 23, 59, 59)),
        ("2021-08-20", datetime(2021, 8, 20, 23, 59, 59)),
        ("2021-09-01", LOADED),
        ("2022-01-01", LOADED),
    ],
)
def test_the_moment_is_the_end_of_the_day_and_never_after_the_load(as_of: str, want: datetime) -> None:
    assert moment_of(as_of, Clock(CLOCK, LOADED, True, False)) == want


def test_rates_of_nothing_are_no_rates() -> None:
    assert (NO_RATE.received, NO_RATE.on_time) == (None, None)
    rate = DutyRate("x", 8, 6, 4, 0, 2, 1, 1, 1, 0, 3, 0)
    assert (rate.received, rate.on_time) == (75.0, 50.0)


def test_a_unit_is_whole_when_all_that_is_judged_came_in_time() -> None:
    def unit(*states: str) -> bool:
        return by_unit([replace(ROW, due_no=n, state=s) for n, s in enumerate(states)])[0].is_whole

    assert unit("met", "not_due", "not_applicable", "no_evidence")
    assert not unit("met", "met_late") and not unit("met", "soft") and not unit("not_due")
    assert by_unit([replace(ROW, owed_by="office")]) == ()


def test_a_tally_adds_up_and_leaves_out_what_is_not_due_or_can_not_be_judged() -> None:
    states = ("met", "met_late", "soft", "missing", "no_evidence", "not_applicable")
    rows = [replace(ROW, state=state) for state in states]
    rows.append(replace(ROW, state="met", due_at=datetime(2021, 6, 24, 15)))  # came before it was due
    assert tally_of(rows, datetime(2021, 6, 10)) == Tally(3, 1, 1, 1)
    assert tally_of([], CLOCK) == Tally(0, 0, 0, 0)


def test_what_is_to_be_done_is_parted_from_what_is_to_be_sent_in_and_counted_by_the_rates() -> None:
    case = replace(ROW, period="monthly", duty_id="JL-06", kind="case_reported")
    deed = replace(ROW, period="monthly", duty_id="JL-05", kind="case_exposed", is_report=False)
    assert parted([ROW, case, deed, replace(ROW, owed_by="office")]) == ((ROW, case), (deed,))


def view_in(lang: Lang) -> ReportingView:
    """A view for words alone: nothing is asked of its release."""
    nothing = cast(Database, None), CHOICES, Filters("jilin", 2021, lang=lang), CAMPAIGN, cast(Measure, None)
    return ReportingView("reporting", *nothing)


@pytest.mark.parametrize("lang", LANGS)
def test_the_maps_sentence_names_who_met_everything_and_who_owes_how_much(lang: Lang) -> None:
    def unit(name: str, *states: str) -> UnitDuties:
        rows = tuple(replace(ROW, unit_id=name, short_zh=name, name_en=name, state=s) for s in states)
        return UnitDuties(name, rows)

    units = (unit("A", "met", "met"), unit("B", "met", "met_late"), unit("C", "missing", "met"), unit("D", *["missing"] * 3),
             unit("E", *["missing"] * 5), unit("F", "not_due"), unit("G", "soft"))  # fmt: skip
    view = view_in(lang)
    said = standing_headline(view, units).sentence
    want = (
        "A全部按时；不缺项但有迟到或只有旁证：B、G；缺 1 项：C；缺 2–3 项：D；缺 4 项及以上：E。"
        if lang == "zh"
        else "All in time: A; nothing missing, but late or soft evidence: B, G; 1 missing: C; 2–3 missing: D; 4 or more missing: E."
    )
    assert said == want
    assert standing_headline(view, units[5:6]).finding == view.t("reporting.on_time.none")
    assert standing_headline(view, units[2:3]).finding == view.t("reporting.on_time.nobody")
    assert standing_headline(view, units[:1]).finding == view.t("reporting.on_time.all", m=1)


def test_arrivals_count_early_ones_apart() -> None:
    at = datetime(2021, 6, 2)
    rows = [
        replace(ROW, state="met", met_at=at),
        ROW,
        replace(ROW, state="met", met_at=at, due_at=datetime(2021, 6, 24, 15)),
        replace(ROW, state="no_evidence"),
        replace(ROW, state="soft"),
        replace(ROW, state="met", met_at=at, is_report=False, duty_id="JL-05"),
        replace(ROW, state="met", met_at=at, owed_by="office"),
    ]
    found = arrivals_of(rows, "", datetime(2021, 6, 10))
    assert (len(found.due), len(found.came), found.n_due, found.n_due_came) == (3, 2, 2, 1)
    assert len(arrivals_of(rows, "JL-05", datetime(2021, 6, 10)).came) == 1


def test_cumulative_steps() -> None:
    days = [date(2021, 6, 3), date(2021, 6, 1), date(2021, 6, 3)]
    assert cumulate(days) == (Step(date(2021, 6, 1), 1), Step(date(2021, 6, 3), 3))
    assert cumulate([]) == ()
    assert tick_days(date(2021, 5, 20), date(2021, 12, 31))[:2] == (date(2021, 6, 1), date(2021, 7, 1))
    assert all(d.weekday() == 0 for d in tick_days(date(2021, 6, 1), date(2021, 6, 30)))


def test_labels_of_months_keep_their_distance_however_late_a_file_came() -> None:
    for last in (date(2021, 12, 31), date(2022, 9, 1), date(2026, 11, 27), date(2036, 1, 1)):
        ticks = tick_days(date(2021, 5, 20), last)
        assert 2 <= len(ticks) <= 9 and all(day.day == 1 for day in ticks)


@pytest.mark.parametrize("as_of", [date(2021, 5, 1), date(2021, 6, 10), date(2021, 12, 31)])
def test_the_chart_stops_what_came_at_the_day(as_of: date) -> None:
    due = cumulate([date(2021, 6, 3), date(2021, 6, 24)])
    figure = draw_arrivals(due, cumulate([date(2021, 6, 2)]), ArrivalWords("due", "received", "now", {}), as_of)
    expected, received = figure.data
    assert (expected.y[-1], expected.x[-1]) == (2, date(2021, 6, 27))
    assert expected.line.dash == "dot" and expected.line.shape == received.line.shape == "hv"
    assert received.x[-1] == min(max(as_of, date(2021, 5, 30)), date(2021, 6, 27))
    assert any(note.text == "now" for note in figure.layout.annotations) is (as_of < date(2021, 6, 27))


def test_an_empty_chart_is_drawn() -> None:
    assert len(draw_arrivals((), (), ArrivalWords("a", "b", "c", {}), date(2021, 6, 1)).data) == 2


@pytest.mark.parametrize(
    ("value", "kept"),
    [("2021-06-18", True), ("2022-01-03", True), ("2020-12-31", False), ("2023-01-01", False), ("2021-02-30", False),
     ("18.6.2021", False), ("2021-6-18", False), (" 2021-06-18", False), ("２０２１-06-18", False)],
)  # fmt: skip
def test_the_day_of_a_link(value: str, kept: bool) -> None:
    parsed = parse_filters({"area": "jilin", "year": "2021", "as_of": value}, CHOICES)
    assert (parsed.filters.as_of == value) is kept
    assert bool(parsed.ignored) is not kept
    if kept:
        assert to_query(parsed.filters)["as_of"] == value
        assert change_filters(parsed.filters, CHOICES, "lang", "en").as_of == value
        assert change_filters(parsed.filters, CHOICES, "year", "2022").as_of == ""
        assert change_filters(parsed.filters, CHOICES, "as_of", "").as_of == ""


def test_words_of_a_page_without_a_measure() -> None:
    assert describe_place(Filters("jilin", 2021), CHOICES) == "吉林省 2021 年，全部单位"
    assert describe_place(Filters("jilin", 2021, lang="en", unit_kind="zone"), CHOICES) == "Jilin 2021, Zones"


@pytest.mark.parametrize("lang", LANGS)
def test_a_report_says_what_is_not_due_yet_what_came_early_and_what_nobody_can_judge(lang: Lang) -> None:
    def said(rate: DutyRate) -> str:
        found = Duties(view_in(lang), (), (), {"JL-05": rate}, ())
        return duty_sentence(found, "JL-05", "曝光案例" if lang == "zh" else "Cases", is_report=False)

    nothing = replace(NO_RATE, duty_id="JL-05")
    coming, unkept = replace(nothing, n_early=22, n_not_due=56), replace(nothing, n_no_evidence=9, n_not_due=2)
    running = replace(
        nothing, n_expected=195, n_received=194, n_on_time=190, n_late=4, n_missing=1, n_early=22, n_not_due=56
    )
    assert [said(rate) for rate in (coming, unkept, running)] == (
        [
            "曝光案例尚未到期（提前完成22、未到期56）",
            "曝光案例不能判断（没有登记9、未到期2）",
            "曝光案例应办195项次、已办194项次（按时190、迟4、缺1、提前完成22、未到期56）",
        ]
        if lang == "zh"
        else [
            "Cases: not due yet (22 done early, 56 not due)",
            "Cases: can't be judged (9 not registered, 2 not due)",
            "Cases: 194 of 195 done (190 in time, 4 late, 1 missing, 22 done early, 56 not due)",
        ]
    )


@pytest.mark.parametrize(("state", "said"), [("not_due", "还没有一项到期"), ("missing", "1 个单位中 0 个")])
def test_before_anything_is_due_nobody_is_behind(state: str, said: str) -> None:
    class Words:
        def t(self, key: str, **values: object) -> str:
            return text("zh", key, **values)

    units = by_unit((replace(ROW, state=state),))
    assert said in whole_headline(cast(ReportingView, Words()), units).finding


@pytest.mark.parametrize("lang", LANGS)
def test_only_units_of_which_all_is_known_are_said_to_be_in_time(lang: Lang) -> None:
    def units(*each: str) -> tuple[UnitDuties, ...]:
        return tuple(
            UnitDuties(str(n), tuple(replace(ROW, unit_id=str(n), short_zh=str(n), name_en=str(n), state=s) for s in states.split()))
            for n, states in enumerate(each)
        )  # fmt: skip

    view = view_in(lang)
    mixed = units("met met", "met no_evidence", "met soft", "missing no_evidence", "met_late", "not_due")
    found = whole_headline(view, mixed).finding
    assert found == (
        "6 个单位中 1 个到期各项全部按时、2 个有缺或有迟、2 个不能判断（有的缺日期或登记）"
        if lang == "zh"
        else "Of 6 units: 1 met everything due in time, 2 have something missing or late, 2 can't be judged (some dates or registers missing)"
    )
    none = whole_headline(view, units("met no_evidence", "missing no_evidence")).finding
    assert ("全部按时、" if lang == "zh" else "met everything") not in none
    said = standing_headline(view, units("met no_evidence", "missing")).finding
    assert said == ("能判断的各项全部按时：0" if lang == "zh" else "All that can be judged in time: 0")
