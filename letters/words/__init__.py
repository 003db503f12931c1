"""What a letter says: blocks of text, conditions, tables and numbers, made into content. Pure: no Django, no database."""
