"""What the other settings stand on: where things are, and what the environment says (`.env.example`)."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[3]
VAR = ROOT / "var"

env = environ.Env()
env.read_env(ROOT / ".env")

# What the site is called and where it answers. PORT changes its own absolute addresses too.
PORT = env.int("PORT", default=8000)
BASE_URL = env("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
SITE_NAME = "Justice ExPEERience"
