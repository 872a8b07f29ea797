"""Names of reporting units -> units: inside one jurisdiction, on one day, never by guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from etl.catalog.model import Campaign, Catalog, Unit
from etl.interpret.fold import drop_invisible, fold
from etl.interpret.lexicon import load_lexicon
from etl.interpret.private import mask_office
from etl.near_names import NearNames

# What an office's name adds to its area's name.
_OFFICES = re.compile(
    r"(安全生产和自然灾害防治委员会办公室|安全生产委员会办公室|安全生产委员会|安全委员会办公室|安委会办公室|安委办|安委会|应急管理委员会办公室|应急管理局|应急局|应急办|安全生产监督管理局|安全监管局|安监局|安监办|安办|人民政府办公室|人民政府|政府办公室|政府|管理委员会|管委会|党工委|\(盖章\)|\(章\)|盖章|公章)$"
)
_OFFICE_WORD = re.compile("^" + _OFFICES.pattern.rstrip("$"))
_DEPARTMENT = re.compile(r"(委员会|委|局|厅|办|队|总队|支队|站|院|中心|协会|银行|海关|法院|检察院)$")
# A section of the office that runs the month reports for the office: 应急管理局安全生产综合协调科.
_SECTION = re.compile(
    r"(应急管理局|应急局|应急办|安监局|安委办|安委会办公室|安全生产委员会办公室)[\u4e00-\u9fff]{1,10}(?:科|股|室)$"
)
_LOWER = re.compile(r"(镇|乡|街道|街道办事处|科|股|大队)$")
_FIRM = re.compile(r"(公司|集团|企业|厂|矿|医院|大学|学院|学校|商会)$")


# What a list puts before or behind a name: 1.万州区, 02 万州区, （3）万州区, ④万州区, 七、万州区, 5-万州区, 万州区1, 万州区（2）.
_LIST_NUMBER = re.compile(
    r"^(?:\(\d{1,3}\)|(?:No|№)?\d{1,3}[、)-]?|[A-Za-z]|[①-⑳]|\([一二三四五六七八九十]{1,3}\))(?=[\u4e00-\u9fff])"
    r"|(?<=[区县市州旗办局])(?:-?\d{1,2}|\((?:\d{1,2}|[一二三四五六七八九十]{1,2})\)|[①-⑳])$"
)
_BRACKETED = re.compile(r"^(?:\(([^()]+)\)|\[([^\[\]]+)\])$")
_CHINESE_NUMBER = re.compile(r"^\s*[一二三四五六七八九十]{1,3}[、,.，．]\s*(?=[\u4e00-\u9fff])")
# A contact behind a name: 万州区 张三13912345678, 万州区（联系人：张三 023-12345678）.
_CONTACT = re.compile(
    r"[\s\u3000（(,，、:：/]+[^\d\n]{0,14}(?:1[3-9]\d{9}|(?:0\d{2,3}[-－ ]?)?[2-8]\d{6,7})(?!\d)\D{0,3}$|[\s\u3000（(,，、:：/]+联系人[:：]?[\u4e00-\u9fff·]{2,4}[)）]?$"
)
_TOUCHING = re.compile(r"(?<=[\u4e00-\u9fff])1[3-9]\d{9}\D{0,3}$")
_LONGEST_PERSON = 4  # letters of a person's name
_LONGEST_NAME = 300  # letters of a name with whatever stands behind it; more is text
_FIGURE = re.compile(r"(?!\s*\d{6}\s*$)[\d\s.,，%/+—-]*")

NOTHING_DECIDED: Mapping[str, str] = {}
WHOLE_FILE = "*"  # a decision about whose form a file is, whatever its head says


@dataclass(frozen=True)
class Resolution:
    """`unit_id` None: not known (`rule` says unresolved or ambiguous). `kind` department or enterprise: not on the roster."""

    unit_id: str | None
    rule: str | None = None
    kind: str | None = None
    name: str = ""
    proposal: str = ""  # the nearest name, shown and never taken
    above: Unit | None = None  # the unit whose department or lower office the name is; it is not the unit itself


def hint_words(resolution: Resolution) -> dict[str, str]:
    """The nearest name, or whose department it is, as words of a message; nothing where there is neither."""
    if above := resolution.above:
        return {
            "basis": f"（是{above.name}的部门或下级单位，不等于{above.name}）",
            "basis_en": f" (a department or lower office of {above.name_en or above.name}, not {above.name_en or above.name} itself)",
        }
    if not resolution.proposal:
        return {}
    return {"basis": f"（是否“{resolution.proposal}”？）", "basis_en": f" (“{resolution.proposal}”?)"}


def plain_name(name: str) -> str:
    """The name without spaces and marks, in one width and in simplified characters."""
    return re.sub(r"[\s_:,.;\"'·*#]", "", fold(drop_invisible(name))).translate(_simplified())


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    return str.maketrans(load_lexicon().traditional)


class Resolver:
    """Resolves names for one jurisdiction as its units stood on one day."""

    def __init__(self, catalog: Catalog, jurisdiction_id: str, day: date, *, with_whole: bool = False) -> None:
        self.jurisdiction = catalog.jurisdictions[jurisdiction_id]
        units = [u for u in catalog.units.values() if u.jurisdiction_id == jurisdiction_id and u.is_valid_on(day)]
        self.units = [u for u in units if u.kind != "jurisdiction" or with_whole]
        self.by_name: dict[str, set[str]] = {}
        for unit in self.units:
            for name in {unit.name, unit.short_name, unit.name_en, *unit.aliases}:
                if plain_name(name):
                    self.by_name.setdefault(plain_name(name), set()).add(unit.unit_id)
        self.by_beginning: dict[str, list[str]] = {}  # names that stand for one unit only, by their first two letters
        for name, ids in self.by_name.items():
            if len(name) > 1 and len(ids) == 1:
                self.by_beginning.setdefault(name[:2], []).append(name)
        self.near = NearNames({n: next(iter(self.by_name[n])) for names in self.by_beginning.values() for n in names})
        whole = catalog.units[self.jurisdiction.unit_id]
        prefixes = {whole.name, *whole.aliases, self.jurisdiction.name_zh, "市", "省", "全市"}
        self.whole_names = {plain_name(n) for n in (whole.name, *whole.aliases)} - set(self.by_name)
        self.prefixes = sorted((plain_name(p) for p in prefixes if p), key=len, reverse=True)
        self.by_code = {u.unit_id: u for u in self.units}
        self.decided: Mapping[str, str] = NOTHING_DECIDED
        self.places = catalog.place_names
        self._people = lru_cache(maxsize=1024)(lambda unit_id: catalog.population_on(unit_id, day))
        self.former = {
            plain_name(n)
            for u in catalog.units.values()
            if u.jurisdiction_id == jurisdiction_id and not u.is_valid_on(day)
            for n in (u.name, u.short_name, *u.aliases)
        }

    def deciding(self, names: Mapping[str, str]) -> Resolver:
        """The same resolver for a file about whose names something was decided by hand."""
        if not names:
            return self
        mine = copy(self)
        mine.decided = names
        return mine

    def resolve(self, name: str) -> Resolution:
        """The unit a typed name means; what was decided by hand for this very name comes first."""
        unit_id = (
            self.decided.get(name.strip(), self.decided.get(mask_office(name, self.places))) if self.decided else None
        )
        if unit_id is not None and unit_id in self.by_code:
            return Resolution(unit_id, name=name)
        if _FIGURE.fullmatch(name):
            # Most cells of a table are no names; nothing is to be looked up for them.
            return Resolution(None, "unit_unresolved", name=name)
        if len(name) > _LONGEST_NAME:
            return Resolution(None, "unit_unresolved", name=name[:_LONGEST_NAME])
        return self._resolve(name)

    @lru_cache(maxsize=32768)  # noqa: B019 - a resolver lives as long as its load, and a table's names are asked for again and again
    def _resolve(self, name: str) -> Resolution:
        plain = plain_name(_CHINESE_NUMBER.sub("", name))
        if not plain:
            return Resolution(None, "unit_unresolved", name=name)
        if (contact := _CONTACT.search(name)) and contact.start():
            return self._resolve(name[: contact.start()])
        if (contact := _TOUCHING.search(name)) and contact.start():
            # 万州区张三13912345678: the unit ends where a known name does.
            ends = range(contact.start(), max(contact.start() - _LONGEST_PERSON, 1) - 1, -1)
            told = (self._resolve(name[:end]) for end in ends)
            return next((r for r in told if r.unit_id in self.by_code), self._outside(plain, name))
        own = _BRACKETED.sub(r"\1\2", load_lexicon().name_note.sub("", plain)) or plain
        coded = re.match(r"(\d{6})(?=[\u4e00-\u9fff])", own)
        if coded and coded.group(1) in self.by_code:
            # 500101万州区: the code and the name must be one unit's.
            named = self._resolve(own[6:])
            return (
                Resolution(named.unit_id, name=name) if named.unit_id == coded.group(1) else self._outside(plain, name)
            )
        for form in dict.fromkeys((*self._forms(own), *self._forms(_LIST_NUMBER.sub("", own)))):
            found = self.by_name.get(form)
            if found:
                return (
                    Resolution(next(iter(found)), name=name)
                    if len(found) == 1
                    else Resolution(None, "unit_ambiguous", name=name)
                )
        if re.fullmatch(r"\d{6}", plain) and plain in self.by_code:
            return Resolution(plain, name=name)
        return self._outside(plain, name)

    def _forms(self, plain: str) -> list[str]:
        """The name, then without the jurisdiction's name, then without office words, in turn."""
        forms = [plain]
        heads = [plain] + [plain[len(p) :] for p in self.prefixes if plain.startswith(p) and len(plain) > len(p)]
        for head in heads:
            forms.append(head)
            rest = _SECTION.sub(r"\1", head)
            while True:
                shorter = _OFFICES.sub("", rest)
                if shorter == rest or not shorter:
                    break
                forms.append(shorter)
                rest = shorter
        return list(dict.fromkeys(forms))

    def _outside(self, plain: str, name: str) -> Resolution:
        if re.match(load_lexicon().part_words, plain):
            return Resolution(None, "unit_unresolved", name=name)  # 其中：企业 is no firm but a part of the figures
        core = _OFFICES.sub("", plain)
        own = core in ("", *self.prefixes)  # 市应急局: the office above itself, a department and no district
        above = self._above(plain)
        if (core == plain or own) and len(plain) >= 3:
            if _FIRM.search(plain):
                return Resolution(f"{self.jurisdiction.jurisdiction_id}:{plain}", kind="enterprise", name=name)
            if above is None and _DEPARTMENT.search(plain) and not re.search(r"[区县州旗]", plain[:-2]):
                return Resolution(f"{self.jurisdiction.jurisdiction_id}:{plain}", kind="department", name=name)
        if self.former & set(self._forms(plain)):
            return Resolution(None, "unit_not_valid", name=name)
        return Resolution(
            None, "unit_unresolved", name=name, proposal=above.name if above else self._nearest(core), above=above
        )

    def _above(self, plain: str) -> Unit | None:
        """The unit whose department or lower office a name is: 渝北区教委, 巴南区接龙镇; None when it is none's."""
        heads = [plain] + [plain[len(p) :] for p in self.prefixes if plain.startswith(p)]
        for head in heads:
            for end in range(len(head) - 1, 1, -1):
                ids = self.by_name.get(head[:end], set())
                if len(ids) == 1 and (_DEPARTMENT.search(head[end:]) or _LOWER.search(head[end:])):
                    return self.by_code[next(iter(ids))]
        return None

    def _nearest(self, plain: str) -> str:
        """The name of the one unit whose name a typed one is near to; '' when it is near to none or to several."""
        own = next((p for p in self.prefixes if plain.startswith(p) and len(plain) > len(p) + 1), "")
        unit_id = self.near.nearest(plain[len(own) :])
        return self.by_code[unit_id].name if unit_id else ""

    @lru_cache(maxsize=4096)  # noqa: B019
    def search(self, text: str) -> Resolution:
        """The one unit named inside a file or folder name; unresolved when none or several are."""
        plain = plain_name(re.sub(r"\.[A-Za-z]{2,5}$", "", text))
        hits: list[tuple[int, int, str]] = []
        beginnings = {plain[n : n + 2] for n in range(len(plain) - 1)}
        for name in (n for beginning in beginnings for n in self.by_beginning.get(beginning, ())):
            ids, at = self.by_name[name], plain.find(name)
            if at >= 0 and self._is_plain_file_name(plain, at, at + len(name)):
                hits.append((at, at + len(name), next(iter(ids))))
        longest = [
            h for h in hits if not any(o[0] <= h[0] and h[1] <= o[1] and (o[1] - o[0]) > (h[1] - h[0]) for o in hits)
        ]
        units = {h[2] for h in longest}
        if len(units) == 1:
            return Resolution(units.pop(), "unit_inferred", name=text)
        above = None if units else self._above(re.sub(r"\d+", "", re.sub(load_lexicon().file_name_words, "", plain)))
        rule = "unit_ambiguous" if units else "unit_unresolved"
        return Resolution(None, rule, name=text, proposal=above.name if above else "", above=above)

    def search_path(self, path: str) -> Resolution:
        """The unit that a file's own name gives, else the folder it lies in and so on up; unresolved where a name on the way names
        somebody else: 万州区/高笋塘街道.docx is not 万州区's."""
        found = Resolution(None, "unit_unresolved", name=path)
        for piece in reversed(path.split("/")):
            found = self.search(piece)
            if found.unit_id or found.proposal or not self._says_nobody(piece):
                break
        return found

    def _says_nobody(self, piece: str) -> bool:
        """Whether a file's or folder's name has no words but those of a report: 附件1, 2021年安全生产月统计表."""
        plain = plain_name(re.sub(r"\.[A-Za-z]{2,5}$", "", piece))
        for prefix in self.prefixes:
            plain = plain.replace(prefix, "", 1) if len(prefix) > 1 else plain
        return re.search(r"[\u4e00-\u9fff]", re.sub(load_lexicon().file_name_words, "", plain)) is None

    def _is_plain_file_name(self, plain: str, start: int, end: int) -> bool:
        """Whether nothing but the usual words of a file's name stands beside the unit: 渝北区教委 is not 渝北区."""
        tail = plain[end:]
        while (shorter := _OFFICE_WORD.sub("", tail, count=1)) != tail:
            tail = shorter
        rest = plain[:start] + " " + tail
        for prefix in self.prefixes:
            rest = rest.replace(prefix, " ", 1) if len(prefix) > 1 else rest
        rest = re.sub(load_lexicon().file_name_words, "", rest)
        return re.search(r"[\u4e00-\u9fff]", rest) is None

    def names_office(self, name: str) -> bool:
        """Whether a name is that of a department, a town or a firm, or of a unit's office below it."""
        plain = plain_name(name)
        return any(kind.search(plain) for kind in (_DEPARTMENT, _LOWER, _FIRM))

    def is_whole(self, name: str) -> bool:
        """Whether a name is the whole jurisdiction's, which adds its units up."""
        return plain_name(name) in self.whole_names

    def people(self, unit_id: str | None) -> int | None:
        """How many people live in a unit; None when it isn't known."""
        found = self._people(unit_id) if unit_id is not None else None
        return found.population if found else None

    def unit(self, unit_id: str) -> Unit | None:
        """The unit record, None for departments and firms that are not in the catalogue."""
        return self.by_code.get(unit_id)


_RESOLVERS: dict[tuple[int, str], Resolver] = {}


def resolver_for(catalog: Catalog, campaign: Campaign) -> Resolver:
    """The resolver of a campaign's jurisdiction on its first day."""
    key = (id(catalog), campaign.campaign_id)
    if key not in _RESOLVERS:
        _RESOLVERS[key] = Resolver(
            catalog, campaign.jurisdiction_id, campaign.starts_on, with_whole="jurisdiction" in campaign.roster
        )
    return _RESOLVERS[key]
