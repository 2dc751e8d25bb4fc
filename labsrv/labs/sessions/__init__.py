"""Server-side sessions: a cookie that stands for a row."""
