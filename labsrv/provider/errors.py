"""What the provider answers where it refuses: an error code of the standards, and a sentence."""


class OAuthError(Exception):
    """A refusal (RFC 6749, 4.1.2.1 and 5.2). `error` is for programs; `description` says what to change."""

    def __init__(self, error: str, description: str, status: int = 400):
        super().__init__(description)
        self.error = error
        self.description = description
        self.status = status

    def parameters(self) -> dict[str, str]:
        """Return the refusal as both standards and clients spell it."""
        return {"error": self.error, "error_description": self.description}


class Refusal(Exception):
    """A refusal that a person reads on a page of the provider, and that is sent nowhere."""

    def __init__(self, words: str, status: int = 400):
        super().__init__(words)
        self.words = words
        self.status = status
