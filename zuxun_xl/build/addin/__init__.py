"""The Excel add-in: built from text sources on any system, checked part by part, installed where Excel starts."""
