"""Every page, for every role, in both languages and themes, at three widths, before axe-core."""
