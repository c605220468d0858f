"""Remarks: what is told of a document that lands all the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sync_server.core.access import Author, is_whole
from sync_server.core.draft import Draft
from sync_server.core.problems import refusal
from workbook_templates import wire
from workbook_templates.check import document_remarks
from workbook_templates.schema import Document


def remarked(
    result: wire.Result, draft: Draft, documents: Iterable[Document], author: Author
) -> wire.Result:
    """A result with what is to be told; nothing is told to who sees only a part of the rows."""
    told = [
        replace(refusal(found), severity="warning")
        for document in documents
        if document.sheet.remarks and is_whole(author, document.sheet)
        for found in document_remarks(document, draft)
    ]
    return replace(result, remarks=tuple(told)) if told else result
