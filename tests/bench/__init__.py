"""What it costs, measured against something real in the same run. Run by `make bench`; ratios, never assertions."""
