#!/bin/sh
# Prints the secrets of a new installation for docker compose: deploy/make-secrets.sh > .env
# Needs openssl. The key that signs the right to play stays with the API; nginx gets its public half. The other one opens
# bundle files: keep it, or files that are still on their way cannot be read.
set -eu
umask 077
key=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)
bundles=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256)
public=$(printf '%s\n' "$key" | openssl pkey -pubout -outform DER | openssl base64 -A)
printf 'POSTGRES_PASSWORD=%s\n' "$(openssl rand -hex 24)"
printf 'ADMIN_PASSWORD=%s\n' "$(openssl rand -hex 8)"
printf 'PLAY_SIGNING_KEY="%s"\n' "$key"
printf 'PLAY_PUBLIC_KEY=%s\n' "$public"
printf 'BUNDLE_KEY="%s"\n' "$bundles"
