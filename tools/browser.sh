#!/bin/sh
# Have a headless Chromium for the browser tests: Debian's, where it may be installed; else say so.
# Never fails: without a browser those tests are skipped and say so themselves.
set -u

for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if command -v apt-get >/dev/null 2>&1 && as_root true 2>/dev/null; then
    echo "Installing Debian's Chromium for the browser tests (once)…"
    if as_root apt-get update -qq >/dev/null 2>&1 &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium \
            >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "No Chromium here and none may be installed: the browser tests will be skipped (install the package chromium to run them)."
exit 0
