"""A local Spark for tests: small questions, so plans are interpreted and the machine below is not tuned."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


def session() -> Iterator[Any]:
    """The session of a module's tests; they are skipped where there is none, or it was not asked for."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is not installed")
    if "THUIS_SPARK" not in os.environ:
        pytest.skip("slow: set THUIS_SPARK=1 to start a local Spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    builder = sql.SparkSession.builder.master("local[1]")
    for key, value in SETTINGS.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    yield made
    made.stop()
