"""SQL fragments from TOML and from people: parsed, bounded and judged before any engine sees them."""
