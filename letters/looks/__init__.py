"""How a letter may look: its fonts, colours and pictures, and what is refused of them."""
