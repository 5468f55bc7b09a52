"""Damage by a wrong encoding is undone to the byte, and text that is right is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from agent_studio.model.checks import mojibake
from agent_studio.model.checks.engine import fixed
from agent_studio.model.checks.rules import e001_mojibake
from tests.model.documents import agent, document

PAGES = {
    "Windows-1252": "cp1252",
    "Latin-1": "latin-1",
    "Mac Roman": "mac_roman",
    "Windows-1250": "cp1250",
    "Windows-1254": "cp1254",
    "Windows-1251": "cp1251",
    "DOS 437": "cp437",
    "DOS 850": "cp850",
}
SURE = "—–’“”…→≤✅⚠️🚨é«»©°½Ü🎉"
"""Characters that Western text holds, none of them a formula in a code page."""
DAMAGED = {"Windows-1251": "—–’“”…→≤✅⚠🚨🎉", "DOS 437": "—–’“”…→≤✅⚠️🚨é«©Ü🎉", "DOS 850": "—–’“”…→≤✅⚠️🚨é«©½Ü🎉"}
"""Those that are known by themselves in a page of letters or lines."""

RIGHT = (
    "«пункт В» 220 В°",
    "Ті Рі Сі Уї, вії",
    "тест№1 Ш»",
    "├──┬┐ ├│ ┬░",
    "“AMANHÃ” AMANHÃ… “MAMĂ”",
    "“DAĞ” DAĞ…",
    "Γ₀ ≡ Δ",
    "«É» Été™",
)
"""Right text of several languages that looks like damage in parts."""


def damaged(text: str, page: str) -> str:
    """UTF-8 read as another code page; bytes that it does not define stand for themselves."""
    return "".join(bytes([byte]).decode(PAGES[page], "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("page", PAGES)
@given(data=st.data())
def test_damage_is_undone_exactly(page: str, data: st.DataObject) -> None:
    texts = st.lists(st.sampled_from(DAMAGED.get(page, SURE)), min_size=1, max_size=5).map("".join)
    text = " and ".join(data.draw(st.lists(texts, min_size=1, max_size=6)))
    assert mojibake.repaired(damaged(text, page)) == text


@given(st.text(alphabet=SURE + "abc 你好мир\n"))
@example("MENÜ…")
def test_text_that_is_right_is_left_alone(text: str) -> None:
    assert mojibake.runs(text) == ()


@given(st.text())
def test_what_was_repaired_needs_no_repair(text: str) -> None:
    assert mojibake.repaired(mojibake.repaired(text)) == mojibake.repaired(text)


def test_damage_beside_right_text_is_found() -> None:
    text = f"Right — and wrong {damaged('—', 'Mac Roman')} and {damaged('’', 'Windows-1252')}."
    assert [(run.page, run.text, run.sure) for run in mojibake.runs(text)] == [
        ("Mac Roman", "—", True),
        ("Windows-1252", "’", True),
    ]


def test_damage_upon_damage_is_undone_to_the_ground() -> None:
    assert mojibake.repaired(damaged(damaged("it’s", "Windows-1252"), "Windows-1252")) == "it’s"


@pytest.mark.parametrize("text", ["≈±", "–§ 4, –§ 5", "2 Å³", "1/√π", "NÃO", "√π √Ω √∞", *RIGHT])
def test_odd_neighbours_are_no_damage(text: str) -> None:
    assert mojibake.runs(text) == ()


def test_formulas_count_where_other_damage_proves_the_code_page() -> None:
    text = damaged("où — là", "Mac Roman")
    assert [run.sure for run in mojibake.runs(text)] == [False, True, True]
    assert mojibake.repaired(text) == "où — là"


def test_other_scripts_need_three_different_runs_and_are_never_sure() -> None:
    words = ["Привет", "мир", "снова"]
    assert mojibake.runs(damaged(" ".join(words[:2]), "Windows-1252")) == ()
    assert mojibake.runs(damaged(" ".join([words[0]] * 3), "Windows-1252")) == ()
    found = mojibake.runs(damaged(" ".join(words), "Windows-1252"))
    assert [(run.text, run.sure) for run in found] == [(word, False) for word in words]


def test_safe_repair_leaves_doubtful_runs() -> None:
    cyrillic = damaged("Привет мир снова", "Latin-1")
    held = agent(f"---\nname: a\ndescription: b\n---\n{damaged('—', 'Latin-1')} {cyrillic}\n")
    rules = [e001_mojibake.RULE]
    safe = fixed(held, rules)
    assert safe.body == f"— {cyrillic}\n"
    assert fixed(replace(held, document=safe), rules, unsafe=True).body == "— Привет мир снова\n"


def test_a_byte_order_mark_read_as_text_becomes_one_again() -> None:
    held = agent(damaged("\ufeff", "Windows-1252") + "---\nname: a\ndescription: b\n---\n")
    assert not held.verdict.loads
    mended = fixed(held, [e001_mojibake.RULE])
    assert mended.data.startswith(b"\xef\xbb\xbf---")
    assert replace(held, document=mended).verdict.loads


def test_files_that_are_not_utf_8_are_never_touched() -> None:
    held = agent(document(b"---\nname: a\ndescription: b\n---\n\xe9 " + damaged("—", "Windows-1252").encode()))
    assert list(e001_mojibake.check(held)) == []
