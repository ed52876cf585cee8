"""Why a workbook that can be read must not be written, and what deserves a word before it is."""

from __future__ import annotations

from collections.abc import Mapping

from okrsync.workbooks.excel.archive import plain
from okrsync.workbooks.excel.package import Package
from okrsync.workbooks.excel.tags import Tag

STRUCTURE_PROTECTED = "its structure is protected, so no sheet may be added to it"


def blocked_because(package: Package) -> Mapping[str, str]:
    """Why the package must not be written: {problem: fix}; empty when it may be.

    STRUCTURE_PROTECTED forbids only new sheets: who writes nothing but cells may pass over that key.
    """
    blocked: dict[str, str] = {}
    if _is_signed(package):
        blocked["it bears a digital signature, which any change would break"] = (
            "take the signature off (File > Info > View Signatures), or use `okrsync audit`, which writes nothing."
        )
    if _is_shared(package):
        blocked["it is a shared workbook that logs every change"] = (
            "stop sharing it (Review > Share Workbook), save it, or use `okrsync audit`, which writes nothing."
        )
    if _has_password_to_modify(package):
        blocked["it asks for a password before it may be changed"] = (
            "take the password to modify off (Save As > Tools > General Options), or use `okrsync audit`."
        )
    if _truth(_tag(package, "workbookProtection"), "lockStructure"):
        blocked[STRUCTURE_PROTECTED] = (
            "take the protection off (Review > Protect Workbook), save, and run okrsync again."
        )
    return blocked


def warnings_of(package: Package) -> tuple[str, ...]:
    """What its people said about changing the workbook that is a wish and no lock."""
    said: list[str] = []
    if _truth(_tag(package, "fileSharing"), "readOnlyRecommended"):
        said.append("it recommends to be opened read-only")
    if _is_final(package):
        said.append("it is marked as final")
    return tuple(said)


def _tag(package: Package, name: str) -> Tag | None:
    return next((tag for tag in package.workbook_tags() if (tag.parent, tag.name) == ("workbook", name)), None)


def _truth(tag: Tag | None, attribute: str) -> bool:
    return tag is not None and tag.attributes.get(attribute, "").strip().lower() in ("1", "true", "on")


def _is_signed(package: Package) -> bool:
    return any(one.type == "origin" for one in package.relationships("")) or _has_member(package, "_xmlsignatures/")


def _is_shared(package: Package) -> bool:
    logs = any(one.type == "revisionHeaders" for one in package.relationships(package.workbook_part))
    return logs or _has_member(package, "xl/revisions/")


def _has_password_to_modify(package: Package) -> bool:
    tag = _tag(package, "fileSharing")
    if tag is None:
        return False
    # Some programs write the short hash as 0 where there is no password.
    return bool(tag.attributes.get("reservationPassword", "").strip().strip("0") or tag.attributes.get("hashValue"))


def _is_final(package: Package) -> bool:
    """Excel's "mark as final" is a custom property."""
    properties = package.related("", "custom-properties")
    return properties is not None and b"_MarkAsFinal" in package.read(properties)


def _has_member(package: Package, folder: str) -> bool:
    return any(plain(name).casefold().startswith(folder) and not name.endswith("/") for name in package.members())
