"""Whether a Markdown file without a frontmatter tries to be an agent, or is a document that lies among agents."""

from __future__ import annotations

import re

from agent_studio.model.document import Document

NO_FRONTMATTER = "no frontmatter"
"""What `Document.trouble` says of a text that shows no trace of one."""

_ADDRESSED = re.compile(
    r"\bYou(?:'re| are) (?:an?|the|my|responsible|here|\W{0,3}[A-Z])"
    r"|\bYour (?:[a-z]{1,20} ){0,2}(?:role|task|job|goal|mission|purpose|expertise)\b"
    r"|^[ \t>*_#-]{0,20}Act as\b"
    r"|^(?:name|description)[ \t]*[:=]",
    re.MULTILINE,
)
"""How prompts begin (two of three real agents do so, 3 of 10,000 documents of other programs), and lost fields."""
_CODE = "```"
_DOCUMENTS = frozenset("README CHANGELOG CONTRIBUTING LICENSE INDEX CLAUDE AGENTS GEMINI".split())


def tries(document: Document) -> bool:
    """Whether a file that the host drops tries to be an agent: by its frontmatter, or since its text speaks to one."""
    if document.trouble != NO_FRONTMATTER:
        return True
    text, at, marks = document.text, 0, 0
    first = 1 if text.lstrip().startswith(_CODE) else 0  # the whole file may stand in a block of code
    for found in _ADDRESSED.finditer(text):
        marks += text.count(_CODE, at, found.start())
        if marks % 2 == 0 or marks == first:
            return True
        at = found.start()
    return False


def is_document(stem: str) -> bool:
    """Whether a file is a document by its name, whatever stands in it."""
    return stem.upper() in _DOCUMENTS
