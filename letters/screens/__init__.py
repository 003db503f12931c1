"""What the pages of letters show and take, prepared for their templates."""
