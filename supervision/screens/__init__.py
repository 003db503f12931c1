"""What the pages of the supervision show and take, prepared for their templates."""
