"""The HTTP face of the agent: the guard at the door, the API, live events and the inbox."""
