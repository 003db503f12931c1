"""A block of cells from the clipboard: read, and laid on the grid of a half-year."""

from supervision.pasting.block import Block, Limits, NotABlock, read_block
from supervision.pasting.pasted import Pasted
from supervision.pasting.placing import Column, Placed, Target, place

__all__ = ["Block", "Column", "Limits", "NotABlock", "Pasted", "Placed", "Target", "place", "read_block"]
