"""E-mail: any mail into facts, a message into a correct mail, and the ways it comes and goes."""

from dragoman.ground.channels.email.channel import EmailChannel

__all__ = ["EmailChannel"]
