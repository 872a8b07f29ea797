"""A text from a chat: the desk shows what it says, asks for its campaign once, then offers that campaign's blank form."""

from __future__ import annotations

import hashlib
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.desk.loader import decide, read_candidate
from dashboard.desk.places import Desk
from dashboard.desk.staging import stage
from tests.app.running import plain_words
from tests.app.test_load import Var, page, var  # noqa: F401 - a fixture
from tests.unit.etl.test_decisions import CAMPAIGN, COUNT, form

CHAT = "潼南区应急局 张三 10:32\n各位领导，情况如下：\n开会12次，12人到场；发了12份。\n"


def told(app: AppTest) -> tuple[str, list[str]]:
    """The text that is shown, and the downloads beside it."""
    (box,) = (e for e in app.expander if e.label.startswith("文件里写的文字"))
    return "\n".join(c.value for c in box.code), [d.proto.label for d in box.get("download_button")]


def test_a_chat_is_shown_and_its_instruction_does_not_loop(var: Var, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    form(var.inbox / CAMPAIGN / "a.docx", **{COUNT: "12"})
    var.load()
    desk, content = Desk(var.root), CHAT.encode()
    stage(desk, [("微信.txt", content)], datetime(2021, 7, 3, 9))
    assert read_candidate(desk).is_done
    app = page(var, monkeypatch)
    assert not app.exception and not app.error
    text, forms = told(app)
    assert "开会12次，12人到场；发了12份。" in text and "张三" not in text and not forms
    assert "先在下面“属于哪次活动”处指定" in plain_words(app)
    item = {
        "source_sha256": hashlib.sha256(content).hexdigest(),
        "source_name": "staged/微信.txt",
        "decided_by": "综合科",
    }
    assert decide(desk, [{**item, "kind": "campaign", "value": CAMPAIGN, "reason": "电话核实"}]).is_done
    app = page(var, monkeypatch)
    text, forms = told(app)
    assert "开会12次" in text and forms == ["Word 填报表", "Excel 汇总表"]
    words = plain_words(app)
    assert "指定活动再读" not in words and "处指定；指定后" not in words
