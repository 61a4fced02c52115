"""Screens of notices: the list, the choices of each topic, the marks on the bars."""
