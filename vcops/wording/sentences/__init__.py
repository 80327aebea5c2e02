"""The sentences for every error code, one file a subject: `code -> (what happened and what was kept, what to do)`.

Placeholders in braces are the error's parameters. A sentence without a remedy leaves it empty.
"""

from vcops.wording.sentences import (
    cameras,
    checks,
    closing,
    connection,
    exchange,
    forms,
    handbook,
    link,
    machine,
    meetings,
    money,
    papers,
    printing,
    runs,
    saving,
    setup,
    sound,
    storage,
)

__all__ = ["SENTENCES"]

SENTENCES: dict[str, tuple[str, str]] = {
    **storage.SENTENCES,
    **machine.SENTENCES,
    **meetings.SENTENCES,
    **money.SENTENCES,
    **papers.SENTENCES,
    **printing.SENTENCES,
    **exchange.SENTENCES,
    **forms.SENTENCES,
    **handbook.SENTENCES,
    **runs.SENTENCES,
    **saving.SENTENCES,
    **setup.SENTENCES,
    **sound.SENTENCES,
    **cameras.SENTENCES,
    **closing.SENTENCES,
    **checks.SENTENCES,
    **connection.SENTENCES,
    **link.SENTENCES,
}
