"""Paying: the forms, the page on which everything is checked, the payment as it goes on, and all payments of before."""
