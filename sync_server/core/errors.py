"""What the server cannot do, as one tree; each has a code, an HTTP status and a sentence.

ServerError
├── NotSignedIn 401          ├── CursorForged 400        ├── Busy 503
├── NotYours 403             ├── EpochChanged 409        ├── BadRequest 400
├── NotFound 404             ├── ScopeChanged 409        ├── TooLarge 413
├── AlreadyThere 409         ├── CursorExpired 410       ├── Damaged 500
├── PreconditionFailed 412   ├── NoDatabase 503          └── DiskFull 507
├── PreconditionRequired 428 ├── WholeDocument 422       └── MidReused 422
├── Refused 422              ├── Locked 423              ├── ClosedToNewRules 500
└── Behind 503
"""

from __future__ import annotations


class ServerError(Exception):
    """The base: `status` is HTTP's, `code` outlives wording, the text is the detail."""

    status = 500
    code = "server_error"
    title = "The server could not do this"

    def __init__(self, detail: str = "", **facts: object) -> None:
        super().__init__(detail or self.title)
        self.facts = facts


class NotSignedIn(ServerError):
    """No token, or one that nobody holds."""

    status, code, title = 401, "not_signed_in", "Sign in first: no valid token was sent"


class NotYours(ServerError):
    """A person without the right for this company or book."""

    status, code, title = 403, "not_allowed", "You have no access to this"


class NotFound(ServerError):
    """No such company, table, row or report."""

    status, code, title = 404, "not_found", "There is no such thing here"


class NoNotices(ServerError):
    """A server that tells nobody of new commits; one asks from time to time."""

    status, code, title = 404, "no_notices", "This server sends no notices: ask from time to time"


class BadRequest(ServerError):
    """A message that cannot be understood."""

    status, code, title = 400, "bad_request", "This request cannot be understood"


class CursorForged(ServerError):
    """A cursor that this server did not write."""

    status, code, title = 400, "cursor_forged", "This cursor was not made by this server"


class EpochChanged(ServerError):
    """The central copy was restored since this copy last read it."""

    status, code, title = 409, "epoch_changed", "The server was restored: refresh, edits are kept"


class ScopeChanged(ServerError):
    """The person's rights have changed since this copy last read."""

    status, code, title = 409, "scope_changed", "Your rights changed: refresh, edits are kept"


class CursorExpired(ServerError):
    """Away for longer than tombstones are kept."""

    status, code, title = 410, "cursor_expired", "Away for too long: refresh, edits are kept"


class PreconditionFailed(ServerError):
    """The row has moved on; `facts["row"]` is what it is now."""

    status, code, title = 412, "row_changed", "The row has changed since you read it"


class TemplateTooOld(ServerError):
    """The workbook's template is older than anything that this server can still read out."""

    status, code, title = 426, "template_too_old", "This template is too old: update Lajur"


class PreconditionRequired(ServerError):
    """A write without If-Match or If-None-Match."""

    status, code, title = 428, "precondition_required", "Say which version you change: If-Match"


class WholeDocument(ServerError):
    """A row by itself, of a table whose rows land together."""

    status, code, title = 422, "whole_document", "This row lands only with its whole document"


class Refused(ServerError):
    """A row that breaks a rule; `facts["errors"]` are the sentences, as a push gives them."""

    status, code, title = 422, "invalid", "This row breaks a rule"


class Locked(ServerError):
    """A row of a period that is closed or held. Facts: errors, lock."""

    status, code, title = 423, "locked", "The row's period is closed or on hold"


class MidReused(ServerError):
    """An Idempotency-Key that was used for something else, or by somebody else."""

    status, code, title = 422, "mid_reused", "This key was used before for another request"


class AlreadyThere(ServerError):
    """A company or a thing of that name exists."""

    status, code, title = 409, "already_there", "There is one of that name already"


class UnknownDraft(NotFound):
    """No draft of that id which the caller may see."""

    code, title = "unknown_draft", "There is no such draft"


class DraftSettled(AlreadyThere):
    """Somebody else has adopted or dropped the draft."""

    code, title = "draft_settled", "Somebody has adopted or dropped this draft already"


class LeaseTaken(ServerError):
    """Somebody else is syncing the same live file. Facts: by, until."""

    status, code, title = 409, "lease_taken", "Somebody else is syncing this file just now"


class TooLarge(ServerError):
    """More than one request may carry."""

    status, code, title = 413, "too_large", "Send this in smaller parts"


class Busy(ServerError):
    """The store is locked by another writer for too long; the same bytes may be sent again."""

    status, code, title = 503, "busy", "The server is busy: send the same again in a moment"


class Behind(ServerError):
    """The database that is read (a replica) has not got to the commit that its reader knows of.
    Facts: head, min_seq.
    """

    status, code, title = 503, "behind", "This server has not read that far yet: ask again"


class Damaged(ServerError):
    """The central copy does not agree with itself; see `lajur-server verify`."""

    status, code, title = 500, "damaged", "The central copy is damaged"


class ClosedToNewRules(ServerError):
    """The rules of a newer version would change what a closed period or another rule protects."""

    status, code, title = 500, "closed_to_new_rules", "New rules would change what is settled"


class NoDatabase(ServerError):
    """The database cannot be opened or reached."""

    status, code, title = 503, "no_database", "The database cannot be reached"


class DiskFull(ServerError):
    """The database has no room left; nothing of the request was kept."""

    status, code, title = 507, "disk_full", "The server's disk is full: nothing was kept"
