"""Names of reporting units -> units: inside one jurisdiction, on one day, never by guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from etl.catalog.model import Catalog, Unit
from etl.interpret.fold import drop_invisible, fold

# What an office's name adds to its area's name.
_OFFICES = re.compile(
    r"(安全生产和自然灾害防治委员会办公室|安全生产委员会办公室|安全生产委员会|安全委员会办公室|安委会办公室|安委办|安委会|应急管理委员会办公室|应急管理局|应急局|应急办|安监局|人民政府办公室|人民政府|政府办公室|政府|管理委员会|管委会|党工委|\(盖章\)|\(章\)|盖章|公章)$"
)
_DEPARTMENT = re.compile(r"(委员会|委|局|厅|办|队|总队|支队|站|院|中心|协会|银行|海关|法院|检察院)$")
_FIRM = re.compile(r"(公司|集团|企业|厂|矿|医院|大学|学院|学校|商会)$")


@dataclass(frozen=True)
class Resolution:
    """`unit_id` None: not known (`rule` says unresolved or ambiguous). `kind` department or enterprise: not on the roster."""

    unit_id: str | None
    rule: str | None = None
    kind: str | None = None
    name: str = ""


def plain_name(name: str) -> str:
    """The name without spaces and marks, in one width."""
    return re.sub(r"[\s_:,.;\"'·*#]", "", fold(drop_invisible(name)))


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
        whole = catalog.units[self.jurisdiction.unit_id]
        prefixes = {whole.name, *whole.aliases, self.jurisdiction.name_zh, "市", "省", "全市"}
        self.whole_names = {plain_name(n) for n in (whole.name, *whole.aliases)} - set(self.by_name)
        self.prefixes = sorted((plain_name(p) for p in prefixes if p), key=len, reverse=True)
        self.by_code = {u.unit_id: u for u in self.units}

    @lru_cache(maxsize=4096)  # noqa: B019 - a resolver lives as long as its load
    def resolve(self, name: str) -> Resolution:
        """The unit a typed name means."""
        plain = plain_name(name)
        if not plain:
            return Resolution(None, "unit_unresolved", name=name)
        for form in self._forms(plain):
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
            rest = head
            while True:
                shorter = _OFFICES.sub("", rest)
                if shorter == rest or not shorter:
                    break
                forms.append(shorter)
                rest = shorter
        return list(dict.fromkeys(forms))

    def _outside(self, plain: str, name: str) -> Resolution:
        core = _OFFICES.sub("", plain)
        if core == plain and len(plain) >= 3:
            if _FIRM.search(plain):
                return Resolution(f"{self.jurisdiction.jurisdiction_id}:{plain}", kind="enterprise", name=name)
            if _DEPARTMENT.search(plain) and not re.search(r"[区县州旗]", plain[:-2]):
                return Resolution(f"{self.jurisdiction.jurisdiction_id}:{plain}", kind="department", name=name)
        return Resolution(None, "unit_unresolved", name=name)

    @lru_cache(maxsize=4096)  # noqa: B019
    def search(self, text: str) -> Resolution:
        """The one unit named inside a file or folder name; unresolved when none or several are."""
        plain = plain_name(re.sub(r"\.[A-Za-z]{2,5}$", "", text))
        hits: list[tuple[int, int, str]] = []
        for name, ids in self.by_name.items():
            if len(name) < 2 or len(ids) != 1:
                continue
            at = plain.find(name)
            if at >= 0:
                hits.append((at, at + len(name), next(iter(ids))))
        longest = [
            h for h in hits if not any(o[0] <= h[0] and h[1] <= o[1] and (o[1] - o[0]) > (h[1] - h[0]) for o in hits)
        ]
        units = {h[2] for h in longest}
        if len(units) == 1:
            return Resolution(units.pop(), "unit_inferred", name=text)
        return Resolution(None, "unit_ambiguous" if units else "unit_unresolved", name=text)

    def is_whole(self, name: str) -> bool:
        """Whether a name is the whole jurisdiction's, which adds its units up."""
        return plain_name(name) in self.whole_names

    def unit(self, unit_id: str) -> Unit | None:
        """The unit record, None for departments and firms that are not in the catalogue."""
        return self.by_code.get(unit_id)
