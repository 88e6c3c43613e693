"""Finds the key for a server: in the environment, or in the keyring of the system. Never stores, shows or logs one."""

from __future__ import annotations

import importlib
import ipaddress
import logging
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

logger = logging.getLogger(__name__)

OWN_KEY, _COMMON_KEY = "DEDUPE_APP_API_KEY", "OPENAI_API_KEY"
# Under this name, and the server's host as the user, a key stands in the keyring.
KEYRING_SERVICE = "dedupe-app"


def find_key(url: str, environment: Mapping[str, str]) -> str | None:
    """Return the key for a server: our own variable, then the keyring, then the common variable, None without one.

    The common one belongs to somebody else: it is never sent in the clear over a network.
    """
    if own := environment.get(OWN_KEY):
        return own
    address = httpx.URL(url)
    if kept := _kept_key(address.host):
        return kept
    safe = address.scheme == "https" or _is_here(address.host)
    return environment.get(_COMMON_KEY) or None if safe else None


def _kept_key(host: str) -> str | None:
    """Ask the keyring of the system, if the package for it is installed and a keyring is there."""
    try:
        keyring: Any = importlib.import_module("keyring")
        errors: Any = importlib.import_module("keyring.errors")
    except ImportError:
        return None
    try:
        found: str | None = keyring.get_password(KEYRING_SERVICE, host)
    except errors.KeyringError as error:
        logger.info("The keyring gives no answer: %s", type(error).__name__)
        return None
    return found or None


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
