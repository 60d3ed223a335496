"""The widget's side of the conversation: configuration, session, messages, files."""
