"""Text from files is hostile: composed once (NFC), without control and direction characters."""

import re
import unicodedata

# Control characters but tab and line ends; marks that turn the direction of text or are not seen.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]"
)
_ASCII_CONTROLS = bytes(code for code in (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F))


class TextCleaner:
    """Cleans texts and counts what it removed, for the note to the user."""

    def __init__(self) -> None:
        """Begin with nothing removed."""
        self.removed = 0
        self.composed = False

    def ascii_is_clean(self, data: bytes) -> bool:
        """Tell quickly that a chunk holds nothing that cleaning would change."""
        return data.isascii() and len(data.translate(None, _ASCII_CONTROLS)) == len(data)

    def clean(self, text: str) -> str:
        """Return the text composed, without characters that nobody can see."""
        if not text.isascii() and not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            self.composed = True
        if _HIDDEN.search(text):
            text, count = _HIDDEN.subn("", text)
            self.removed += count
        return text

    def notes(self) -> list[str]:
        """Say in words what was changed."""
        notes = []
        if self.removed:
            what = "character was" if self.removed == 1 else "characters were"
            notes.append(f"{self.removed} invisible control or direction {what} removed from the text")
        if self.composed:
            notes.append("letters written as letter plus accent were joined to one character")
        return notes
