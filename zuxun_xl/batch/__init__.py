"""Work on many workbooks at once: copies handed out to supervisors and collected from them."""
