"""The automatic reader: any delimited file as text, with what is wrong in it."""
