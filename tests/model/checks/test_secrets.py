"""Live secrets are found by what real ones have in common; examples and words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_studio.model.checks.rules import s030_secret
from agent_studio.model.checks.secrets import secrets
from agent_studio.model.document import Document
from tests.model.documents import headed

# In two parts, so that no scanner takes this file for one with live secrets.
HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LONG = "aB3dE5gH7jK9mN2pQ4sT6vX8zC1fG" * 3
BEGIN = "-----BEGIN "
GITHUB = "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"
LIVE = {
    "AWS access key": "AKIA" + "QZ7TRWM3XKVJ5NYH",
    "Anthropic API key": "sk-ant-" + "api03-" + "aB3dE5gH7jK9mN2pQ4sT6vX8zC1fG" * 3,
    "DigitalOcean token": "dop_v1_" + "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "GitHub token": GITHUB,
    "GitLab token": "glpat-" + "xK7pQ2mN9vR4tL6wZ3sB",
    "Google API key": "AIza" + "SyD3k9QpLx7Vn2TrWm5Yb8Hc1Zf6Gj4Ks0E",
    "Hugging Face token": "hf_" + "QwErTyUiOpAsDfGhJkLzXcVbNmPlOkIjUh",
    "OpenAI API key": "sk-" + "proj-" + "aB3dE5gH7jK9mN2pQ4sT" + "T3BlbkFJ" + "zX8vC6bN4mL2kJ9hG7fD",
    "PyPI token": "pypi-" + "AgEIcHlwaS5vcmc" + "CJDk3ZmE4YjI1LWQ0NzctNGM5ZS1hNzRlLTBmMWI2YzhkOWUzNQACKlszLCJi",
    "SendGrid key": "SG." + "kT9xQ2mW7vR4pL6nZ3sB8c." + "yH5jD1fG0aK9eU7iO2wX4vN6mB8qC3tR5zL1pS7dF9g",
    "Slack token": "xoxb-" + "274839105562-" + "Qx7Lm2Vn9Kp4Rt6Wz3Yb8Hc1",
    "Stripe key": "sk_live_" + "9aB3dE5gH7jK2mN4pQ6sT8vX",
    "private key": "-----BEGIN " + "PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n" * 4 + "-----END",
    "Atlassian token": "ATATT3xFf" + "GF0" + LONG + LONG + "=7F3A9C21",
    "Azure storage key": "AccountKey" + "=" + (LONG + LONG)[:86] + "==",
    "Databricks token": "dapi" + HEX[:32],
    "Discord webhook": "https://discord.com/api/" + "webhooks/" + "284719365028471936/" + LONG[:68],
    "Docker token": "dckr_" + "pat_" + LONG[:27],
    "Figma token": "figd" + "_" + LONG[:40],
    "Google client secret": "GOC" + "SPX-" + LONG[:28],
    "Grafana token": "glsa" + "_" + LONG[:32] + "_" + HEX[:8],
    "Groq API key": "gsk" + "_" + LONG[:52],
    "Linear API key": "lin_" + "api_" + LONG[:40],
    "New Relic key": "NR" + "AK-" + "Q7ZTRW3XKV5JNYH2PLM8BDC9FGS",
    "Notion token": "nt" + "n_" + LONG[:46],
    "OpenRouter API key": "sk-or" + "-v1-" + HEX,
    "Perplexity API key": "pp" + "lx-" + LONG[:48],
    "Postman key": "PM" + "AK-" + HEX[:24] + "-" + HEX[:34],
    "Replicate token": "r8" + "_" + LONG[:37],
    "Shopify token": "shp" + "at_" + HEX[:32],
    "Slack webhook": "https://hooks.slack.com/" + "services/T7CB2H24Q/" + "BHEFCE5TER/" + LONG[:24],
    "Supabase token": "sb" + "p_" + HEX[:40],
    "Vault token": "hv" + "s." + LONG + LONG[:20],
    "age key": "AGE-SECRET-" + "KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQZPYR8X9G2FTDVW0S3NJ4K5HEC",
    "xAI API key": "xa" + "i-" + LONG[:80],
}

ALSO = {
    "DigitalOcean token": "doo" + "_v1_" + HEX,
    "GitLab token": "glp" + "at-" + LONG[:27] + ".01.0uzgkhtiw",
    "Slack token": "xap" + "p-1-A7QZTRWM3XK-" + "9214481892589-" + HEX,
    "private key": BEGIN + "RSA PRIVATE KEY-----" + "\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj" * 4,
}
"""The same kinds, in other shapes."""
SEALED = f"{BEGIN}PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n" + "\nlQOYBGJ7kq9mN2pQ4sT6vX8zC1fGaB3dE5gH7jKw" * 4


@pytest.mark.parametrize(("kind", "secret"), [*LIVE.items(), *ALSO.items(), ("private key", SEALED)])
def test_each_kind_is_found_as_a_word(kind: str, secret: str) -> None:
    text = f"KEY={secret}, and more"
    assert [(found.kind, text[found.start : found.end].strip()) for found in secrets(Document(text.encode()))] == [
        (kind, secret.removesuffix("-----END").strip())
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"a{GITHUB}",
        f"{GITHUB}b",
        f"my-{GITHUB}",
        GITHUB[:-1] + "8",
        "AKIAIOSFODNN7EXAMPLE",
        "task-automation-and-scheduling-of-everything-in-the-project",
        "AIza" + "a" * 35,
        "sk_live_" + "x" * 24,
        "hf_" + "your" * 8 + "ab",
        "AKIA" + "QWERTYUIOPASDFGH",
        "gsk_" + "every_word_of_a_name_that_is_much_longer_than_usual_ones",
        "https://hooks.slack.com/services/" + "T00000000/B00000000/" + "X" * 24,
        "-----BEGIN " + "PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    ],
)
def test_words_and_examples_are_no_secrets(text: str) -> None:
    assert list(secrets(Document(text.encode()))) == []


@given(st.sampled_from("0123456789abcdefXYZ"), st.integers(4, 39))
def test_one_wrong_character_breaks_the_checksum(char: str, at: int) -> None:
    wrong = GITHUB[:at] + char + GITHUB[at + 1 :]
    assert bool(list(secrets(Document(wrong.encode())))) is (wrong == GITHUB)


def test_the_message_gives_away_no_more_than_the_beginning() -> None:
    from agent_studio.model.agent import Agent
    from agent_studio.model.ref import Ref

    held = Agent(Ref("project", "a.md"), "/a.md", headed("name: a\ndescription: b\n", f"token {GITHUB}\n"))
    (problem,) = s030_secret.check(held)
    assert GITHUB[:9] not in problem.message
    assert problem.fix
    assert problem.fix.step
    assert problem.fix.step(held.document).body == "token <GITHUB_TOKEN>\n"
