"""Stories in other formats.  `EXPORTS` names them; each turns stories and their readings into the bytes of one file."""

import crossread.export.formats  # noqa: F401  (registers the built-in formats)
from crossread.export.files import write_bytes
from crossread.export.registry import EXPORTS, Export, Material, export_stories, find_export, register_export

__all__ = ["EXPORTS", "Export", "Material", "export_stories", "find_export", "register_export", "write_bytes"]
