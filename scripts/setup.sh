#!/usr/bin/env bash
# Prepares this machine for one purpose, and says what it cannot do by itself. Quick when there is nothing to do.
#
#   scripts/setup.sh demo   Rust, Python and a virtual environment that can build the wheel
#   scripts/setup.sh wasm   what compiles and optimises the wasm modules
#   scripts/setup.sh web    wasm, and what builds the page
#   scripts/setup.sh test   all of it, the browser and the tools of the tests
#   scripts/setup.sh full   test, and the libraries that long tests and benchmarks compare with
set -euo pipefail
cd "$(dirname "$0")/.."

RUST_MINIMUM=1.89
PYTHON_MINIMUM=3.11
NODE_MINIMUM=20
MATURIN="maturin==1.16.0"

fail() {
  printf 'setup: %s\n' "$@" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# at_least VERSION MINIMUM
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# One apt call for everything that a purpose lacks. `a|b` is the first of them that the distribution has.
missing=()
need_package() { missing+=("$@"); }
install_packages() {
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! have apt-get; then
    fail "please install what Debian calls: ${missing[*]}"
  elif [ "$(id -u)" -ne 0 ]; then
    fail "please run: sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null || echo "setup: apt-get update failed; trying with the lists there are" >&2
  local choice name names=()
  for choice in "${missing[@]}"; do
    for name in ${choice//|/ }; do
      if apt-cache show "$name" >/dev/null 2>&1; then break; fi
    done
    names+=("$name")
  done
  echo "setup: installing ${names[*]}"
  apt-get install -y -qq --no-install-recommends "${names[@]}" </dev/null >/dev/null \
    || fail "apt-get could not install: ${names[*]}"
  missing=()
}

check_rust() {
  have cargo || fail "Rust >= $RUST_MINIMUM is needed: https://rustup.rs"
  local version
  version=$(rustc --version | cut -d ' ' -f 2)
  at_least "$version" "$RUST_MINIMUM" || fail "Rust >= $RUST_MINIMUM is needed, and this is $version: rustup update"
  # The C code of the zstd codec, and the linker.
  have cc || need_package gcc libc6-dev
}

python=
find_python() {
  local candidate
  for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
    if [ -n "$candidate" ] && have "$candidate" \
      && "$candidate" -c "import sys; sys.exit(sys.version_info < (${PYTHON_MINIMUM/./, }))" 2>/dev/null; then
      python=$candidate
      break
    fi
  done
  [ -n "$python" ] || fail "Python >= $PYTHON_MINIMUM is needed"
  "$python" -c 'import ensurepip, venv' 2>/dev/null || need_package python3-venv
}

check_node() {
  have node && have npm || fail "Node >= $NODE_MINIMUM with npm is needed: https://nodejs.org"
  local version
  version=$(node --version)
  at_least "${version#v}" "$NODE_MINIMUM" || fail "Node >= $NODE_MINIMUM is needed, and this is $version"
}

make_venv() {
  if [ ! -x .venv/bin/python ]; then
    echo "setup: making .venv with $("$python" --version)"
    "$python" -m venv .venv
  fi
  # uv installs many times faster; pip does where it cannot be had.
  [ ! -x .venv/bin/uv ] || return 0
  .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
  .venv/bin/python -m pip install --quiet uv || echo "setup: uv cannot be installed; going on with pip" >&2
}

# install_python STAMP REQUIREMENT...: nothing when the same was installed before.
install_python() {
  local stamp=".venv/.setup-$1" wanted
  shift
  wanted=$(
    printf '%s\n' "$@"
    [ ! -f "${2:-}" ] || cat "$2"
  )
  [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && return
  echo "setup: installing Python packages"
  { [ -x .venv/bin/uv ] && VIRTUAL_ENV=$PWD/.venv .venv/bin/uv pip install --quiet "$@"; } \
    || .venv/bin/python -m pip install --quiet "$@"
  printf '%s\n' "$wanted" >"$stamp"
}

install_node() {
  local folder=$1 stamp="$1/node_modules/.setup-lock"
  cmp -s "$folder/package-lock.json" "$stamp" && return
  echo "setup: installing Node packages of $folder"
  # `npm ci` refuses where a registry lacks the builds of some package for other platforms.
  npm ci --prefix "$folder" --no-audit --no-fund --loglevel=silent </dev/null \
    || npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error </dev/null
  cp "$folder/package-lock.json" "$stamp"
}

# The compiler for wasm: rustup's target, or a distribution's compiler with the sources of the standard library.
have_wasm_target() {
  local rustc
  for rustc in $(type -ap rustc); do
    [ -d "$("$rustc" --print target-libdir --target wasm32-unknown-unknown 2>/dev/null)" ] && return 0
    [ -f "$("$rustc" --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ] && [ -x "$(dirname "$rustc")/cargo" ] \
      && compgen -c wasm-ld >/dev/null && return 0
  done
  return 1
}

prepare_wasm() {
  if ! have_wasm_target; then
    if have rustup && timeout 120 rustup target add wasm32-unknown-unknown >/dev/null 2>&1 </dev/null; then
      echo "setup: added the wasm target to rustup"
    else
      need_package rustc-web cargo-web rust-web-src lld-22
    fi
  fi
  compgen -c clang | grep -Eqx 'clang(-[0-9]+)?' || need_package 'clang-22|clang'
  compgen -c llvm-ar | grep -Eqx 'llvm-ar(-[0-9]+)?' || need_package 'llvm-22|llvm'
}

prepare_browser() {
  local name
  for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome google-chrome-stable; do
    if have "$name"; then return 0; fi
  done
  need_package chromium fonts-dejavu-core
}

prepare_lints() {
  if have rustup && ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
    timeout 300 rustup component add rustfmt clippy >/dev/null 2>&1 </dev/null \
      || echo "setup: rustup cannot add rustfmt and clippy; their lints will be skipped" >&2
  fi
}

# Only the tool out of Debian's package: installing that would start a server.
prepare_promtool() {
  if have promtool || [ -x target/tools/usr/bin/promtool ] || ! have apt-get; then return 0; fi
  mkdir -p target/tools
  (cd target/tools && apt-get download -qq prometheus && dpkg-deb -x prometheus_*.deb . && rm prometheus_*.deb) \
    >/dev/null 2>&1 </dev/null || echo "setup: the package prometheus cannot be had; a test that needs promtool will be skipped" >&2
}

prepare_demo() {
  find_python
  install_packages
  make_venv
  install_python build "$MATURIN"
}

purpose=${1:-}
case $purpose in
  demo)
    check_rust
    prepare_demo
    ;;
  wasm | web)
    check_rust
    check_node
    prepare_wasm
    install_packages
    install_node bindings-wasm
    [ "$purpose" = wasm ] || install_node web-demo
    ;;
  test | full)
    check_rust
    check_node
    prepare_wasm
    prepare_browser
    prepare_lints
    prepare_promtool
    prepare_demo
    install_python test -r tests/requirements.txt
    [ "$purpose" = test ] || install_python full -r tests/requirements-full.txt
    install_node bindings-wasm
    install_node web-demo
    ;;
  *)
    sed -n '2,8s/^# \{0,1\}//p' "$0"
    [ "$purpose" = help ] || exit 2
    ;;
esac
