"""How large a submitted file may be, packed and unpacked."""

from __future__ import annotations

from etl.errors import FileRefused

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_PARTS = 2000
MAX_PART_BYTES = 80 * 1024 * 1024


def megabytes(n: int) -> str:
    """A size for people."""
    return f"{n / 1024 / 1024:.1f} MB"


def check_size(n_bytes: int) -> None:
    """Raises FileRefused for an empty or too large file."""
    if n_bytes == 0:
        raise FileRefused("file_empty", "空文件，已跳过", "empty file; skipped", found="0 B")
    if n_bytes > MAX_FILE_BYTES:
        raise FileRefused(
            "file_too_large",
            f"文件 {megabytes(n_bytes)}，超过上限 {megabytes(MAX_FILE_BYTES)}",
            f"the file has {megabytes(n_bytes)}, above the limit of {megabytes(MAX_FILE_BYTES)}",
            found=megabytes(n_bytes),
            expected=megabytes(MAX_FILE_BYTES),
        )
