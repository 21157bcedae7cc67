"""What the engine can say about rows that hardly mean what they should: asked by `check`, noted at values."""

from __future__ import annotations
