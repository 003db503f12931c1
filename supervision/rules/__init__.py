"""What the supervision decides, in pure Python: no Django, no clock, no settings, no files.

Everything takes frozen dataclasses and gives results that explain themselves.
"""
