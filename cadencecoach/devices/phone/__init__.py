"""Phones that send what they measure: listened to, or asked, in a process of its own."""
