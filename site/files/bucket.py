"""The private store in an S3-compatible bucket (`PRIVATE_BUCKET`). Needs the extra `s3`: django-storages, boto3."""

from __future__ import annotations

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage


class PrivateBucket(S3Storage):
    """Nothing in it is public, and nobody but the site holds its key."""

    def __init__(self, **options: Any) -> None:
        patience = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3},
            # What most servers but Amazon's do not know yet.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        defaults = {
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": True,
            "client_config": patience,
        }
        super().__init__(**{**defaults, **options})

    def signed(self, name: str, seconds: int, headers: dict[str, str]) -> str:
        """An address that gives this one file, with these headers, for so long: for GET alone."""
        parameters = {f"Response{header.replace('-', '')}": value for header, value in headers.items()}
        return str(self.url(name, parameters=parameters, expire=seconds))
