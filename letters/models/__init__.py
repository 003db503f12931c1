from letters.models.batch import Batch, BatchItem
from letters.models.dispatch import Dispatch
from letters.models.letter import Confirmation, Draft, Letter, LetterBlock, LetterDocument, LetterEvent
from letters.models.letterhead import Letterhead, Signatory, plain_letterhead
from letters.models.text_block import LONGEST_HEADING, LONGEST_WORDS, TextBlock

__all__ = [
    "LONGEST_HEADING",
    "LONGEST_WORDS",
    "Batch",
    "BatchItem",
    "Confirmation",
    "Dispatch",
    "Draft",
    "Letter",
    "LetterBlock",
    "LetterDocument",
    "LetterEvent",
    "Letterhead",
    "Signatory",
    "TextBlock",
    "plain_letterhead",
]
