"""What the forum costs in a large world, beside stock django-machina with the same rows (design: speed.md)."""
