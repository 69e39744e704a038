#!/usr/bin/env bash
# Brings other clients into a directory for TestForeignReaders, as far as the registry of npm and Debian's packages have them:
# GramJS, mtcute and its converter, which also reads the sessions of MTKruto, Pyrogram, Telethon and Telegram Desktop; Telethon 1.25.
#
#	storage/transfer/testdata/foreign/get.sh DIR
#	TDSESSION_FOREIGN=DIR go test ./storage/transfer -run TestForeignReaders -v
#
# The test also takes newer Telethons (telethon, telethon2), Pyrogram, Kurigram and Pyrofork (pyrogram, kurigram, pyrofork) that stand in
# DIR, each what PYTHONPATH has to name: their source, with its dependencies or without.
set -euo pipefail
dir=$(realpath -m "${1:?say into which directory}")
mkdir -p "$dir/npm" "$dir/telethon-1.25"

npm install --no-save --no-audit --no-fund --prefix "$dir/npm" \
	telegram@2.26.22 @mtcute/node@0.29.7 @mtcute/core@0.29.7 @mtcute/convert@0.29.7

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -qq python3-telethon python3-pyaes python3-rsa python3-pyasn1 && for deb in *.deb; do dpkg -x "$deb" .; done)
cp -r "$work"/usr/lib/python3/dist-packages/. "$dir/telethon-1.25"
echo "TDSESSION_FOREIGN=$dir"
