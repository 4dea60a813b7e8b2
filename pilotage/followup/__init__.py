"""What people do about it: blockers and their ladder."""
