"""Store the table of the phrase packs anew: ``python -m cleantext.find``, after packs or their folding have changed."""

from __future__ import annotations

from pathlib import Path

from cleantext.find.table import as_stored, build, stored

if __name__ == "__main__":
    Path(str(stored())).write_bytes(as_stored(build()))
