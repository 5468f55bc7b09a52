"""Orders in other languages than English: to set instructions aside, and to keep something from the user."""

from __future__ import annotations

import re

from agent_studio.model.checks.sieve import Phrases
from agent_studio.model.document import Document

OVERRIDE = (
    r"\b(?:ignorier\w{1,4}|missacht\w{1,3}|vergiss)\b[^.\n]{0,40}\b(?:vorherig|bisherig|vorig|obig|früher)"
    r"|\b(?:ignor[ae]\w{0,3}|olvid[ae]\w{0,3}|omit[ae]|esqueça|desconsider[ae]|dimentica\w{0,2}|oublie[zr]?)\b[^.\n]{0,40}"
    r"\b(?:anterior(?:es|i)\b|previ[ao]s\b|precedenti\b|précédente?s?\b|ci-dessus)"
    r"|(?:игнорируй|забудь|не обращай внимания)[^.\n]{0,40}(?:предыдущ|прежн|выше)"
    r"|(?:忽略|无视|忘记|忘掉)[^。\n]{0,8}(?:之前|以前|以上|上述|上面|先前|前面)[^。\n]{0,8}(?:指令|指示|提示|规则|说明)"
    r"|(?:以前|これまで|上記|前)の[^。\n]{0,8}(?:指示|命令|ルール|プロンプト)[^。\n]{0,8}(?:無視|忘れ)"
    r"|(?:이전|위의|앞의)[^.\n]{0,8}(?:지시|명령|규칙|지침)[^.\n]{0,8}(?:무시|잊)"
)
"""An order to set aside what was said before, in small letters: German, Romance, Russian, Chinese, Japanese, Korean."""
_OVERRIDING = Phrases(
    *("vorherige", "bisherige", "vorige", "obige", "früher", "anterior", "previas", "previos", "precedenti", "préc"),
    *("ci-dessus", "предыдущ", "прежн", "выше", "忽略", "无视", "忘记", "忘掉", "無視", "忘れ", "무시", "잊"),
    whole=False,
)
"""One of these stands in each."""

SILENCE = (
    r"\b(?:sag|sage|sagt|erzähl|erzähle)\b[^.\n]{0,20}\b(?:nutzer|benutzer|anwender)\w{0,3}\b[^.\n]{0,20}\bnichts?\b"
    r"|\bno\s(?:se\s)?(?:l[eo]s?\s){0,2}(?:digas?|informes?|menciones?|cuentes?|reveles?)\b[^.\n]{0,30}\bal? usuario"
    r"|\bnão\s(?:conte|diga|informe|mencione|revele)\b[^.\n]{0,30}\bao? usuário"
    r"|\bn(?:e\s|['’])(?:l[ae]\s|en\s)?(?:dis|dites|informe[zs]?|révèle[zs]?|mentionne[zs]?|signale[zs]?)\spas\b[^.\n]{0,30}"
    r"l['’]utilisateur"
    r"|\bnon\s(?:dire|dirlo|informare|rivelare|menzionare)\b[^.\n]{0,30}\b(?:l['’]|all['’])utente"
    r"|\bне\s(?:говори|сообщай|рассказывай|упоминай)[^.\n]{0,30}пользовател"
    r"|(?:不要|别|请勿|不得|切勿)(?:告诉|告知|通知)用户(?!如何|怎|去)|(?:不要|别|请勿|不得|切勿)向用户(?:透露|提及|提到)[这此本]"
    r"|ユーザーに[^。\n]{0,10}(?:言わない|伝えない|知らせない|報告しない|教えない|通知しない)で"
    r"|사용자에게[^.\n]{0,12}(?:알리지|말하지|보고하지|언급하지)\s?마"
)
"""An order to keep something from the user, in small letters."""
_SILENCING = Phrases(
    *(
        "nutzer",
        "benutzer",
        "anwender",
        "usuario",
        "usuár",
        "utilisateur",
        "utente",
        "пользовател",
        "告诉用户",
        "告知用户",
    ),
    *("通知用户", "向用户", "言わない", "伝えない", "知らせない", "報告しない", "教えない", "通知しない"),
    *("알리지", "말하지", "보고하지", "언급하지"),
    whole=False,
)
"""One of these stands in each."""


def may_override(document: Document) -> bool:
    """Whether a file may hold such an order to set something aside: a sieve before it is taken apart."""
    return _OVERRIDING.stand_in(document) and re.search(OVERRIDE, document.text.lower()) is not None


def may_silence(document: Document) -> bool:
    """Whether a file may hold such an order of silence."""
    return _SILENCING.stand_in(document) and re.search(SILENCE, document.text.lower()) is not None
