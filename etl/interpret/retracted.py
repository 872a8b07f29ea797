"""Lines beside figures which say of all of them that they are no answer: another year's, wrong, corrected, planned, made up."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.interpret.lexicon import load_lexicon
from etl.interpret.times import is_earlier, tells_other_months, without_comparison

_CLAUSE = re.compile("[,;.]")
# 如有变动，以…为准: nothing is wrong so far.
_IF = re.compile(
    r"(?:如果?|若|倘若?|一旦|凡)(?:[^,;.]{0,4}有|[^,;.]{0,6}需|[^,;.]{0,8}[错误])[^,;.]*(?:[,;]?以[^,;.]*为准)?"
)
# 以本表为准, 原报送表作废: other figures are taken back, and these stand.
_THESE_COUNT = re.compile(
    r"以(?:此|本)(?:表|数|次|件|报表)?(?:数据|数字)?为准|(?:原|此前|之前|前期|上次)[^,;.]{0,8}(?:作废|有误|不实)"
)
# 该表为5月数据, 以上是全年数: said of the figures, a month that a date may name as well is another time.
_OTHER_SPAN = re.compile(
    r"[为是系](?:20\d\d年)?(?:(?:今年|本年|年初)(?:以来)?的?累计|全年度?|(?:0?[1-57-9]|1[0-2]|[一二三四五七八九]|十[一二])月份?)的?(?:累计)?(?:数|统计|情况|$)"
)
_CORRECTED = re.compile(r"更正(?=[:为成]|$)|(?<!已)更正(?!后|版|表|件|稿|数据)")
_FIGURE = re.compile(
    r"(?<![\d.:])\d[\d,]*(?:\.\d+)?[万千百]?(?![\d.:]|[年月日号时点周届号楼期])|[一二三四五六七八九十百千万两零〇]+[场次人条个篇部项份件起]"
)  # no day and no hour
_ATTACHED = re.compile(r"附[:件表]?|见附")
_AHEAD, _BACK = re.compile(r"(?:以下|下表|下列)"), re.compile(r"(?:以上|上述|上表|上列)")


def may_retract(text: str) -> bool:
    """Whether a text as typed holds a word that such a line has: asked first, since most cells hold none."""
    return _words().search(text) is not None


def retracts(line: str, year: int | None) -> bool:
    """Whether a folded line without white space does: 以上为2020年数据, 上表有误, 更正：参与人次应为350; not 如有变动，以…为准."""
    return not _THESE_COUNT.search(line) and (is_correction(_IF.sub("", line)) or takes_all_back(line, year))


def without_condition(line: str) -> str:
    """The line without what it says of a case that has not come: 如有变动，以7月10日上报为准."""
    return _IF.sub("", line)


def takes_all_back(line: str, year: int | None) -> bool:
    """Whether it does so of all figures at once: 以上为2020年数据, 作废, 以上为初步统计，有误; not 参与人次应为350."""
    said = without_comparison(_IF.sub("", line))
    if _THESE_COUNT.search(said) or _ATTACHED.match(said):
        return False
    is_pointed = False
    for clause in (_denied().sub("", c) for c in _CLAUSE.split(said)):
        if _is_about_all(clause, year) or (is_pointed and _alone().fullmatch(clause)):
            return True
        is_pointed = is_pointed or _points().search(clause) is not None
    return _alone().fullmatch(said) is not None


def is_correction(line: str) -> bool:
    """Whether a folded line gives another figure than the one that was typed: 应为350, 更正：参与350人次; not 改为线上, 改为6月28日."""
    if re.search(load_lexicon().contact_heads, line):
        return False  # 联系电话更正为…
    for match in (*re.finditer(load_lexicon().corrects, line), *_CORRECTED.finditer(line)):
        clauses = line[match.end() :] if match.group() == "更正" else _CLAUSE.split(line[match.end() :])[0]
        if _FIGURE.search(clauses):
            return True
    return False


def begins_correction(line: str) -> bool:
    """Whether a folded line is headed as a correction: 更正：…, （勘误）…."""
    return re.match(r"[(\[]?(?:数据)?(?:更正|订正|勘误|修正)(?:说明)?[:)\],]", line) is not None


def tells_figure(clause: str) -> bool:
    """Whether a clause holds a number that is no day and no hour."""
    return _FIGURE.search(clause) is not None


def looks(line: str) -> str:
    """Where a folded line points: `ahead` (以下…), `back` (以上…), '' for neither or both."""
    is_ahead, is_back = _AHEAD.search(line) is not None, _BACK.search(line) is not None
    return "" if is_ahead == is_back else "ahead" if is_ahead else "back"


def _is_about_all(clause: str, year: int | None) -> bool:
    """Whether a clause names the figures as a whole, and what takes them back."""
    if not _points().search(clause):
        return False
    rest = re.sub(load_lexicon().harmless, "", clause)
    is_told = re.search(load_lexicon().retracting, rest) is not None and not re.search(load_lexicon().demands, clause)
    is_of_other_months = tells_other_months(clause) or _OTHER_SPAN.search(clause) is not None
    return is_told or is_earlier(clause, year) or is_of_other_months


@lru_cache(maxsize=1)
def _alone() -> re.Pattern[str]:
    """A line that says nothing else: 作废, （样表）, 计划数."""
    told = f"{load_lexicon().retracting}|去年|上年|往年|上一年"
    return re.compile(rf"[(\[]?(?:已|均)?(?:{told})(?:同期)?的?(?:数[据字]?|表|情况)?[)\]]?[,;.]?")


@lru_cache(maxsize=1)
def _denied() -> re.Pattern[str]:
    """What a clause denies, has done, asks of others or plans for later: 没有错误, 完成全年目标, 有误的退回, 下一步计划."""
    wrong = load_lexicon().retracting
    told = f"{wrong}|去年|上年|往年"
    return re.compile(
        rf"(?:没有|不存在|不含|未含|不包[括含]|无|并?非|不是|避免|剔除|扣除|去除|排除|高于|低于|超过|多于|少于|发生|出现)(?:任何)?(?:{told})\w{{0,2}}|(?:完成|达到|实现|超过)[^,;.]{{0,6}}(?:目标|计划)"
        rf"|按照?[^,;.]{{0,6}}计划|(?:{wrong})的(?!数|同期)[^,;.]*|工作计划|(?:与|按|照|见|套用)[^,;.]{{0,4}}(?:模板|样表)\w*|下一?步[^,;.]*|(?:{told})[^,;.]{{0,4}}(?:一部分|已?完成)"
    )


@lru_cache(maxsize=1)
def _points() -> re.Pattern[str]:
    """The words for the figures as a whole; 数据 alone at a clause's start only, or behind a year: 报送1-6月数据 asks for some."""
    of_year = r"20\d\d年度?的?(?:数据|数字|数|情况|统计)"
    return re.compile(
        rf"{load_lexicon().pointing}|^(?:\(?[备说]?[注明]:)?(?:填报|报送|统计)?(?:数据|数字)|(?:^|[:(]){of_year}$"
    )


@lru_cache(maxsize=1)
def _words() -> re.Pattern[str]:
    lex = load_lexicon()
    return re.compile(f"更正|数据|数字|{lex.corrects}|{lex.pointing}|{lex.retracting}")
