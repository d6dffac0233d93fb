"""Saying to a screen reader what others see."""
