#!/usr/bin/env bash
# Builds the wheel and installs it into .venv; does nothing when the wheel is the one installed.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "wheel: building (minutes the first time, seconds afterwards)"
rm -f target/wheels/modelassay-*.whl
.venv/bin/maturin build --release --quiet --interpreter .venv/bin/python --out target/wheels </dev/null
wheel=$(ls target/wheels/modelassay-*.whl)

stamp=.venv/.setup-wheel
sum=$(cksum <"$wheel")
if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
  .venv/bin/python -m pip install --quiet --force-reinstall --no-deps "$wheel"
  echo "$sum" >"$stamp"
fi
echo "wheel: $(basename "$wheel") is installed in .venv"
