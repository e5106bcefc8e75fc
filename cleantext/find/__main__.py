"""Store the table of the phrase packs anew: ``python -m cleantext.find``, after packs or their folding have changed."""

from __future__ import annotations

from pathlib import Path

from cleantext.find.packs import folder
from cleantext.find.stored import NAME, store

if __name__ == "__main__":
    path = Path(str(folder() / NAME))
    fresh = path.with_suffix(".new")
    fresh.write_bytes(store(folder()))
    fresh.replace(path)  # who has the old one open keeps it
