"""The preview: serve a built monitor on this machine, rebuild when the project changes, reload the page."""
