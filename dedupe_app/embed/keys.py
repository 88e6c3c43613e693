"""Finds the key for a server: in the environment, or in the keyring of the system. Never stores, shows or logs one."""

from __future__ import annotations

import importlib
import ipaddress
import logging
from typing import TYPE_CHECKING, Any

import httpx

from dedupe_app.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

logger = logging.getLogger(__name__)

OWN_KEY, _COMMON_KEY = "DEDUPE_APP_API_KEY", "OPENAI_API_KEY"
# Under this name, and the server's host as the user, a key stands in the keyring.
KEYRING_SERVICE = "dedupe-app"


def find_key(url: str, environment: Mapping[str, str]) -> str | None:
    """Return the key for a server: our own variable, then the keyring, then the common variable, None without one.

    The common one belongs to somebody else: it is never sent in the clear over a network.

    Raises:
        UsageError: the key has characters that no request can carry.
    """
    address = httpx.URL(url)
    own = environment.get(OWN_KEY, "").strip() or (_kept_key(address.host) or "").strip()
    if not own and (address.scheme == "https" or is_here(address.host)):
        own = environment.get(_COMMON_KEY, "").strip()
    if not (own.isascii() and own.isprintable()):
        raise UsageError(
            "The key for the server has characters that no key has.", "Look how it was copied."
        )
    return own or None


def is_here(host: str) -> bool:
    """Tell whether a host is this computer, so that nothing travels over a network."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
    except (
        Exception
    ):  # what other makers' keyrings raise is up to them; without a key the server says so itself
        logger.exception("The keyring fails")
        return None
    return found or None
