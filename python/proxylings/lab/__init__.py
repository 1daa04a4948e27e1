"""What a notebook cell uses."""
