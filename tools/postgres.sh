#!/usr/bin/env bash
# Installs (when missing) and starts a private PostgreSQL for tests and measurements, and prints its URL.
# Usage: tools/postgres.sh start DIR PORT | stop DIR
# PG_BUFFERS sizes shared buffers (256MB); PG_FAST=1 gives durability up for speed: tests only, never measurements.
set -euo pipefail
bin() { find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1; }
as_postgres() { if [ "$(id -u)" = 0 ]; then su postgres -s /bin/bash -c "cd / && $*"; else bash -c "$*"; fi; }
install() {
  local sudo=()
  [ "$(id -u)" = 0 ] || sudo=(sudo -n)
  "${sudo[@]}" apt-get update -qq >/dev/null
  # Without a cluster of its own on port 5432: only the programs are wanted.
  "${sudo[@]}" mkdir -p /etc/postgresql-common/createcluster.d
  echo "create_main_cluster = false" | "${sudo[@]}" tee /etc/postgresql-common/createcluster.d/shanzhi.conf >/dev/null
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}
case "${1:-}" in
  start)
    dir=$2 port=$3
    [ -n "$(bin)" ] || install >&2
    [ -n "$(bin)" ] || { echo "PostgreSQL is not installed and could not be: apt-get install postgresql" >&2; exit 1; }
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown postgres "$dir"
    [ -e "$dir/db/PG_VERSION" ] || as_postgres "$(bin)/initdb -D $dir/db -U postgres -E UTF8 --locale=C.UTF-8 --auth=trust" >/dev/null
    fast=""
    [ -z "${PG_FAST:-}" ] || fast="-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    if ! as_postgres "$(bin)/pg_ctl -D $dir/db status" >/dev/null; then
      as_postgres "$(bin)/pg_ctl -D $dir/db -w -l $dir/log -o '-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=${PG_BUFFERS:-256MB} -c max_wal_size=4GB -c jit=off $fast' start" >/dev/null
    fi
    echo "postgresql://postgres@127.0.0.1:$port/postgres"
    ;;
  stop) as_postgres "$(bin)/pg_ctl -D $2/db -m fast -w stop" >/dev/null ;;
  *) echo "usage: tools/postgres.sh start DIR PORT | stop DIR" >&2; exit 2 ;;
esac
