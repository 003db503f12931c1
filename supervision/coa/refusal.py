"""Why a file is not taken at all."""


class Refused(Exception):
    """A file that cannot be imported; the message is a Dutch sentence for the user."""


class Unreadable(Refused):
    """What is in the file cannot be read, or is too much to read."""


class PersonalData(Refused):
    """The file has columns about persons: it may not be kept, and its contents may not be logged."""
