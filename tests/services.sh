#!/bin/sh
# What the tests need beside Python: installed with apt where that may be done, named otherwise. Tests whose server is
# missing are skipped with the same words; where CI is set, a skip fails the run.
set -eu

missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v redis-server >/dev/null || missing="$missing redis-server"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$missing postgresql"
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086 -- a list
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Some tests will be skipped; install to run them:$missing" >&2
fi
