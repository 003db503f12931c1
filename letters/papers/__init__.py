"""A letter as a document: laid out as PDF, kept as it was, and given out."""
