"""Visits to service centres: booked by anybody, kept at the desk, and access restored there in person (A8)."""
