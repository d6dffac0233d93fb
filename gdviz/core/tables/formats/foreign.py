"""Files of other kinds, without a table that could be read: what they are, by their beginning."""

import zipfile

_IMAGE, _PICKLE = "an image", "a pickle, which may run anything when it is opened"
_KINDS = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a document in RTF"),
    (b"%!PS", "a document in PostScript"),
    (b"\x89PNG\r\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF87a", _IMAGE),
    (b"GIF89a", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"\0\0\1\0", _IMAGE),
    *((b"\x80%c" % protocol, _PICKLE) for protocol in (2, 3, 4, 5)),
    (b"(dp0\n", _PICKLE),
    (b"(lp0\n", _PICKLE),
    (b"ccopy_reg\n", _PICKLE),
    (b"cnumpy", _PICKLE),
    (b"\x89HDF\r\n", "an HDF5 file"),
    (b"MATLAB 5.0 MAT-file", "a MAT-file of MATLAB's"),
    (b"SQLite format 3\0", "a database of SQLite's"),
    (b"RDX2\n", "a file of R's"),
    (b"RDX3\n", "a file of R's"),
    (b"X\n\0\0\0", "a file of R's"),
    (b"$FL2", "a file of SPSS's"),
    (b"$FL3", "a file of SPSS's"),
    (b"<stata_dta>", "a file of Stata's"),
    (b"ARROW1", "a Feather file"),
    (b"CDF\1", "a NetCDF file"),
    (b"CDF\2", "a NetCDF file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\7", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "an archive of Zstandard's"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
# Where a tar archive says that it is one.
_TAR = slice(257, 262)
# Documents that are zip archives, by a folder or file in them.
_DOCUMENTS = {
    "word/": "a document of Word's",
    "ppt/": "slides of PowerPoint's",
    "Index/": "a document of Apple's iWork",
    "content.xml": "a document of LibreOffice's",
    "META-INF/container.xml": "an e-book",
    "doc.kml": "a map (KML)",
}


def foreign(head: bytes) -> str:
    """Return what kind of file begins so; nothing if that isn't known."""
    if head[_TAR] == b"ustar":
        return "a tar archive"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _IMAGE
    return next((what for start, what in _KINDS if head.startswith(start)), "")


def foreign_archive(archive: zipfile.ZipFile) -> str:
    """Return what kind of document a zip archive is; nothing if it is only an archive."""
    names = archive.namelist()
    found = (what for start, what in _DOCUMENTS.items() if any(n.startswith(start) for n in names))
    return next(found, "")
