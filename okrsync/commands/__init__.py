"""The commands: each one function of the parsed arguments and the terminal → exit code."""
