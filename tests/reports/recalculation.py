"""What LibreOffice makes of a workbook's formulas, against the values that the workbook carries."""

import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import dataclass
from io import BytesIO
from math import isclose
from pathlib import Path

import pytest
from openpyxl import load_workbook

# XlsxWriter names Excel as the author, whose values LibreOffice trusts: without them it has to calculate.
_CACHED = re.compile(rb"(<f[^>]*>[^<]*</f>)<v>[^<]*</v>")
_SECONDS = 180


@dataclass(frozen=True)
class Formula:
    """One formula cell: what the file says and what came out."""

    sheet: str
    cell: str
    text: str
    cached: object
    recalculated: object

    @property
    def agrees(self) -> bool:
        if isinstance(self.cached, int | float) and isinstance(self.recalculated, int | float):
            return isclose(self.cached, self.recalculated, rel_tol=1e-9, abs_tol=1e-6)
        return (self.cached or "") == (self.recalculated or "")


def recalculate(workbook: bytes, folder: Path) -> list[Formula]:
    """Let LibreOffice calculate every formula anew; skips the test where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed: formulas cannot be calculated anew")
    bare = folder / "bare.xlsx"
    bare.write_bytes(without_values(workbook))
    out = folder / "recalculated"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(out),
            str(bare),
        ],
        check=True,
        capture_output=True,
        timeout=_SECONDS,
    )
    return _compared(workbook, (out / "bare.xlsx").read_bytes())


def without_values(workbook: bytes) -> bytes:
    """The same workbook, its formulas without the values they carry."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                data = _CACHED.sub(rb"\1", data)
            target.writestr(name, data)
    return out.getvalue()


def _compared(workbook: bytes, recalculated: bytes) -> list[Formula]:
    formulas = load_workbook(BytesIO(workbook))
    cached = load_workbook(BytesIO(workbook), data_only=True)
    with warnings.catch_warnings():  # LibreOffice's own additions, which openpyxl does not know
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        fresh = load_workbook(BytesIO(recalculated), data_only=True)
    return [
        Formula(
            sheet.title,
            cell.coordinate,
            str(cell.value),
            cached[sheet.title][cell.coordinate].value,
            fresh[sheet.title][cell.coordinate].value,
        )
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def error_cells(workbook: bytes) -> list[str]:
    """Cells that show an error."""
    book = load_workbook(BytesIO(workbook), data_only=True)
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
