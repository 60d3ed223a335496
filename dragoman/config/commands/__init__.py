"""The subcommands of `dragoman`, one module a family."""
