"""A session as a Parquet table, for people who reckon with many: the columns of the CSV, typed, header beside them.

Needs pyarrow, which is large: the extra `[research]`.
"""

import io
import json

from cadencecoach.errors import UsageError
from cadencecoach.record.exports.activity import Activity
from cadencecoach.record.exports.table import COLUMNS, rows_of

MISSING = (
    "parquet needs pyarrow, which is not installed; csv and json need nothing. "
    "To install it, in the folder of the program: uv tool install '.[research]'"
)


def parquet_bytes(activity: Activity) -> bytes:
    """The file.

    Raises:
        UsageError: pyarrow is not installed
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  # an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise UsageError(MISSING) from None
    types = {int: pa.int32(), float: pa.float64(), str: pa.string()}
    fields = [pa.field(one.name, types[one.kind], metadata={"unit": one.unit, "is": one.meaning}) for one in COLUMNS]
    about = {"cadencecoach.session": activity.id, "cadencecoach.header": json.dumps(activity.header)}
    columns = [list(cells) for cells in zip(*rows_of(activity), strict=True)]
    table = pa.table(columns, schema=pa.schema(fields, metadata=about))
    file = io.BytesIO()
    parquet.write_table(table, file, compression="snappy")
    return file.getvalue()
