"""What does a member see? From the collective to plain data for a page, a command, a feed.

Everything here is a pure function of a reading: what one replica knows, seen by one of its
people. Faces turn the data into text and markup and decide nothing.
"""
