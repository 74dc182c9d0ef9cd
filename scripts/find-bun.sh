# Sourced by bin/bide and scripts/bun with $root set: sets $bun to the Bun that npm installed, or to nothing.
# The platform package @oven/bun-* holds the executable and needs no install script; when somebody else's
# dependency on the "bun" package ran its own install script, that script has moved the executable to bun/bin.
bun_platform() {
  case "$(uname -s)" in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    *) os=unknown ;;
  esac
  case "$(uname -m)" in
    x86_64 | amd64) arch=x64 ;;
    aarch64 | arm64) arch=aarch64 ;;
    *) arch=unknown ;;
  esac
  libc=
  if [ "$os" = linux ]; then
    for loader in /lib/ld-musl-*.so.1; do
      [ -e "$loader" ] && libc=-musl
    done
  fi
  printf '%s-%s%s' "$os" "$arch" "$libc"
}

find_bun() {
  bun=
  platform=$(bun_platform)
  dir=$root
  while :; do
    for candidate in "$dir/node_modules/@oven/bun-$platform/bin/bun" "$dir/node_modules/bun/bin/bun.exe"; do
      if [ -x "$candidate" ]; then
        bun=$candidate
        return 0
      fi
    done
    [ -n "$dir" ] || return 1
    dir=${dir%/*}
  done
}
