"""What customers ask the operator to change: filed, checked by the staff, decided, followed (F4, G3)."""
