"""Everything that Beleg raises on purpose. One message says what happened, to which value, and what to do next.

BelegError
├── InputError              a question, a filter or a number that cannot be used
├── ArticleError            a file or record that is not an article (ends up in the ingest report)
├── UnknownArticle          no article has this id
├── UnknownConversation     no conversation or turn of this person has this id
├── AddressInUse            the web address cannot be served
├── Unprotected             others would reach the page, and nothing asks who they are
├── PackError               an evidence pack cannot be written
├── MissingExtra            a library that an extra of the package brings is not installed
└── ArchiveError            the archive on disk
    ├── ArchiveInUse        another process holds it
    ├── ArchiveUnwritable   the folder cannot be created or written
    └── IndexMismatch       built by another model or another version: run `beleg reindex`
"""


class BelegError(Exception):
    """Base of all errors that are meant for a person to read."""


class InputError(BelegError, ValueError):
    """The caller's question, filter or number cannot be used as given."""


class ArticleError(BelegError):
    """A file or record could not be read as an article."""


class UnknownArticle(BelegError, KeyError):
    """No article in the archive has this id."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnknownConversation(BelegError, KeyError):
    """No conversation, or turn of one, that this person may see has this id."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class AddressInUse(BelegError):
    """The host and port cannot be bound."""


class Unprotected(BelegError):
    """The address can be reached by others, and neither a login nor a word of the settings allows for that."""


class PackError(BelegError):
    """An evidence pack cannot be written where it was asked for."""


class MissingExtra(BelegError, ImportError):
    """A library that an extra of the package brings is not installed."""


class ArchiveError(BelegError):
    """The archive on disk cannot be used as it is."""


class ArchiveInUse(ArchiveError):
    """Another process has the archive open for searching or writing."""


class ArchiveUnwritable(ArchiveError):
    """The archive's folder cannot be created or written."""


class IndexMismatch(ArchiveError):
    """The index was built by another embedding model or another version of Beleg."""
