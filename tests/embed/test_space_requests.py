"""What is asked for has a name before anything is loaded."""

import subprocess
import sys

import pytest

from dedupe_app.embed.options import EncoderOptions
from dedupe_app.embed.spaces import describe
from dedupe_app.errors import EmbedderUnavailableError, UsageError

OPTIONS = EncoderOptions()


def test_server_is_known_by_its_model_and_shown_without_its_login():
    one = describe("server:https://me:secret@one:8000/v1?key=hush, http://two#m", OPTIONS)
    other = describe("server:http://three#m", OPTIONS)
    assert one.key == other.key
    assert one.embedder == "server:https://one:8000/v1,http://two#m"


@pytest.mark.parametrize(
    "options",
    [
        EncoderOptions(dimensions=128),
        EncoderOptions(max_tokens=512),
        EncoderOptions(most_windows=1),
        EncoderOptions(template="official"),
    ],
)
def test_everything_that_changes_vectors_changes_the_name(options, tiny_folder):
    for name in ("server:http://one#m", f"folder:{tiny_folder}"):
        assert describe(name, options).key != describe(name, OPTIONS).key


def test_folder_is_known_by_its_content(tiny_folder, tiny_without_end, tmp_path):
    (tmp_path / "link").symlink_to(tiny_folder)
    own = describe(f"folder:{tiny_folder}", OPTIONS)
    assert describe(f"folder:{tmp_path / 'link'}", OPTIONS).key == own.key
    assert describe(f"folder:{tiny_without_end}", OPTIONS).key != own.key


@pytest.mark.parametrize("name", ["", "qwen4", "folder:", "folder:/nowhere", "server:", "qwen3-8b"])
def test_what_cannot_be_opened_is_refused(name, monkeypatch, tmp_path):
    monkeypatch.setattr("dedupe_app.embed.weights.models_folder", lambda: tmp_path)
    with pytest.raises(EmbedderUnavailableError) as caught:
        describe(name, OPTIONS)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["server:http://one", "server:#m"])
def test_incomplete_server_is_wrong_usage(name):
    with pytest.raises(UsageError):
        describe(name, OPTIONS)


def test_wrong_options_are_wrong_usage():
    with pytest.raises(UsageError):
        describe("server:http://one#m", EncoderOptions(dimensions=0))
    with pytest.raises(UsageError):
        describe("server:http://one#m", EncoderOptions(template="none such"))


def test_naming_loads_nothing(tiny_folder):
    code = (
        "import sys\n"
        "from dedupe_app.embed.options import EncoderOptions\n"
        "from dedupe_app.embed.spaces import describe\n"
        "describe('folder:' + sys.argv[1], EncoderOptions()); describe('server:http://x#m', EncoderOptions())\n"
        "print([name for name in ('torch', 'transformers', 'httpx', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tiny_folder)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
