"""What leaves the screen for paper and spreadsheets: tables and briefs as files."""
