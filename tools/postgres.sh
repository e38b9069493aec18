#!/usr/bin/env bash
# Installs (when missing) and starts a private PostgreSQL for tests and measurements, and prints its URL.
# Usage: tools/postgres.sh start DIR PORT | stop DIR
set -euo pipefail
bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "$*"; else bash -c "$*"; fi; }
case "$1" in
  start)
    dir=$2 port=$3
    if [ -z "$(bin)" ]; then
      sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo -n"
      $sudo apt-get update -qq >/dev/null && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null
    fi
    mkdir -p "$dir"
    [ "$(id -u)" = 0 ] && chown postgres "$dir"
    [ -e "$dir/db/PG_VERSION" ] || as_postgres "$(bin)/initdb -D $dir/db -U postgres -E UTF8 --locale=C.UTF-8 --auth=trust" >/dev/null
    if ! as_postgres "$(bin)/pg_ctl -D $dir/db status" >/dev/null; then
      as_postgres "$(bin)/pg_ctl -D $dir/db -w -l $dir/log -o '-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=${PG_BUFFERS:-256MB} -c max_wal_size=4GB -c jit=off' start" >/dev/null
    fi
    echo "postgresql://postgres@127.0.0.1:$port/postgres"
    ;;
  stop) as_postgres "$(bin)/pg_ctl -D $2/db -m fast -w stop" >/dev/null ;;
  *) echo "usage: tools/postgres.sh start DIR PORT | stop DIR" >&2; exit 2 ;;
esac
